//! `init`: shows, writes, writes nothing twice, and takes everything back byte for byte.

use super::Repo;

#[test]
fn init_and_undo_leave_no_trace() {
    let repo = Repo::new();
    repo.write(".gitignore", "target/");
    let before = repo.git(&["status", "--porcelain", "--ignored"]);
    let shown = repo.call(&["init", "--dry-run"]);
    assert_eq!(shown.code, 0);
    assert!(
        shown.out.contains("create leadforge.toml") && shown.out.contains("    + [run]"),
        "{}",
        shown.out
    );
    assert_eq!(repo.read("leadforge.toml"), None, "a dry run writes nothing");
    assert_eq!(repo.call(&["init"]).code, 0);
    assert!(repo.read("leadforge.toml").is_some());
    assert_eq!(
        repo.read(".gitignore").as_deref(),
        Some("target/\n# LeadForge's view of running tasks\ndocs/TASKS/queue/in-progress/\n")
    );
    let again = repo.call(&["init"]);
    assert_eq!(again.out, "nothing to do: the repository is ready\n");
    assert_eq!(repo.call(&["doctor"]).code, 0);
    assert_eq!(repo.call(&["init", "--undo"]).code, 0);
    assert_eq!(repo.read(".gitignore").as_deref(), Some("target/"));
    assert_eq!(repo.git(&["status", "--porcelain", "--ignored"]), before);
    assert!(!repo.path().join("docs").exists());
}

#[test]
fn undo_keeps_what_was_changed_since() {
    let repo = Repo::new();
    assert_eq!(repo.call(&["init"]).code, 0);
    repo.write("leadforge.toml", "[run]\njobs = 7\n");
    repo.task("lf-a", "verify = [\"true\"]");
    let undone = repo.call(&["init", "--undo"]);
    assert_eq!(undone.code, 1, "something was kept");
    assert!(undone.out.contains("kept leadforge.toml"), "{}", undone.out);
    assert_eq!(repo.read("leadforge.toml").as_deref(), Some("[run]\njobs = 7\n"));
    assert!(repo.read("docs/TASKS/queue/pending/lf-a.md").is_some());
}

#[test]
fn an_undo_that_was_cut_short_is_completed_by_the_next() {
    let repo = Repo::new();
    let before = repo.git(&["status", "--porcelain", "--ignored"]);
    assert_eq!(repo.call(&["init"]).code, 0);
    // As far as an undo came that failed after its first file.
    std::fs::remove_file(repo.path().join(".gitignore")).expect("removed");
    let undone = repo.call(&["init", "--undo"]);
    assert_eq!((undone.code, undone.err.as_str()), (0, ""), "{}", undone.out);
    assert_eq!(repo.git(&["status", "--porcelain", "--ignored"]), before);
}

#[test]
fn what_is_there_is_never_overwritten() {
    let repo = Repo::new();
    repo.write("leadforge.toml", "# mine\n");
    assert_eq!(repo.call(&["init"]).code, 0);
    assert_eq!(repo.read("leadforge.toml").as_deref(), Some("# mine\n"));
    std::fs::remove_file(repo.path().join(".gitignore")).expect("removed");
    std::os::unix::fs::symlink("/etc/hostname", repo.path().join(".gitignore")).expect("linked");
    let refused = repo.call(&["init"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
}

#[test]
fn a_workflow_is_written_on_demand_and_taken_back() {
    let repo = Repo::new();
    let before = repo.git(&["status", "--porcelain", "--ignored"]);
    assert_eq!(repo.call(&["init"]).code, 0);
    assert!(!repo.path().join(".github").exists(), "only when it is asked for");
    let line = ["init", "--workflow", "visual", "--workflow", "visual"];
    let written = repo.call(&line);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    assert!(written.out.starts_with("create .github/workflows/visual.yml\n"), "{}", written.out);
    let text = repo.read(".github/workflows/visual.yml").expect("it is there");
    let tag = concat!("LEADFORGE_TAG: v", env!("CARGO_PKG_VERSION"), "\n");
    assert!(text.contains(tag) && !text.contains("{{version}}"));
    repo.write(".github/workflows/visual.yml", "# mine\n");
    assert_eq!(repo.call(&line).out, "nothing to do: the repository is ready\n");
    repo.write(".github/workflows/visual.yml", &text);
    assert_eq!(repo.call(&["init", "--undo"]).code, 0);
    assert_eq!(repo.git(&["status", "--porcelain", "--ignored"]), before);
    assert!(!repo.path().join(".github").exists());
    assert_eq!(repo.call(&["init", "--workflow", "pictures"]).code, 2);
}
