#compdef lead-sbom

autoload -U is-at-least

_lead-sbom() {
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
":: :_lead-sbom_commands" \
"*::: :->lead-sbom" \
&& ret=0
    case $state in
    (lead-sbom)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-command-$line[1]:"
        case $line[1] in
            (make)
_arguments "${_arguments_options[@]}" : \
'--spec=[The version of CycloneDX]:VERSION:_default' \
'*--exclude=[Leave out files and folders that match, as paths below the folder; * stands for any text. Repeatable]:GLOB:_default' \
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
'::folder -- The folder to look at:_files' \
&& ret=0
;;
(check)
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
'*::files -- CycloneDX documents in JSON or XML:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-help-command-$line[1]:"
        case $line[1] in
            (make)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
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

(( $+functions[_lead-sbom_commands] )) ||
_lead-sbom_commands() {
    local commands; commands=(
'make:Write what is inside a folder as a CycloneDX document' \
'check:Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__check_commands] )) ||
_lead-sbom__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help_commands] )) ||
_lead-sbom__subcmd__help_commands() {
    local commands; commands=(
'make:Write what is inside a folder as a CycloneDX document' \
'check:Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__check_commands] )) ||
_lead-sbom__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__help_commands] )) ||
_lead-sbom__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__make_commands] )) ||
_lead-sbom__subcmd__help__subcmd__make_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help make commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__make_commands] )) ||
_lead-sbom__subcmd__make_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom make commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-sbom" ]; then
    _lead-sbom "$@"
else
    compdef _lead-sbom lead-sbom
fi
# Made by `cargo xtask codegen`.
