//! `lead-sbom make git:REV`, `why` and `blame`: revisions, ways and who brought a component in.

use std::process::Command;

use crate::Folder;

const ONE: &str = r#"version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["mid"]
[[package]]
name = "mid"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["deep"]
[[package]]
name = "deep"
version = "0.1.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

/// Runs git in the folder, as nobody but this test.
fn git(folder: &Folder, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder.path()).args(args);
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_DATE", "@86400 +0000"),
        ("GIT_COMMITTER_DATE", "@86400 +0000"),
        ("GIT_AUTHOR_NAME", "Ann"),
        ("GIT_AUTHOR_EMAIL", "ann@example.org"),
        ("GIT_COMMITTER_NAME", "Ann"),
        ("GIT_COMMITTER_EMAIL", "ann@example.org"),
    ] {
        command.env(name, value);
    }
    let done = command.output().expect("git starts");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A repository in which a person adds two crates, an agent raises one, and a broken lock lies between.
fn repository() -> Folder {
    let folder = Folder::new(&[("a/Cargo.lock", ONE)]);
    let commit = |folder: &Folder, text: &str, message: &str| {
        folder.write("a/Cargo.lock", text);
        git(folder, &["add", "-A"]);
        git(folder, &["commit", "-q", "-m", message]);
    };
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder, ONE, "one");
    commit(&folder, "<<<<<<<", "broken");
    let two =
        ONE.replace("name = \"deep\"\nversion = \"0.1.0\"", "name = \"deep\"\nversion = \"0.2.0\"");
    commit(&folder, &two, "raise deep\n\nCo-authored-by: Claude <noreply@anthropic.com>");
    folder
}

#[test]
fn a_revision_is_read_without_a_checkout() {
    let folder = repository();
    let now = folder.call(&["make", "a"]);
    assert_eq!(folder.call(&["make", "git:HEAD:a"]).out, now.out);
    assert!(now.out.contains("deep@0.2.0"));
    let then = folder.call(&["make", "git:HEAD~2"]);
    assert!(then.out.contains("deep@0.1.0") && then.out.contains("\"a/Cargo.lock\""));
    assert_eq!(folder.call(&["make", "git:HEAD~1"]).code, 2);
    let left = folder.call(&["make", "git:HEAD", "--exclude", "a"]);
    assert_eq!(left.code, 3, "nothing is left to look at");
    let none = folder.call(&["make", "git:nothing"]);
    assert_eq!(none.code, 2);
    insta::assert_snapshot!(none.err, @r"
    error: nothing names no commit
    hint: git tag and git branch list what there is
    ");
    assert_eq!(folder.call(&["make", "git:HEAD:b"]).code, 2);
}

#[test]
fn why_shows_the_way_from_the_project() {
    let folder = repository();
    let answer = folder.call(&["why", "deep", "a"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.out, @r"
    pkg:cargo/deep@0.2.0
      app@0.1.0 > mid@1.0.0 > deep@0.2.0
      at Cargo.lock:11
    ");
    let json =
        folder.call(&["why", "pkg:cargo/deep@0.1.0", "git:HEAD~2", "--format", "json"]).json();
    assert_eq!(json["data"][0]["ways"][0].as_array().map(Vec::len), Some(3));
    let none = folder.call(&["why", "absent"]);
    assert_eq!((none.code, none.out.as_str()), (1, "absent is not inside\n"));
}

#[test]
fn blame_names_the_commit_and_who_made_it() {
    let folder = repository();
    let rows = folder.call(&["blame", "--format", "json"]).json();
    let row = |name: &str| {
        let rows = rows["data"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["name"] == name).expect("it is there").clone();
        let short = |who: &serde_json::Value| {
            format!(
                "{} {} {}",
                who["subject"].as_str().unwrap_or("-"),
                who["kind"],
                who["identity"]
            )
        };
        format!("{name}: {} / {}", short(&row["version_since"]), short(&row["introduced"]))
    };
    insta::assert_snapshot!([row("mid"), row("deep")].join("\n"), @r#"
    mid: one "unmarked" "ann@example.org" / one "unmarked" "ann@example.org"
    deep: raise deep "agent" "claude" / one "unmarked" "ann@example.org"
    "#);
    let text = folder.call(&["blame", "deep@0.2.0"]);
    assert_eq!(text.code, 0);
    assert!(text.out.contains("(agent)") && text.out.contains("1 components"), "{}", text.out);
    insta::assert_snapshot!(text.err.replace(char::is_numeric, "0").split(" at ").next().unwrap_or_default(), @"warning: a/Cargo.lock");
    assert_eq!(folder.call(&["blame", "absent"]).code, 1);
}
