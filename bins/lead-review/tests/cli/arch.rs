//! `lead-review arch`: contracts held against a tree and a change, and drawings that are checked for drift.

use crate::Repo;

const RULES: &str = r#"# Rules

## The core knows no page {#core}

```toml rule
level = "error"
imports = { layers = ["app.web", "app.util", "app.core"], ignore_imports = ["app.core.old -> app.web"] }
bad = [{ "app/__init__.py" = "", "app/web.py" = "", "app/util.py" = "", "app/core.py" = "import app.web\n" }]
good = [{ "app/__init__.py" = "", "app/web.py" = "import app.core\n", "app/util.py" = "", "app/core.py" = "" }]
```
"#;

fn repo() -> Repo {
    Repo::new(&[
        ("docs/review/RULES.md", RULES),
        ("app/__init__.py", ""),
        ("app/web.py", "import app.core\nimport app.util\n"),
        ("app/util.py", "import os\n"),
        ("app/core.py", "import app.help\n"),
        ("app/help.py", "x = 1\n"),
    ])
}

/// The chain goes through a file that the change did not touch.
#[test]
fn what_a_change_causes_also_in_files_that_it_did_not_touch() {
    let repo = repo();
    repo.write("app/help.py", "x = 1\nimport app.util\n");
    let answer = repo.call(&["arch", "check", "--format", "json"]);
    assert_eq!((answer.code, answer.told()), (1, vec!["core app/help.py:2".to_owned()]));
    let json = answer.json();
    let message = json["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("app.core imports app.util, through app.help"), "{message}");
    assert_eq!(json["data"]["looked"]["lines"], 1, "{json}");
    // What was wrong before is no fault of the change, and is one of the tree.
    repo.git(&["checkout", "-q", "main"]);
    repo.commit();
    repo.write("app/core.py", "import app.help\nimport sys\n");
    let change = repo.call(&["arch", "check", "--base", "HEAD"]);
    assert_eq!(change.code, 0, "{}{}", change.out, change.err);
    let whole = repo.call(&["arch", "check", "--whole"]);
    assert_eq!(whole.code, 1, "{}{}", whole.out, whole.err);
    assert!(whole.out.contains("looked at 5 files, 7 lines\n"), "{}", whole.out);
    assert!(whole.out.contains("fits no import any more"), "{}", whole.out);
    let before = repo.call(&["arch", "check", "--whole", "--head", "main~1"]);
    assert_eq!(before.code, 0, "{}{}", before.out, before.err);
}

#[test]
fn what_was_not_read_is_named_and_no_pass() {
    let repo = repo();
    repo.write("app/core.py", "import app.help\nimport app.gone\ndef (:\n'''\n");
    let answer = repo.call(&["arch", "check", "--whole"]);
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("but not at\n  app/core.py: line "), "{}", answer.out);
    let none = Repo::new(&[("app.py", "x = 1\n"), ("docs/review/RULES.md", crate::RULES)]);
    let answer = none.call(&["arch", "check", "--whole"]);
    assert_eq!(answer.code, 3);
    assert!(answer.out.contains("not looked: no rule is about imports"), "{}", answer.out);
    none.write("x.py", "");
    assert_eq!(none.call(&["arch", "check"]).code, 3);
    let layers = "# R\n\n## A {#a}\n\n```toml rule\nlevel = \"error\"\nimports = { layers = [\"src/a\", \"src/b\"] }\nbad = [{ \"src/a.ts\" = \"\", \"src/b.ts\" = \"import './a'\\n\" }]\ngood = [{ \"src/a.ts\" = \"\", \"src/b.ts\" = \"\" }]\n```\n";
    let unread = Repo::new(&[
        ("docs/review/RULES.md", layers),
        ("src/a.ts", ""),
        ("src/b.ts", ""),
        ("src/x.vue", "<script>import './a'</script>\n"),
        ("src/y.vue", ""),
        ("node_modules/z.vue", ""),
    ]);
    let answer = unread.call(&["arch", "check", "--whole"]);
    assert_eq!(answer.code, 3, "{}", answer.out);
    let told = "src/x.vue and 1 more: what a .vue file imports is not read";
    assert!(answer.out.contains(told), "{}", answer.out);
}

/// What is let pass by the baseline is told, and does not fail.
#[test]
fn a_finding_that_is_let_pass() {
    let repo = repo();
    repo.write("app/help.py", "x = 1\nimport app.util\n");
    let json = repo.call(&["arch", "check", "--format", "json"]).json();
    let print = json["findings"][0]["fingerprint"].as_str().unwrap();
    let add =
        repo.call(&["baseline", "add", print, "--reason", "moves soon", "--until", "2999-01-01"]);
    assert_eq!(add.code, 0, "{}", add.err);
    let whole = repo.call(&["arch", "check", "--whole"]);
    assert_eq!(whole.code, 0, "{}{}", whole.out, whole.err);
    assert!(whole.out.contains("let pass by the baseline: 1"), "{}", whole.out);
}

#[test]
fn a_drawing_is_made_held_against_the_code_and_never_loses_an_edit() {
    for name in ["docs/imports.svg", "docs/imports.mmd"] {
        let repo = repo();
        let draw =
            |more: &[&str]| repo.call(&[&["arch", "diagram", "--output", name][..], more].concat());
        let path = repo.dir.path().join(name);
        let missing = draw(&["--check"]);
        assert_eq!((missing.code, path.exists()), (1, false), "{}", missing.err);
        assert_eq!(draw(&[]).code, 0);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("core") && text.contains("sha256:"), "{text}");
        assert_eq!((draw(&["--check"]).code, draw(&[]).code), (0, 0));
        // Other imports: old, shown, and made anew.
        repo.write("app/util.py", "import app.core\n");
        let old = draw(&["--check"]);
        assert_eq!(old.code, 1);
        assert!(old.out.starts_with("old ") && old.out.contains("\n+"), "{}", old.out);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "a check writes nothing");
        assert_eq!((draw(&[]).code, draw(&["--check"]).code), (0, 0));
        // An edit by hand: shown, and kept.
        let edited = std::fs::read_to_string(&path).unwrap().replacen("core", "heart", 1);
        std::fs::write(&path, &edited).unwrap();
        for more in [&["--check"][..], &[]] {
            let answer = draw(more);
            assert_eq!(answer.code, 1, "{}", answer.out);
            assert!(answer.out.starts_with("edited ") && answer.out.contains("heart"));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), edited);
        }
    }
}

#[test]
fn what_cannot_be_drawn() {
    let repo = repo();
    let code = |args: &[&str]| repo.call(&[&["arch", "diagram"], args].concat()).code;
    assert_eq!(code(&["--output", "x.png"]), 2);
    assert_eq!(code(&["--check"]), 2);
    assert_eq!(code(&["--language", "rust"]), 3);
    assert_eq!(code(&["--within", "nothing"]), 3);
    repo.write("app/core.py", "import app.gone\n'''\n");
    let answer = repo.call(&["arch", "diagram", "--output", "x.svg"]);
    assert_eq!(answer.code, 3, "{}", answer.out);
    assert!(answer.out.contains("but not at\n  app/core.py"), "{}", answer.out);
    let except = ["arch", "diagram", "--output", "x.svg", "--except", "app/core.py"];
    assert_eq!(repo.call(&except).code, 0);
}
