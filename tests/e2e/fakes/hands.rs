//! What somebody tries who claims by hand and works outside of any fence.

use std::collections::BTreeMap;

use leadforge_task_queue::{
    Backend as _, ClaimOutcome, ClaimRequest, Error, History, Holder, Life, Now, Outcome, Queue,
    Store,
};

use super::forge::{candidate, commit_tree};
use super::{Answer, Repo, fakes};

const RED: &str = "verify = [\"grep -q two a.txt\"]\ntries = 1";

pub(super) fn repo() -> Repo {
    Repo::ready(
        "",
        &[("lf-aa", RED), ("lf-bb", "after = [\"lf-aa\"]\nverify = [\"false\"]\ntries = 1")],
    )
}

pub(super) fn claim(repo: &Repo, more: &[&str]) -> String {
    let claimed = repo.queue(&[&["claim", "lf-aa", "--format", "json"], more].concat());
    assert_eq!(claimed.code, 0, "{}", claimed.err);
    claimed.json()["data"]["lease"]["token"].as_str().expect("a token").to_owned()
}

/// Puts a commit with these files on a branch that this makes.
pub(super) fn branch(repo: &Repo, name: &str, message: &str, files: &[(&str, Option<&str>)]) {
    let commit = commit_tree(repo, &["main"], "main", message, files);
    repo.git(&["branch", name, &commit]);
}

pub(super) const GOOD: &[(&str, Option<&str>)] = &[("a.txt", Some("one\ntwo\n"))];

/// Says that a lease is done whose branch is fine.
fn done(repo: &Repo, token: &str) -> Answer {
    let name = format!("lf/{}", token.rsplit_once('/').expect("three parts").0);
    branch(repo, &name, "fine", GOOD);
    repo.queue(&["done", token])
}

fakes! {
    work_that_is_not_committed || {
        let repo = repo();
        let token = claim(&repo, &[]);
        branch(&repo, "lf/lf-aa/1", "nothing in it", &[("b.txt", Some("b\n"))]);
        repo.write("a.txt", "one\ntwo\n");
        assert_eq!(repo.queue(&["done", &token]).code, 0, "it says only that the work is committed");
        let answer = repo.run(&["-q", "--format", "json", "lf-aa"]);
        repo.still_pending("lf-aa");
        answer
    };
    worktree_with_work_that_is_not_committed || {
        let repo = repo();
        let token = claim(&repo, &["--worktree", "../mine"]);
        repo.git(&["-C", "../mine", "commit", "-q", "--allow-empty", "-m", "nothing in it"]);
        repo.write("../mine/a.txt", "one\ntwo\n");
        repo.queue(&["done", &token])
    };
    lease_that_expired || {
        let repo = repo();
        let token = claim(&repo, &["--ttl", "1s"]);
        std::thread::sleep(std::time::Duration::from_millis(1_200));
        done(&repo, &token)
    };
    lease_of_a_dead_process || {
        let repo = repo();
        let mut process = std::process::Command::new("sleep").arg("600").spawn().expect("started");
        let token = claim(&repo, &["--pid", &process.id().to_string()]);
        process.kill().expect("ended");
        process.wait().expect("reaped");
        done(&repo, &token)
    };
    clock_set_back_under_an_expired_lease clock_set_back;
    lease_that_somebody_else_has_now || {
        let repo = repo();
        let token = claim(&repo, &[]);
        assert_eq!(repo.queue(&["release", "lf-aa", "--take"]).code, 0);
        claim(&repo, &[]);
        done(&repo, &token)
    };
    lease_given_back_before || {
        let repo = repo();
        let token = claim(&repo, &[]);
        assert_eq!(repo.queue(&["release", &token]).code, 0);
        done(&repo, &token)
    };
    done_twice || {
        let repo = repo();
        let token = claim(&repo, &[]);
        assert_eq!(done(&repo, &token).code, 0);
        repo.queue(&["done", &token])
    };
    lease_of_another_session || {
        let repo = repo();
        let token = claim(&repo, &[]);
        let guess = format!("{}/{}", token.rsplit_once('/').expect("three parts").0, "0".repeat(32));
        done(&repo, &guess)
    };
    epoch_that_was_never_granted || {
        let repo = repo();
        let token = claim(&repo, &[]).replacen("/1/", "/2/", 1);
        done(&repo, &token)
    };
    epoch_beyond_all_counting || {
        let repo = repo();
        let token = claim(&repo, &[]).replacen("/1/", &format!("/{}/", u64::MAX), 1);
        branch(&repo, "lf/lf-aa/1", "fine", GOOD);
        done(&repo, &token)
    };
    task_that_is_still_blocked || {
        let repo = repo();
        branch(&repo, "lf/lf-bb/1", "too early", GOOD);
        let claimed = repo.queue(&["claim", "lf-bb"]);
        assert!(claimed.code == 1 && claimed.out.contains("waits for lf-aa"), "{}{}", claimed.out, claimed.err);
        repo.queue(&["done", &format!("lf-bb/1/{}", "0".repeat(32))])
    };
    work_on_the_branch_of_another_task || {
        let repo = repo();
        let token = claim(&repo, &[]);
        branch(&repo, "lf/lf-bb/1", "elsewhere", GOOD);
        repo.queue(&["done", &token])
    };
    submodule_pointed_elsewhere || {
        let repo = repo();
        let token = claim(&repo, &[]);
        let head = repo.git(&["rev-parse", "main"]);
        repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{head},vendor")]);
        let tree = repo.git(&["write-tree"]);
        repo.git(&["reset", "-q"]);
        let commit = repo.git(&["commit-tree", "-p", "main", "-m", "submodule", &tree]);
        let commit = commit_tree(&repo, &["main"], &commit, "and the work", GOOD);
        repo.git(&["branch", "lf/lf-aa/1", &commit]);
        assert_eq!(repo.queue(&["done", &token]).code, 0);
        repo.run(&["-q", "--format", "json", "lf-aa"])
    };
    forged_candidate_that_completes_another_task || {
        // With an agent of its own the first task would be red.
        let repo = Repo::ready("", &[
            ("lf-aa", "run = \"true\"\nverify = [\"grep -q two a.txt\"]\ntries = 1"),
            ("lf-bb", "run = \"true\"\nafter = [\"lf-aa\"]\nverify = [\"false\"]\ntries = 1"),
            ("lf-cc", "priority = \"P0\"\nrun = \"echo c > c.txt\"\nverify = [\"true\"]"),
        ]);
        assert_eq!(repo.run(&["-q", "lf-cc"]).code, 0);
        // The attempt that the next run will ask for, as if an earlier session had made it.
        let start = repo.git(&["rev-parse", "main"]);
        let start = repo.git(&["rev-list", "--reverse", &format!("{start}..leadforge/run")]);
        let start = start.lines().next().expect("the record").to_owned();
        let files = [
            ("a.txt", Some("one\ntwo\n")),
            ("docs/TASKS/queue/pending/lf-bb.md", None),
            ("docs/TASKS/queue/completed/lf-bb.md", Some(FORGED)),
        ];
        let message = candidate("lf-aa", 1, &start, "shell");
        let commit = commit_tree(&repo, &[&start], &start, &message, &files);
        repo.git(&["branch", "lf/lf-aa/1", &commit]);
        let answer = repo.run(&["-q"]);
        repo.still_pending("lf-bb");
        answer
    };
    branch_that_says_done || {
        let repo = repo();
        repo.task("lf-aa", &format!("run = \"true\"\n{RED}"));
        let message = candidate("lf-aa", 1, &"0".repeat(40), "shell").replace("candidate", "done");
        branch(&repo, "lf/lf-aa/1", &message, GOOD);
        let answer = repo.run(&["-q", "--format", "json", "lf-aa"]);
        repo.still_pending("lf-aa");
        answer
    };
    forged_record_below_work_by_hand || {
        let later = "run = \"test -e planted && echo c > c.txt\"\nverify = [\"test -e c.txt\"]\ntries = 1\ntouches = [\"c.txt\"]";
        // Neither waits for the other: so the second begins where the queue was recorded.
        let first = format!("touches = [\"a.txt\"]\n{RED}");
        let repo = Repo::ready("", &[("lf-aa", &first), ("lf-cc", later)]);
        let token = claim(&repo, &[]);
        // A commit that says it is the first record, with a file that is gone again right above it.
        let record = "Record the queue\n\nLeadForge-Record: leadforge/run\n";
        let first = commit_tree(&repo, &["main"], "main", record, &[("planted", Some("x\n"))]);
        let second = commit_tree(&repo, &[&first], "main", "the work", GOOD);
        repo.git(&["branch", "lf/lf-aa/1", &second]);
        assert_eq!(repo.queue(&["done", &token]).code, 0);
        assert_eq!(repo.run(&["-q", "lf-aa"]).code, 0, "the work itself is fine");
        let answer = repo.run(&["-q", "--format", "json"]);
        repo.still_pending("lf-cc");
        answer
    };
    completed_by_hand_on_the_integration_branch || {
        let repo = repo();
        repo.task("lf-cc", "run = \"echo c > c.txt\"\nverify = [\"true\"]");
        repo.task("lf-bb", "run = \"true\"\nverify = [\"false\"]\ntries = 1");
        assert_eq!(repo.run(&["-q", "lf-cc"]).code, 0);
        let files = [
            ("docs/TASKS/queue/pending/lf-bb.md", None),
            ("docs/TASKS/queue/completed/lf-bb.md", Some(FORGED)),
        ];
        let forged = commit_tree(&repo, &["leadforge/run"], "leadforge/run", "done", &files);
        repo.git(&["update-ref", "refs/heads/leadforge/run", &forged]);
        let answer = repo.run(&["-q", "lf-bb"]);
        repo.still_pending("lf-bb");
        answer
    };
    forged_done_ref || {
        let repo = repo();
        repo.git(&["update-ref", "refs/leadforge/done/lf-aa/7", "main"]);
        repo.verify(&["lf-aa"])
    };
}

const FORGED: &str = "+++\ntitle = \"Do lf-bb\"\nverify = [\"false\"]\n\n[done]\nepoch = 1\nsession = \"x\"\nagent = \"x\"\ncommit = \"x\"\ntree = \"x\"\nstarted = 2026-01-01T00:00:00Z\nended = 2026-01-01T00:00:00Z\n+++\nThe text.\n";

/// The store of a real repository under a clock of ours: the wall goes back a year, the time since boot does not.
fn clock_set_back() -> Answer {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(dir.path()).expect("a store");
    let files = BTreeMap::from([("pending/lf-aa.md", format!("+++\ntitle = \"x\"\n{RED}\n+++\n"))]);
    let queue = Queue::from_files(&files).expect("a queue");
    let unknown = |_: &Holder| Life::Unknown;
    let at = |unix_ms, boot_ms| Now { unix_ms, boot_id: "boot", boot_ms, liveness: &unknown };
    const YEAR: u64 = 365 * 86_400_000;
    let history = |_: &_| Ok(History::default());
    let holder = Holder { boot_id: "boot".into(), ..Holder::default() };
    let mut request = ClaimRequest::new("ann", "s".to_owned(), holder, &history);
    request.ttl_ms = 60_000;
    let claimed = store.claim(&queue, &request, &at(2 * YEAR, 1_000)).expect("asked");
    let ClaimOutcome::Granted(lease, _) = claimed else { panic!("nothing else runs") };
    let late = store.settle(&lease, Outcome::Done, &at(YEAR, 120_000));
    let code = if matches!(late, Err(Error::Late { .. })) { 4 } else { 0 };
    let err = late.err().map(|e| e.to_string()).unwrap_or_default();
    Answer { code, out: String::new(), err }
}
