# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_lead_queue_global_optspecs
    string join \n format= o/output= config= offline q/quiet v/verbose color= h/help V/version
end

function __fish_lead_queue_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_lead_queue_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_lead_queue_using_subcommand
    set -l cmd (__fish_lead_queue_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c lead-queue -n "__fish_lead_queue_needs_command" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_needs_command" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_needs_command" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_needs_command" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -s V -l version -d 'Print version'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "add" -d 'Write a new task'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "import" -d 'Read tasks from other lists: issues, checklists, .ai-tasks, TODO files, Backlog.md, task-master'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "ready" -d 'List the tasks that can be started now'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "claim" -d 'Take a task: nobody else gets it until the lease ends'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "beat" -d 'Say that you still work, and extend the lease'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "done" -d 'End a lease because the work is done and committed on the task\'s branch'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "release" -d 'Give a task back, or let a failed one be tried again'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "show" -d 'Print a task: its file, who works on it, what was tried'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "verify" -d 'Prove a completion again: its commits, and its commands on the recorded tree'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "graph" -d 'Draw which task waits for which'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "doctor" -d 'Look at everything again and report what is odd'
complete -c lead-queue -n "__fish_lead_queue_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l priority -d 'How urgent it is: P0 to P3' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l after -d 'A task that must be completed first; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l touches -d 'Files it will change, as a glob; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l symbol -d 'A symbol it will change, as path::name; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l resource -d 'What else it needs for itself alone, such as a port; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l verify -d 'A command line that must succeed before it counts as done; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l run -d 'The command line that the built-in shell agent runs' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l agent -d 'An agent that may do it; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l host -d 'A host that its agent may reach, as name:port; may be given again' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l attempts -d 'How many agents compete on it' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l tries -d 'How often it is tried' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l hours -d 'Hours of a person\'s work that it would cost' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l keystrokes -d 'Keystrokes of a person that it would cost' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l body -d 'The text of the task' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l body-file -d 'A file with the text of the task, or - for standard input' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l id -d 'Its id, instead of a random one' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -l dry-run -d 'Only show what would be written'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l limit -d 'List at most this many' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l agent -d 'List what this agent may have' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l fresh -d 'Read every task file again, whatever the index says'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l agent -d 'The name of the agent that will work' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l ttl -d 'How long the lease lasts after each beat' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l pid -d 'A process that stands for the agent: the lease lasts while it runs, and ends with it' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l worktree -d 'Make a worktree for it in this folder, on its branch; `done` and `release` remove it' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l fresh -d 'Read every task file again, whatever the index says'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand claim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -l ttl -d 'How long the lease lasts from now' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand beat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand done" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -l failed -d 'Give the lease back as a failed try'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -l take -d 'End the leases of a task that others hold: what they bring is refused from then on'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l at -d 'Where to look for the completed file, instead of HEAD and the integration branch' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l base -d 'Take the commands from this commit, instead of the one that the branch grew from' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l sandbox -d 'The fence around the commands' -r -f -a "auto\t'Bubblewrap where it works, Landlock otherwise; refuse when neither does'
bubblewrap\t'Namespaces, through bubblewrap'
landlock\t'Landlock and seccomp'
none\t'No fence at all: the commands can do whatever you can'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l trust -d 'Accept the commands by their digest, which is printed when they are not trusted' -r
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l no-run -d 'Look at the commits only and run nothing'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -l as -d 'How it is drawn' -r -f -a "text\t'One line for each task'
dot\t'Graphviz'
mermaid\t'A Mermaid block in Markdown'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -l offline -d 'Never use the network'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "add" -d 'Write a new task'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "import" -d 'Read tasks from other lists: issues, checklists, .ai-tasks, TODO files, Backlog.md, task-master'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "ready" -d 'List the tasks that can be started now'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "claim" -d 'Take a task: nobody else gets it until the lease ends'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "beat" -d 'Say that you still work, and extend the lease'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "done" -d 'End a lease because the work is done and committed on the task\'s branch'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "release" -d 'Give a task back, or let a failed one be tried again'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "show" -d 'Print a task: its file, who works on it, what was tried'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "verify" -d 'Prove a completion again: its commits, and its commands on the recorded tree'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "graph" -d 'Draw which task waits for which'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "doctor" -d 'Look at everything again and report what is odd'
complete -c lead-queue -n "__fish_lead_queue_using_subcommand help; and not __fish_seen_subcommand_from add import ready claim beat done release show verify graph doctor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
# Made by `cargo xtask codegen`.
