//! `verify` as its users meet it; what it refuses stands in the table of fakes of the package `tests`.

use super::Repo;

#[test]
fn what_is_not_completed_is_no_proof() {
    let repo = Repo::with(&[("lf-aa", "verify = [\"true\"]\n")]);
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "a task"]);
    let told = repo.run(&["verify", "lf-aa"]);
    assert_eq!((told.code, told.err.as_str()), (1, ""));
    insta::assert_snapshot!(told.out, @r#""lf-aa" is not completed: no completed file of it at HEAD"#);
    let told = repo.run(&["verify", "lf-aa", "--no-run", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!((told.code, &json["outcome"]), (1, &"findings".into()));
    assert_eq!(json["findings"][0]["rule"], "completed.missing");
}

#[test]
fn a_revision_that_is_not_there_is_a_wrong_call() {
    let repo = Repo::with(&[("lf-aa", "")]);
    insta::assert_snapshot!(repo.failure(&["verify", "lf-aa", "--at", "nowhere"]), @"
    exit 2  verify.revision
    error: nowhere names no commit here
    ");
    insta::assert_snapshot!(repo.failure(&["verify", "lf-aa", "--config", "gone.toml"]), @"
    exit 3  config.read
    error: cannot read gone.toml: No such file or directory (os error 2)
    ");
}

#[test]
fn evidence_that_cannot_be_read_is_refuted_in_every_format() {
    let repo = Repo::new();
    repo.write("docs/TASKS/queue/completed/lf-aa.md", "+++\ntitle = \"x\"\n+++\n");
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "done, I say"]);
    let told = repo.run(&["verify", "lf"]);
    assert_eq!(told.code, 1);
    insta::assert_snapshot!(told.out, @"
    lf-aa  refuted
      refuted   docs/TASKS/queue/completed/lf-aa.md has no evidence ([done]) (evidence.unreadable)
    ");
    let github = repo.run(&["verify", "lf-aa", "--format", "github"]);
    assert_eq!(github.code, 1);
    assert!(
        github.out.starts_with("::error file=docs/TASKS/queue/completed/lf-aa.md"),
        "{}",
        github.out
    );
    let sarif = repo.run(&["verify", "lf-aa", "--format", "sarif"]);
    assert!(sarif.out.contains("evidence.unreadable"), "{}", sarif.out);
}

#[test]
fn a_file_whose_name_is_no_id_is_no_completion() {
    let repo = Repo::new();
    repo.write(
        "docs/TASKS/queue/completed/lf-abc\u{1b}]0;pwned\u{7}a.md",
        "+++\ntitle = \"x\"\n+++\n",
    );
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "a name"]);
    for color in ["always", "never"] {
        let told = repo.run(&["verify", "lf-abc", "--color", color]);
        let said = format!("{}{}", told.out, told.err);
        assert!(!said.contains("\u{1b}]"), "{said:?}");
        assert!(told.code == 1 && said.contains("is not completed"), "{said}");
    }
}
