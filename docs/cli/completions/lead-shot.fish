# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_lead_shot_global_optspecs
    string join \n format= o/output= config= offline q/quiet v/verbose color= h/help V/version
end

function __fish_lead_shot_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_lead_shot_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_lead_shot_using_subcommand
    set -l cmd (__fish_lead_shot_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c lead-shot -n "__fish_lead_shot_needs_command" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_needs_command" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_needs_command" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_needs_command" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -s V -l version -d 'Print version'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "capture" -d 'Take the pictures of the screens in leadforge.toml'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "check" -d 'Fail when a screen has no picture, or one of other sources than these'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "diff" -d 'Compare two pictures: what changed, where, and whether it matters'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "dir" -d 'Compare two folders of pictures: new, deleted, passed and failed'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "approve" -d 'Take new pictures over as the baseline'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "import" -d 'Take the pictures of another tool over as the baseline'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "lint" -d 'Look at the pictures of a repository as evidence, and report those that prove nothing'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "notes" -d 'Write the notes of a version: its commits by kind, its screens before and after, who made it'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "changelog" -d 'Write VISUAL_CHANGELOG.md: what changed on the screens, the newest version first'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "gallery" -d 'Write the pictures of the versions as folders: before and after, new ones, and by day'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "timeline" -d 'Photograph every version of the configured screens that the commits hold'
complete -c lead-shot -n "__fish_lead_shot_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l browser -d 'Chromium\'s program; else it is looked for where systems install it' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l trust -d 'Run the app of leadforge.toml if this is the digest of all that would run' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l changed -d 'Only screens whose files or settings changed since their picture was taken. Where there is no browser this says so and ends well, unless the variable CI is set: the call before a commit'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l no-sandbox -d 'Run Chromium without any fence, as the user that you are'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand capture" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -l browser -d 'Chromium\'s program; else it is looked for where systems install it' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l threshold -d 'How much two colours may differ, from 0 (nothing) to 1 (black and white)' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l profile -d 'Whose counts are given: pixelmatch 5 or 7' -r -f -a "pm5\t'pixelmatch 3 to 6: transparent pixels upon white'
pm7\t'pixelmatch 7: transparent pixels upon a pattern'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l max-diff-pixels -d 'So many counted pixels may differ' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l max-diff-ratio -d 'Such a share of the pixels may be counted, from 0 to 1' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l allow -d 'Accept changes of these kinds' -r -f -a "recolour\t'The same in other colours'
moved\t'The same in another place'
added\t'What is there now'
removed\t'What was there'
content\t'What shows something else'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l ignore -d 'Do not look at this box; may be given again' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l mask -d 'Do not look where this picture is neither black nor clear' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l max-pixels -d 'The most pixels of a picture that is read row by row' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l max-whole-pixels -d 'The most pixels of a picture that has to be decoded as a whole: JPEG, WebP, interlaced PNG' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l max-width -d 'The most pixels in a row' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l max-chunk -d 'The most bytes in one piece of a file' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l include-aa -d 'Count smoothed edges too'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l counts-only -d 'Count pixels and look for nothing else: quick, but what moved or got other colours has no name'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l threshold -d 'How much two colours may differ, from 0 (nothing) to 1 (black and white)' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l profile -d 'Whose counts are given: pixelmatch 5 or 7' -r -f -a "pm5\t'pixelmatch 3 to 6: transparent pixels upon white'
pm7\t'pixelmatch 7: transparent pixels upon a pattern'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l max-diff-pixels -d 'So many counted pixels may differ' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l max-diff-ratio -d 'Such a share of the pixels may be counted, from 0 to 1' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l allow -d 'Accept changes of these kinds' -r -f -a "recolour\t'The same in other colours'
moved\t'The same in another place'
added\t'What is there now'
removed\t'What was there'
content\t'What shows something else'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l ignore -d 'Do not look at this box; may be given again' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l mask -d 'Do not look where this picture is neither black nor clear' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l max-pixels -d 'The most pixels of a picture that is read row by row' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l max-whole-pixels -d 'The most pixels of a picture that has to be decoded as a whole: JPEG, WebP, interlaced PNG' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l max-width -d 'The most pixels in a row' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l max-chunk -d 'The most bytes in one piece of a file' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l fail-on -d 'Fail for these too' -r -f -a "new\t'A picture without a baseline'
deleted\t'A baseline without a picture'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l report -d 'Write a page that shows every picture before and after' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l reg-json -d 'Write the result as reg-cli does' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l junit -d 'Write the result as JUnit XML' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l diffs -d 'Write the picture of the differences of each that failed into this folder' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l include-aa -d 'Count smoothed edges too'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l counts-only -d 'Count pixels and look for nothing else: quick, but what moved or got other colours has no name'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l inline -d 'Write the pictures into the page itself'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand dir" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -l baseline -d 'The folder of baselines' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l baseline -d 'The folder of baselines' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l project -d 'Take the pictures of this browser project' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l platform -d 'Take the pictures of this system' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -l at -d 'Look at this commit instead of the files as they lie in the checkout' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -l allow -d 'Report these kinds as notes, which do not fail' -r -f -a "same-pair\t'The pictures of before and after are the same'
unreferenced\t'No document shows the picture'
broken-link\t'A document points to a picture that is not there'
blank\t'The picture has one colour all over'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l images -d 'How pictures are reached' -r -f -a "paths\t'By their paths in the repository, relative to the document'
release\t'As files of the release, under the names that `notes --assets` writes'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l repo -d 'The repository at its code host, for links; that of the remote origin unless given' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l main -d 'The main line; tags that are not on it are marked. The branch that is checked out unless given' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l picture-bytes -d 'The most bytes of pictures for one version' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l assets -d 'Write the pictures into this folder, under the names that the notes link to' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand notes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l images -d 'How pictures are reached' -r -f -a "paths\t'By their paths in the repository, relative to the document'
release\t'As files of the release, under the names that `notes --assets` writes'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l repo -d 'The repository at its code host, for links; that of the remote origin unless given' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l main -d 'The main line; tags that are not on it are marked. The branch that is checked out unless given' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l picture-bytes -d 'The most bytes of pictures for one version' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l check -d 'Write nothing: compare with this file, and end with 1 when it is not up to date' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand changelog" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -l to -d 'The folder that holds `releases` and `history`' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand gallery" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l page -d 'Write a page with a slider through time, and its pictures into a folder beside it' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l browser -d 'Chromium\'s program; else it is looked for where systems install it' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l trust -d 'Run the app of leadforge.toml if this is the digest of all that would run' -r
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l format -d 'How results are written' -r -f -a "human\t'Text for people'
json\t'One JSON envelope'
sarif\t'SARIF 2.1.0, where a command reports findings'
github\t'GitHub workflow annotations, where a command reports findings'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -s o -l output -d 'Write the result to this path instead of standard output' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l config -d 'Read this file instead of leadforge.toml at the repository\'s root' -r -F
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Always'
never\t'Never'"
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l all -d 'The versions of all refs, not only those that led to HEAD'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l no-sandbox -d 'Run Chromium without any fence, as the user that you are'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -l offline -d 'Never use the network'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -s q -l quiet -d 'Print nothing but results and errors'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -s v -l verbose -d 'Say more; twice for everything'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand timeline" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "capture" -d 'Take the pictures of the screens in leadforge.toml'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "check" -d 'Fail when a screen has no picture, or one of other sources than these'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "diff" -d 'Compare two pictures: what changed, where, and whether it matters'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "dir" -d 'Compare two folders of pictures: new, deleted, passed and failed'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "approve" -d 'Take new pictures over as the baseline'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "import" -d 'Take the pictures of another tool over as the baseline'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "lint" -d 'Look at the pictures of a repository as evidence, and report those that prove nothing'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "notes" -d 'Write the notes of a version: its commits by kind, its screens before and after, who made it'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "changelog" -d 'Write VISUAL_CHANGELOG.md: what changed on the screens, the newest version first'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "gallery" -d 'Write the pictures of the versions as folders: before and after, new ones, and by day'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "timeline" -d 'Photograph every version of the configured screens that the commits hold'
complete -c lead-shot -n "__fish_lead_shot_using_subcommand help; and not __fish_seen_subcommand_from capture check diff dir approve import lint notes changelog gallery timeline help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
# Made by `cargo xtask codegen`.
