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
'--as=[The format; by the ending of --output (.xml, .spdx.json, .spdx3.json) unless given, and cyclonedx-json otherwise]:FORMAT:((cyclonedx-json\:"CycloneDX in JSON"
cyclonedx-xml\:"CycloneDX in XML"
spdx-2.3\:"SPDX 2.3 in JSON"
spdx-3.0.1\:"SPDX 3.0.1 in JSON-LD"))' \
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
'--programs[Look into programs, too\: those of Rust built by cargo auditable, and those of Go. In a folder only]' \
'--texts[Look for licence files beside what is installed or vendored, and say as evidence what they read like]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::source -- A folder, or `git\:REV\[\:FOLDER\]` for a revision of the repository, which is not checked out:_default' \
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
'*::files -- CycloneDX documents in JSON or XML, SPDX 2.3 and 3.0.1 documents in JSON:_files' \
&& ret=0
;;
(dockerfile)
_arguments "${_arguments_options[@]}" : \
'--context=[The build context; by default the folder that a Dockerfile lies in]:DIR:_files' \
'--hadolint=[hadolint'\''s configuration; by default .hadolint.yaml or .hadolint.yml of this folder]:FILE:_files' \
'*--ignore=[Leave out a rule. Repeatable]:RULE:_default' \
'--fail-on=[End with 1 from this severity on]:SEVERITY:((error\:"What breaks the build or the program"
warning\:"What will hurt"
info\:"What could be better"
style\:"Matters of taste, too"
none\:"Nothing fails"))' \
'--baseline=[What this command wrote before with --format json\: what stands in it is known, and neither told nor failed on]:FILE:_files' \
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
'--fix[Put in the fixes that are safe, and tell what is left]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::files -- The Dockerfiles:_files' \
&& ret=0
;;
(template)
_arguments "${_arguments_options[@]}" : \
'--python=[The Python, such as 3.13; by default the one of the Dockerfile, of .python-version, or the oldest the project is for]:VERSION:_default' \
'*--extra=[Install an extra of the project. Repeatable]:NAME:_default' \
'--start=[What is started; by default what railway.toml, a Procfile, the Dockerfile or \[project.scripts\] says]:COMMAND:_default' \
'--port=[The port it listens on; by default the one that the start names]:PORT:_default' \
'--health=[The path that answers when it is healthy; by default the one of railway.toml]:PATH:_default' \
'*--writable=[A folder below /app that it writes to. Repeatable]:FOLDER:_default' \
'*--copy=[A further file or folder that is copied with the sources. Repeatable]:PATH:_default' \
'*--pin=[The digest of an image\: NAME@sha256\:… Repeatable; those in the project'\''s Dockerfiles are known]:IMAGE:_default' \
'--arch=[The processor that wheels are looked for]:ARCH:(amd64 arm64)' \
'*--image=[For --sizes\: a copy of an image, an OCI layout or what docker save wrote\: NAME=PATH. Repeatable]:NAME=PATH:_default' \
'*--installed=[For --sizes\: a folder with what is installed now, and one with what this one installs]:BEFORE:_files:BEFORE:_files' \
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
'--sizes[Write no Dockerfile, but what the layers of the one that is there and of this one weigh]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':flavour -- What the image stands on:((slim\:"Debian with little more than the base system"
alpine\:"Alpine\: small, and with another C library than most wheels are made for"
distroless\:"Python and what it needs, without a shell"))' \
'::folder -- The folder of the project, which is the build context:_files' \
&& ret=0
;;
(dependabot)
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
'(--write)--check[Fail when an ecosystem that is found is not in the file that is there]' \
'--write[Write .github/dependabot.yml where there is none]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::folder -- The repository:_files' \
&& ret=0
;;
(migrate)
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
":: :_lead-sbom__subcmd__migrate_commands" \
"*::: :->migrate" \
&& ret=0

    case $state in
    (migrate)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-migrate-command-$line[1]:"
        case $line[1] in
            (uv)
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
'--dry-run[Only show what would change]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::folder -- The repository:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__migrate__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-migrate-help-command-$line[1]:"
        case $line[1] in
            (uv)
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
(lock)
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
":: :_lead-sbom__subcmd__lock_commands" \
"*::: :->lock" \
&& ret=0

    case $state in
    (lock)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-lock-command-$line[1]:"
        case $line[1] in
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
'::folder -- The folder to look at:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__lock__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-lock-help-command-$line[1]:"
        case $line[1] in
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
;;
(dockerignore)
_arguments "${_arguments_options[@]}" : \
'--context=[The build context]:DIR:_files' \
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
'(--write)--check[Fail when the .dockerignore that is there drops what is needed, or when there is none]' \
'--write[Write the .dockerignore. One that somebody else wrote is not replaced without --force]' \
'--force[Replace a .dockerignore that was not made by this command]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::dockerfiles -- The Dockerfiles that are built from the context; by default every one of its top folder:_files' \
&& ret=0
;;
(db)
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
":: :_lead-sbom__subcmd__db_commands" \
"*::: :->db" \
&& ret=0

    case $state in
    (db)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-db-command-$line[1]:"
        case $line[1] in
            (build)
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
'*::sources -- Folders and archives of OSV records, in JSON or YAML:_files' \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
'*--for=[The ecosystems of what is inside a folder, \`git\:REV\[\:FOLDER\]\`, or a document. Repeatable]:SOURCE:_default' \
'*--url=[An archive of OSV records at another address. Repeatable]:URL:_default' \
'--from=[Where ECOSYSTEM/all.zip lies, such as a mirror'\''s folder]:URL:_default' \
'--max-size=[The most that an archive may have, in MiB]:MIB:_default' \
'--timeout=[The longest that an archive may take, in seconds]:SECONDS:_default' \
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
'*::ecosystems -- Ecosystems, as OSV spells them\: crates.io, PyPI, npm, Go, Maven, Debian\:13, Alpine\:v3.22:_default' \
&& ret=0
;;
(info)
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
'::file -- The index; that of the user unless given:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__db__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-db-help-command-$line[1]:"
        case $line[1] in
            (build)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(info)
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
(vulns)
_arguments "${_arguments_options[@]}" : \
'--db=[The index of advisories; that of the user unless given]:FILE:_files' \
'*--vex=[A document in OpenVEX or CycloneDX that says which vulnerabilities do not matter here. Repeatable]:FILE:_files' \
'*--sarif=[What another scanner found, in SARIF\: Trivy, Grype, Snyk, osv-scanner, lead-sbom itself. Repeatable]:FILE:_files' \
'--fail-on=[From which severity on a vulnerability fails; the configuration'\''s unless given]:LEVEL:((none\:"None does"
low\:"Every one does"
medium\:"Medium and worse"
high\:"High and worse"
critical\:"Critical alone"))' \
'*--deny=[Let advisories that are no vulnerabilities fail too. Repeatable]:CLASS:((unmaintained\:"Nobody takes care of the package any more"
unsound\:"The package breaks a promise of its language"
notice\:"Something else"))' \
'*--exclude=[Leave out files and folders that match, as paths below the folder. Repeatable]:GLOB:_default' \
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
'--strict[End with 3 when anything could not be checked]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::source -- A folder, `git\:REV\[\:FOLDER\]`, or a document in CycloneDX or SPDX:_default' \
&& ret=0
;;
(diff)
_arguments "${_arguments_options[@]}" : \
'*--fail-on=[What fails when there is any of it. Repeatable, or with commas]:WHAT:((added\:"A component that was not there"
removed\:"A component that is not there any more"
upgraded\:"A component in a newer version"
downgraded\:"A component in an older version"
changed\:"A component from another place, or in a version that is neither newer nor older"
licence\:"A component under other licences"
vulnerability\:"A vulnerability that was not there"))' \
'--db=[The index of advisories; that of the user unless given, none when there is none]:FILE:_files' \
'*--exclude=[Leave out files and folders that match, as paths below the folder. Repeatable]:GLOB:_default' \
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
'--markdown[Write Markdown that fits a comment on a pull request]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':old -- A folder, `git\:REV\[\:FOLDER\]`, or a document in CycloneDX or SPDX:_default' \
':new -- The same, newer:_default' \
&& ret=0
;;
(licences)
_arguments "${_arguments_options[@]}" : \
'*--exclude=[Leave out files and folders that match, as paths below the folder. Repeatable]:GLOB:_default' \
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
'::source -- A folder, `git\:REV\[\:FOLDER\]`, or a document in CycloneDX or SPDX:_default' \
&& ret=0
;;
(grade)
_arguments "${_arguments_options[@]}" : \
'--profile=[What it is held against]:PROFILE:((ntia-2021\:"The minimum elements of NTIA, 2021"
bsi-2.1\:"TR-03183-2 of BSI, version 2.1.0"))' \
'--min=[Fail when it says less, in percent]:PERCENT:_default' \
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
':file -- A CycloneDX document in JSON or XML:_files' \
&& ret=0
;;
(attest)
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
":: :_lead-sbom__subcmd__attest_commands" \
"*::: :->attest" \
&& ret=0

    case $state in
    (attest)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-attest-command-$line[1]:"
        case $line[1] in
            (sbom)
_arguments "${_arguments_options[@]}" : \
'--key=[The key, as openssl writes it in PEM\: private to sign, public to verify]:FILE:_files' \
'*--subject=[A file that it is about. Repeatable]:FILE:_files' \
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
':document -- The document, in JSON:_files' \
&& ret=0
;;
(provenance)
_arguments "${_arguments_options[@]}" : \
'--builder=[Who built them, as an address]:URI:_default' \
'--build-type=[What kind of build it was, as an address]:URI:_default' \
'--source=[What was built, as an address\: git+https\://…]:URI:_default' \
'--commit=[The commit of the source]:SHA:_default' \
'--invocation=[The build'\''s own name]:URI:_default' \
'--key=[The key, as openssl writes it in PEM\: private to sign, public to verify]:FILE:_files' \
'*--subject=[A file that it is about. Repeatable]:FILE:_files' \
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
(verify)
_arguments "${_arguments_options[@]}" : \
'--key=[The key, as openssl writes it in PEM\: private to sign, public to verify]:FILE:_files' \
'*--subject=[A file that it is about. Repeatable]:FILE:_files' \
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
':envelope -- The attestation:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__attest__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-attest-help-command-$line[1]:"
        case $line[1] in
            (sbom)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(provenance)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(verify)
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
(image)
_arguments "${_arguments_options[@]}" : \
'--platform=[The platform, where the image is there for several\: linux/arm64]:OS/ARCH:_default' \
'--name=[The name of the image, where several are there]:NAME:_default' \
'--sbom=[Write what is inside as CycloneDX to this file]:FILE:_files' \
'--spec=[The version of CycloneDX]:VERSION:_default' \
'--page=[Write the report as a page with a picture of the layers]:FILE:_files' \
'--top=[How many of the biggest files, folders and wasted paths are named]:N:_default' \
'--max-size=[Fail when the files of all layers have more bytes\: 100MB]:SIZE:_default' \
'--max-packed=[Fail when the packed layers have more bytes]:SIZE:_default' \
'--max-hidden=[Fail when more bytes are out of reach]:SIZE:_default' \
'--min-efficiency=[Fail when the efficiency, as dive counts it, is less\: 0.95]:PART:_default' \
'--limit-bytes=[The most unpacked bytes that are read]:SIZE:_default' \
'--limit-files=[The most entries of layers that are read]:N:_default' \
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
'--all-layers[Let --sbom list what any layer has, also where a later one hides it]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':image -- What docker save wrote, or an OCI layout\: a folder or an archive:_files' \
&& ret=0
;;
(why)
_arguments "${_arguments_options[@]}" : \
'*--exclude=[Leave out files and folders that match. Repeatable]:GLOB:_default' \
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
'--programs[Look into programs, too\: those of Rust built by cargo auditable, and those of Go. In a folder only]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':component -- A package URL, name@version, or a name:_default' \
'::source -- A folder, or `git\:REV\[\:FOLDER\]`:_default' \
&& ret=0
;;
(blame)
_arguments "${_arguments_options[@]}" : \
'--rev=[The revision to look back from\: HEAD, or one that HEAD descends from]:REV:_default' \
'*--exclude=[Leave out files and folders that match. Repeatable]:GLOB:_default' \
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
'*::components -- A package URL, name@version, or a name; every component unless one is named. Repeatable:_default' \
&& ret=0
;;
(pack)
_arguments "${_arguments_options[@]}" : \
'--base=[An OCI layout whose image lies below what is added]:LAYOUT:_files' \
'--rootfs=[An archive with a root file system as the lowest layer, such as mmdebstrap makes]:TAR:_files' \
'*--add=[Add a file or folder as a layer of its own\: FROM\:TO. Repeatable; layers come in this order]:FROM:TO:_default' \
'*--drop=[Leave out what has such a path in the image; * and ** stand for any text. Repeatable]:GLOB:_default' \
'*--writable=[Make an empty folder that the user of the container may write to. Repeatable]:FOLDER:_default' \
'--user=[The user and group that containers run as, as numbers]:UID[:GID]:_default' \
'*--env=[Set a variable of the environment. Repeatable]:NAME=VALUE:_default' \
'*--entrypoint=[What is started, a word at a time. Repeatable]:WORD:_default' \
'*--cmd=[Its arguments unless others are given, a word at a time. Repeatable]:WORD:_default' \
'--workdir=[The folder it starts in]:FOLDER:_default' \
'*--port=[A port it listens on\: 8000 or 53/udp. Repeatable]:PORT:_default' \
'*--label=[Words about the image. Repeatable]:NAME=VALUE:_default' \
'--name=[The name of the image in the layout]:NAME:_default' \
'--platform=[The platform\: of the base if there are several, or of what is packed without one]:OS/ARCH:_default' \
'--max-size=[Write nothing and fail when the files of all layers have more bytes\: 100MB]:SIZE:_default' \
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
'--root[Allow that containers run as root]' \
'--no-sbom[Attach no inventory]' \
'--offline[Never use the network]' \
'(-v --verbose)-q[Print nothing but results and errors]' \
'(-v --verbose)--quiet[Print nothing but results and errors]' \
'*-v[Say more; twice for everything]' \
'*--verbose[Say more; twice for everything]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':layout -- The folder that becomes an OCI layout; it must be new or empty:_files' \
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
(dockerfile)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(template)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(dependabot)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(migrate)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__help__subcmd__migrate_commands" \
"*::: :->migrate" \
&& ret=0

    case $state in
    (migrate)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-help-migrate-command-$line[1]:"
        case $line[1] in
            (uv)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(lock)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__help__subcmd__lock_commands" \
"*::: :->lock" \
&& ret=0

    case $state in
    (lock)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-help-lock-command-$line[1]:"
        case $line[1] in
            (check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(dockerignore)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(db)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__help__subcmd__db_commands" \
"*::: :->db" \
&& ret=0

    case $state in
    (db)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-help-db-command-$line[1]:"
        case $line[1] in
            (build)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(info)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(vulns)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(diff)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(licences)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(grade)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(attest)
_arguments "${_arguments_options[@]}" : \
":: :_lead-sbom__subcmd__help__subcmd__attest_commands" \
"*::: :->attest" \
&& ret=0

    case $state in
    (attest)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:lead-sbom-help-attest-command-$line[1]:"
        case $line[1] in
            (sbom)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(provenance)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(image)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(why)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(blame)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(pack)
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
'dockerfile:Say what is wrong with Dockerfiles, and mend what can be mended safely' \
'template:Write a Dockerfile for the Python project that lies here' \
'dependabot:Show, check or write Dependabot'\''s configuration for the ecosystems that are found' \
'migrate:Move a repository to other tools' \
'lock:Look after lock files' \
'dockerignore:Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes' \
'db:Build or describe the index of advisories that \`vulns\` asks' \
'vulns:Say which known vulnerabilities there are in a folder or a document' \
'diff:Say what is other in one inventory than in another, and fail on what is new' \
'licences:Say which licences are declared, and fail on what \[sbom.licences\] of leadforge.toml does not bear' \
'grade:Say how much a document says of what a profile asks for, and from where the rest could be known' \
'attest:Sign what is inside files or how they were built, or say whether such a statement holds' \
'image:Say what an image weighs, what of it is out of reach, and what is inside' \
'why:Say which of a project'\''s own dependencies bring a component in' \
'blame:Say which commit brought a component in, and whether a person, an agent or automation made it' \
'pack:Pack an image without a daemon, with its inventory attached' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest_commands] )) ||
_lead-sbom__subcmd__attest_commands() {
    local commands; commands=(
'sbom:Sign that a document in CycloneDX or SPDX is the inventory of files' \
'provenance:Sign how files were built, as SLSA'\''s provenance v1' \
'verify:Say whether an attestation is signed by a key and about files as they are' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom attest commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__help_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__help_commands() {
    local commands; commands=(
'sbom:Sign that a document in CycloneDX or SPDX is the inventory of files' \
'provenance:Sign how files were built, as SLSA'\''s provenance v1' \
'verify:Say whether an attestation is signed by a key and about files as they are' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom attest help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__help__subcmd__help_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest help help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__help__subcmd__provenance_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__help__subcmd__provenance_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest help provenance commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__help__subcmd__sbom_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__help__subcmd__sbom_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest help sbom commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__help__subcmd__verify_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__help__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest help verify commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__provenance_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__provenance_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest provenance commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__sbom_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__sbom_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest sbom commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__attest__subcmd__verify_commands] )) ||
_lead-sbom__subcmd__attest__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom attest verify commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__blame_commands] )) ||
_lead-sbom__subcmd__blame_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom blame commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__check_commands] )) ||
_lead-sbom__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db_commands] )) ||
_lead-sbom__subcmd__db_commands() {
    local commands; commands=(
'build:Build the index of OSV records\: folders, or archives in zip, tar or tar.gz' \
'fetch:Download the advisories of ecosystems, and build the index of all that was downloaded' \
'info:Say what an index holds, and of which day it is' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom db commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__build_commands] )) ||
_lead-sbom__subcmd__db__subcmd__build_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db build commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__fetch_commands] )) ||
_lead-sbom__subcmd__db__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db fetch commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__help_commands] )) ||
_lead-sbom__subcmd__db__subcmd__help_commands() {
    local commands; commands=(
'build:Build the index of OSV records\: folders, or archives in zip, tar or tar.gz' \
'fetch:Download the advisories of ecosystems, and build the index of all that was downloaded' \
'info:Say what an index holds, and of which day it is' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom db help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__help__subcmd__build_commands] )) ||
_lead-sbom__subcmd__db__subcmd__help__subcmd__build_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db help build commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__help__subcmd__fetch_commands] )) ||
_lead-sbom__subcmd__db__subcmd__help__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db help fetch commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__help__subcmd__help_commands] )) ||
_lead-sbom__subcmd__db__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db help help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__help__subcmd__info_commands] )) ||
_lead-sbom__subcmd__db__subcmd__help__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db help info commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__db__subcmd__info_commands] )) ||
_lead-sbom__subcmd__db__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom db info commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__dependabot_commands] )) ||
_lead-sbom__subcmd__dependabot_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom dependabot commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__diff_commands] )) ||
_lead-sbom__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom diff commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__dockerfile_commands] )) ||
_lead-sbom__subcmd__dockerfile_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom dockerfile commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__dockerignore_commands] )) ||
_lead-sbom__subcmd__dockerignore_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom dockerignore commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__grade_commands] )) ||
_lead-sbom__subcmd__grade_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom grade commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help_commands] )) ||
_lead-sbom__subcmd__help_commands() {
    local commands; commands=(
'make:Write what is inside a folder as a CycloneDX document' \
'check:Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold' \
'dockerfile:Say what is wrong with Dockerfiles, and mend what can be mended safely' \
'template:Write a Dockerfile for the Python project that lies here' \
'dependabot:Show, check or write Dependabot'\''s configuration for the ecosystems that are found' \
'migrate:Move a repository to other tools' \
'lock:Look after lock files' \
'dockerignore:Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes' \
'db:Build or describe the index of advisories that \`vulns\` asks' \
'vulns:Say which known vulnerabilities there are in a folder or a document' \
'diff:Say what is other in one inventory than in another, and fail on what is new' \
'licences:Say which licences are declared, and fail on what \[sbom.licences\] of leadforge.toml does not bear' \
'grade:Say how much a document says of what a profile asks for, and from where the rest could be known' \
'attest:Sign what is inside files or how they were built, or say whether such a statement holds' \
'image:Say what an image weighs, what of it is out of reach, and what is inside' \
'why:Say which of a project'\''s own dependencies bring a component in' \
'blame:Say which commit brought a component in, and whether a person, an agent or automation made it' \
'pack:Pack an image without a daemon, with its inventory attached' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__attest_commands] )) ||
_lead-sbom__subcmd__help__subcmd__attest_commands() {
    local commands; commands=(
'sbom:Sign that a document in CycloneDX or SPDX is the inventory of files' \
'provenance:Sign how files were built, as SLSA'\''s provenance v1' \
'verify:Say whether an attestation is signed by a key and about files as they are' \
    )
    _describe -t commands 'lead-sbom help attest commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__attest__subcmd__provenance_commands] )) ||
_lead-sbom__subcmd__help__subcmd__attest__subcmd__provenance_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help attest provenance commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__attest__subcmd__sbom_commands] )) ||
_lead-sbom__subcmd__help__subcmd__attest__subcmd__sbom_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help attest sbom commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__attest__subcmd__verify_commands] )) ||
_lead-sbom__subcmd__help__subcmd__attest__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help attest verify commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__blame_commands] )) ||
_lead-sbom__subcmd__help__subcmd__blame_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help blame commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__check_commands] )) ||
_lead-sbom__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__db_commands] )) ||
_lead-sbom__subcmd__help__subcmd__db_commands() {
    local commands; commands=(
'build:Build the index of OSV records\: folders, or archives in zip, tar or tar.gz' \
'fetch:Download the advisories of ecosystems, and build the index of all that was downloaded' \
'info:Say what an index holds, and of which day it is' \
    )
    _describe -t commands 'lead-sbom help db commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__db__subcmd__build_commands] )) ||
_lead-sbom__subcmd__help__subcmd__db__subcmd__build_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help db build commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__db__subcmd__fetch_commands] )) ||
_lead-sbom__subcmd__help__subcmd__db__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help db fetch commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__db__subcmd__info_commands] )) ||
_lead-sbom__subcmd__help__subcmd__db__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help db info commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__dependabot_commands] )) ||
_lead-sbom__subcmd__help__subcmd__dependabot_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help dependabot commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__diff_commands] )) ||
_lead-sbom__subcmd__help__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help diff commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__dockerfile_commands] )) ||
_lead-sbom__subcmd__help__subcmd__dockerfile_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help dockerfile commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__dockerignore_commands] )) ||
_lead-sbom__subcmd__help__subcmd__dockerignore_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help dockerignore commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__grade_commands] )) ||
_lead-sbom__subcmd__help__subcmd__grade_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help grade commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__help_commands] )) ||
_lead-sbom__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__image_commands] )) ||
_lead-sbom__subcmd__help__subcmd__image_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help image commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__licences_commands] )) ||
_lead-sbom__subcmd__help__subcmd__licences_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help licences commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__lock_commands] )) ||
_lead-sbom__subcmd__help__subcmd__lock_commands() {
    local commands; commands=(
'check:Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it' \
    )
    _describe -t commands 'lead-sbom help lock commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__lock__subcmd__check_commands] )) ||
_lead-sbom__subcmd__help__subcmd__lock__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help lock check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__make_commands] )) ||
_lead-sbom__subcmd__help__subcmd__make_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help make commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__migrate_commands] )) ||
_lead-sbom__subcmd__help__subcmd__migrate_commands() {
    local commands; commands=(
'uv:Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one' \
    )
    _describe -t commands 'lead-sbom help migrate commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__migrate__subcmd__uv_commands] )) ||
_lead-sbom__subcmd__help__subcmd__migrate__subcmd__uv_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help migrate uv commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__pack_commands] )) ||
_lead-sbom__subcmd__help__subcmd__pack_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help pack commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__template_commands] )) ||
_lead-sbom__subcmd__help__subcmd__template_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help template commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__vulns_commands] )) ||
_lead-sbom__subcmd__help__subcmd__vulns_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help vulns commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__help__subcmd__why_commands] )) ||
_lead-sbom__subcmd__help__subcmd__why_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom help why commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__image_commands] )) ||
_lead-sbom__subcmd__image_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom image commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__licences_commands] )) ||
_lead-sbom__subcmd__licences_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom licences commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__lock_commands] )) ||
_lead-sbom__subcmd__lock_commands() {
    local commands; commands=(
'check:Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom lock commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__lock__subcmd__check_commands] )) ||
_lead-sbom__subcmd__lock__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom lock check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__lock__subcmd__help_commands] )) ||
_lead-sbom__subcmd__lock__subcmd__help_commands() {
    local commands; commands=(
'check:Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom lock help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__lock__subcmd__help__subcmd__check_commands] )) ||
_lead-sbom__subcmd__lock__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom lock help check commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__lock__subcmd__help__subcmd__help_commands] )) ||
_lead-sbom__subcmd__lock__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom lock help help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__make_commands] )) ||
_lead-sbom__subcmd__make_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom make commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__migrate_commands] )) ||
_lead-sbom__subcmd__migrate_commands() {
    local commands; commands=(
'uv:Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom migrate commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__migrate__subcmd__help_commands] )) ||
_lead-sbom__subcmd__migrate__subcmd__help_commands() {
    local commands; commands=(
'uv:Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'lead-sbom migrate help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__migrate__subcmd__help__subcmd__help_commands] )) ||
_lead-sbom__subcmd__migrate__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom migrate help help commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__migrate__subcmd__help__subcmd__uv_commands] )) ||
_lead-sbom__subcmd__migrate__subcmd__help__subcmd__uv_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom migrate help uv commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__migrate__subcmd__uv_commands] )) ||
_lead-sbom__subcmd__migrate__subcmd__uv_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom migrate uv commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__pack_commands] )) ||
_lead-sbom__subcmd__pack_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom pack commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__template_commands] )) ||
_lead-sbom__subcmd__template_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom template commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__vulns_commands] )) ||
_lead-sbom__subcmd__vulns_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom vulns commands' commands "$@"
}
(( $+functions[_lead-sbom__subcmd__why_commands] )) ||
_lead-sbom__subcmd__why_commands() {
    local commands; commands=()
    _describe -t commands 'lead-sbom why commands' commands "$@"
}

if [ "$funcstack[1]" = "_lead-sbom" ]; then
    _lead-sbom "$@"
else
    compdef _lead-sbom lead-sbom
fi
# Made by `cargo xtask codegen`.
