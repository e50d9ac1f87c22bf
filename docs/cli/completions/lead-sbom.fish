# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_lead_sbom_global_optspecs
    string join \n format= o/output= config= offline q/quiet v/verbose color= h/help V/version
end

function __fish_lead_sbom_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_lead_sbom_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_lead_sbom_using_subcommand
    set -l cmd (__fish_lead_sbom_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -s V -l version -d 'Print version'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "make" -d 'Write what is inside a folder as a CycloneDX document'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "check" -d 'Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "dockerfile" -d 'Say what is wrong with Dockerfiles, and mend what can be mended safely'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "migrate" -d 'Move a repository to other tools'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "lock" -d 'Look after lock files'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "dockerignore" -d 'Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "image" -d 'Say what an image weighs, what of it is out of reach, and what is inside'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "why" -d 'Say which of a project\'s own dependencies bring a component in'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "blame" -d 'Say which commit brought a component in, and whether a person, an agent or automation made it'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "pack" -d 'Pack an image without a daemon, with its inventory attached'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l spec -d 'The version of CycloneDX' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l exclude -d 'Leave out files and folders that match, as paths below the folder; * stands for any text. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l programs -d 'Look into programs, too: those of Rust built by cargo auditable, and those of Go. In a folder only'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l context -d 'The build context; by default the folder that a Dockerfile lies in' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l hadolint -d 'hadolint\'s configuration; by default .hadolint.yaml or .hadolint.yml of this folder' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l ignore -d 'Leave out a rule. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l fail-on -d 'End with 1 from this severity on' -r -f -a "error\t'What breaks the build or the program'
warning\t'What will hurt'
info\t'What could be better'
style\t'Matters of taste, too'
none\t'Nothing fails'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l fix -d 'Put in the fixes that are safe, and tell what is left'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -f -a "uv" -d 'Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and not __fish_seen_subcommand_from uv help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -l dry-run -d 'Only show what would change'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from uv" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from help" -f -a "uv" -d 'Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand migrate; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -f -a "check" -d 'Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and not __fish_seen_subcommand_from check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from help" -f -a "check" -d 'Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand lock; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l context -d 'The build context' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l check -d 'Fail when the .dockerignore that is there drops what is needed, or when there is none'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l write -d 'Write the .dockerignore. One that somebody else wrote is not replaced without --force'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l force -d 'Replace a .dockerignore that was not made by this command'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerignore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l platform -d 'The platform, where the image is there for several: linux/arm64' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l name -d 'The name of the image, where several are there' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l sbom -d 'Write what is inside as CycloneDX to this file' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l spec -d 'The version of CycloneDX' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l page -d 'Write the report as a page with a picture of the layers' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l top -d 'How many of the biggest files, folders and wasted paths are named' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l max-size -d 'Fail when the files of all layers have more bytes: 100MB' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l max-packed -d 'Fail when the packed layers have more bytes' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l max-hidden -d 'Fail when more bytes are out of reach' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l min-efficiency -d 'Fail when the efficiency, as dive counts it, is less: 0.95' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l limit-bytes -d 'The most unpacked bytes that are read' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l limit-files -d 'The most entries of layers that are read' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l all-layers -d 'Let --sbom list what any layer has, also where a later one hides it'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand image" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -l exclude -d 'Leave out files and folders that match. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -l programs -d 'Look into programs, too: those of Rust built by cargo auditable, and those of Go. In a folder only'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand why" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -l rev -d 'The revision to look back from: HEAD, or one that HEAD descends from' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -l exclude -d 'Leave out files and folders that match. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand blame" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l base -d 'An OCI layout whose image lies below what is added' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l rootfs -d 'An archive with a root file system as the lowest layer, such as mmdebstrap makes' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l add -d 'Add a file or folder as a layer of its own: FROM:TO. Repeatable; layers come in this order' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l drop -d 'Leave out what has such a path in the image; * and ** stand for any text. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l writable -d 'Make an empty folder that the user of the container may write to. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l user -d 'The user and group that containers run as, as numbers' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l env -d 'Set a variable of the environment. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l entrypoint -d 'What is started, a word at a time. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l cmd -d 'Its arguments unless others are given, a word at a time. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l workdir -d 'The folder it starts in' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l port -d 'A port it listens on: 8000 or 53/udp. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l label -d 'Words about the image. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l name -d 'The name of the image in the layout' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l platform -d 'The platform: of the base if there are several, or of what is packed without one' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l max-size -d 'Write nothing and fail when the files of all layers have more bytes: 100MB' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l root -d 'Allow that containers run as root'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l no-sbom -d 'Attach no inventory'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "make" -d 'Write what is inside a folder as a CycloneDX document'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "check" -d 'Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "dockerfile" -d 'Say what is wrong with Dockerfiles, and mend what can be mended safely'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "migrate" -d 'Move a repository to other tools'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "lock" -d 'Look after lock files'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "dockerignore" -d 'Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "image" -d 'Say what an image weighs, what of it is out of reach, and what is inside'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "why" -d 'Say which of a project\'s own dependencies bring a component in'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "blame" -d 'Say which commit brought a component in, and whether a person, an agent or automation made it'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "pack" -d 'Pack an image without a daemon, with its inventory attached'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile migrate lock dockerignore image why blame pack help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from migrate" -f -a "uv" -d 'Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from lock" -f -a "check" -d 'Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it'
# Made by `cargo xtask codegen`.
