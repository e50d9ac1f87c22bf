//! The workflows `review.yml` and `review-post.yml`, played, and the action; the code host is one of ours.

use std::fs;

use serde_json::Value;

use super::workflow::{NOTED, Runner, Told, codes};

#[path = "../../bins/lead-review/tests/cli/host.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "not all of it is needed here")]
mod host;

use host::{Host, State};

fn runner() -> Runner {
    Runner::new("review", &["lead-review"], &[("cargo", NOTED)])
}

/// The first half, as on a pull request.
fn look(runner: &Runner) -> Vec<Told> {
    let [base, head] = ["main", "HEAD"].map(|name| runner.repo.git(&["rev-parse", name]));
    let values = [
        ("github.event.pull_request.base.sha", &*base),
        ("github.event.pull_request.head.sha", &*head),
        ("github.event.pull_request.number", "7"),
    ];
    runner.job("look", &values)
}

/// The second half, with the report that the first one kept, or another one.
fn post(runner: &mut Runner, host: &Host, report: &[u8], head: &str) -> Vec<Told> {
    runner.workflow("review-post");
    runner.given = vec![("review/report.json", report.to_vec())];
    let address = [("GITHUB_API_URL", host.url()), ("GITHUB_REPOSITORY", "o/r".to_owned())];
    runner.instead = address.map(|(name, value)| (name.to_owned(), value)).into();
    let values =
        [("github.token", "the-token-of-this-test"), ("github.event.workflow_run.head_sha", head)];
    let told = runner.job("post", &values);
    runner.given.clear();
    runner.workflow("review");
    told
}

#[test]
fn a_fork_is_reviewed_without_rights_and_told_with_them() {
    let mut runner = runner();
    runner.repo.write("src/a.py", "x = 1\n");
    runner.commit("feat: a script");
    runner.repo.git(&["checkout", "-q", "-b", "fork"]);
    runner.repo.write("src/a.py", "x = 1\neval(x)\n");
    runner.commit("feat: more");
    let told = look(&runner);
    assert_eq!(codes(&told), [0, 1], "{told:#?}");
    assert!(runner.read("summary").contains("python.eval"), "{}", runner.read("summary"));
    let report = fs::read(runner.temp().join("review/report.json")).expect("it is kept");
    let head = runner.repo.git(&["rev-parse", "HEAD"]);
    let host = Host::new(State { head: head.clone(), ..State::new() });
    let told = post(&mut runner, &host, &report, &head);
    assert_eq!(codes(&told), [0, 0], "{told:#?}");
    assert!(runner.read("summary").contains("python.eval"), "{}", runner.read("summary"));
    host.state(|state| assert_eq!((state.markers().len(), state.summaries().len()), (1, 1)));
    // A branch that says it is another commit, or that has moved on, is told nothing.
    let other = "0123456789012345678901234567890123456789";
    assert_eq!(codes(&post(&mut runner, &host, &report, other)), [0, 4]);
    host.state(|state| state.head = other.to_owned());
    assert_eq!(codes(&post(&mut runner, &host, &report, &head)), [0, 4]);
    assert_eq!(codes(&post(&mut runner, &host, b"{}", &head)), [0, 2]);
    // What is mended is green.
    runner.repo.write("src/a.py", "x = 2\n");
    runner.commit("fix: less");
    assert_eq!(codes(&look(&runner)), [0, 0]);
}

/// Which rights there are, and that the half that has them meets nothing of the branch.
#[test]
fn the_half_with_rights_runs_nothing_of_the_branch() {
    let mut runner = runner();
    let look = runner.workflow["jobs"]["look"].clone();
    assert_eq!(look["permissions"], serde_json::json!({"contents": "read"}));
    assert_eq!(look["steps"][0]["name"], "Install lead-review", "before anything is checked out");
    runner.workflow("review-post");
    assert_eq!(runner.workflow["permissions"], serde_json::json!({}));
    let post = &runner.workflow["jobs"]["post"];
    let wanted =
        serde_json::json!({"actions": "read", "contents": "read", "pull-requests": "write"});
    assert_eq!(post["permissions"], wanted);
    let steps = [&look, post].map(|job| job["steps"].as_array().expect("steps"));
    for used in steps.into_iter().flatten().filter_map(|step| step["uses"].as_str()) {
        let (_, pin) = used.split_once('@').expect("a version");
        assert!(pin.len() == 40 && pin.bytes().all(|b| b.is_ascii_hexdigit()), "{used}");
    }
    for step in post["steps"].as_array().expect("steps") {
        let uses = step["uses"].as_str().unwrap_or_default();
        assert!(!uses.contains("checkout"), "{step:#}");
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.lines().any(|line| line.trim().starts_with("git ")), "{step:#}");
    }
}

#[test]
fn the_action_reviews() {
    let mut runner = runner();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../.github/actions/review/action.yml");
    let text = fs::read_to_string(path).expect("it is there");
    let action: Value = serde_saphyr::from_str(&text).expect("YAML");
    runner.workflow = serde_json::json!({"jobs": {"action": action["runs"]}});
    let base = runner.repo.git(&["rev-parse", "HEAD"]);
    runner.repo.write("src/a.py", "eval(x)\n");
    runner.commit("feat: a script");
    let head = runner.repo.git(&["rev-parse", "HEAD"]);
    let report = runner.temp().join("report.json").display().to_string();
    let values = [
        ("github.action_path", "."),
        ("inputs.base", &*base),
        ("inputs.head", &*head),
        ("inputs.report", &*report),
    ];
    let told = runner.job("action", &values);
    assert_eq!(codes(&told), [0, 1], "{told:#?}");
    assert!(runner.read("summary").contains("python.eval"), "{}", runner.read("summary"));
    assert!(runner.read("report.json").contains(&head));
}
