#compdef lead-queue

autoload -U is-at-least

_lead-queue() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    _arguments "${_arguments_options[@]}" : \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'-V[Print version]' \
'--version[Print version]' \
":: :_lead-queue_commands" \
"*::: :->lead-queue" \
&& ret=0
    case $state in
    (lead-queue)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-queue-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'--priority=[How urgent it is\: P0 to P3]:P0..P3:_default' \
'*--after=[A task that must be completed first; may be given again]:TASK:_default' \
'*--touches=[Files it will change, as a glob; may be given again]:GLOB:_default' \
'*--symbol=[A symbol it will change, as path\:\:name; may be given again]:PATH::NAME:_default' \
'*--resource=[What else it needs for itself alone, such as a port; may be given again]:NAME:_default' \
'*--verify=[A command line that must succeed before it counts as done; may be given again]:COMMAND:_default' \
'--run=[The command line that the built-in shell agent runs]:COMMAND:_default' \
'*--agent=[An agent that may do it; may be given again]:NAME:_default' \
'*--host=[A host that its agent may reach, as name\:port; may be given again]:HOST:_default' \
'--attempts=[How many agents compete on it]:N:_default' \
'--tries=[How often it is tried]:N:_default' \
'--hours=[Hours of a person'\''s work that it would cost]:HOURS:_default' \
'--keystrokes=[Keystrokes of a person that it would cost]:N:_default' \
'(--body-file)--body=[The text of the task]:TEXT:_default' \
'--body-file=[A file with the text of the task, or - for standard input]:FILE:_files' \
'--id=[Its id, instead of a random one]:ID:_default' \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':title -- What is asked for, in one line:_default' \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--dry-run[Only show what would be written]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::paths -- Files and folders to read; the format of each is found out:_files' \
&& ret=0
;;
(ready)
_arguments "${_arguments_options[@]}" : \
'--limit=[List at most this many]:N:_default' \
'--agent=[List what this agent may have]:NAME:_default' \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--fresh[Read every task file again, whatever the index says]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(claim)
_arguments "${_arguments_options[@]}" : \
'--agent=[The name of the agent that will work]:NAME:_default' \
'--ttl=[How long the lease lasts after each beat]:TIME:_default' \
'--pid=[A process that stands for the agent\: the lease lasts while it runs, and ends with it]:PID:_default' \
'--worktree=[Make a worktree for it in this folder, on its branch; \`done\` and \`release\` remove it]:PATH:_files' \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--fresh[Read every task file again, whatever the index says]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::task -- Take this task and no other; the beginning of its id is enough:_default' \
&& ret=0
;;
(beat)
_arguments "${_arguments_options[@]}" : \
'--ttl=[How long the lease lasts from now]:TIME:_default' \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':lease -- The lease, as `claim` printed it:_default' \
&& ret=0
;;
(done)
_arguments "${_arguments_options[@]}" : \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':lease -- The lease, as `claim` printed it:_default' \
&& ret=0
;;
(release)
_arguments "${_arguments_options[@]}" : \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'(--take)--failed[Give the lease back as a failed try]' \
'--take[End the leases of a task that others hold\: what they bring is refused from then on]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':what -- A lease of your own, as `claim` printed it, or a task:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':task -- The task; the beginning of its id is enough:_default' \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
'--at=[Where to look for the completed file, instead of HEAD and the integration branch]:REVISION:_default' \
'--base=[Take the commands from this commit, instead of the one that the branch grew from]:REVISION:_default' \
'--sandbox=[The fence around the commands]:KIND:((auto\:"Bubblewrap where it works, Landlock otherwise; refuse when neither does"
bubblewrap\:"Namespaces, through bubblewrap"
landlock\:"Landlock and seccomp"
none\:"No fence at all\: the commands can do whatever you can"))' \
'(--no-run)--trust=[Accept the commands by their digest, which is printed when they are not trusted]:DIGEST:_default' \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--no-run[Look at the commits only and run nothing]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':task -- The task; the beginning of its id is enough:_default' \
&& ret=0
;;
(graph)
_arguments "${_arguments_options[@]}" : \
'--as=[How it is drawn]:KIND:((text\:"One line for each task"
dot\:"Graphviz"
mermaid\:"A Mermaid block in Markdown"))' \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
'--format=[How results are written]:FORMAT:((human\:"Text for people"
json\:"One JSON envelope"
sarif\:"SARIF 2.1.0, where a command reports findings"
github\:"GitHub workflow annotations, where a command reports findings"))' \
'-o+[Write the result to this path instead of standard output]:PATH:_files' \
'--output=[Write the result to this path instead of standard output]:PATH:_files' \
'--config=[Read this file instead of leadforge.toml at the repository'\''s root]:FILE:_files' \
'--color=[When to colour]:WHEN:((auto\:"On a terminal, unless \`NO_COLOR\` or \`TERM=dumb\` says otherwise"
always\:"Always"
never\:"Never"))' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-queue__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-queue-help-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(ready)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(claim)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(beat)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(done)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(release)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(graph)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
}

(( $+functions[_lead-queue_commands] )) ||
_lead-queue_commands() {
    local commands; commands=(
'add:Write a new task' \
'import:Read tasks from other lists\: issues, checklists, .ai-tasks, TODO files, Backlog.md, task-master' \
'ready:List the tasks that can be started now' \
'claim:Take a task\: nobody else gets it until the lease ends' \
'beat:Say that you still work, and extend the lease' \
'done:End a lease because the work is done and committed on the task'\''s branch' \
'release:Give a task back, or let a failed one be tried again' \
'show:Print a task\: its file, who works on it, what was tried' \
'verify:Prove a completion again\: its commits, and its commands on the recorded tree' \
'graph:Draw which task waits for which' \
'doctor:Look at everything again and report what is odd' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-queue commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__add_commands] )) ||
_lead-queue__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue add commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__beat_commands] )) ||
_lead-queue__subcmd__beat_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue beat commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__claim_commands] )) ||
_lead-queue__subcmd__claim_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue claim commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__doctor_commands] )) ||
_lead-queue__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue doctor commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__done_commands] )) ||
_lead-queue__subcmd__done_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue done commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__graph_commands] )) ||
_lead-queue__subcmd__graph_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue graph commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help_commands] )) ||
_lead-queue__subcmd__help_commands() {
    local commands; commands=(
'add:Write a new task' \
'import:Read tasks from other lists\: issues, checklists, .ai-tasks, TODO files, Backlog.md, task-master' \
'ready:List the tasks that can be started now' \
'claim:Take a task\: nobody else gets it until the lease ends' \
'beat:Say that you still work, and extend the lease' \
'done:End a lease because the work is done and committed on the task'\''s branch' \
'release:Give a task back, or let a failed one be tried again' \
'show:Print a task\: its file, who works on it, what was tried' \
'verify:Prove a completion again\: its commits, and its commands on the recorded tree' \
'graph:Draw which task waits for which' \
'doctor:Look at everything again and report what is odd' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-queue help commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__add_commands] )) ||
_lead-queue__subcmd__help__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help add commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__beat_commands] )) ||
_lead-queue__subcmd__help__subcmd__beat_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help beat commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__claim_commands] )) ||
_lead-queue__subcmd__help__subcmd__claim_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help claim commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__doctor_commands] )) ||
_lead-queue__subcmd__help__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help doctor commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__done_commands] )) ||
_lead-queue__subcmd__help__subcmd__done_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help done commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__graph_commands] )) ||
_lead-queue__subcmd__help__subcmd__graph_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help graph commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__help_commands] )) ||
_lead-queue__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help help commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__import_commands] )) ||
_lead-queue__subcmd__help__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help import commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__ready_commands] )) ||
_lead-queue__subcmd__help__subcmd__ready_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help ready commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__release_commands] )) ||
_lead-queue__subcmd__help__subcmd__release_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help release commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__show_commands] )) ||
_lead-queue__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help show commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__help__subcmd__verify_commands] )) ||
_lead-queue__subcmd__help__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue help verify commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__import_commands] )) ||
_lead-queue__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue import commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__ready_commands] )) ||
_lead-queue__subcmd__ready_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue ready commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__release_commands] )) ||
_lead-queue__subcmd__release_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue release commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__show_commands] )) ||
_lead-queue__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue show commands' commands "$@"
}
(( $+functions[_lead-queue__subcmd__verify_commands] )) ||
_lead-queue__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'lead-queue verify commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-queue" ]; then
    _lead-queue "$@"
else
    compdef _lead-queue lead-queue
fi
# Made by `cargo xtask codegen`.
