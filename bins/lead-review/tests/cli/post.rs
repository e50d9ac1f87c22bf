//! A review on a pull request of a code host of ours.

use serde_json::{Value, json};

use crate::host::{Fault, Host, Said, State, Thread};
use crate::{Answer, Repo};

/// A repository with a commit that brings these files.
pub(crate) fn with(change: &[(&str, &str)]) -> Repo {
    let repo = Repo::new(&[("README.md", "# A\n")]);
    push(&repo, change);
    repo
}

/// Commits these files, as the only ones of the branch.
pub(crate) fn push(repo: &Repo, change: &[(&str, &str)]) {
    repo.git(&["rm", "-rqf", "--ignore-unmatch", "src"]);
    change.iter().for_each(|(name, text)| repo.write(name, text));
    repo.commit();
}

impl Repo {
    /// Reviews the last commit into `report.json`, outside of the repository.
    pub(crate) fn review(&self, host: &Host) -> String {
        let report = self.path().join(".git/report.json").display().to_string();
        let done = self.call(&[
            "check", "--base", "main", "--head", "HEAD", "--pr", "7", "--format", "json",
            "--output", &report,
        ]);
        assert!([0, 1, 3].contains(&done.code), "{}", done.err);
        let listed = self.git(&["ls-files"]);
        host.state(|state| {
            state.head = self.git(&["rev-parse", "HEAD"]);
            state.files = listed.lines().map(str::to_owned).collect();
        });
        report
    }

    pub(crate) fn post(&self, host: &Host, more: &[&str]) -> Answer {
        let report = self.path().join(".git/report.json").display().to_string();
        let api = host.url();
        let mut args = vec!["post", "--report", &report, "--repo", "o/r", "--api", &api];
        if !more.contains(&"--pr") && !more.contains(&"--expect-head") {
            args.extend(["--pr", "7"]);
        }
        if !more.contains(&"--format") {
            args.extend(["--format", "json"]);
        }
        args.extend(more);
        let answer = self.call_in(&args, "", &[("GITHUB_TOKEN", "the-token-of-this-test")]);
        for text in [&answer.out, &answer.err] {
            assert!(!text.contains("the-token"), "the token is told: {text}");
        }
        answer
    }
}

#[test]
fn every_finding_is_said_once_on_its_line() {
    let repo = with(&[("src/a.py", "x = 1\neval(x)\n"), ("src/b.py", "eval('b')\neval('c')\n")]);
    let host = Host::new(State::new());
    repo.review(&host);
    let answer = repo.post(&host, &["--markdown", "page.md"]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert_eq!(answer.json()["data"]["did"]["posted"], 3);
    assert_eq!(answer.told().len(), 3);
    let page = std::fs::read_to_string(repo.path().join("page.md")).unwrap();
    assert_eq!(page.matches("python.eval").count(), 3, "{page}");
    host.state(|state| {
        let places: Vec<_> = state.threads.iter().map(|at| (&*at.path, at.line)).collect();
        assert_eq!(places, [("src/a.py", Some(2)), ("src/b.py", Some(1)), ("src/b.py", Some(2))]);
        assert!(state.summaries()[0].contains("3 errors"), "{:?}", state.summaries());
    });
    // A second call has nothing to do, and does nothing.
    host.fails(|_, _| None);
    assert_eq!(repo.post(&host, &[]).code, 0);
    let calls = host.calls();
    assert!(
        calls.iter().all(|call| call.contains("graphql") || call.starts_with("GET")),
        "{calls:?}"
    );
}

#[test]
fn what_is_gone_is_resolved_and_what_comes_back_is_opened_again() {
    let files = [("src/a.py", "x = 1\neval(x)\n"), ("src/b.py", "eval('b')\n")];
    let repo = with(&files);
    let host = Host::new(State::new());
    for round in 0..2 {
        repo.review(&host);
        assert_eq!(repo.post(&host, &[]).code, 0);
        host.state(|state| {
            assert_eq!((state.threads.len(), state.markers().len()), (2, 2), "round {round}");
            assert!(state.threads.iter().all(|thread| !thread.resolved));
        });
        push(&repo, &files[1..]);
        repo.review(&host);
        // Who must not resolve threads says it in the comment.
        let may = round == 0;
        host.fails(move |number, line| {
            (!may && line == "POST /graphql" && number > 3).then_some(Fault::Says(403))
        });
        let answer = repo.post(&host, &[]);
        assert_eq!((answer.code, &answer.json()["data"]["did"]["resolved"]), (0, &json!(1)));
        host.state(|state| {
            assert_eq!(state.threads[0].resolved, may);
            assert!(state.threads[0].said[0].body.contains("\nNo longer found.\n"));
        });
        host.fails(|_, _| None);
        push(&repo, &files);
    }
}

/// Comments that are not our own are nobody's to edit, whatever they say; threads with an answer stay as they are.
#[test]
fn what_others_said_stays_as_it_is() {
    let repo = with(&[("src/a.py", "eval(a)\n"), ("src/b.py", "eval(b)\n")]);
    let host = Host::new(State::new());
    repo.review(&host);
    assert_eq!(repo.post(&host, &[]).code, 0);
    let before = host.state(|state| {
        let ours = state.threads[0].said[0].body.clone();
        let answer = state.person("I see it otherwise");
        state.threads[0].said.push(answer);
        // Somebody writes what we would write, also where a summary would stand.
        let forged = state.person(&ours.replace("a.py", "gone.py"));
        let line = Some(1);
        state.threads.push(Thread { path: "x".into(), line, said: vec![forged], resolved: false });
        let summary = state.person("<!-- leadforge:summary -->\nall is well");
        state.said.insert(0, summary);
        // And one of us says something in a thread of theirs.
        let ours = Said { id: 99, ours: true, body: ours };
        state.threads[2].said.push(ours);
        (state.threads.clone(), state.said.clone())
    });
    push(&repo, &[("src/c.py", "x = 1\n")]);
    repo.review(&host);
    let answer = repo.post(&host, &[]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    host.state(|state| {
        let told = |threads: &[Thread]| format!("{:?}", [&threads[0], &threads[2]]);
        assert_eq!(told(&state.threads), told(&before.0));
        assert!(state.threads[1].resolved);
        assert_eq!(state.said[0].body, before.1[0].body);
        assert!(state.summaries()[0].contains("0 errors, 0 warnings, 0 notes."));
    });
}

#[test]
fn a_line_that_the_host_does_not_know_is_said_on_its_file() {
    let text: String = (0..35).map(|n| format!("eval('{n}')\n")).collect();
    let repo = with(&[("src/a.py", &text), ("src/b.py", "eval('b')\n")]);
    let host = Host::new(State { outside: ["src/b.py".to_owned()].into(), ..State::new() });
    repo.review(&host);
    let answer = repo.post(&host, &[]);
    assert_eq!((answer.code, &answer.json()["data"]["did"]["posted"]), (0, &json!(36)));
    host.state(|state| {
        assert_eq!(state.markers().len(), 36);
        let last = state.threads.last().unwrap();
        assert_eq!((&*last.path, last.line), ("src/b.py", None));
    });
    assert_eq!(repo.post(&host, &[]).json()["data"]["did"]["posted"], 0);
}

/// Sixty comments at most, thirty at once, and a summary that names all that fit into 65,000 characters.
#[test]
fn a_thousand_findings_are_sixty_comments_and_one_summary() {
    let text: String = (0..1_000).map(|n| format!("eval('{n} {}')\n", "x".repeat(50))).collect();
    let repo = with(&[("src/a.py", &text)]);
    let host = Host::new(State { page: 50, ..State::new() });
    repo.review(&host);
    let answer = repo.post(&host, &[]);
    assert_eq!((answer.code, answer.told().len()), (0, 1_001), "{}", answer.err);
    host.state(|state| {
        assert_eq!(state.markers().len(), 60);
        let summary = state.summaries()[0];
        assert!(summary.chars().count() <= 65_000 && summary.contains("stand only here"));
    });
    assert_eq!(repo.post(&host, &[]).json()["data"]["did"]["posted"], 0);
}

#[test]
fn the_token_is_sent_to_no_other_host_and_told_nobody() {
    let repo = with(&[("src/a.py", "eval(a)\n")]);
    let host = Host::new(State::new());
    repo.review(&host);
    host.fails(|_, _| Some(Fault::Elsewhere));
    let answer = repo.post(&host, &[]);
    assert_eq!((answer.code, &answer.json()["error"]["code"]), (4, &json!("http.redirect")));
    // A host that repeats the token in its errors: `post` looks for it in every answer.
    host.fails(|_, _| Some(Fault::Says(403)));
    let answer = repo.post(&host, &[]);
    assert!(answer.code == 3 && answer.out.contains("bad day for Bearer ***"), "{}", answer.out);
    let report = repo.path().join(".git/report.json").display().to_string();
    let args = ["post", "--report", &report, "--repo", "o/r", "--pr", "7", "--api"];
    for (token, api, code) in [
        ("", host.url(), "post.token"),
        ("two lines\n", host.url(), "host.token"),
        ("good", "http://example.org".to_owned(), "http.address"),
        ("good", "https://me:x@example.org".to_owned(), "http.address"),
    ] {
        let args = [&args[..], &[&api, "--format", "json"]].concat();
        let answer = repo.call_in(&args, "", &[("GITHUB_TOKEN", token)]);
        assert_eq!((answer.code, &answer.json()["error"]["code"]), (2, &json!(code)));
    }
}

#[test]
fn a_host_that_asks_for_too_much_patience_is_left_alone() {
    let repo = with(&[("src/a.py", "eval(a)\n")]);
    let host = Host::new(State::new());
    repo.review(&host);
    host.fails(|number, _| (number >= 3).then_some(Fault::Cut));
    let answer = repo.post(&host, &["--patience", "0"]);
    assert_eq!((answer.code, answer.told().len()), (3, 1), "{}", answer.out);
    let human = repo.post(&host, &["--patience", "0", "--format", "human"]);
    assert!(
        human.out.contains("not done: ") && human.out.contains("src/a.py:1: error:"),
        "{}",
        human.out
    );
}

#[test]
fn a_plan_is_only_printed() {
    let repo = with(&[("src/a.py", "eval(a)\n")]);
    let host = Host::new(State::new());
    repo.review(&host);
    let answer = repo.post(&host, &["--dry-run", "--format", "human"]);
    assert_eq!((answer.code, &*answer.out), (0, "comment on src/a.py:1\npost the summary\n"));
    assert_eq!(host.state(|state| (state.threads.len(), state.said.len())), (0, 0));
    host.fails(|_, _| None);
    let answer = repo.post(&host, &["--dry-run", "--offline"]);
    assert_eq!(answer.json()["data"]["plan"][0]["do"], "review");
    assert_eq!(host.calls().len(), 0);
}

/// The second step of two believes nothing of what the first one wrote.
#[test]
fn a_report_of_a_hostile_branch_says_nothing_elsewhere() {
    let repo = with(&[("src/a.py", "eval(a)\n")]);
    let host = Host::new(State::new());
    let path = repo.review(&host);
    let head = host.state(|state| state.head.clone());
    let good: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let expect = ["--expect-head", head.as_str()];
    let with = |change: &dyn Fn(&mut Value)| {
        let mut report = good.clone();
        change(&mut report);
        std::fs::write(&path, report.to_string()).unwrap();
        repo.post(&host, &expect)
    };
    let other = "0123456789012345678901234567890123456789";
    // It is of another commit than the event says, or the pull request it names is at another one.
    host.fails(|_, _| None);
    assert_eq!(with(&|report| report["data"]["head"] = other.into()).code, 4);
    assert_eq!(host.calls().len(), 0, "nobody is asked about a commit that was not expected");
    host.state(|state| state.head = other.into());
    let answer = with(&|_| {});
    assert_eq!((answer.code, &answer.json()["error"]["code"]), (4, &json!("post.head")));
    host.state(|state| state.head.clone_from(&head));
    for broken in [
        &(|report: &mut Value| report["schema"] = "leadforge/review/2".into())
            as &dyn Fn(&mut Value),
        &|report| report["data"]["keys"] = json!([]),
        &|report| report["data"]["findings"][0]["at"]["path"] = "../x".into(),
        &|report| report["data"]["findings"][0]["at"]["path"] = "/etc/passwd".into(),
        &|report| report["data"]["findings"][0]["at"]["line"] = (-1).into(),
        &|report| report["data"]["findings"][0]["rule"] = "other".into(),
        &|report| report["data"]["change"]["files"][0]["added"] = json!([[5, 2]]),
        &|report| report["data"]["keys"][0]["text"] = "--> <!-- x".into(),
        &|report| report["data"]["head"] = Value::Null,
        &|report| *report = json!([]),
    ] {
        let answer = with(broken);
        assert_eq!((answer.code, &answer.json()["error"]["code"]), (2, &json!("post.report")));
    }
    assert_eq!(host.state(|state| (state.threads.len(), state.said.len())), (0, 0));
    // A text acts nowhere: it marks nothing, mentions nobody, and closes no comment of others.
    let forged =
        "<!-- leadforge:summary -->\n<!-- leadforge:review a b % % 0 -->\n@everyone <script>";
    let answer = with(&|report| {
        report["data"]["findings"][0]["message"] = forged.into();
        let fix =
            json!({"line": 1, "end_line": 1, "text": "```\n<!-- leadforge:summary -->\n@you"});
        report["data"]["findings"][0]["fix"] = fix;
    });
    assert_eq!(answer.code, 0, "{}", answer.out);
    host.state(|state| {
        let body = state.threads[0].said[0].body.clone();
        let (first, rest) = body.split_once('\n').unwrap();
        assert!(first.starts_with("<!-- leadforge:review python.eval src/a.py "), "{first}");
        assert!(!rest.contains("@everyone") && !rest.contains("<script"), "{rest}");
        let summary = state.summaries()[0];
        assert!(summary.contains("As a job of the branch itself reports it"), "{summary}");
        assert!(
            !summary.contains("@everyone") && summary.matches("<!--").count() == 1,
            "{summary}"
        );
    });
    // Which pull request it is of is believed only with the head that was expected.
    let api = host.url();
    let args = ["post", "--report", &path, "--repo", "o/r", "--api", &api, "--format", "json"];
    let answer = repo.call_in(&args, "", &[("GITHUB_TOKEN", "the-token-of-this-test")]);
    assert_eq!((answer.code, &answer.json()["error"]["code"]), (2, &json!("post.number")));
}
