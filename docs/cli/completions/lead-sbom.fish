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
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "template" -d 'Write a Dockerfile for the Python project that lies here'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "dependabot" -d 'Show, check or write Dependabot\'s configuration for the ecosystems that are found'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "migrate" -d 'Move a repository to other tools'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "lock" -d 'Look after lock files'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "dockerignore" -d 'Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "db" -d 'Build or describe the index of advisories that `vulns` asks'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "vulns" -d 'Say which known vulnerabilities there are in a folder or a document'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "diff" -d 'Say what is other in one inventory than in another, and fail on what is new'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "licences" -d 'Say which licences are declared, and fail on what [sbom.licences] of leadforge.toml does not bear'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "grade" -d 'Say how much a document says of what a profile asks for, and from where the rest could be known'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "attest" -d 'Sign what is inside files or how they were built, or say whether such a statement holds'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "image" -d 'Say what an image weighs, what of it is out of reach, and what is inside'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "why" -d 'Say which of a project\'s own dependencies bring a component in'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "blame" -d 'Say which commit brought a component in, and whether a person, an agent or automation made it'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "pack" -d 'Pack an image without a daemon, with its inventory attached'
complete -c lead-sbom -n "__fish_lead_sbom_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l as -d 'The format; by the ending of --output (.xml, .spdx.json, .spdx3.json) unless given, and cyclonedx-json otherwise' -r -f -a "cyclonedx-json\t'CycloneDX in JSON'
cyclonedx-xml\t'CycloneDX in XML'
spdx-2.3\t'SPDX 2.3 in JSON'
spdx-3.0.1\t'SPDX 3.0.1 in JSON-LD'"
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
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand make" -l texts -d 'Look for licence files beside what is installed or vendored, and say as evidence what they read like'
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
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dockerfile" -l baseline -d 'What this command wrote before with --format json: what stands in it is known, and neither told nor failed on' -r -F
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
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l python -d 'The Python, such as 3.13; by default the one of the Dockerfile, of .python-version, or the oldest the project is for' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l extra -d 'Install an extra of the project. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l start -d 'What is started; by default what railway.toml, a Procfile, the Dockerfile or [project.scripts] says' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l port -d 'The port it listens on; by default the one that the start names' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l health -d 'The path that answers when it is healthy; by default the one of railway.toml' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l writable -d 'A folder below /app that it writes to. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l copy -d 'A further file or folder that is copied with the sources. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l pin -d 'The digest of an image: NAME@sha256:… Repeatable; those in the project\'s Dockerfiles are known' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l arch -d 'The processor that wheels are looked for' -r -f -a "amd64\t''
arm64\t''"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l image -d 'For --sizes: a copy of an image, an OCI layout or what docker save wrote: NAME=PATH. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l installed -d 'For --sizes: a folder with what is installed now, and one with what this one installs' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l sizes -d 'Write no Dockerfile, but what the layers of the one that is there and of this one weigh'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand template" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -l check -d 'Fail when an ecosystem that is found is not in the file that is there'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -l write -d 'Write .github/dependabot.yml where there is none'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand dependabot" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -f -a "build" -d 'Build the index of OSV records: folders, or archives in zip, tar or tar.gz'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -f -a "fetch" -d 'Download the advisories of ecosystems, and build the index of all that was downloaded'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -f -a "info" -d 'Say what an index holds, and of which day it is'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and not __fish_seen_subcommand_from build fetch info help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l for -d 'The ecosystems of what is inside a folder, `git:REV[:FOLDER]`, or a document. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l url -d 'An archive of OSV records at another address. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l from -d 'Where ECOSYSTEM/all.zip lies, such as a mirror\'s folder' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l max-size -d 'The most that an archive may have, in MiB' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l timeout -d 'The longest that an archive may take, in seconds' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "build" -d 'Build the index of OSV records: folders, or archives in zip, tar or tar.gz'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "fetch" -d 'Download the advisories of ecosystems, and build the index of all that was downloaded'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "info" -d 'Say what an index holds, and of which day it is'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l db -d 'The index of advisories; that of the user unless given' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l vex -d 'A document in OpenVEX or CycloneDX that says which vulnerabilities do not matter here. Repeatable' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l sarif -d 'What another scanner found, in SARIF: Trivy, Grype, Snyk, osv-scanner, lead-sbom itself. Repeatable' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l fail-on -d 'From which severity on a vulnerability fails; the configuration\'s unless given' -r -f -a "none\t'None does'
low\t'Every one does'
medium\t'Medium and worse'
high\t'High and worse'
critical\t'Critical alone'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l deny -d 'Let advisories that are no vulnerabilities fail too. Repeatable' -r -f -a "unmaintained\t'Nobody takes care of the package any more'
unsound\t'The package breaks a promise of its language'
notice\t'Something else'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l exclude -d 'Leave out files and folders that match, as paths below the folder. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l strict -d 'End with 3 when anything could not be checked'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand vulns" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l fail-on -d 'What fails when there is any of it. Repeatable, or with commas' -r -f -a "added\t'A component that was not there'
removed\t'A component that is not there any more'
upgraded\t'A component in a newer version'
downgraded\t'A component in an older version'
changed\t'A component from another place, or in a version that is neither newer nor older'
licence\t'A component under other licences'
vulnerability\t'A vulnerability that was not there'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l db -d 'The index of advisories; that of the user unless given, none when there is none' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l exclude -d 'Leave out files and folders that match, as paths below the folder. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l markdown -d 'Write Markdown that fits a comment on a pull request'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -l exclude -d 'Leave out files and folders that match, as paths below the folder. Repeatable' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand licences" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -l profile -d 'What it is held against' -r -f -a "ntia-2021\t'The minimum elements of NTIA, 2021'
bsi-2.1\t'TR-03183-2 of BSI, version 2.1.0'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -l min -d 'Fail when it says less, in percent' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand grade" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -f -a "sbom" -d 'Sign that a document in CycloneDX or SPDX is the inventory of files'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -f -a "provenance" -d 'Sign how files were built, as SLSA\'s provenance v1'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -f -a "verify" -d 'Say whether an attestation is signed by a key and about files as they are'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and not __fish_seen_subcommand_from sbom provenance verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -l key -d 'The key, as openssl writes it in PEM: private to sign, public to verify' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -l subject -d 'A file that it is about. Repeatable' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from sbom" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l builder -d 'Who built them, as an address' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l build-type -d 'What kind of build it was, as an address' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l source -d 'What was built, as an address: git+https://…' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l commit -d 'The commit of the source' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l invocation -d 'The build\'s own name' -r
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l key -d 'The key, as openssl writes it in PEM: private to sign, public to verify' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l subject -d 'A file that it is about. Repeatable' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from provenance" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -l key -d 'The key, as openssl writes it in PEM: private to sign, public to verify' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -l subject -d 'A file that it is about. Repeatable' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -l offline -d 'Never use the network'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from help" -f -a "sbom" -d 'Sign that a document in CycloneDX or SPDX is the inventory of files'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from help" -f -a "provenance" -d 'Sign how files were built, as SLSA\'s provenance v1'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Say whether an attestation is signed by a key and about files as they are'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand attest; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "make" -d 'Write what is inside a folder as a CycloneDX document'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "check" -d 'Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "dockerfile" -d 'Say what is wrong with Dockerfiles, and mend what can be mended safely'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "template" -d 'Write a Dockerfile for the Python project that lies here'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "dependabot" -d 'Show, check or write Dependabot\'s configuration for the ecosystems that are found'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "migrate" -d 'Move a repository to other tools'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "lock" -d 'Look after lock files'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "dockerignore" -d 'Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "db" -d 'Build or describe the index of advisories that `vulns` asks'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "vulns" -d 'Say which known vulnerabilities there are in a folder or a document'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "diff" -d 'Say what is other in one inventory than in another, and fail on what is new'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "licences" -d 'Say which licences are declared, and fail on what [sbom.licences] of leadforge.toml does not bear'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "grade" -d 'Say how much a document says of what a profile asks for, and from where the rest could be known'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "attest" -d 'Sign what is inside files or how they were built, or say whether such a statement holds'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "image" -d 'Say what an image weighs, what of it is out of reach, and what is inside'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "why" -d 'Say which of a project\'s own dependencies bring a component in'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "blame" -d 'Say which commit brought a component in, and whether a person, an agent or automation made it'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "pack" -d 'Pack an image without a daemon, with its inventory attached'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and not __fish_seen_subcommand_from make check dockerfile template dependabot migrate lock dockerignore db vulns diff licences grade attest image why blame pack help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from migrate" -f -a "uv" -d 'Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from lock" -f -a "check" -d 'Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "build" -d 'Build the index of OSV records: folders, or archives in zip, tar or tar.gz'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "fetch" -d 'Download the advisories of ecosystems, and build the index of all that was downloaded'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "info" -d 'Say what an index holds, and of which day it is'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from attest" -f -a "sbom" -d 'Sign that a document in CycloneDX or SPDX is the inventory of files'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from attest" -f -a "provenance" -d 'Sign how files were built, as SLSA\'s provenance v1'
complete -c lead-sbom -n "__fish_lead_sbom_using_subcommand help; and __fish_seen_subcommand_from attest" -f -a "verify" -d 'Say whether an attestation is signed by a key and about files as they are'
# Made by `cargo xtask codegen`.
