//! `.dockerignore`: Docker's meaning of patterns, and a proposal that drops nothing that is taken.

use leadforge_container_audit::dockerignore::{Ignore, needs, propose, sources};
use proptest::prelude::*;

#[test]
fn patterns() {
    // The examples of Docker's documentation, and what follows from its words.
    for (text, path, out) in [
        ("*/temp*", "somedir/temporary.txt", true),
        ("*/temp*", "somedir/temp/a", true),
        ("*/temp*", "a/b/temp", false),
        ("*/*/temp*", "somedir/subdir/temporary.txt", true),
        ("temp?", "tempa", true),
        ("temp?", "temp", false),
        ("**/*.go", "a.go", true),
        ("**/*.go", "a/b/c.go", true),
        ("*.md\n!README.md", "README.md", false),
        ("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true),
        ("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false),
        ("/foo/bar", "foo/bar", true),
        ("foo/bar/", "foo/bar/x", true),
        ("./foo", "foo", true),
        ("# c\n  a  ", "a", true),
        ("*\n!src/app", "src/app/x", false),
        ("*\n!src/app", "src/other", true),
        ("a/**", "a/b/c", true),
        ("a/**/d", "a/d", true),
        ("**", "x/y", true),
        ("[a-c]x", "bx", true),
        ("[^a-c]x", "bx", false),
        ("a\\*b", "a*b", true),
        ("a\\*b", "axb", false),
        ("a*b", "a/b", false),
        ("../a", "a", true),
    ] {
        assert_eq!(Ignore::read(text).excludes(path), out, "{text:?} {path}");
    }
    let slow = format!("{}b", "*a".repeat(40));
    assert!(!Ignore::read(&slow).excludes(&"a".repeat(4000)));
}

fn files(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn named_sources() {
    let text = "FROM a:1 AS b\nCOPY pyproject.toml uv.lock /app/\nRUN --mount=type=bind,source=tools,target=/t x\n\
                COPY --from=b /x /y\nADD https://x /z\nCOPY src/ /app/src/\n";
    let all = files(&[
        ".git/HEAD",
        "README.md",
        "pyproject.toml",
        "src/a.py",
        "src/__pycache__/a.pyc",
        "tests/t.py",
        "tools/x",
        "uv.lock",
    ]);
    let proposal = propose(&[text], &all);
    assert_eq!(proposal.kept, ["pyproject.toml", "src/a.py", "tools/x", "uv.lock"]);
    assert!(
        proposal.text.contains("\n*\n!pyproject.toml\n!src\n!tools\n!uv.lock\n"),
        "{}",
        proposal.text
    );
}

#[test]
fn whole_context() {
    let text = "FROM a:1\nCOPY . .\nCOPY .github/x /y\nRUN npm ci\n";
    let all = files(&[
        ".env",
        ".git/HEAD",
        ".github/x",
        ".venv/pyvenv.cfg",
        "Dockerfile",
        "a.js",
        "docs/a.md",
        "node_modules/b/c.js",
    ]);
    let proposal = propose(&[text], &all);
    assert_eq!(proposal.kept, [".github/x", "a.js", "docs/a.md"]);
    // What no RUN installs anew is what runs.
    let proposal = propose(&["FROM a:1\nCOPY . .\n"], &all);
    assert!(proposal.kept.contains(&"node_modules/b/c.js".to_owned()));
}

#[test]
fn variables_are_any_name() {
    let all = files(&["app-1.jar", "app-2.jar", "x/y"]);
    let taken = sources("ARG V=1\nFROM a:1\nCOPY app-${V}.jar /\n");
    assert_eq!(needs(&taken, &all), ["app-1.jar", "app-2.jar"]);
    assert_eq!(propose(&["FROM a:1\nARG D\nCOPY $D/y /z\n"], &all).kept, ["x/y"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is taken by name stays, and what stays besides is only what Docker's patterns cannot tell apart.
    #[test]
    fn nothing_taken_is_dropped(
        names in prop::collection::btree_set("[ab.]{1,2}(/[abc]{1,2}){0,3}", 1..30),
        picks in prop::collection::vec(("[ab*?]{1,2}(/[abc*]{1,2}){0,2}/?", any::<bool>()), 1..4),
    ) {
        let all: Vec<String> = names.into_iter().filter(|name| name.split('/').all(|part| part != "." && part != "..")).collect();
        let text: String = picks
            .iter()
            .map(|(pick, json)| if *json { format!("COPY [\"{pick}\", \"/x/\"]\n") } else { format!("ADD {pick} ./{pick} /x/\n") })
            .collect();
        let text = format!("FROM a:1\n{text}");
        let taken = sources(&text);
        let proposal = propose(&[&text], &all);
        for file in needs(&taken, &all) {
            prop_assert!(proposal.kept.iter().any(|kept| kept == file), "{file} of\n{text}\n{}", proposal.text);
        }
        if taken.iter().all(|source| !source.is_whole()) {
            prop_assert_eq!(&proposal.kept, &needs(&taken, &all));
        }
    }

    /// The matcher is the regular expression that Docker's documentation describes, tried letter by letter.
    #[test]
    fn matcher(pattern in "[ab*?/]{0,8}", path in "[ab](/?[ab]){0,5}") {
        let cleaned: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
        let cleaned = cleaned.join("/");
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let slow = !cleaned.is_empty() && ends.into_iter().any(|end| simple(cleaned.as_bytes(), &path.as_bytes()[..end]));
        prop_assert_eq!(Ignore::read(&pattern).excludes(&path), slow, "{} {}", cleaned, path);
    }
}

/// The same by trying everything.
fn simple(pattern: &[u8], path: &[u8]) -> bool {
    let stars = pattern.iter().take_while(|byte| **byte == b'*').count();
    match pattern {
        [] => path.is_empty(),
        _ if stars >= 2 => {
            let rest = &pattern[stars..];
            match rest.first() {
                Some(b'/') => {
                    simple(&rest[1..], path)
                        || (0..path.len())
                            .any(|at| path[at] == b'/' && simple(&rest[1..], &path[at + 1..]))
                }
                _ => (0..=path.len()).any(|at| simple(rest, &path[at..])),
            }
        }
        [b'*', rest @ ..] => (0..=path.len())
            .take_while(|at| !path[..*at].contains(&b'/'))
            .any(|at| simple(rest, &path[at..])),
        [b'?', rest @ ..] => {
            path.first().is_some_and(|byte| *byte != b'/') && simple(rest, &path[1..])
        }
        [byte, rest @ ..] => path.first() == Some(byte) && simple(rest, &path[1..]),
    }
}
