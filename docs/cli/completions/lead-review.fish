# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_lead_review_global_optspecs
    string join \n format= o/output= config= offline q/quiet v/verbose color= h/help V/version
end

function __fish_lead_review_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_lead_review_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_lead_review_using_subcommand
    set -l cmd (__fish_lead_review_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c lead-review -n "__fish_lead_review_needs_command" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_needs_command" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_needs_command" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_needs_command" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_needs_command" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_needs_command" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_needs_command" -s V -l version -d 'Print version'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "check" -d 'Review a change: written rules, secrets, size, coverage, and what could not be looked at'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "size" -d 'Say how much of a change there is to read, in which order, and how it could be split'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "rules" -d 'List, explain and test the written rules'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "coverage" -d 'Say which new lines the tests ran'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "sync" -d 'Write the rules into every agent\'s own file; an edit there is shown and never overwritten'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "baseline" -d 'Let findings pass, each with a reason and a last day'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l coverage -d 'A report of coverage: lcov, Cobertura, llvm-cov\'s or coverage.py\'s JSON. Repeatable; they are added up' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l base-coverage -d 'The same of the base, to tell what the change did to the whole. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l sarif -d 'What another tool found, in SARIF. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l fail-on -d 'From which level on a finding ends with 1' -r -f -a "note\t'Every finding fails'
warning\t'Warnings and errors fail'
error\t'Errors fail'
never\t'Nothing fails'"
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l rdjsonl -d 'Write the findings as reviewdog reads them, a line each' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l junit -d 'Write the checks as JUnit XML' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l markdown -d 'Write a summary as Markdown' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l staged -d 'Review what would be committed now'
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l staged -d 'Review what would be committed now'
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l markdown -d 'Write the guidance for reviewers as Markdown, for the text of a pull request'
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand size" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -f -a "list" -d 'List the rules, and who can tell whether each is kept'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -f -a "explain" -d 'Show one rule'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -f -a "test" -d 'Run every rule\'s examples'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -l rules -d 'The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -l builtin -d 'The built-in rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -l rules -d 'The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -l builtin -d 'The built-in rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -l rules -d 'The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -l builtin -d 'The built-in rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the rules, and who can tell whether each is kept'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Show one rule'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "test" -d 'Run every rule\'s examples'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l coverage -d 'A report of coverage: lcov, Cobertura, llvm-cov\'s or coverage.py\'s JSON. Repeatable; they are added up' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l base-coverage -d 'The same of the base, to tell what the change did to the whole. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l staged -d 'Review what would be committed now'
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand coverage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l tool -d 'Write for this tool only; several may be given. All whose files are there, and AGENTS.md, otherwise' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l guide -d 'The text that is no rule; docs/review/GUIDE.md where there is one' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l rules -d 'The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l check -d 'Write nothing; what is not as the rules say ends with 1'
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l builtin -d 'The built-in rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -f -a "add" -d 'Let findings pass: a file for each, which counts once it is on the base'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -f -a "list" -d 'List what is let pass; an entry whose last day is over ends with 1'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and not __fish_seen_subcommand_from add list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l reason -d 'Why they are let pass' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l until -d 'The last day on which they are, as 2026-12-31' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l staged -d 'Review what would be committed now'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l staged -d 'Review what would be committed now'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "add" -d 'Let findings pass: a file for each, which counts once it is on the base'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what is let pass; an entry whose last day is over ends with 1'
complete -c lead-review -n "__fish_lead_review_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "check" -d 'Review a change: written rules, secrets, size, coverage, and what could not be looked at'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "size" -d 'Say how much of a change there is to read, in which order, and how it could be split'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "rules" -d 'List, explain and test the written rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "coverage" -d 'Say which new lines the tests ran'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "sync" -d 'Write the rules into every agent\'s own file; an edit there is shown and never overwritten'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "baseline" -d 'Let findings pass, each with a reason and a last day'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage sync baseline help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "list" -d 'List the rules, and who can tell whether each is kept'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "explain" -d 'Show one rule'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "test" -d 'Run every rule\'s examples'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "add" -d 'Let findings pass: a file for each, which counts once it is on the base'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "list" -d 'List what is let pass; an entry whose last day is over ends with 1'
# Made by `cargo xtask codegen`.
