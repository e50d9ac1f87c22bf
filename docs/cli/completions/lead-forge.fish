# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_lead_forge_global_optspecs
    string join \n format= o/output= config= offline q/quiet v/verbose color= h/help V/version
end

function __fish_lead_forge_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_lead_forge_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_lead_forge_using_subcommand
    set -l cmd (__fish_lead_forge_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c lead-forge -n "__fish_lead_forge_needs_command" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_needs_command" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_needs_command" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_needs_command" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -s V -l version -d 'Print version'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "run" -d 'Run the queue: agents side by side, verified and landed on an integration branch'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "demo" -d 'Show the whole loop on a scratch clone: ten tasks, planned failures included'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "init" -d 'Prepare a repository: configuration and queue folders'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "doctor" -d 'Look whether everything that a run needs is here, and say what is missing'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "trust" -d 'Show what would be executed, and accept it'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "dossier" -d 'Write the page of proof of an earlier run again, with other tools\' results'
complete -c lead-forge -n "__fish_lead_forge_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -s j -l jobs -d 'How many attempts run at once' -r
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l land -d 'The integration branch to land on' -r
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l sandbox -d 'The fence around agents and checks' -r -f -a "auto\t'Bubblewrap where it works, Landlock otherwise; refuse when neither does'
bubblewrap\t'Namespaces, through bubblewrap'
landlock\t'Landlock and seccomp'
none\t'No fence at all: agents and checks can do whatever you can'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l trust -d 'Accept what would run by its digest, for CI; `lead-forge trust` prints it' -r
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l with -d 'JSON envelopes of other binaries to show in the dossier' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l repo -d 'The repository to clone; the one you stand in when absent. It is only read' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l scratch -d 'Where to make the scratch clone; a new temporary folder when absent' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -s j -l jobs -d 'How many attempts run at once' -r
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l sandbox -d 'The fence around agents and checks' -r -f -a "auto\t'Bubblewrap where it works, Landlock otherwise; refuse when neither does'
bubblewrap\t'Namespaces, through bubblewrap'
landlock\t'Landlock and seccomp'
none\t'No fence at all: agents and checks can do whatever you can'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l workflow -d 'Write this workflow of GitHub Actions too; may be given again' -r -f -a "visual\t'Screens are compared on pull requests; a release gets the pictures that its notes show'
supply-chain\t'The tree and the image are inventoried; what a pull request adds is gated'
review\t'Pull requests are reviewed without rights, and a second workflow says on them what was found'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l dry-run -d 'Only show what would be written'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l undo -d 'Take back what init wrote; files that were changed since stay'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -l accept -d 'Accept exactly this digest, as shown without the flag' -r
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -l forget -d 'Forget what was accepted for this repository'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand trust" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -l land -d 'The integration branch of the run' -r
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -l with -d 'JSON envelopes of other binaries to show in it' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -l offline -d 'Never use the network'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand dossier" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "run" -d 'Run the queue: agents side by side, verified and landed on an integration branch'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "demo" -d 'Show the whole loop on a scratch clone: ten tasks, planned failures included'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "init" -d 'Prepare a repository: configuration and queue folders'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "doctor" -d 'Look whether everything that a run needs is here, and say what is missing'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "trust" -d 'Show what would be executed, and accept it'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "dossier" -d 'Write the page of proof of an earlier run again, with other tools\' results'
complete -c lead-forge -n "__fish_lead_forge_using_subcommand help; and not __fish_seen_subcommand_from run demo init doctor trust dossier help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
# Made by `cargo xtask codegen`.
