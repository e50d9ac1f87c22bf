//! Each extractor on a few lines of its format, and what it refuses.

use leadforge_sbom::{Error, Inventory, Need, Origin};

use crate::of;

/// Edges as text: who, whom, on what terms.
fn edges(found: &Inventory) -> Vec<String> {
    let name = |index: usize| found.components[index].reference.trim_start_matches("pkg:");
    let line = |edge: &leadforge_sbom::Edge| {
        let more = [edge.marker.clone(), (!edge.extras.is_empty()).then(|| edge.extras.join(","))];
        let more: String = more.into_iter().flatten().map(|text| format!(" | {text}")).collect();
        format!("{} -> {} {:?}{more}", name(edge.from), name(edge.to), edge.scope)
    };
    found.edges.iter().map(line).collect()
}

/// How each component is needed.
fn needs(found: &Inventory) -> String {
    let need = |need: Option<Need>| need.map_or("unknown".to_owned(), |need| format!("{need:?}"));
    let lines = found.components.iter().map(|c| format!("{} {}", c.purl, need(c.need)));
    lines.collect::<Vec<_>>().join("\n")
}

fn warnings(found: &Inventory) -> Vec<String> {
    let text = |w: &leadforge_sbom::Warning| {
        format!("{}:{} {}: {}", w.path, w.line.unwrap_or(0), w.rule, w.message)
    };
    found.warnings.iter().map(text).collect()
}

const UV: &str = r#"version = 1

[[package]]
name = "app"
version = "1.0.0"
source = { editable = "." }
dependencies = [
    { name = "fork", version = "1.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.13'" },
    { name = "fork", version = "2.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.13'" },
    { name = "served", extra = ["standard"] },
]

[package.optional-dependencies]
web = [{ name = "only-web" }]

[package.dev-dependencies]
dev = [{ name = "only-dev" }]

[package.metadata]
requires-dist = [{ name = "fork" }, { name = "served" }, { name = "only-web", marker = "extra == 'web'" }]

[[package]]
name = "fork"
version = "1.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "fork"
version = "2.0"
source = { registry = "https://ann:secret@example.org/simple" }
sdist = { url = "https://ann:secret@example.org/fork.tar.gz", hash = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }

[[package]]
name = "only-dev"
version = "1"
source = { git = "https://example.org/d.git?rev=main#0123" }

[[package]]
name = "only-web"
version = "1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "served"
version = "1"
source = { registry = "https://pypi.org/simple" }

[package.optional-dependencies]
standard = [{ name = "with-standard" }]
unused = [{ name = "only-web" }]

[[package]]
name = "with-standard"
version = "1"
source = { registry = "https://pypi.org/simple" }
"#;

#[test]
fn uv_keeps_forks_extras_groups_and_markers() {
    let lock = UV.replace(
        "version = \"2.0\", source = { registry = \"https://pypi.org/simple\" }",
        "version = \"2.0\", source = { registry = \"https://ann:secret@example.org/simple\" }",
    );
    let project =
        "[project]\nname = 'app'\nversion = '1.1.0'\ndependencies = ['fork>=1', 'New_One [x] ; a']";
    let found = of(&[("uv.lock", &lock), ("pyproject.toml", project)]).expect("it is read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r#"
    pypi/app@1.0.0 -> pypi/fork@1.0 Runtime | python_full_version < '3.13'
    pypi/app@1.0.0 -> pypi/fork@2.0?repository_url=https:%2F%2Fexample.org%2Fsimple Runtime | python_full_version >= '3.13'
    pypi/app@1.0.0 -> pypi/only-dev@1?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fd.git%400123 Dev("dev")
    pypi/app@1.0.0 -> pypi/only-web@1 Extra("web")
    pypi/app@1.0.0 -> pypi/served@1 Runtime | standard
    pypi/served@1 -> pypi/only-web@1 Extra("unused")
    pypi/served@1 -> pypi/with-standard@1 Extra("standard")
    "#);
    insta::assert_snapshot!(needs(&found), @r"
    pkg:pypi/app@1.0.0 Required
    pkg:pypi/fork@1.0 Required
    pkg:pypi/fork@2.0?repository_url=https:%2F%2Fexample.org%2Fsimple Required
    pkg:pypi/only-dev@1?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fd.git%400123 Development
    pkg:pypi/only-web@1 Optional
    pkg:pypi/served@1 Required
    pkg:pypi/with-standard@1 Required
    ");
    insta::assert_snapshot!(warnings(&found).join("\n"), @r"
    uv.lock:3 lock.stale: is stale: it has app 1.0.0, and pyproject.toml says 1.1.0; lock again
    uv.lock:3 lock.stale: is stale: pyproject.toml asks for new-one, and the lock was made without it; lock again
    ");
    assert_eq!(found.root.map(|root| found.components[root].name.as_str()), Some("app"));
    let said = format!("{found:?}");
    assert!(!said.contains("secret"), "credentials are stripped: {said}");
    assert_eq!(found.components[1].occurrences[0].line, 22);
}

#[test]
fn cargo_resolves_by_name_version_and_source() {
    let lock = r#"version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["one 1.0.0", "one 2.0.0", "two"]
[[package]]
name = "one"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
[[package]]
name = "one"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "two"
version = "1.0.0"
source = "git+https://token@example.org/two?branch=main#0123abc"
dependencies = ["one 2.0.0 (registry+https://github.com/rust-lang/crates.io-index)"]
"#;
    let manifest = "[package]\nname = 'app'\nversion = '0.2.0'";
    let found = of(&[("sub/Cargo.lock", lock), ("sub/Cargo.toml", manifest)]).expect("read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r"
    cargo/app@0.1.0 -> cargo/one@1.0.0 Runtime
    cargo/app@0.1.0 -> cargo/one@2.0.0 Runtime
    cargo/app@0.1.0 -> cargo/two@1.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ftwo%400123abc Runtime
    cargo/two@1.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ftwo%400123abc -> cargo/one@2.0.0 Runtime
    ");
    insta::assert_snapshot!(warnings(&found).join("\n"), @"sub/Cargo.lock:2 lock.stale: is stale: it has app 0.1.0, and sub/Cargo.toml says 0.2.0; lock again");
    let app = &found.components[found.root.expect("one project")];
    assert_eq!(app.origin, Origin::Local("sub".to_owned()));
    assert_eq!(app.need, None, "a Cargo.lock tells no scopes apart");
}

const NPM: &str = r#"{
  "name": "app", "version": "1.0.0", "lockfileVersion": 3,
  "packages": {
    "": {"name": "app", "version": "1.0.0", "dependencies": {"a": "^1"}, "devDependencies": {"d": "1", "ws": "1"},
      "optionalDependencies": {"missing": "1"}},
    "node_modules/a": {"version": "1.0.0", "resolved": "https://u:p@registry.npmjs.org/a/-/a-1.0.0.tgz",
      "integrity": "sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "license": "MIT",
      "dependencies": {"b": "^2"}, "peerDependencies": {"p": "1", "q": "1"}, "peerDependenciesMeta": {"p": {"optional": true}}},
    "node_modules/a/node_modules/b": {"version": "2.0.0", "license": {"type": "ISC"}},
    "node_modules/b": {"version": "1.0.0", "dev": true},
    "node_modules/d": {"name": "real", "version": "3.0.0", "dev": true, "dependencies": {"b": "1"}},
    "node_modules/ws": {"resolved": "packages/ws", "link": true},
    "packages/ws": {"version": "0.1.0", "dependencies": {"a": "1"}}
  }
}"#;

#[test]
fn npm_resolves_as_node_does() {
    let found = of(&[("package-lock.json", NPM)]).expect("it is read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r#"
    npm/a@1.0.0 -> npm/b@2.0.0 Runtime
    npm/app@1.0.0 -> npm/a@1.0.0 Runtime
    npm/app@1.0.0 -> npm/real@3.0.0 Dev("dev")
    npm/app@1.0.0 -> npm/ws@0.1.0 Dev("dev")
    npm/real@3.0.0 -> npm/b@1.0.0 Runtime
    npm/ws@0.1.0 -> npm/a@1.0.0 Runtime
    "#);
    insta::assert_snapshot!(needs(&found), @r"
    pkg:npm/a@1.0.0 Required
    pkg:npm/app@1.0.0 Required
    pkg:npm/b@1.0.0 Development
    pkg:npm/b@2.0.0 Required
    pkg:npm/real@3.0.0 Development
    pkg:npm/ws@0.1.0 Required
    ");
    insta::assert_snapshot!(warnings(&found).join("\n"), @"package-lock.json:6 lock.unmet: has no q, which a asks for (peer)");
    assert!(!format!("{found:?}").contains("u:p"));
    assert_eq!(found.components[0].licences, ["MIT"]);
    assert_eq!(found.components[0].occurrences[0].line, 6);
}

#[test]
fn npm_of_version_1_asks_the_project_for_its_edges() {
    let lock = r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 1, "requires": true, "dependencies": {
      "a": {"version": "1.0.0", "requires": {"b": "2", "o": "1"}, "dependencies": {"b": {"version": "2.0.0"}}},
      "b": {"version": "npm:real@1.0.0", "dev": true},
      "g": {"version": "git+ssh://git@example.org/g.git#0123", "dev": true},
      "o": {"version": "1.0.0", "optional": true}}}"#;
    let manifest = r#"{"version": "1.0.0", "dependencies": {"a": "1"}, "devDependencies": {"b": "1", "g": "x"}}"#;
    let found = of(&[("package-lock.json", lock), ("package.json", manifest)]).expect("read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r#"
    npm/a@1.0.0 -> npm/b@2.0.0 Runtime
    npm/a@1.0.0 -> npm/o@1.0.0 Optional
    npm/app@1.0.0 -> npm/a@1.0.0 Runtime
    npm/app@1.0.0 -> npm/g?vcs_url=git%2Bssh:%2F%2Fgit%40example.org%2Fg.git%400123 Dev("dev")
    npm/app@1.0.0 -> npm/real@1.0.0 Dev("dev")
    "#);
    insta::assert_snapshot!(needs(&found), @r"
    pkg:npm/a@1.0.0 Required
    pkg:npm/app@1.0.0 Required
    pkg:npm/b@2.0.0 Required
    pkg:npm/g?vcs_url=git%2Bssh:%2F%2Fgit%40example.org%2Fg.git%400123 Development
    pkg:npm/o@1.0.0 Optional
    pkg:npm/real@1.0.0 Development
    ");
    let alone = of(&[("package-lock.json", lock)]).expect("it is read");
    assert_eq!(alone.warnings[0].rule, "lock.no-root-edges");
}

#[test]
fn pnpm_joins_what_differs_in_peers_only() {
    let lock = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        \
        version: 1.0.0(p@1.0.0)\n    devDependencies:\n      alias:\n        specifier: npm:b@2\n        version: b@2.0.0\n  \
        pkg/x:\n    dependencies:\n      root:\n        specifier: workspace:*\n        version: link:../..\n\
        packages:\n  a@1.0.0:\n    resolution: {integrity: sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=}\n    peerDependencies:\n      p: '*'\n  \
        b@2.0.0:\n    resolution: {tarball: https://u:p@example.org/b.tgz}\n  p@1.0.0:\n    resolution: {integrity: x}\n\
        snapshots:\n  a@1.0.0(p@1.0.0):\n    dependencies:\n      p: 1.0.0\n    optionalDependencies:\n      b: 2.0.0\n  \
        a@1.0.0: {}\n  b@2.0.0: {}\n  p@1.0.0: {}\n";
    let manifest = r#"{"name": "top", "version": "1.2.3"}"#;
    let found = of(&[("pnpm-lock.yaml", lock), ("package.json", manifest)]).expect("read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r#"
    npm/a@1.0.0 -> npm/b@2.0.0 Optional
    npm/a@1.0.0 -> npm/p@1.0.0 Peer
    npm/pkg%2Fx -> npm/top@1.2.3 Runtime
    npm/top@1.2.3 -> npm/a@1.0.0 Runtime
    npm/top@1.2.3 -> npm/b@2.0.0 Dev("dev")
    "#);
    insta::assert_snapshot!(needs(&found), @r"
    pkg:npm/a@1.0.0 Required
    pkg:npm/b@2.0.0 Optional
    pkg:npm/p@1.0.0 Required
    pkg:npm/pkg%2Fx Required
    pkg:npm/top@1.2.3 Required
    ");
    assert_eq!(found.root.map(|root| found.components[root].name.as_str()), Some("top"));
    assert!(!format!("{found:?}").contains("u:p"));
}

#[test]
fn yarn_asks_the_project_for_its_edges() {
    let lock = "# yarn lockfile v1\n\n\n\"@s/a@^1.0.0\", \"@s/a@^1.1.0\":\n  version \"1.1.0\"\n  \
        resolved \"https://u:p@registry.yarnpkg.com/@s/a/-/a-1.1.0.tgz#0123456789012345678901234567890123456789\"\n  \
        dependencies:\n    b \"^2\"\n  optionalDependencies:\n    gone \"1\"\n    o \"1\"\n\n\
        \"alias@npm:real@^3\":\n  version \"3.0.0\"\n  resolved \"git+ssh://git@example.org/r.git#abc\"\n\n\
        b@^2.5:\n  version \"2.5.0\"\n\no@1:\n  version \"1.0.0\"\n";
    let manifest = r#"{"name": "app", "dependencies": {"@s/a": "^1.0.0", "new": "1"}, "devDependencies": {"alias": "npm:real@^3"}}"#;
    let found = of(&[("yarn.lock", lock), ("package.json", manifest)]).expect("it is read");
    insta::assert_snapshot!(edges(&found).join("\n"), @r#"
    npm/%40s/a@1.1.0 -> npm/b@2.5.0 Runtime
    npm/%40s/a@1.1.0 -> npm/o@1.0.0 Optional
    npm/app -> npm/%40s/a@1.1.0 Runtime
    npm/app -> npm/real@3.0.0?vcs_url=git%2Bssh:%2F%2Fgit%40example.org%2Fr.git%40abc Dev("dev")
    "#);
    insta::assert_snapshot!(needs(&found), @r"
    pkg:npm/%40s/a@1.1.0 Required
    pkg:npm/app Required
    pkg:npm/b@2.5.0 Required
    pkg:npm/o@1.0.0 Optional
    pkg:npm/real@3.0.0?vcs_url=git%2Bssh:%2F%2Fgit%40example.org%2Fr.git%40abc Development
    ");
    insta::assert_snapshot!(warnings(&found).join("\n"), @"yarn.lock:0 lock.stale: is stale: package.json asks for new@1, which is not in it; lock again");
    assert!(!format!("{found:?}").contains("u:p"));
    let alone = of(&[("yarn.lock", lock)]).expect("it is read");
    assert_eq!(alone.warnings[0].rule, "lock.no-root-edges");
}

#[test]
fn what_is_no_lock_file_is_refused_with_its_place() {
    let cases = [
        ("uv.lock", ""),
        ("Cargo.lock", "version = 4"),
        ("yarn.lock", ""),
        ("package-lock.json", "{}"),
        ("package-lock.json", "{\"lockfileVersion\": 4, \"packages\": {}}"),
        ("uv.lock", "version = 1\n[[package]]\nversion = '1'\n"),
        ("uv.lock", "version = 1\n[[package]]\nname = 'a'\ndependencies = [{ name = 'b' }]\n"),
        ("a/Cargo.lock", "[[package]]\nname = 'a'\nversion = '1'\ndependencies = ['b']\n"),
        ("Cargo.lock", "<<<<<<< HEAD\n"),
        (
            "package-lock.json",
            "{\"lockfileVersion\": 3,\n\"packages\": {\n\"\": {\n\"version\": 1}}}",
        ),
        ("package-lock.json", "[]"),
        ("yarn.lock", "# yarn lockfile v1\na@^1:\n  resolved x\n"),
        ("yarn.lock", "<<<<<<< HEAD\n"),
        ("pnpm-lock.yaml", "lockfileVersion: '7.0'\n"),
        ("pnpm-lock.yaml", ""),
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\nsnapshots:\n  a@1: &x {}\n"),
        (
            "pnpm-lock.yaml",
            "lockfileVersion: '9.0'\nsnapshots:\n  a@1:\n    dependencies:\n      b: 1\n",
        ),
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|(path, text)| of(&[(path, text)]).expect_err("it is none").to_string())
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    uv.lock: is of no version that is read: version = 1 is
    Cargo.lock: has no package
    yarn.lock: has no entry
    package-lock.json: has as its lockfileVersion none, and 1 to 3 are read
    package-lock.json: has as its lockfileVersion 4, and 1 to 3 are read
    uv.lock:2: has a package without a name
    uv.lock:4: names a dependency that it does not hold
    a/Cargo.lock:1: has no package for the dependency "b"
    Cargo.lock:1: key with no value, expected `=`
    package-lock.json:4: invalid type: integer `1`, expected a string
    package-lock.json:1: is no JSON object
    yarn.lock:2: has an entry without a name or a version
    yarn.lock:1: is no line of a lock file of Yarn 1
    pnpm-lock.yaml:1: has lockfileVersion "7.0", and 5, 6 and 9 are read
    pnpm-lock.yaml:1: is empty
    pnpm-lock.yaml:3: this line begins with a sign that lock files do not hold
    pnpm-lock.yaml:5: has no package for b 1
    "#);
    let bytes = std::collections::BTreeMap::from([("uv.lock".to_owned(), b"a\n\xff".to_vec())]);
    let error = leadforge_sbom::inventory(&bytes, &leadforge_sbom::Config::default());
    assert_eq!(error.expect_err("no text").to_string(), "uv.lock:2: is not UTF-8");
    let small = leadforge_sbom::Config { file_bytes: 2 };
    let error = leadforge_sbom::inventory(&bytes, &small).expect_err("too large");
    assert!(matches!(error, Error::Tree(_)), "{error}");
}

#[test]
fn what_is_not_read_is_named() {
    let found =
        of(&[("a/bun.lockb", "\u{1}"), ("pom.xml", "x"), ("README.md", "x")]).expect("read");
    let paths: Vec<&str> = found.unread.iter().map(|unread| unread.path.as_str()).collect();
    assert_eq!(paths, ["a/bun.lockb", "pom.xml"]);
    let both = of(&[("package-lock.json", "no JSON"), ("npm-shrinkwrap.json", NPM)]).expect("read");
    assert_eq!(both.sources[0].extractor, "npm-shrinkwrap");
}
