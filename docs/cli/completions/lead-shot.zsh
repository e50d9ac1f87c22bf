#compdef lead-shot

autoload -U is-at-least

_lead-shot() {
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
":: :_lead-shot_commands" \
"*::: :->lead-shot" \
&& ret=0
    case $state in
    (lead-shot)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-shot-command-$line[1]:"
        case $line[1] in
            (capture)
_arguments "${_arguments_options[@]}" : \
'--browser=[Chromium'\''s program; else it is looked for where systems install it]:PATH:_files' \
'--trust=[Run the app of leadforge.toml if this is the digest of all that would run]:DIGEST:_default' \
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
'--changed[Only screens whose files or settings changed since their picture was taken. Where there is no browser this says so and ends well, unless the variable CI is set\: the call before a commit]' \
'--no-sandbox[Run Chromium without any fence, as the user that you are]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::screens -- The screens; all unless given:_default' \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
'--browser=[Chromium'\''s program; else it is looked for where systems install it]:PATH:_files' \
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
(diff)
_arguments "${_arguments_options[@]}" : \
'--threshold=[How much two colours may differ, from 0 (nothing) to 1 (black and white)]:T:_default' \
'--profile=[Whose counts are given\: pixelmatch 5 or 7]:PROFILE:((pm5\:"pixelmatch 3 to 6\: transparent pixels upon white"
pm7\:"pixelmatch 7\: transparent pixels upon a pattern"))' \
'--max-diff-pixels=[So many counted pixels may differ]:N:_default' \
'--max-diff-ratio=[Such a share of the pixels may be counted, from 0 to 1]:R:_default' \
'*--allow=[Accept changes of these kinds]:KIND:((recolour\:"The same in other colours"
moved\:"The same in another place"
added\:"What is there now"
removed\:"What was there"
content\:"What shows something else"))' \
'*--ignore=[Do not look at this box; may be given again]:X,Y,W,H:_default' \
'--mask=[Do not look where this picture is neither black nor clear]:PICTURE:_files' \
'--max-pixels=[The most pixels of a picture that is read row by row]:N:_default' \
'--max-whole-pixels=[The most pixels of a picture that has to be decoded as a whole\: JPEG, WebP, interlaced PNG]:N:_default' \
'--max-width=[The most pixels in a row]:N:_default' \
'--max-chunk=[The most bytes in one piece of a file]:BYTES:_default' \
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
'--include-aa[Count smoothed edges too]' \
'(--allow)--counts-only[Count pixels and look for nothing else\: quick, but what moved or got other colours has no name]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':before -- The picture before:_files' \
':after -- The picture after:_files' \
&& ret=0
;;
(dir)
_arguments "${_arguments_options[@]}" : \
'--threshold=[How much two colours may differ, from 0 (nothing) to 1 (black and white)]:T:_default' \
'--profile=[Whose counts are given\: pixelmatch 5 or 7]:PROFILE:((pm5\:"pixelmatch 3 to 6\: transparent pixels upon white"
pm7\:"pixelmatch 7\: transparent pixels upon a pattern"))' \
'--max-diff-pixels=[So many counted pixels may differ]:N:_default' \
'--max-diff-ratio=[Such a share of the pixels may be counted, from 0 to 1]:R:_default' \
'*--allow=[Accept changes of these kinds]:KIND:((recolour\:"The same in other colours"
moved\:"The same in another place"
added\:"What is there now"
removed\:"What was there"
content\:"What shows something else"))' \
'*--ignore=[Do not look at this box; may be given again]:X,Y,W,H:_default' \
'--mask=[Do not look where this picture is neither black nor clear]:PICTURE:_files' \
'--max-pixels=[The most pixels of a picture that is read row by row]:N:_default' \
'--max-whole-pixels=[The most pixels of a picture that has to be decoded as a whole\: JPEG, WebP, interlaced PNG]:N:_default' \
'--max-width=[The most pixels in a row]:N:_default' \
'--max-chunk=[The most bytes in one piece of a file]:BYTES:_default' \
'*--fail-on=[Fail for these too]:STATE:((new\:"A picture without a baseline"
deleted\:"A baseline without a picture"))' \
'--report=[Write a page that shows every picture before and after]:FILE:_files' \
'--reg-json=[Write the result as reg-cli does]:FILE:_files' \
'--junit=[Write the result as JUnit XML]:FILE:_files' \
'--diffs=[Write the picture of the differences of each that failed into this folder]:FOLDER:_files' \
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
'--include-aa[Count smoothed edges too]' \
'(--allow)--counts-only[Count pixels and look for nothing else\: quick, but what moved or got other colours has no name]' \
'--inline[Write the pictures into the page itself]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':baseline -- The folder of baselines:_files' \
':new -- The folder of new pictures:_files' \
&& ret=0
;;
(approve)
_arguments "${_arguments_options[@]}" : \
'--baseline=[The folder of baselines]:FOLDER:_files' \
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
':new -- The folder of new pictures:_files' \
'*::names -- Only these, by their paths below the folder, with or without the ending. All unless given:_default' \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
'--baseline=[The folder of baselines]:FOLDER:_files' \
'--project=[Take the pictures of this browser project]:NAME:_default' \
'--platform=[Take the pictures of this system]:NAME:_default' \
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
':from -- The tool that took them:((playwright\:"\`toHaveScreenshot\` of Playwright Test"))' \
':folder -- A folder such as `home.spec.ts-snapshots`, or one that holds several:_files' \
&& ret=0
;;
(lint)
_arguments "${_arguments_options[@]}" : \
'--at=[Look at this commit instead of the files as they lie in the checkout]:REVISION:_default' \
'*--allow=[Report these kinds as notes, which do not fail]:KIND:((same-pair\:"The pictures of before and after are the same"
unreferenced\:"No document shows the picture"
broken-link\:"A document points to a picture that is not there"
blank\:"The picture has one colour all over"))' \
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
(notes)
_arguments "${_arguments_options[@]}" : \
'--images=[How pictures are reached]:HOW:((paths\:"By their paths in the repository, relative to the document"
release\:"As files of the release, under the names that \`notes --assets\` writes"))' \
'--repo=[The repository at its code host, for links; that of the remote origin unless given]:OWNER/REPO:_default' \
'--main=[The main line; tags that are not on it are marked. The branch that is checked out unless given]:BRANCH:_default' \
'--picture-bytes=[The most bytes of pictures for one version]:BYTES:_default' \
'--assets=[Write the pictures into this folder, under the names that the notes link to]:FOLDER:_files' \
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
'::range -- FROM..TO, or a tag\: what it holds and no earlier tag does. What is not released yet unless given:_default' \
&& ret=0
;;
(changelog)
_arguments "${_arguments_options[@]}" : \
'--images=[How pictures are reached]:HOW:((paths\:"By their paths in the repository, relative to the document"
release\:"As files of the release, under the names that \`notes --assets\` writes"))' \
'--repo=[The repository at its code host, for links; that of the remote origin unless given]:OWNER/REPO:_default' \
'--main=[The main line; tags that are not on it are marked. The branch that is checked out unless given]:BRANCH:_default' \
'--picture-bytes=[The most bytes of pictures for one version]:BYTES:_default' \
'(-o --output)--check=[Write nothing\: compare with this file, and end with 1 when it is not up to date]:FILE:_files' \
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
'::range -- FROM..TO\: one section for this range. Every tag has one unless given:_default' \
&& ret=0
;;
(gallery)
_arguments "${_arguments_options[@]}" : \
'--to=[The folder that holds \`releases\` and \`history\`]:FOLDER:_files' \
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
'::range -- A tag, or FROM..TO that ends at one. Every tag unless given:_default' \
&& ret=0
;;
(timeline)
_arguments "${_arguments_options[@]}" : \
'--page=[Write a page with a slider through time, and its pictures into a folder beside it]:FILE:_files' \
'--browser=[Chromium'\''s program; else it is looked for where systems install it]:PATH:_files' \
'--trust=[Run the app of leadforge.toml if this is the digest of all that would run]:DIGEST:_default' \
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
'--all[The versions of all refs, not only those that led to HEAD]' \
'--no-sandbox[Run Chromium without any fence, as the user that you are]' \
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
":: :_lead-shot__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-shot-help-command-$line[1]:"
        case $line[1] in
            (capture)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(diff)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(dir)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(approve)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(import)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(lint)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(notes)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(changelog)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(gallery)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(timeline)
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

(( $+functions[_lead-shot_commands] )) ||
_lead-shot_commands() {
    local commands; commands=(
'capture:Take the pictures of the screens in leadforge.toml' \
'check:Fail when a screen has no picture, or one of other sources than these' \
'diff:Compare two pictures\: what changed, where, and whether it matters' \
'dir:Compare two folders of pictures\: new, deleted, passed and failed' \
'approve:Take new pictures over as the baseline' \
'import:Take the pictures of another tool over as the baseline' \
'lint:Look at the pictures of a repository as evidence, and report those that prove nothing' \
'notes:Write the notes of a version\: its commits by kind, its screens before and after, who made it' \
'changelog:Write VISUAL_CHANGELOG.md\: what changed on the screens, the newest version first' \
'gallery:Write the pictures of the versions as folders\: before and after, new ones, and by day' \
'timeline:Photograph every version of the configured screens that the commits hold' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-shot commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__approve_commands] )) ||
_lead-shot__subcmd__approve_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot approve commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__capture_commands] )) ||
_lead-shot__subcmd__capture_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot capture commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__changelog_commands] )) ||
_lead-shot__subcmd__changelog_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot changelog commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__check_commands] )) ||
_lead-shot__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot check commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__diff_commands] )) ||
_lead-shot__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot diff commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__dir_commands] )) ||
_lead-shot__subcmd__dir_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot dir commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__gallery_commands] )) ||
_lead-shot__subcmd__gallery_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot gallery commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help_commands] )) ||
_lead-shot__subcmd__help_commands() {
    local commands; commands=(
'capture:Take the pictures of the screens in leadforge.toml' \
'check:Fail when a screen has no picture, or one of other sources than these' \
'diff:Compare two pictures\: what changed, where, and whether it matters' \
'dir:Compare two folders of pictures\: new, deleted, passed and failed' \
'approve:Take new pictures over as the baseline' \
'import:Take the pictures of another tool over as the baseline' \
'lint:Look at the pictures of a repository as evidence, and report those that prove nothing' \
'notes:Write the notes of a version\: its commits by kind, its screens before and after, who made it' \
'changelog:Write VISUAL_CHANGELOG.md\: what changed on the screens, the newest version first' \
'gallery:Write the pictures of the versions as folders\: before and after, new ones, and by day' \
'timeline:Photograph every version of the configured screens that the commits hold' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-shot help commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__approve_commands] )) ||
_lead-shot__subcmd__help__subcmd__approve_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help approve commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__capture_commands] )) ||
_lead-shot__subcmd__help__subcmd__capture_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help capture commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__changelog_commands] )) ||
_lead-shot__subcmd__help__subcmd__changelog_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help changelog commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__check_commands] )) ||
_lead-shot__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help check commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__diff_commands] )) ||
_lead-shot__subcmd__help__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help diff commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__dir_commands] )) ||
_lead-shot__subcmd__help__subcmd__dir_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help dir commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__gallery_commands] )) ||
_lead-shot__subcmd__help__subcmd__gallery_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help gallery commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__help_commands] )) ||
_lead-shot__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help help commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__import_commands] )) ||
_lead-shot__subcmd__help__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help import commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__lint_commands] )) ||
_lead-shot__subcmd__help__subcmd__lint_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help lint commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__notes_commands] )) ||
_lead-shot__subcmd__help__subcmd__notes_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help notes commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__help__subcmd__timeline_commands] )) ||
_lead-shot__subcmd__help__subcmd__timeline_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot help timeline commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__import_commands] )) ||
_lead-shot__subcmd__import_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot import commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__lint_commands] )) ||
_lead-shot__subcmd__lint_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot lint commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__notes_commands] )) ||
_lead-shot__subcmd__notes_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot notes commands' commands "$@"
}
(( $+functions[_lead-shot__subcmd__timeline_commands] )) ||
_lead-shot__subcmd__timeline_commands() {
    local commands; commands=()
    _describe -t commands 'lead-shot timeline commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-shot" ]; then
    _lead-shot "$@"
else
    compdef _lead-shot lead-shot
fi
# Made by `cargo xtask codegen`.
