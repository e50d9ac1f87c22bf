#compdef lead-guard

autoload -U is-at-least

_lead-guard() {
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
":: :_lead-guard_commands" \
"*::: :->lead-guard" \
&& ret=0
    case $state in
    (lead-guard)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-guard-command-$line[1]:"
        case $line[1] in
            (secrets)
_arguments "${_arguments_options[@]}" : \
'--min-confidence=[Report what is at least so sure]:CONFIDENCE:((low\:"Also what is more likely an example, an id or a digest"
medium\:"What is likely a secret"
high\:"What is as good as certain"))' \
'*--rules=[More rules, as a file in gitleaks'\'' format. Repeatable]:FILE:_files' \
'--baseline=[The folder with what is borne, below the repository'\''s root\: that of \`\[review\] baseline\` in leadforge.toml unless given, else docs/review/baseline]:DIR:_default' \
'--baseline-from=[Read what is borne from this commit, not from the files]:REV:_default' \
'*--bear=[Bear a finding, named by its fingerprint. Repeatable; needs --reason and --until]:FINGERPRINT:_default' \
'--reason=[Why it is borne]:TEXT:_default' \
'--until=[The last day on which it is, as YYYY-MM-DD]:DAY:_default' \
'--threads=[How many files are looked at side by side; as many as there are processors unless said otherwise]:N:_default' \
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
'(--history)--staged[Look at what is staged for the next commit]' \
'()--history[Look at every content that a file ever had, in all branches and tags, each once]' \
'--allow-comments[Leave out lines with a comment such as gitleaks\:allow\: whoever adds a secret can add the comment, too]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::paths -- Files and folders, or - for standard input; this folder unless something is named:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-guard__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-guard-help-command-$line[1]:"
        case $line[1] in
            (secrets)
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

(( $+functions[_lead-guard_commands] )) ||
_lead-guard_commands() {
    local commands; commands=(
'secrets:Look for secrets in files, in what is staged, in the whole history, or in a stream' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-guard commands' commands "$@"
}
(( $+functions[_lead-guard__subcmd__help_commands] )) ||
_lead-guard__subcmd__help_commands() {
    local commands; commands=(
'secrets:Look for secrets in files, in what is staged, in the whole history, or in a stream' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-guard help commands' commands "$@"
}
(( $+functions[_lead-guard__subcmd__help__subcmd__help_commands] )) ||
_lead-guard__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-guard help help commands' commands "$@"
}
(( $+functions[_lead-guard__subcmd__help__subcmd__secrets_commands] )) ||
_lead-guard__subcmd__help__subcmd__secrets_commands() {
    local commands; commands=()
    _describe -t commands 'lead-guard help secrets commands' commands "$@"
}
(( $+functions[_lead-guard__subcmd__secrets_commands] )) ||
_lead-guard__subcmd__secrets_commands() {
    local commands; commands=()
    _describe -t commands 'lead-guard secrets commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-guard" ]; then
    _lead-guard "$@"
else
    compdef _lead-guard lead-guard
fi
# Made by `cargo xtask codegen`.
