//! Lock files beyond those of uv, cargo and npm: what small ones give, line by line.

use leadforge_sbom::{Inventory, Origin};

use crate::of;

/// What was found: each component with how it is needed, then each edge.
fn told(found: &Inventory) -> String {
    let name =
        |index: usize| found.components[index].reference.trim_start_matches("pkg:").to_owned();
    let mut lines: Vec<String> = Vec::new();
    for (index, component) in found.components.iter().enumerate() {
        let hashes: usize = component.artifacts.iter().map(|artifact| artifact.hashes.len()).sum();
        let need = component.need.map_or("-".to_owned(), |need| format!("{need:?}"));
        let line = component.occurrences[0].line;
        lines.push(format!("{} {need} {hashes} :{line}", name(index)));
    }
    for edge in &found.edges {
        let marker = edge.marker.as_ref().map_or(String::new(), |marker| format!(" | {marker}"));
        lines.push(format!("{} -> {} {:?}{marker}", name(edge.from), name(edge.to), edge.scope));
    }
    for warning in &found.warnings {
        lines.push(format!("{}:{} {}", warning.path, warning.line.unwrap_or(0), warning.message));
    }
    let text = lines.join("\n");
    assert!(!text.contains("u:p"), "credentials: {text}");
    text
}

const A64: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[test]
fn yarn_berry_knows_projects_patches_and_development() {
    let lock = "__metadata:\n  version: 8\n\n\"a@npm:^1, a@npm:^1.1\":\n  version: 1.1.0\n  resolution: \"a@npm:1.1.0\"\n  \
        dependencies:\n    b: \"npm:2\"\n    o: \"npm:1\"\n  dependenciesMeta:\n    o:\n      optional: true\n\n\
        \"app@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"app@workspace:.\"\n  dependencies:\n    a: ^1\n    \
        b: \"npm:2\"\n  linkType: soft\n\n\"b@npm:2\":\n  version: 2.0.0\n  resolution: \"b@npm:2.0.0\"\n\n\
        \"b@patch:b@npm%3A2#./p.patch\":\n  version: 2.0.0\n  resolution: \"b@patch:b@npm%3A2.0.0#./p.patch\"\n\n\
        \"g@https://u:p@example.org/g.git#commit=abc\":\n  version: 1.0.0\n  \
        resolution: \"g@https://u:p@example.org/g.git#commit=abc\"\n";
    let manifest = r#"{"name": "app", "devDependencies": {"b": "2"}}"#;
    let found = of(&[("yarn.lock", lock), ("package.json", manifest)]).expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    npm/a@1.1.0 Required 0 :4
    npm/app Required 0 :14
    npm/b@2.0.0 Required 0 :22
    npm/g@1.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fg.git%40abc - 0 :30
    npm/a@1.1.0 -> npm/b@2.0.0 Runtime
    npm/app -> npm/a@1.1.0 Runtime
    npm/app -> npm/b@2.0.0 Dev("dev")
    "#);
}

#[test]
fn bun_resolves_what_is_nested_first() {
    let lock = r#"{
  "lockfileVersion": 1, // comments may stand here
  "workspaces": {
    "": { "name": "app", "dependencies": { "@s/a": "^1", "w": "workspace:*" }, "devDependencies": { "b": "1" }, "optionalPeers": ["none"], "peerDependencies": { "none": "1" } },
    "pkgs/w": { "name": "w", "version": "0.1.0", "dependencies": { "b": "2" } },
  },
  "packages": {
    "@s/a": ["@s/a@1.0.0", "", { "dependencies": { "b": "3" } }, "sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="],
    "b": ["b@1.0.0", "", {}, ""],
    "w": ["w@workspace:pkgs/w"],
    "@s/a/b": ["b@3.0.0", "", { "optionalDependencies": { "gone": "1" } }, ""],
    "w/b": ["b@github:o/b#abc", {}, "o-b-abc"],
  },
}"#;
    let found = of(&[("bun.lock", lock)]).expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    npm/%40s/a@1.0.0 Required 1 :8
    npm/app Required 0 :4
    npm/b?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fb%40abc Required 0 :12
    npm/b@1.0.0 Development 0 :9
    npm/b@3.0.0 Required 0 :11
    npm/w@0.1.0 Required 0 :5
    npm/%40s/a@1.0.0 -> npm/b@3.0.0 Runtime
    npm/app -> npm/%40s/a@1.0.0 Runtime
    npm/app -> npm/b@1.0.0 Dev("dev")
    npm/app -> npm/w@0.1.0 Runtime
    npm/w@0.1.0 -> npm/b?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fo%2Fb%40abc Runtime
    "#);
}

#[test]
fn poetry_resolves_by_the_versions_that_are_asked_for() {
    let lock = format!(
        "[[package]]\nname = \"a\"\nversion = \"1.0\"\noptional = false\ngroups = [\"main\"]\nfiles = [{{file = \"a-1.0.whl\", hash = \"sha256:{A64}\"}}]\n\
         [package.dependencies]\nb = [{{version = \"<2\", markers = \"python_version < '3.9'\"}}, {{version = \">=2\", markers = \"python_version >= '3.9'\"}}]\n\
         C = {{version = \"*\", optional = true, markers = \"extra == 'fast'\"}}\n\
         [[package]]\nname = \"b\"\nversion = \"1.5\"\ngroups = [\"dev\"]\n[[package]]\nname = \"b\"\nversion = \"2.1\"\n\
         [[package]]\nname = \"c\"\nversion = \"3\"\n[package.source]\ntype = \"git\"\nurl = \"https://u:p@example.org/c\"\nresolved_reference = \"abc\"\n\
         [metadata]\nlock-version = \"2.1\"\n"
    );
    let project = "[tool.poetry]\nname = \"App\"\nversion = \"1\"\n[tool.poetry.dependencies]\npython = \"^3.9\"\na = \"^1\"\nnew = \"1\"\n\
        [tool.poetry.group.dev.dependencies]\nb = \"*\"\n";
    let found = of(&[("poetry.lock", &lock), ("pyproject.toml", project)]).expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    pypi/a@1.0 Required 1 :1
    pypi/app@1 Required 0 :1
    pypi/b@1.5 Required 0 :10
    pypi/b@2.1 Required 0 :14
    pypi/c@3?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fc%40abc - 0 :17
    pypi/a@1.0 -> pypi/b@1.5 Runtime | python_version < '3.9'
    pypi/a@1.0 -> pypi/b@2.1 Runtime | python_version >= '3.9'
    pypi/a@1.0 -> pypi/c@3?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fc%40abc Extra("fast")
    pypi/app@1 -> pypi/a@1.0 Runtime
    pypi/app@1 -> pypi/b@1.5 Dev("dev")
    pypi/app@1 -> pypi/b@2.1 Dev("dev")
    poetry.lock:0 is stale: pyproject.toml asks for new, which is not in it; lock again
    "#);
}

#[test]
fn pdm_joins_a_package_with_its_extras() {
    let lock = "[metadata]\nlock_version = \"4.5.0\"\n[[package]]\nname = \"a\"\nversion = \"1\"\ngroups = [\"default\"]\n\
        [[package]]\nname = \"a\"\nversion = \"1\"\nextras = [\"x\"]\ngroups = [\"default\"]\ndependencies = [\"a==1\", \"b>=2; os_name == 'nt'\"]\n\
        [[package]]\nname = \"b\"\nversion = \"2\"\ngroups = [\"test\"]\n";
    let project = "[project]\nname = \"app\"\nversion = \"1\"\ndependencies = [\"a[x]\"]\n";
    let found = of(&[("pdm.lock", lock), ("pyproject.toml", project)]).expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    pypi/a@1 Required 0 :3
    pypi/app@1 Required 0 :1
    pypi/b@2 Required 0 :13
    pypi/a@1 -> pypi/b@2 Extra("x") | os_name == 'nt'
    pypi/app@1 -> pypi/a@1 Runtime
    "#);
}

#[test]
fn pylock_and_pipfile_are_lists() {
    let pylock = format!(
        "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1\"\ndependencies = [{{name = \"b\"}}]\n\
         wheels = [{{url = \"https://u:p@example.org/a.whl\", hashes = {{sha256 = \"{A64}\"}}}}]\n[[packages]]\nname = \"b\"\nversion = \"2\"\n"
    );
    let pipfile = format!(
        "{{\"default\": {{\"c\": {{\"version\": \"==3\", \"hashes\": [\"sha256:{A64}\"]}}}},\n\"develop\": {{\n\"D_d\": {{\"version\": \"==4\"}}, \"c\": {{\"version\": \"==3\"}}}}}}"
    );
    let found = of(&[("pylock.toml", &pylock), ("x/Pipfile.lock", &pipfile)]).expect("read");
    insta::assert_snapshot!(told(&found), @r"
    pypi/a@1 - 1 :2
    pypi/b@2 - 0 :7
    pypi/c@3 Required 1 :1
    pypi/d-d@4 Development 0 :3
    pypi/a@1 -> pypi/b@2 Runtime
    ");
}

#[test]
fn requirements_follow_files_continue_lines_and_keep_digests() {
    let top = format!(
        "# comment\n-r more.txt\n-c pins.txt\nA==1.0 \\\n    --hash=sha256:{A64} \\\n    # via b\n    --hash=sha256:{A64}\nb[x]>=2 ; python_version < '3' # why\n\
         free\n--index-url https://u:p@example.org/simple\nc @ git+https://u:p@example.org/c@abc#egg=c\n./local\n-r absent.txt\n"
    );
    let files = [
        ("requirements.txt", top.as_str()),
        ("more.txt", "d==4\n-r requirements.txt\n"),
        ("pins.txt", "free==9\nunused==1\n"),
    ];
    let found = of(&files).expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    pypi/a@1.0 - 1 :4
    pypi/b - 0 :8
    pypi/c?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fc%40abc - 0 :11
    pypi/d@4 - 0 :1
    pypi/free@9 - 0 :9
    requirements.txt:12 has no requirement with a name in "./local"
    requirements.txt:13 names absent.txt, which is not there
    "#);
    assert!(
        found.components.iter().any(
            |c| matches!(&c.origin, Origin::Git { commit: Some(commit), .. } if commit == "abc")
        )
    );
}

#[test]
fn a_project_without_a_lock_says_what_it_asks_for() {
    let project = "[project]\nname = \"app\"\ndependencies = [\"a>=1\", \"app[web]\"]\n[project.optional-dependencies]\nweb = [\"b==2\"]\n[dependency-groups]\ntest = [\"c\", {include-group = \"x\"}]\n";
    let found = of(&[("pyproject.toml", project), ("tools/pyproject.toml", "[tool.ruff]\n")])
        .expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    pypi/a Required 0 :3
    pypi/app Required 0 :2
    pypi/b@2 Optional 0 :5
    pypi/c Development 0 :7
    pypi/app -> pypi/a Runtime
    pypi/app -> pypi/b@2 Extra("web")
    pypi/app -> pypi/c Dev("test")
    "#);
}

#[test]
fn go_replaces_modules_and_tells_direct_ones() {
    let module = "module example.org/app\n\ngo 1.22\n\nrequire (\n\ta.org/a v1.0.0\n\tb.org/b/v2 v2.0.0 // indirect\n)\nrequire c.org/c v0.1.0 // a comment\n\
        replace (\n\ta.org/a => d.org/d v1.1.0\n\tc.org/c v0.1.0 => ./c\n)\nexclude a.org/a v0.9.0\n";
    let found = of(&[("go.mod", module)]).expect("read");
    insta::assert_snapshot!(told(&found), @r"
    golang/b.org/b/v2@v2.0.0 - 0 :7
    golang/c.org/c@v0.1.0 - 0 :9
    golang/d.org/d@v1.1.0 - 0 :6
    golang/example.org/app - 0 :1
    golang/example.org/app -> golang/c.org/c@v0.1.0 Runtime
    golang/example.org/app -> golang/d.org/d@v1.1.0 Runtime
    ");
}

#[test]
fn gems_have_platforms_checksums_and_sources() {
    let lock = format!(
        "GIT\n  remote: https://u:p@example.org/g.git\n  revision: abc\n  specs:\n    g (0.1)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0)\n      n (>= 1)\n      gone\n    n (1.2-x86_64-linux)\n    n (1.2)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  a\n  g!\n\nCHECKSUMS\n  a (1.0) sha256={A64}\n"
    );
    let found = of(&[("Gemfile.lock", &lock)]).expect("read");
    insta::assert_snapshot!(told(&found), @r"
    gem/a@1.0 - 1 :10
    gem/g@0.1?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fg.git%40abc - 0 :5
    gem/n@1.2 - 0 :14
    gem/n@1.2?platform=x86_64-linux - 0 :13
    gem/a@1.0 -> gem/n@1.2 Runtime
    gem/a@1.0 -> gem/n@1.2?platform=x86_64-linux Runtime
    ");
}

#[test]
fn composer_and_nuget_have_edges() {
    let composer = r#"{"packages": [
        {"name": "V/a", "version": "1.0", "require": {"php": ">=8", "v/impl": "*"}, "license": ["MIT"],
         "dist": {"type": "zip", "url": "https://u:p@example.org/a.zip", "shasum": ""}},
        {"name": "v/b", "version": "v2", "provide": {"v/impl": "1"}, "require": []}],
      "packages-dev": [{"name": "v/t", "version": "3", "source": {"type": "git", "url": "https://example.org/t", "reference": "abc"}}]}"#;
    let manifest = r#"{"name": "v/app", "require": {"v/a": "^1"}, "require-dev": {"v/t": "*"}}"#;
    let nuget = r#"{"version": 1, "dependencies": {"net8.0": {
        "A.B": {"type": "Direct", "resolved": "1.0.0", "dependencies": {"c": "2.0.0", "Lib": "1.0.0"}},
        "C": {"type": "Transitive", "resolved": "2.0.0"}, "lib": {"type": "Project"}}}}"#;
    let found = of(&[
        ("composer.lock", composer),
        ("composer.json", manifest),
        ("n/packages.lock.json", nuget),
    ])
    .expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    composer/v/a@1.0 Required 0 :2
    composer/v/app Required 0 :1
    composer/v/b@v2 Required 0 :4
    composer/v/t@3?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ft%40abc Development 0 :5
    nuget/A.B@1.0.0 - 0 :2
    nuget/C@2.0.0 - 0 :3
    nuget/lib - 0 :3
    composer/v/a@1.0 -> composer/v/b@v2 Runtime
    composer/v/app -> composer/v/a@1.0 Runtime
    composer/v/app -> composer/v/t@3?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ft%40abc Dev("dev")
    nuget/A.B@1.0.0 -> nuget/C@2.0.0 Runtime
    nuget/A.B@1.0.0 -> nuget/lib Runtime
    "#);
}

#[test]
fn references_of_workflows_dockerfiles_and_compose_files() {
    let workflow = "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4 # pinned\n      - name: x\n        uses: 'o/r/sub/dir@abc'\n      - uses: ./.github/actions/own\n      - uses: docker://alpine:3\n      - run: |\n          uses: no/thing@v1\n      # - uses: also/no@v1\n  b:\n    uses: o/w/.github/workflows/x.yml@main\n";
    let dockerfile = "ARG V=3.13\nFROM python:${V}-slim AS base\nFROM base AS next\nCOPY --from=ghcr.io/astral-sh/uv:0.9@sha256:aa /uv /bin/\nCOPY --from=base /x /x\nCOPY --from=0 /x /x\nFROM ${UNKNOWN}\nRUN --mount=from=busybox,target=/b true\nFROM scratch\n";
    let compose = "services:\n  db:\n    image: \"postgres:16\"\n  app:\n    image: ${APP:-ghcr.io/o/app}:${TAG:-latest}\n  no:\n    image: $WHAT\n    #image: not/me\n";
    let found = of(&[
        (".github/workflows/ci.yml", workflow),
        ("Dockerfile", dockerfile),
        ("compose.yaml", compose),
    ])
    .expect("read");
    insta::assert_snapshot!(told(&found), @r#"
    github/actions/checkout@v4 - 0 :4
    github/o/r@abc#sub/dir - 0 :6
    github/o/w@main#.github/workflows/x.yml - 0 :13
    oci/alpine?repository_url=docker.io%2Flibrary%2Falpine&tag=3 - 0 :8
    oci/app?repository_url=ghcr.io%2Fo%2Fapp&tag=latest - 0 :5
    oci/busybox?repository_url=docker.io%2Flibrary%2Fbusybox - 0 :8
    oci/postgres?repository_url=docker.io%2Flibrary%2Fpostgres&tag=16 - 0 :3
    oci/python?repository_url=docker.io%2Flibrary%2Fpython&tag=3.13-slim - 0 :2
    oci/uv@sha256:aa?repository_url=ghcr.io%2Fastral-sh%2Fuv&tag=0.9 - 0 :4
    Dockerfile:7 builds on an image whose variables have no value here
    compose.yaml:7 has the image "$WHAT", whose variables have no value here
    "#);
}

#[test]
fn apk_resolves_what_packages_provide() {
    let installed = "C:Q1x\nP:musl\nV:1.2.4-r1\nA:x86_64\nL:MIT\no:musl\nm:Ann <a@example.org>\np:so:libc.musl-x86_64.so.1=1\nF:lib\nR:ld-musl-x86_64.so.1\n\n\
        P:py3-six\nV:1.16-r0\nA:x86_64\nL:MIT\no:six\nD:so:libc.musl-x86_64.so.1 musl>=1.2 !bad absent\nF:usr/lib/python3.11/site-packages/six-1.16.0.dist-info\nR:METADATA\n\n";
    let files = [
        ("lib/apk/db/installed", installed),
        ("etc/os-release", "ID=alpine\nVERSION_ID=3.18.4\n"),
        (
            "usr/lib/python3.11/site-packages/six-1.16.0.dist-info/METADATA",
            "Name: six\nVersion: 1.16.0\n",
        ),
    ];
    let found = of(&files).expect("read");
    insta::assert_snapshot!(told(&found), @r"
    apk/alpine/musl@1.2.4-r1?arch=x86_64&distro=alpine-3.18.4 - 0 :1
    apk/alpine/py3-six@1.16-r0?arch=x86_64&distro=alpine-3.18.4&upstream=six - 0 :12
    apk/alpine/py3-six@1.16-r0?arch=x86_64&distro=alpine-3.18.4&upstream=six -> apk/alpine/musl@1.2.4-r1?arch=x86_64&distro=alpine-3.18.4 Runtime
    ");
}

#[test]
fn gradle_tells_what_runs_from_what_only_tests() {
    let lock = "# comment\norg.a:b:1.0=compileClasspath,runtimeClasspath\norg.t:junit:5=testRuntimeClasspath,testCompileClasspath\nempty=x,y\n";
    let found = of(&[("gradle.lockfile", lock)]).expect("read");
    insta::assert_snapshot!(told(&found), @r"
    maven/org.a/b@1.0 Required 0 :2
    maven/org.t/junit@5 Development 0 :3
    ");
    let error = of(&[("gradle.lockfile", "\na=b\n")]).expect_err("no artifact");
    assert_eq!(error.to_string(), "gradle.lockfile:2: is no artifact with its configurations");
}

#[test]
fn what_node_installed_is_resolved_as_node_does() {
    let a = r#"{"name": "a", "version": "1", "license": {"type": "MIT"}, "author": "Ann", "dependencies": {"b": "2", "gone": "1"}, "peerDependencies": {"@s/c": "*"}}"#;
    let files = [
        ("app/node_modules/a/package.json", a),
        ("app/node_modules/a/node_modules/b/package.json", r#"{"name": "b", "version": "2"}"#),
        ("app/node_modules/a/lib/package.json", r#"{"type": "module"}"#),
        (
            "app/node_modules/b/package.json",
            r#"{"name": "b", "version": "1", "licenses": [{"type": "ISC"}]}"#,
        ),
        (
            "app/node_modules/@s/c/package.json",
            r#"{"name": "@s/c", "version": "3", "optionalDependencies": {"b": "*"}}"#,
        ),
        ("app/node_modules/@s/package.json", r#"{}"#),
    ];
    let found = of(&files).expect("read");
    insta::assert_snapshot!(told(&found), @r"
    npm/%40s/c@3 - 0 :1
    npm/a@1 - 0 :1
    npm/b@1 - 0 :1
    npm/b@2 - 0 :1
    npm/%40s/c@3 -> npm/b@1 Optional
    npm/a@1 -> npm/%40s/c@3 Peer
    npm/a@1 -> npm/b@2 Runtime
    ");
    let licences: Vec<_> = found.components.iter().map(|c| c.licences.join(" ")).collect();
    assert_eq!(licences, ["", "MIT", "ISC", ""]);
}

#[test]
fn what_is_none_of_them_is_refused_with_its_place() {
    let cases = [
        ("bun.lock", "{\"lockfileVersion\": 9}"),
        ("bun.lock", "{\n\"lockfileVersion\": 1, \"packages\": {\n\"a\": [3]}}"),
        ("poetry.lock", "[[package]]\nname = 'a'\n"),
        ("poetry.lock", "[[package]]\nversion = '1'\n[metadata]\n"),
        ("pdm.lock", "[metadata]\nlock_version = '9'\n"),
        ("pylock.toml", "lock-version = '2.0'\n"),
        ("go.mod", "go 1.22\n"),
        ("go.mod", "module a\nrequire (\n\tb v1\n"),
        ("Gemfile.lock", "hello\n"),
        ("Gemfile.lock", "GEM\n  specs:\n    a\n"),
        ("composer.lock", "{}"),
        ("packages.lock.json", "{\"version\": 3}"),
        ("Pipfile.lock", "{\"default\": {\n\"a\": {\"version\": 1}}}"),
        ("yarn.lock", "\n__metadata:\n  version: 8\n\n\"a@npm:1\":\n  version: 1\n"),
        ("var/lib/dpkg/status", "nothing\n"),
        ("lib/apk/db/installed", "V:1\n"),
        ("a-1.dist-info/METADATA", "Name: a\n"),
        ("pyproject.toml", "[project\n"),
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|(path, text)| match of(&[(path, text)]) {
            Ok(found) => format!("{path}: taken, {found:?}"),
            Err(error) => error.to_string(),
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    bun.lock: is of no version that is read: lockfileVersion 0 and 1 are
    bun.lock:3: has a package without a name and a version
    poetry.lock: has no metadata, as every lock file of Poetry has
    poetry.lock:1: has a package without a name
    pdm.lock: is of no version that is read: 3 and 4 are
    pylock.toml: is of no version that is read: lock-version 1 is
    go.mod: names no module
    go.mod: has a block that does not end
    Gemfile.lock: has no gem and no dependencies
    Gemfile.lock:3: has a gem without a version
    composer.lock:1: missing field `packages`
    packages.lock.json: is of no version that is read: 1 and 2 are
    Pipfile.lock:2: invalid type: integer `1`, expected a string
    yarn.lock:5: has an entry without a resolution
    var/lib/dpkg/status:1: is no list of packages
    lib/apk/db/installed:1: has a package without a name or a version
    a-1.dist-info/METADATA:1: has no name or no version
    pyproject.toml:1: unclosed table, expected `]`
    ");
}
