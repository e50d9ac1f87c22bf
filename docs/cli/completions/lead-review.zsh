#compdef lead-review

autoload -U is-at-least

_lead-review() {
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
":: :_lead-review_commands" \
"*::: :->lead-review" \
&& ret=0
    case $state in
    (lead-review)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-command-$line[1]:"
        case $line[1] in
            (check)
_arguments "${_arguments_options[@]}" : \
'--base=[What the change is compared with\: where it left this revision. Unless given, origin/HEAD, main or master]:REV:_default' \
'(--staged --diff)--head=[The change'\''s last commit; the files as they lie here, uncommitted ones included, unless given]:REV:_default' \
'--diff=[Review the diff in this file, or on standard input (-); files and rules are those of the repository]:FILE:_files' \
'*--coverage=[A report of coverage\: lcov, Cobertura, llvm-cov'\''s or coverage.py'\''s JSON. Repeatable; they are added up]:FILE:_files' \
'*--base-coverage=[The same of the base, to tell what the change did to the whole. Repeatable]:FILE:_files' \
'*--sarif=[What another tool found, in SARIF. Repeatable]:FILE:_files' \
'--rules=[Judge by this file of rules as it lies here, not by that of the base\: to try rules out]:FILE:_files' \
'(--ai-url)--ai-cmd=[Have this command, run by sh, judge the criteria that are a model'\''s\: the question on its standard input, the answer on its standard output]:COMMAND:_default' \
'--ai-url=[Have a model behind this address judge them\: the base of an API as OpenAI'\''s, such as <http\://127.0.0.1\:11434/v1>. Without TLS only on this machine. A token is read from LEADFORGE_AI_TOKEN]:URL:_default' \
'--ai-model=[The model'\''s name there]:NAME:_default' \
'--ai-bytes=[So many bytes of new lines it is sent, and a fifth of that of documents; 200,000 unless given or set in \`\[review.ai\]\`. What does not fit is named]:BYTES:_default' \
'--ai-seconds=[So many seconds it may take; 300 unless given or set in \`\[review.ai\]\`]:SECONDS:_default' \
'--trust=[Run the command of \`\[review.ai\]\` if this is the digest of all that would run]:DIGEST:_default' \
'--fail-on=[From which level on a finding ends with 1]:LEVEL:((note\:"Every finding fails"
warning\:"Warnings and errors fail"
error\:"Errors fail"
never\:"Nothing fails"))' \
'--pr=[Write down that this is the review of this pull request, for \`post\`]:NUMBER:_default' \
'--rdjsonl=[Write the findings as reviewdog reads them, a line each]:FILE:_files' \
'--junit=[Write the checks as JUnit XML]:FILE:_files' \
'--markdown=[Write a summary as Markdown]:FILE:_files' \
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
'(--diff)--staged[Review what would be committed now]' \
'(--ai-cmd --ai-url --ai-bytes --ai-seconds)--no-ai[Ask no model, whatever leadforge.toml says]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(size)
_arguments "${_arguments_options[@]}" : \
'--base=[What the change is compared with\: where it left this revision. Unless given, origin/HEAD, main or master]:REV:_default' \
'(--staged --diff)--head=[The change'\''s last commit; the files as they lie here, uncommitted ones included, unless given]:REV:_default' \
'--diff=[Review the diff in this file, or on standard input (-); files and rules are those of the repository]:FILE:_files' \
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
'(--diff)--staged[Review what would be committed now]' \
'--markdown[Write the guidance for reviewers as Markdown, for the text of a pull request]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(rules)
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
":: :_lead-review__subcmd__rules_commands" \
"*::: :->rules" \
&& ret=0

    case $state in
    (rules)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-rules-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'(--builtin)--rules=[The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given]:FILE:_files' \
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
'--builtin[The built-in rules]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(explain)
_arguments "${_arguments_options[@]}" : \
'(--builtin)--rules=[The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given]:FILE:_files' \
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
'--builtin[The built-in rules]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':id -- The rule'\''s name:_default' \
&& ret=0
;;
(test)
_arguments "${_arguments_options[@]}" : \
'(--builtin)--rules=[The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given]:FILE:_files' \
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
'--builtin[The built-in rules]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
'--section=[The heading of the section that holds them; that which the ledger names, or all lists, unless given]:HEADING:_default' \
'--ledger=[The ledger]:FILE:_files' \
'(--builtin)--rules=[The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given]:FILE:_files' \
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
'--short[Keep no words in the ledger, only names, lines and digests]' \
'--check[Write nothing; 1 when the ledger is not what an import would write]' \
'--builtin[The built-in rules]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::document -- The document with the criteria; that which the ledger names unless given:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-review__subcmd__rules__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-rules-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(explain)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(test)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(import)
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
;;
(coverage)
_arguments "${_arguments_options[@]}" : \
'--base=[What the change is compared with\: where it left this revision. Unless given, origin/HEAD, main or master]:REV:_default' \
'(--staged --diff)--head=[The change'\''s last commit; the files as they lie here, uncommitted ones included, unless given]:REV:_default' \
'--diff=[Review the diff in this file, or on standard input (-); files and rules are those of the repository]:FILE:_files' \
'*--coverage=[A report of coverage\: lcov, Cobertura, llvm-cov'\''s or coverage.py'\''s JSON. Repeatable; they are added up]:FILE:_files' \
'*--base-coverage=[The same of the base, to tell what the change did to the whole. Repeatable]:FILE:_files' \
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
'(--diff)--staged[Review what would be committed now]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(hook)
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
":: :_lead-review__subcmd__hook_commands" \
"*::: :->hook" \
&& ret=0

    case $state in
    (hook)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-hook-command-$line[1]:"
        case $line[1] in
            (run)
_arguments "${_arguments_options[@]}" : \
'*--coverage=[A report of coverage\: lcov, Cobertura, llvm-cov'\''s or coverage.py'\''s JSON. Repeatable; they are added up]:FILE:_files' \
'*--base-coverage=[The same of the base, to tell what the change did to the whole. Repeatable]:FILE:_files' \
'*--sarif=[What another tool found, in SARIF. Repeatable]:FILE:_files' \
'--rules=[Judge by this file of rules as it lies here, not by that of the base\: to try rules out]:FILE:_files' \
'(--ai-url)--ai-cmd=[Have this command, run by sh, judge the criteria that are a model'\''s\: the question on its standard input, the answer on its standard output]:COMMAND:_default' \
'--ai-url=[Have a model behind this address judge them\: the base of an API as OpenAI'\''s, such as <http\://127.0.0.1\:11434/v1>. Without TLS only on this machine. A token is read from LEADFORGE_AI_TOKEN]:URL:_default' \
'--ai-model=[The model'\''s name there]:NAME:_default' \
'--ai-bytes=[So many bytes of new lines it is sent, and a fifth of that of documents; 200,000 unless given or set in \`\[review.ai\]\`. What does not fit is named]:BYTES:_default' \
'--ai-seconds=[So many seconds it may take; 300 unless given or set in \`\[review.ai\]\`]:SECONDS:_default' \
'--trust=[Run the command of \`\[review.ai\]\` if this is the digest of all that would run]:DIGEST:_default' \
'--fail-on=[From which level on a finding ends with 1]:LEVEL:((note\:"Every finding fails"
warning\:"Warnings and errors fail"
error\:"Errors fail"
never\:"Nothing fails"))' \
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
'(--ai-cmd --ai-url --ai-bytes --ai-seconds)--no-ai[Ask no model, whatever leadforge.toml says]' \
'--no-capture[Take no pictures]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(install)
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
(uninstall)
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
":: :_lead-review__subcmd__hook__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-hook-help-command-$line[1]:"
        case $line[1] in
            (run)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(install)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(uninstall)
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
;;
(post)
_arguments "${_arguments_options[@]}" : \
'--report=[The report, as \`check --head REV --format json\` writes it]:FILE:_files' \
'--pr=[The pull request; the one that the report names unless given, which asks for --expect-head]:NUMBER:_default' \
'--repo=[The repository as owner/name; GITHUB_REPOSITORY unless given]:OWNER/NAME:_default' \
'--expect-head=[The commit that was reviewed, from who can be believed, such as the event that started a workflow. The report must be of it\: it may have been written by a job of the branch itself]:COMMIT:_default' \
'--api=[The address of the REST interface; GITHUB_API_URL, or that of github.com, unless given]:URL:_default' \
'--patience=[How many seconds to wait in all for a host that asks to come back later]:SECONDS:_default' \
'--markdown=[Write the summary, with every finding, to this file, whatever the host says]:FILE:_files' \
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
'--dry-run[Print what would be done; with --offline as if nothing stood there yet]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(arch)
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
":: :_lead-review__subcmd__arch_commands" \
"*::: :->arch" \
&& ret=0

    case $state in
    (arch)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-arch-command-$line[1]:"
        case $line[1] in
            (check)
_arguments "${_arguments_options[@]}" : \
'--base=[What the change is compared with\: where it left this revision. Unless given, origin/HEAD, main or master]:REV:_default' \
'(--staged --diff)--head=[The change'\''s last commit; the files as they lie here, uncommitted ones included, unless given]:REV:_default' \
'--diff=[Review the diff in this file, or on standard input (-); files and rules are those of the repository]:FILE:_files' \
'--fail-on=[From which level on a finding ends with 1]:LEVEL:((note\:"Every finding fails"
warning\:"Warnings and errors fail"
error\:"Errors fail"
never\:"Nothing fails"))' \
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
'(--diff)--staged[Review what would be committed now]' \
'(--base --staged --diff)--whole[All imports of the tree, by its own rules\: the files as they lie here, or those of --head]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(diagram)
_arguments "${_arguments_options[@]}" : \
'--head=[The commit that is drawn; the files as they lie here unless given]:REV:_default' \
'--form=[How it is drawn; by the ending of --output unless given\: .svg, .mmd or .mermaid]:FORM:((svg\:"A picture of its own, light and dark"
mermaid\:"A flowchart for pages that render Mermaid"))' \
'--language=[The language whose modules are drawn\: the one with the most of them unless given]:LANGUAGE:((python\:"Python"
script\:"TypeScript and JavaScript"
rust\:"Rust"))' \
'--within=[The package that is drawn; unless given, the innermost one that has all modules]:NAME:_default' \
'--depth=[How many parts of a name below that package are one group; unless given, as many as can be read]:N:_default' \
'*--without=[Leave imports of this kind out. Repeatable]:KIND:((plain\:"Imports that count as soon as a module is loaded"
lazy\:"Imports in functions"
types\:"Imports for types only"
tests\:"Imports in tests only"))' \
'*--except=[Leave out the files that this glob fits. Repeatable]:GLOB:_default' \
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
'--check[Write nothing; a file that is not as the imports are ends with 1]' \
'--plain[Leave out how many modules and imports there are\: the drawing then changes only when a group or an arrow does]' \
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
":: :_lead-review__subcmd__arch__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-arch-help-command-$line[1]:"
        case $line[1] in
            (check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(diagram)
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
;;
(sync)
_arguments "${_arguments_options[@]}" : \
'*--tool=[Write for this tool only; several may be given. All whose files are there, and AGENTS.md, otherwise]:TOOL:_default' \
'--guide=[The text that is no rule; docs/review/GUIDE.md where there is one]:FILE:_files' \
'(--builtin)--rules=[The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given]:FILE:_files' \
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
'--check[Write nothing; what is not as the rules say ends with 1]' \
'--builtin[The built-in rules]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(baseline)
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
":: :_lead-review__subcmd__baseline_commands" \
"*::: :->baseline" \
&& ret=0

    case $state in
    (baseline)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-baseline-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'--reason=[Why they are let pass]:REASON:_default' \
'--until=[The last day on which they are, as 2026-12-31]:DATE:_default' \
'--base=[What the change is compared with\: where it left this revision. Unless given, origin/HEAD, main or master]:REV:_default' \
'(--staged --diff)--head=[The change'\''s last commit; the files as they lie here, uncommitted ones included, unless given]:REV:_default' \
'--diff=[Review the diff in this file, or on standard input (-); files and rules are those of the repository]:FILE:_files' \
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
'(--diff)--staged[Review what would be committed now]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::fingerprints -- The fingerprints of the findings, as --format json tells them; their beginnings are enough:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--base=[What the change is compared with\: where it left this revision. Unless given, origin/HEAD, main or master]:REV:_default' \
'(--staged --diff)--head=[The change'\''s last commit; the files as they lie here, uncommitted ones included, unless given]:REV:_default' \
'--diff=[Review the diff in this file, or on standard input (-); files and rules are those of the repository]:FILE:_files' \
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
'(--diff)--staged[Review what would be committed now]' \
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
":: :_lead-review__subcmd__baseline__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-baseline-help-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
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
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-review__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-help-command-$line[1]:"
        case $line[1] in
            (check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(size)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(rules)
_arguments "${_arguments_options[@]}" : \
":: :_lead-review__subcmd__help__subcmd__rules_commands" \
"*::: :->rules" \
&& ret=0

    case $state in
    (rules)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-help-rules-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(explain)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(test)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(coverage)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(hook)
_arguments "${_arguments_options[@]}" : \
":: :_lead-review__subcmd__help__subcmd__hook_commands" \
"*::: :->hook" \
&& ret=0

    case $state in
    (hook)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-help-hook-command-$line[1]:"
        case $line[1] in
            (run)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(install)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(uninstall)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(post)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(arch)
_arguments "${_arguments_options[@]}" : \
":: :_lead-review__subcmd__help__subcmd__arch_commands" \
"*::: :->arch" \
&& ret=0

    case $state in
    (arch)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-help-arch-command-$line[1]:"
        case $line[1] in
            (check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(diagram)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(sync)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(baseline)
_arguments "${_arguments_options[@]}" : \
":: :_lead-review__subcmd__help__subcmd__baseline_commands" \
"*::: :->baseline" \
&& ret=0

    case $state in
    (baseline)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-review-help-baseline-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
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

(( $+functions[_lead-review_commands] )) ||
_lead-review_commands() {
    local commands; commands=(
'check:Review a change\: written rules, secrets, size, coverage, and what could not be looked at' \
'size:Say how much of a change there is to read, in which order, and how it could be split' \
'rules:List, explain and test the written rules' \
'coverage:Say which new lines the tests ran' \
'hook:Review what is staged before each commit\: rules, secrets, what other tools found, pictures' \
'post:Say a review on its pull request\: every finding once, on its line where that can be' \
'arch:Hold who imports whom against the contracts, and draw it' \
'sync:Write the rules into every agent'\''s own file; an edit there is shown and never overwritten' \
'baseline:Let findings pass, each with a reason and a last day' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch_commands] )) ||
_lead-review__subcmd__arch_commands() {
    local commands; commands=(
'check:Hold imports against the contracts among the rules\: those that a change causes, or all of a tree' \
'diagram:Draw who imports whom, as a file that is checked for drift' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review arch commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch__subcmd__check_commands] )) ||
_lead-review__subcmd__arch__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review arch check commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch__subcmd__diagram_commands] )) ||
_lead-review__subcmd__arch__subcmd__diagram_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review arch diagram commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch__subcmd__help_commands] )) ||
_lead-review__subcmd__arch__subcmd__help_commands() {
    local commands; commands=(
'check:Hold imports against the contracts among the rules\: those that a change causes, or all of a tree' \
'diagram:Draw who imports whom, as a file that is checked for drift' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review arch help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch__subcmd__help__subcmd__check_commands] )) ||
_lead-review__subcmd__arch__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review arch help check commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch__subcmd__help__subcmd__diagram_commands] )) ||
_lead-review__subcmd__arch__subcmd__help__subcmd__diagram_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review arch help diagram commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__arch__subcmd__help__subcmd__help_commands] )) ||
_lead-review__subcmd__arch__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review arch help help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline_commands] )) ||
_lead-review__subcmd__baseline_commands() {
    local commands; commands=(
'add:Let findings pass\: a file for each, which counts once it is on the base' \
'list:List what is let pass; an entry whose last day is over ends with 1' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review baseline commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline__subcmd__add_commands] )) ||
_lead-review__subcmd__baseline__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review baseline add commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline__subcmd__help_commands] )) ||
_lead-review__subcmd__baseline__subcmd__help_commands() {
    local commands; commands=(
'add:Let findings pass\: a file for each, which counts once it is on the base' \
'list:List what is let pass; an entry whose last day is over ends with 1' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review baseline help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline__subcmd__help__subcmd__add_commands] )) ||
_lead-review__subcmd__baseline__subcmd__help__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review baseline help add commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline__subcmd__help__subcmd__help_commands] )) ||
_lead-review__subcmd__baseline__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review baseline help help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline__subcmd__help__subcmd__list_commands] )) ||
_lead-review__subcmd__baseline__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review baseline help list commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__baseline__subcmd__list_commands] )) ||
_lead-review__subcmd__baseline__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review baseline list commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__check_commands] )) ||
_lead-review__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review check commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__coverage_commands] )) ||
_lead-review__subcmd__coverage_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review coverage commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help_commands] )) ||
_lead-review__subcmd__help_commands() {
    local commands; commands=(
'check:Review a change\: written rules, secrets, size, coverage, and what could not be looked at' \
'size:Say how much of a change there is to read, in which order, and how it could be split' \
'rules:List, explain and test the written rules' \
'coverage:Say which new lines the tests ran' \
'hook:Review what is staged before each commit\: rules, secrets, what other tools found, pictures' \
'post:Say a review on its pull request\: every finding once, on its line where that can be' \
'arch:Hold who imports whom against the contracts, and draw it' \
'sync:Write the rules into every agent'\''s own file; an edit there is shown and never overwritten' \
'baseline:Let findings pass, each with a reason and a last day' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__arch_commands] )) ||
_lead-review__subcmd__help__subcmd__arch_commands() {
    local commands; commands=(
'check:Hold imports against the contracts among the rules\: those that a change causes, or all of a tree' \
'diagram:Draw who imports whom, as a file that is checked for drift' \
    )
    _describe -t commands 'lead-review help arch commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__arch__subcmd__check_commands] )) ||
_lead-review__subcmd__help__subcmd__arch__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help arch check commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__arch__subcmd__diagram_commands] )) ||
_lead-review__subcmd__help__subcmd__arch__subcmd__diagram_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help arch diagram commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__baseline_commands] )) ||
_lead-review__subcmd__help__subcmd__baseline_commands() {
    local commands; commands=(
'add:Let findings pass\: a file for each, which counts once it is on the base' \
'list:List what is let pass; an entry whose last day is over ends with 1' \
    )
    _describe -t commands 'lead-review help baseline commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__baseline__subcmd__add_commands] )) ||
_lead-review__subcmd__help__subcmd__baseline__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help baseline add commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__baseline__subcmd__list_commands] )) ||
_lead-review__subcmd__help__subcmd__baseline__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help baseline list commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__check_commands] )) ||
_lead-review__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help check commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__coverage_commands] )) ||
_lead-review__subcmd__help__subcmd__coverage_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help coverage commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__help_commands] )) ||
_lead-review__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__hook_commands] )) ||
_lead-review__subcmd__help__subcmd__hook_commands() {
    local commands; commands=(
'run:Review what would be committed now, and take pictures anew when files of \`\[review.hook\] ui\` are in it' \
'install:Have git call it before each commit. A hook of somebody else'\''s stays as it is' \
'uninstall:Take it away again' \
    )
    _describe -t commands 'lead-review help hook commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__hook__subcmd__install_commands] )) ||
_lead-review__subcmd__help__subcmd__hook__subcmd__install_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help hook install commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__hook__subcmd__run_commands] )) ||
_lead-review__subcmd__help__subcmd__hook__subcmd__run_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help hook run commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__hook__subcmd__uninstall_commands] )) ||
_lead-review__subcmd__help__subcmd__hook__subcmd__uninstall_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help hook uninstall commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__post_commands] )) ||
_lead-review__subcmd__help__subcmd__post_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help post commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__rules_commands] )) ||
_lead-review__subcmd__help__subcmd__rules_commands() {
    local commands; commands=(
'list:List the rules, and who can tell whether each is kept' \
'explain:Show one rule' \
'test:Run every rule'\''s examples' \
'import:Turn criteria written as prose into a ledger that says who judges each\: a rule, a model or a person' \
    )
    _describe -t commands 'lead-review help rules commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__rules__subcmd__explain_commands] )) ||
_lead-review__subcmd__help__subcmd__rules__subcmd__explain_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help rules explain commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__rules__subcmd__import_commands] )) ||
_lead-review__subcmd__help__subcmd__rules__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help rules import commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__rules__subcmd__list_commands] )) ||
_lead-review__subcmd__help__subcmd__rules__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help rules list commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__rules__subcmd__test_commands] )) ||
_lead-review__subcmd__help__subcmd__rules__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help rules test commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__size_commands] )) ||
_lead-review__subcmd__help__subcmd__size_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help size commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__help__subcmd__sync_commands] )) ||
_lead-review__subcmd__help__subcmd__sync_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review help sync commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook_commands] )) ||
_lead-review__subcmd__hook_commands() {
    local commands; commands=(
'run:Review what would be committed now, and take pictures anew when files of \`\[review.hook\] ui\` are in it' \
'install:Have git call it before each commit. A hook of somebody else'\''s stays as it is' \
'uninstall:Take it away again' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review hook commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__help_commands] )) ||
_lead-review__subcmd__hook__subcmd__help_commands() {
    local commands; commands=(
'run:Review what would be committed now, and take pictures anew when files of \`\[review.hook\] ui\` are in it' \
'install:Have git call it before each commit. A hook of somebody else'\''s stays as it is' \
'uninstall:Take it away again' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review hook help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__help__subcmd__help_commands] )) ||
_lead-review__subcmd__hook__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook help help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__help__subcmd__install_commands] )) ||
_lead-review__subcmd__hook__subcmd__help__subcmd__install_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook help install commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__help__subcmd__run_commands] )) ||
_lead-review__subcmd__hook__subcmd__help__subcmd__run_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook help run commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__help__subcmd__uninstall_commands] )) ||
_lead-review__subcmd__hook__subcmd__help__subcmd__uninstall_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook help uninstall commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__install_commands] )) ||
_lead-review__subcmd__hook__subcmd__install_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook install commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__run_commands] )) ||
_lead-review__subcmd__hook__subcmd__run_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook run commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__hook__subcmd__uninstall_commands] )) ||
_lead-review__subcmd__hook__subcmd__uninstall_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review hook uninstall commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__post_commands] )) ||
_lead-review__subcmd__post_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review post commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules_commands] )) ||
_lead-review__subcmd__rules_commands() {
    local commands; commands=(
'list:List the rules, and who can tell whether each is kept' \
'explain:Show one rule' \
'test:Run every rule'\''s examples' \
'import:Turn criteria written as prose into a ledger that says who judges each\: a rule, a model or a person' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review rules commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__explain_commands] )) ||
_lead-review__subcmd__rules__subcmd__explain_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules explain commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__help_commands] )) ||
_lead-review__subcmd__rules__subcmd__help_commands() {
    local commands; commands=(
'list:List the rules, and who can tell whether each is kept' \
'explain:Show one rule' \
'test:Run every rule'\''s examples' \
'import:Turn criteria written as prose into a ledger that says who judges each\: a rule, a model or a person' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-review rules help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__help__subcmd__explain_commands] )) ||
_lead-review__subcmd__rules__subcmd__help__subcmd__explain_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules help explain commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__help__subcmd__help_commands] )) ||
_lead-review__subcmd__rules__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules help help commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__help__subcmd__import_commands] )) ||
_lead-review__subcmd__rules__subcmd__help__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules help import commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__help__subcmd__list_commands] )) ||
_lead-review__subcmd__rules__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules help list commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__help__subcmd__test_commands] )) ||
_lead-review__subcmd__rules__subcmd__help__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules help test commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__import_commands] )) ||
_lead-review__subcmd__rules__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules import commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__list_commands] )) ||
_lead-review__subcmd__rules__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules list commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__rules__subcmd__test_commands] )) ||
_lead-review__subcmd__rules__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review rules test commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__size_commands] )) ||
_lead-review__subcmd__size_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review size commands' commands "$@"
}
(( $+functions[_lead-review__subcmd__sync_commands] )) ||
_lead-review__subcmd__sync_commands() {
    local commands; commands=()
    _describe -t commands 'lead-review sync commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-review" ]; then
    _lead-review "$@"
else
    compdef _lead-review lead-review
fi
# Made by `cargo xtask codegen`.
