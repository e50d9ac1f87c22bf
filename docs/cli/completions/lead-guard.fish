# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_lead_guard_global_optspecs
    string join \n format= o/output= config= offline q/quiet v/verbose color= h/help V/version
end

function __fish_lead_guard_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_lead_guard_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_lead_guard_using_subcommand
    set -l cmd (__fish_lead_guard_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c lead-guard -n "__fish_lead_guard_needs_command" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-guard -n "__fish_lead_guard_needs_command" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-guard -n "__fish_lead_guard_needs_command" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-guard -n "__fish_lead_guard_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-guard -n "__fish_lead_guard_needs_command" -l offline -d 'Never use the network'
complete -c lead-guard -n "__fish_lead_guard_needs_command" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-guard -n "__fish_lead_guard_needs_command" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-guard -n "__fish_lead_guard_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-guard -n "__fish_lead_guard_needs_command" -s V -l version -d 'Print version'
complete -c lead-guard -n "__fish_lead_guard_needs_command" -f -a "secrets" -d 'Look for secrets in files, in what is staged, in the whole history, or in a stream'
complete -c lead-guard -n "__fish_lead_guard_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l min-confidence -d 'Report what is at least so sure' -r -f -a "low\t'Also what is more likely an example, an id or a digest'
medium\t'What is likely a secret'
high\t'What is as good as certain'"
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l rules -d 'More rules, as a file in gitleaks\' format. Repeatable' -r -F
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l baseline -d 'The folder with what is borne, below the repository\'s root: that of `[review] baseline` in leadforge.toml unless given, else docs/review/baseline' -r
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l baseline-from -d 'Read what is borne from this commit, not from the files' -r
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l bear -d 'Bear a finding, named by its fingerprint. Repeatable; needs --reason and --until' -r
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l reason -d 'Why it is borne' -r
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l until -d 'The last day on which it is, as YYYY-MM-DD' -r
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l threads -d 'How many files are looked at side by side; as many as there are processors unless said otherwise' -r
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l staged -d 'Look at what is staged for the next commit'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l history -d 'Look at every content that a file ever had, in all branches and tags, each once'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l allow-comments -d 'Leave out lines with a comment such as gitleaks:allow: whoever adds a secret can add the comment, too'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -l offline -d 'Never use the network'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand secrets" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand help; and not __fish_seen_subcommand_from secrets help" -f -a "secrets" -d 'Look for secrets in files, in what is staged, in the whole history, or in a stream'
complete -c lead-guard -n "__fish_lead_guard_using_subcommand help; and not __fish_seen_subcommand_from secrets help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
# Made by `cargo xtask codegen`.
