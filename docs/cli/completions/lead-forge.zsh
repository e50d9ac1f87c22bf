#compdef lead-forge

autoload -U is-at-least

_lead-forge() {
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
":: :_lead-forge_commands" \
"*::: :->lead-forge" \
&& ret=0
    case $state in
    (lead-forge)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-forge-command-$line[1]:"
        case $line[1] in
            (run)
_arguments "${_arguments_options[@]}" : \
'-j+[How many attempts run at once]:N:_default' \
'--jobs=[How many attempts run at once]:N:_default' \
'--land=[The integration branch to land on]:BRANCH:_default' \
'--sandbox=[The fence around agents and checks]:KIND:((auto\:"Bubblewrap where it works, Landlock otherwise; refuse when neither does"
bubblewrap\:"Namespaces, through bubblewrap"
landlock\:"Landlock and seccomp"
none\:"No fence at all\: agents and checks can do whatever you can"))' \
'--trust=[Accept what would run by its digest, for CI; \`lead-forge trust\` prints it]:DIGEST:_default' \
'*--with=[JSON envelopes of other binaries to show in the dossier]:FILE:_files' \
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
'*::tasks -- Tasks to run, by id or the beginning of one; all pending ones when absent:_default' \
&& ret=0
;;
(demo)
_arguments "${_arguments_options[@]}" : \
'--repo=[The repository to clone; the one you stand in when absent. It is only read]:PATH:_files' \
'--scratch=[Where to make the scratch clone; a new temporary folder when absent]:DIR:_files' \
'-j+[How many attempts run at once]:N:_default' \
'--jobs=[How many attempts run at once]:N:_default' \
'--sandbox=[The fence around agents and checks]:KIND:((auto\:"Bubblewrap where it works, Landlock otherwise; refuse when neither does"
bubblewrap\:"Namespaces, through bubblewrap"
landlock\:"Landlock and seccomp"
none\:"No fence at all\: agents and checks can do whatever you can"))' \
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
(init)
_arguments "${_arguments_options[@]}" : \
'(--undo)*--workflow=[Write this workflow of GitHub Actions too; may be given again]:NAME:((visual\:"Screens are compared on pull requests; a release gets the pictures that its notes show"
supply-chain\:"The tree and the image are inventoried; what a pull request adds is gated"
review\:"Pull requests are reviewed without rights, and a second workflow says on them what was found"))' \
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
'(--undo)--dry-run[Only show what would be written]' \
'--undo[Take back what init wrote; files that were changed since stay]' \
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
(trust)
_arguments "${_arguments_options[@]}" : \
'(--forget)--accept=[Accept exactly this digest, as shown without the flag]:DIGEST:_default' \
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
'--forget[Forget what was accepted for this repository]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(dossier)
_arguments "${_arguments_options[@]}" : \
'--land=[The integration branch of the run]:BRANCH:_default' \
'*--with=[JSON envelopes of other binaries to show in it]:FILE:_files' \
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
":: :_lead-forge__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-forge-help-command-$line[1]:"
        case $line[1] in
            (run)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(demo)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(init)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(trust)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(dossier)
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

(( $+functions[_lead-forge_commands] )) ||
_lead-forge_commands() {
    local commands; commands=(
'run:Run the queue\: agents side by side, verified and landed on an integration branch' \
'demo:Show the whole loop on a scratch clone\: ten tasks, planned failures included' \
'init:Prepare a repository\: configuration and queue folders' \
'doctor:Look whether everything that a run needs is here, and say what is missing' \
'trust:Show what would be executed, and accept it' \
'dossier:Write the page of proof of an earlier run again, with other tools'\'' results' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-forge commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__demo_commands] )) ||
_lead-forge__subcmd__demo_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge demo commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__doctor_commands] )) ||
_lead-forge__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge doctor commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__dossier_commands] )) ||
_lead-forge__subcmd__dossier_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge dossier commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help_commands] )) ||
_lead-forge__subcmd__help_commands() {
    local commands; commands=(
'run:Run the queue\: agents side by side, verified and landed on an integration branch' \
'demo:Show the whole loop on a scratch clone\: ten tasks, planned failures included' \
'init:Prepare a repository\: configuration and queue folders' \
'doctor:Look whether everything that a run needs is here, and say what is missing' \
'trust:Show what would be executed, and accept it' \
'dossier:Write the page of proof of an earlier run again, with other tools'\'' results' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-forge help commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__demo_commands] )) ||
_lead-forge__subcmd__help__subcmd__demo_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help demo commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__doctor_commands] )) ||
_lead-forge__subcmd__help__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help doctor commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__dossier_commands] )) ||
_lead-forge__subcmd__help__subcmd__dossier_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help dossier commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__help_commands] )) ||
_lead-forge__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help help commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__init_commands] )) ||
_lead-forge__subcmd__help__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help init commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__run_commands] )) ||
_lead-forge__subcmd__help__subcmd__run_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help run commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__help__subcmd__trust_commands] )) ||
_lead-forge__subcmd__help__subcmd__trust_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge help trust commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__init_commands] )) ||
_lead-forge__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge init commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__run_commands] )) ||
_lead-forge__subcmd__run_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge run commands' commands "$@"
}
(( $+functions[_lead-forge__subcmd__trust_commands] )) ||
_lead-forge__subcmd__trust_commands() {
    local commands; commands=()
    _describe -t commands 'lead-forge trust commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-forge" ]; then
    _lead-forge "$@"
else
    compdef _lead-forge lead-forge
fi
# Made by `cargo xtask codegen`.
