//! People with `lead-queue` and a run with `lead-forge` share one set of leases.

use super::Repo;

const GOOD: &str = "run = \"echo two >> a.txt\"\nverify = [\"grep -q two a.txt\"]";

fn lease(repo: &Repo, id: &str) -> String {
    let claimed = repo.queue(&["claim", id, "--agent", "ann", "--format", "json"]);
    assert_eq!(claimed.code, 0, "{}", claimed.err);
    claimed.json()["data"]["lease"]["token"].as_str().expect("a token").to_owned()
}

#[test]
fn a_task_that_a_person_holds_is_left_alone() {
    let repo = Repo::new();
    repo.task("lf-aa", GOOD);
    let token = lease(&repo, "lf-aa");
    let ran = repo.run(&[]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("skipped lf-aa"), "{}", ran.out);
    assert_eq!(repo.queue(&["release", &token]).code, 0);
    assert_eq!(repo.run(&["-q"]).code, 0);
}

#[test]
fn a_late_finisher_is_refused() {
    let repo = Repo::new();
    repo.task("lf-aa", GOOD);
    let token = lease(&repo, "lf-aa");
    assert_eq!(repo.queue(&["release", "lf-aa", "--take"]).code, 0);
    assert_eq!(repo.run(&["-q"]).code, 0);
    for verb in ["done", "beat"] {
        let late = repo.queue(&[verb, &token, "--format", "json"]);
        assert_eq!(late.code, 4, "{verb}: {}", late.err);
        assert_eq!(late.json()["error"]["code"], "queue.late");
    }
}

#[test]
fn a_failed_task_is_tried_again_after_its_release_and_epochs_only_grow() {
    let repo = Repo::new();
    repo.task("lf-aa", "run = \"echo x >> a.txt\"\nverify = [\"test -e ok\"]\ntries = 1");
    assert_eq!(repo.run(&["-q"]).code, 1);
    assert_eq!(repo.queue(&["ready"]).code, 1, "it waits for a person");
    assert_eq!(repo.queue(&["release", "lf-aa"]).code, 0);
    // Losing the database loses no epoch that a branch knows.
    repo.task(
        "lf-aa",
        "run = \"echo x >> a.txt; echo > ok\"\nverify = [\"test -e ok\"]\ntries = 1",
    );
    assert_eq!(repo.run(&["-q"]).code, 0);
    let done = repo.git(&["show", "leadforge/run:docs/TASKS/queue/completed/lf-aa.md"]);
    assert!(done.contains("epoch = 2"), "{done}");
}

#[test]
fn a_lost_database_is_no_loss() {
    let repo = Repo::new();
    repo.task("lf-aa", "run = \"echo x >> a.txt\"\nverify = [\"false\"]\ntries = 1");
    repo.task("lf-bb", GOOD);
    assert_eq!(repo.run(&["-q"]).code, 1);
    let tip = repo.git(&["rev-parse", "leadforge/run"]);
    drop_database(&repo);
    assert_eq!(repo.run(&["-q"]).code, 1);
    assert_eq!(repo.git(&["rev-parse", "leadforge/run"]), tip, "nothing is done twice");
    let ready = repo.queue(&["ready"]);
    assert_eq!(ready.code, 1, "what is done on a branch is not handed out: {}", ready.out);
    assert_eq!(repo.git(&["branch", "--list", "lf/lf-aa/*"]).lines().count(), 1, "nor tried again");
    drop_database(&repo);
    std::fs::write(repo.path().join(".git/leadforge/queue.db"), "garbage\n".repeat(1_000))
        .expect("written");
    let doctor = repo.queue(&["doctor"]);
    assert!(doctor.err.contains("was set aside as"), "{}{}", doctor.out, doctor.err);
}

fn drop_database(repo: &Repo) {
    for entry in std::fs::read_dir(repo.path().join(".git/leadforge")).expect("there").flatten() {
        if entry.file_name().to_string_lossy().starts_with("queue.db") {
            std::fs::remove_file(entry.path()).expect("removed");
        }
    }
}

#[test]
fn work_done_by_hand_is_verified_and_landed_like_any_other() {
    let repo = Repo::new();
    repo.task("lf-aa", "verify = [\"grep -q two a.txt\"]\nagents = [\"ann\"]");
    repo.task("lf-bb", "verify = [\"grep -q never a.txt\"]\ntries = 1");
    for id in ["lf-aa", "lf-bb"] {
        let token = lease(&repo, id);
        let branch = format!("lf/{}", token.rsplit_once('/').expect("three parts").0);
        repo.git(&["checkout", "-q", "-b", &branch, "main"]);
        repo.write("a.txt", "one\ntwo\n");
        repo.git(&["commit", "-q", "-am", "by Ann's own hands"]);
        repo.git(&["checkout", "-q", "main"]);
        // While it is held, a run leaves it and its branch alone.
        assert_eq!(repo.run(&["-q", id]).code, 1);
        assert_eq!(repo.git(&["log", "-1", "--format=%s", &branch]), "by Ann's own hands");
        let done = repo.queue(&["done", &token]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    let ran = repo.run(&[]);
    assert_eq!(ran.code, 1, "one of them is red: {}{}", ran.out, ran.err);
    assert!(ran.out.contains("landed  lf-aa") && ran.out.contains("failed  lf-bb"), "{}", ran.out);
    assert_eq!(repo.git(&["show", "leadforge/run:a.txt"]), "one\ntwo");
    assert!(repo.git(&["log", "--format=%s", "leadforge/run"]).contains("by Ann's own hands"));
    let file = repo.git(&["show", "leadforge/run:docs/TASKS/queue/completed/lf-aa.md"]);
    assert!(file.contains("agent = \"by hand\""), "{file}");
}
