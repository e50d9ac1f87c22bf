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
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "hook" -d 'Review what is staged before each commit: rules, secrets, what other tools found, pictures'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "post" -d 'Say a review on its pull request: every finding once, on its line where that can be'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "arch" -d 'Hold who imports whom against the contracts, and draw it'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "sync" -d 'Write the rules into every agent\'s own file; an edit there is shown and never overwritten'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "baseline" -d 'Let findings pass, each with a reason and a last day'
complete -c lead-review -n "__fish_lead_review_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l coverage -d 'A report of coverage: lcov, Cobertura, llvm-cov\'s or coverage.py\'s JSON. Repeatable; they are added up' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l base-coverage -d 'The same of the base, to tell what the change did to the whole. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l sarif -d 'What another tool found, in SARIF. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l rules -d 'Judge by this file of rules as it lies here, not by that of the base: to try rules out' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l ai-cmd -d 'Have this command, run by sh, judge the criteria that are a model\'s: the question on its standard input, the answer on its standard output' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l ai-url -d 'Have a model behind this address judge them: the base of an API as OpenAI\'s, such as <http://127.0.0.1:11434/v1>. Without TLS only on this machine. A token is read from LEADFORGE_AI_TOKEN' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l ai-model -d 'The model\'s name there' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l ai-bytes -d 'So many bytes of new lines it is sent, and a fifth of that of documents; 200,000 unless given or set in `[review.ai]`. What does not fit is named' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l ai-seconds -d 'So many seconds it may take; 300 unless given or set in `[review.ai]`' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l trust -d 'Run the command of `[review.ai]` if this is the digest of all that would run' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l fail-on -d 'From which level on a finding ends with 1' -r -f -a "note\t'Every finding fails'
warning\t'Warnings and errors fail'
error\t'Errors fail'
never\t'Nothing fails'"
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l pr -d 'Write down that this is the review of this pull request, for `post`' -r
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
complete -c lead-review -n "__fish_lead_review_using_subcommand check" -l no-ai -d 'Ask no model, whatever leadforge.toml says'
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
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -f -a "list" -d 'List the rules, and who can tell whether each is kept'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -f -a "explain" -d 'Show one rule'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -f -a "test" -d 'Run every rule\'s examples'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -f -a "import" -d 'Turn criteria written as prose into a ledger that says who judges each: a rule, a model or a person'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and not __fish_seen_subcommand_from list explain test import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l section -d 'The heading of the section that holds them; that which the ledger names, or all lists, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l ledger -d 'The ledger' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l rules -d 'The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l short -d 'Keep no words in the ledger, only names, lines and digests'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l check -d 'Write nothing; 1 when the ledger is not what an import would write'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l builtin -d 'The built-in rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the rules, and who can tell whether each is kept'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Show one rule'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "test" -d 'Run every rule\'s examples'
complete -c lead-review -n "__fish_lead_review_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "import" -d 'Turn criteria written as prose into a ledger that says who judges each: a rule, a model or a person'
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
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -f -a "run" -d 'Review what would be committed now, and take pictures anew when files of `[review.hook] ui` are in it'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -f -a "install" -d 'Have git call it before each commit. A hook of somebody else\'s stays as it is'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -f -a "uninstall" -d 'Take it away again'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and not __fish_seen_subcommand_from run install uninstall help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l coverage -d 'A report of coverage: lcov, Cobertura, llvm-cov\'s or coverage.py\'s JSON. Repeatable; they are added up' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l base-coverage -d 'The same of the base, to tell what the change did to the whole. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l sarif -d 'What another tool found, in SARIF. Repeatable' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l rules -d 'Judge by this file of rules as it lies here, not by that of the base: to try rules out' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l ai-cmd -d 'Have this command, run by sh, judge the criteria that are a model\'s: the question on its standard input, the answer on its standard output' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l ai-url -d 'Have a model behind this address judge them: the base of an API as OpenAI\'s, such as <http://127.0.0.1:11434/v1>. Without TLS only on this machine. A token is read from LEADFORGE_AI_TOKEN' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l ai-model -d 'The model\'s name there' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l ai-bytes -d 'So many bytes of new lines it is sent, and a fifth of that of documents; 200,000 unless given or set in `[review.ai]`. What does not fit is named' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l ai-seconds -d 'So many seconds it may take; 300 unless given or set in `[review.ai]`' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l trust -d 'Run the command of `[review.ai]` if this is the digest of all that would run' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l fail-on -d 'From which level on a finding ends with 1' -r -f -a "note\t'Every finding fails'
warning\t'Warnings and errors fail'
error\t'Errors fail'
never\t'Nothing fails'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l no-ai -d 'Ask no model, whatever leadforge.toml says'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l no-capture -d 'Take no pictures'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from help" -f -a "run" -d 'Review what would be committed now, and take pictures anew when files of `[review.hook] ui` are in it'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from help" -f -a "install" -d 'Have git call it before each commit. A hook of somebody else\'s stays as it is'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from help" -f -a "uninstall" -d 'Take it away again'
complete -c lead-review -n "__fish_lead_review_using_subcommand hook; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l report -d 'The report, as `check --head REV --format json` writes it' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l pr -d 'The pull request; the one that the report names unless given, which asks for --expect-head' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l repo -d 'The repository as owner/name; GITHUB_REPOSITORY unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l expect-head -d 'The commit that was reviewed, from who can be believed, such as the event that started a workflow. The report must be of it: it may have been written by a job of the branch itself' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l api -d 'The address of the REST interface; GITHUB_API_URL, or that of github.com, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l patience -d 'How many seconds to wait in all for a host that asks to come back later' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l markdown -d 'Write the summary, with every finding, to this file, whatever the host says' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l dry-run -d 'Print what would be done; with --offline as if nothing stood there yet'
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand post" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -f -a "check" -d 'Hold imports against the contracts among the rules: those that a change causes, or all of a tree'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -f -a "diagram" -d 'Draw who imports whom, as a file that is checked for drift'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and not __fish_seen_subcommand_from check diagram help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l base -d 'What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l head -d 'The change\'s last commit; the files as they lie here, uncommitted ones included, unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l diff -d 'Review the diff in this file, or on standard input (-); files and rules are those of the repository' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l fail-on -d 'From which level on a finding ends with 1' -r -f -a "note\t'Every finding fails'
warning\t'Warnings and errors fail'
error\t'Errors fail'
never\t'Nothing fails'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l staged -d 'Review what would be committed now'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l whole -d 'All imports of the tree, by its own rules: the files as they lie here, or those of --head'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l head -d 'The commit that is drawn; the files as they lie here unless given' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l form -d 'How it is drawn; by the ending of --output unless given: .svg, .mmd or .mermaid' -r -f -a "svg\t'A picture of its own, light and dark'
mermaid\t'A flowchart for pages that render Mermaid'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l language -d 'The language whose modules are drawn: the one with the most of them unless given' -r -f -a "python\t'Python'
script\t'TypeScript and JavaScript'
rust\t'Rust'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l within -d 'The package that is drawn; unless given, the innermost one that has all modules' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l depth -d 'How many parts of a name below that package are one group; unless given, as many as can be read' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l without -d 'Leave imports of this kind out. Repeatable' -r -f -a "plain\t'Imports that count as soon as a module is loaded'
lazy\t'Imports in functions'
types\t'Imports for types only'
tests\t'Imports in tests only'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l except -d 'Leave out the files that this glob fits. Repeatable' -r
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l check -d 'Write nothing; a file that is not as the imports are ends with 1'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l plain -d 'Leave out how many modules and imports there are: the drawing then changes only when a group or an arrow does'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -l offline -d 'Never use the network'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from diagram" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from help" -f -a "check" -d 'Hold imports against the contracts among the rules: those that a change causes, or all of a tree'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from help" -f -a "diagram" -d 'Draw who imports whom, as a file that is checked for drift'
complete -c lead-review -n "__fish_lead_review_using_subcommand arch; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "check" -d 'Review a change: written rules, secrets, size, coverage, and what could not be looked at'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "size" -d 'Say how much of a change there is to read, in which order, and how it could be split'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "rules" -d 'List, explain and test the written rules'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "coverage" -d 'Say which new lines the tests ran'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "hook" -d 'Review what is staged before each commit: rules, secrets, what other tools found, pictures'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "post" -d 'Say a review on its pull request: every finding once, on its line where that can be'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "arch" -d 'Hold who imports whom against the contracts, and draw it'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "sync" -d 'Write the rules into every agent\'s own file; an edit there is shown and never overwritten'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "baseline" -d 'Let findings pass, each with a reason and a last day'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and not __fish_seen_subcommand_from check size rules coverage hook post arch sync baseline help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "list" -d 'List the rules, and who can tell whether each is kept'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "explain" -d 'Show one rule'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "test" -d 'Run every rule\'s examples'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from rules" -f -a "import" -d 'Turn criteria written as prose into a ledger that says who judges each: a rule, a model or a person'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from hook" -f -a "run" -d 'Review what would be committed now, and take pictures anew when files of `[review.hook] ui` are in it'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from hook" -f -a "install" -d 'Have git call it before each commit. A hook of somebody else\'s stays as it is'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from hook" -f -a "uninstall" -d 'Take it away again'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from arch" -f -a "check" -d 'Hold imports against the contracts among the rules: those that a change causes, or all of a tree'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from arch" -f -a "diagram" -d 'Draw who imports whom, as a file that is checked for drift'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "add" -d 'Let findings pass: a file for each, which counts once it is on the base'
complete -c lead-review -n "__fish_lead_review_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "list" -d 'List what is let pass; an entry whose last day is over ends with 1'
# Made by `cargo xtask codegen`.
