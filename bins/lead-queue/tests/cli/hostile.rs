//! Hostile text reaches the terminal only escaped, and JSON only encoded.

use super::Repo;

const TITLE: &str = r#"title = "\u202Etxt.exe <script>alert(1)</script> `$(id)` ::error::x""#;

#[test]
fn titles_and_texts_are_shown_escaped() {
    let repo = Repo::new();
    let text = format!(
        "+++\n{TITLE}\nverify = [\"echo \\u2028x\"]\n+++\n\u{1b}]0;pwn\u{7}\u{9b}31m\n::error::body\n"
    );
    repo.write("docs/TASKS/queue/pending/evil.md", text);
    for args in [
        &["ready"][..],
        &["show", "evil"],
        &["graph"],
        &["graph", "--as", "dot"],
        &["graph", "--as", "mermaid"],
        &["doctor"],
        &["claim"],
    ] {
        let answer = repo.run(args);
        let all = answer.out + &answer.err;
        let raw = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2028}' | '\u{9b}')
        };
        assert!(!all.contains(raw), "{args:?}: {all:?}");
    }
    let json = repo.json(&["show", "evil"]);
    assert!(
        json["data"]["task"]["title"].as_str().expect("text").contains('\u{202e}'),
        "data is data"
    );
}

#[test]
fn file_names_and_arguments_are_shown_escaped() {
    let repo = Repo::new();
    repo.write("docs/TASKS/queue/pending/\u{1b}[31m.md", "x");
    for args in
        [&["claim"][..], &["doctor"], &["show", "\u{1b}[31mx"], &["claim", "--agent", "\u{1b}[31m"]]
    {
        let answer = repo.run(args);
        assert_ne!(answer.code, 101, "{args:?}");
        assert!(!(answer.out + &answer.err).contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn a_hostile_source_is_imported_as_text() {
    let repo = Repo::new();
    repo.write(
        "T.md",
        "- [ ] \u{1b}[31mred\u{7} \u{202e}evil `$(rm -rf ~)`\n  - **Files**: `../../etc/passwd`\n",
    );
    let answer = repo.run(&["import", "T.md"]);
    assert_eq!(answer.code, 0);
    assert!(!answer.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", answer.out);
    assert_eq!(repo.json(&["ready"])["data"]["tasks"][0]["touches"], serde_json::json!([]));
}
