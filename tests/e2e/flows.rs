//! From a source of tasks to a page of proof.

use super::Repo;

const ISSUE: &str = "### Task Description\n\nSay two in a.txt\n\n### Context\n\n_No response_\n\n### Requirements\n\n- Affects files: a.txt\n";

#[test]
fn an_issue_becomes_a_task_an_agent_does_it_and_the_page_shows_it() {
    let repo = Repo::new();
    assert_eq!(repo.call("lead-forge", &["init"]).code, 0);
    repo.write("issues/7.md", ISSUE);
    let imported = repo.queue(&["import", "issues/7.md", "--format", "json"]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    let ready = repo.queue(&["ready", "--format", "json"]).json();
    let id = ready["data"]["tasks"][0]["id"].as_str().expect("one task is ready").to_owned();
    // A stand-in for an agent: it gets the task's text on standard input and does what it says.
    repo.write(
        "leadforge.toml",
        "[verify]\nalways = [\"grep -q two a.txt\"]\n\n[agent.standin]\n\
         command = [\"/bin/sh\", \"-c\", \"grep -q 'Say two in a.txt' && echo two >> a.txt\"]\n",
    );
    let ran = repo.run(&["--format", "json"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert_eq!(repo.git(&["show", "leadforge/run:a.txt"]), "one\ntwo");
    let dossier = ran.json()["data"]["dossier"]["json"].as_str().expect("a path").to_owned();
    let dossier: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(dossier).expect("there")).expect("JSON");
    assert_eq!(dossier["tasks"][0]["id"], id.as_str());
    assert_eq!(dossier["tasks"][0]["agent"], "standin");
    assert_eq!(dossier["tasks"][0]["outcome"], "landed");
    let source = dossier["tasks"][0]["source"].as_str().expect("where it came from");
    assert!(source.starts_with("issues/7.md"), "{source}");
    // Importing again finds the task that is there, and the queue hands nothing out twice.
    let again = repo.queue(&["import", "issues/7.md"]);
    assert!(again.out.contains("0 written"), "{}", again.out);
    assert_eq!(repo.queue(&["ready"]).code, 1);
}

#[test]
fn what_the_user_merges_is_completed_everywhere() {
    let repo = Repo::new();
    repo.task("lf-aa", "run = \"echo two >> a.txt\"\nverify = [\"true\"]");
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "a task"]);
    assert_eq!(repo.run(&["-q"]).code, 0);
    repo.git(&["merge", "-q", "leadforge/run"]);
    assert!(repo.path().join("docs/TASKS/queue/completed/lf-aa.md").is_file());
    assert!(!repo.path().join("docs/TASKS/queue/pending/lf-aa.md").exists());
    let shown = repo.queue(&["show", "lf-aa"]);
    assert!(shown.code == 0 && shown.out.contains("completed"), "{}", shown.out);
    // The next run begins from where the user stands.
    repo.task("lf-bb", "run = \"echo three >> a.txt\"\nverify = [\"true\"]\nafter = [\"lf-aa\"]");
    assert_eq!(repo.run(&["-q"]).code, 0);
    assert_eq!(repo.git(&["show", "leadforge/run:a.txt"]), "one\ntwo\nthree");
    let branches = repo.git(&["branch", "--list", "lf/*"]);
    assert!(
        !branches.contains("lf-aa") && branches.contains("lf-bb"),
        "merged ones go: {branches}"
    );
}
