//! What other tools found, in SARIF: brought to the change, and never passed over in silence.

use crate::Repo;

fn repo() -> Repo {
    let repo = Repo::new(&[("src/a.py", "x = 1\n"), ("src/old.py", "y = 1\n")]);
    repo.write(".git/info/exclude", "*.sarif\n");
    repo.write("src/a.py", "x = 1\nassert x\nassert y\n");
    repo
}

fn result(rule: &str, uri: &str, line: u32) -> String {
    format!(
        r#"{{"ruleId":"{rule}","message":{{"text":"say {rule}"}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"{uri}"}},"region":{{"startLine":{line}}}}}}}]}}"#
    )
}

fn log(tool: &str, results: &[String]) -> String {
    format!(
        r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"{tool}","rules":[]}}}},"results":[{}]}}]}}"#,
        results.join(",")
    )
}

#[test]
fn only_what_stands_on_new_lines_is_told() {
    let repo = repo();
    let results = [
        result("B101", "src/a.py", 2),
        result("B101", "src/a.py", 1),
        result("B102", "src/old.py", 1),
    ];
    repo.write("bandit.sarif", &log("Bandit", &results));
    let answer = repo.call(&["check", "--sarif", "bandit.sarif", "--format", "json"]);
    assert_eq!(answer.told(), ["bandit.B101 src/a.py:2"], "{}", answer.out);
    assert_eq!(answer.json()["data"]["looked"]["sarif:bandit"]["looked"], "yes");
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert_eq!(repo.call(&["check", "--sarif", "bandit.sarif", "--fail-on", "warning"]).code, 1);
}

/// One fingerprint for all of a tool's results, as semgrep writes it without a login.
#[test]
fn findings_are_told_apart_whatever_fingerprint_their_tool_gives() {
    let repo = repo();
    let print = |text: String| {
        text.replacen('{', "{\"fingerprints\":{\"matchBasedId/v1\":\"requires login\"},", 1)
    };
    let results = [print(result("r", "src/a.py", 2)), print(result("r", "src/a.py", 3))];
    repo.write("semgrep.sarif", &log("Semgrep OSS", &results));
    let answer = repo.call(&["check", "--sarif", "semgrep.sarif", "--format", "json"]);
    assert_eq!(answer.told().len(), 2);
    let json = answer.json();
    assert_ne!(json["findings"][0]["fingerprint"], json["findings"][1]["fingerprint"]);
}

#[test]
fn a_log_that_is_of_something_else_is_a_blind_spot() {
    let repo = repo();
    let blind = |name: &str, text: &str, named: &str| {
        repo.write(name, text);
        let answer = repo.call(&["check", "--sarif", name]);
        let said = answer.out + &answer.err;
        assert_eq!(answer.code, 3, "{name}: {said}");
        assert!(said.contains(named), "{name}: {said}");
    };
    blind(
        "other.sarif",
        &log("t", &[result("r", "file:///elsewhere/src/a.py", 2)]),
        "the place that it names is in no file of the repository",
    );
    blind(
        "base.sarif",
        &log("t", &[result("r", "app/src/a.py", 2)]),
        "app/src/a.py: the place that it names",
    );
    blind("none.sarif", r#"{"version":"2.1.0","runs":[]}"#, "the log has no run of any tool");
    blind("cut.sarif", "{\"version\":\"2.1.0\",\"runs\":[{\"tool\"", "cut.sarif");
    blind("text.sarif", "bandit: command not found\n", "text.sarif");
    let failed = log("t", &[])
        .replace("\"results\"", "\"invocations\":[{\"executionSuccessful\":false}],\"results\"");
    blind("failed.sarif", &failed, "sarif:t");
    std::fs::remove_file(repo.path().join("none.sarif")).unwrap();
    let answer = repo.call(&["check", "--sarif", "none.sarif"]);
    assert_eq!(answer.code, 3, "{}", answer.out);
}
