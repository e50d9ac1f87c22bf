//! What leaves for a model, what may run, and that its words are words.

use leadforge_cli_kit::Config;
use leadforge_cli_kit::trust::{Store, Subject};
use serde_json::json;

use super::{LEDGER, finding, repo, with};
use crate::host::{Host, State};
use crate::model::Server;

/// What the server received is the proof.
#[test]
fn no_secret_leaves() {
    let (token, password) = ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "hunter2hunter2XyZ9");
    // Others than those of the change, so that each place is cleaned by itself.
    let (old, told) =
        ("ghp_9xQ2LmZ7vB4nK8sR1tY6wE3uI5oP0aSdFgHj", "ghp_T5rW8yU1iO4pA7sD0fG3hJ6kL9zX2cV5bN8m");
    let body: Vec<String> = (0..20)
        .map(|line| {
            format!("{line:02}Qk9iQ2FyREVmR0hpSktsTW5PcFFyU3RVdld4WXow{line:02}aZ9bY8cX7dW6")
        })
        .collect();
    let key = |lines: &[String]| {
        let (begin, end) = ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
        format!("{begin}\n{}\n{end}\n", lines.join("\n"))
    };
    let page = format!("The server takes token = \"{old}\".\n");
    let ledger = LEDGER.replace("Are names short?", &format!("Is {told} there?"));
    let mut before = body.clone();
    before[9] = "09AAAAQk9iQ2FyREVmR0hpSktsTW5PcFFyU3RVdld4WXow09aZ9bY8cX7d".to_owned();
    let repo = with(&[("memory/docs/b.md", &page), ("src/key.pem", &key(&before))]);
    // The ledger is the base's.
    repo.git(&["checkout", "-q", "main"]);
    repo.write("docs/review/CRITERIA.md", &ledger);
    repo.commit();
    repo.git(&["checkout", "-q", "-b", "next"]);
    repo.write(
        "src/a.py",
        &format!(
            "x = 1\ntoken = '{token}'\ndb = 'postgres://me:{password}@db.local/x'\nafter = 1\n"
        ),
    );
    // One line in the middle of a key, by which nobody would know it.
    repo.write("src/key.pem", &key(&body));
    repo.commit();
    let server = Server::finding(json!([finding("names.clear", "src/a.py", 4, "after what?")]));
    let answer = repo.serves(&server.url(), &["--format", "json"]);
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    let all = format!("{}{}", asked[0].head, asked[0].body);
    for secret in [token, password, old, told, &body[9]] {
        assert!(!all.contains(secret), "{secret} left:\n{}", asked[0].prompt());
    }
    assert!(asked[0].prompt().contains("\n4| after = 1\n"), "{}", asked[0].prompt());
    let json = answer.json();
    assert!(json["data"]["ai"]["redacted"].as_u64().unwrap() >= 5, "{}", json["data"]["ai"]);
    assert_eq!(json["data"]["looked"]["ai"]["looked"], "yes", "{}", json["data"]["looked"]);
    assert!(answer.told().contains(&"names.clear src/a.py:4".to_owned()));
    assert!(!answer.out.contains(token));
}

#[test]
fn where_it_may_not_be_asked_nothing_is_sent() {
    let repo = repo();
    for (url, more, code, named) in [
        ("https://models.example/v1", &["--offline"][..], 4, "--offline forbids to ask"),
        ("http://models.example/v1", &[], 2, "without TLS anybody on the way could change it"),
        ("https://me:word@models.example/v1", &[], 2, "a user's name or a password"),
        ("models.example", &[], 2, "an address begins with https://"),
    ] {
        let answer = repo.serves(url, more);
        assert_eq!(answer.code, code, "{}{}", answer.out, answer.err);
        assert!(answer.err.contains(named), "{}", answer.err);
        assert!(!answer.err.contains("word@"), "{}", answer.err);
    }
    // What stays on this machine uses no network.
    let server = Server::finding(json!([]));
    assert_eq!(repo.serves(&server.url(), &["--offline"]).code, 0);
    assert_eq!(server.asked().len(), 1);
    for args in [
        &["--ai-url", "http://127.0.0.1/v1"][..],
        &["--ai-model", "x"],
        &["--ai-cmd", "x", "--no-ai"],
    ] {
        assert_eq!(repo.call(&[&["check"], args].concat()).code, 2);
    }
}

const CONFIGURED: &str =
    "[review.ai]\ncommand = ['sh', '-c', 'echo ran >> .git/ran; sh .git/model.sh']\n";

#[test]
fn a_configured_command_has_to_be_trusted() {
    let repo = with(&[("leadforge.toml", CONFIGURED)]);
    let state = repo.path().join(".git/state").display().to_string();
    let check = |more: &[&str]| {
        let args = [&["check", "--base", "main", "--format", "json"], more].concat();
        repo.call_in(&args, "", &[("XDG_STATE_HOME", &state)])
    };
    let answer = check(&[]);
    assert_eq!(answer.code, 4, "{}", answer.out);
    let error = answer.json()["error"].clone();
    assert_eq!(
        error["message"],
        "[review.ai] command: no command of this repository is trusted yet"
    );
    let hint = error["hint"].as_str().unwrap();
    assert!(
        hint.contains("lead-forge trust --accept sha256:") && hint.ends_with("--no-ai"),
        "{hint}"
    );
    assert_eq!((check(&["--no-ai"]).code, &*repo.kept(".git/ran")), (0, ""));
    let digest = Subject::new(&Config::load(&repo.path()).unwrap()).digest();
    assert_eq!((check(&["--trust", &digest]).code, &*repo.kept(".git/ran")), (0, "ran\n"));
    assert_eq!(check(&["--trust", "sha256:00"]).code, 4);
    // As `lead-forge trust --accept` does.
    let subject = Subject::new(&Config::load(&repo.path()).unwrap());
    let store = Store::new(&repo.path().join(".git/state/leadforge"));
    store.record(&repo.path().join(".git"), &subject).unwrap();
    let answer = check(&[]);
    assert_eq!((answer.code, &*repo.kept(".git/ran")), (0, "ran\nran\n"));
    assert_eq!(answer.json()["data"]["ai"]["by"], "the command of [review.ai]");
    assert!(answer.json()["data"]["required"].as_array().unwrap().contains(&json!("ai")));
    // A change brings another command: it is the base's that counts.
    repo.write("leadforge.toml", &CONFIGURED.replace("echo ran", "echo other"));
    assert_eq!((check(&[]).code, &*repo.kept(".git/ran")), (0, "ran\nran\nran\n"));
    // On the base it is a new one, which nobody has trusted.
    repo.git(&["checkout", "-q", "-B", "main"]);
    repo.commit();
    repo.git(&["checkout", "-q", "-b", "later"]);
    repo.write("src/a.py", "x = 3\n");
    let answer = check(&[]);
    assert_eq!((answer.code, &answer.json()["error"]["code"]), (4, &json!("trust.changed")));
    assert_eq!(repo.kept(".git/ran"), "ran\nran\nran\n");
}

/// A person's own commit: suggestions when they want them, and no commit is held up by a model that is not there.
#[test]
fn a_hook_takes_suggestions() {
    let config = |ai: bool| format!("{CONFIGURED}[review.hook]\nai = {ai}\n");
    let repo = with(&[("leadforge.toml", &config(true))]);
    repo.findings(&json!([finding("names.clear", "src/a.py", 1, "z?")]));
    let digest = Subject::new(&Config::load(&repo.path()).unwrap()).digest();
    repo.write("src/a.py", "z = 1\nq = x\n");
    repo.git(&["add", "src"]);
    let hook = |more: &[&str]| repo.call(&[&["hook", "run", "--format", "json"], more].concat());
    assert_eq!(hook(&[]).code, 4);
    let answer = hook(&["--trust", &digest]);
    assert_eq!((answer.code, answer.told()), (0, vec!["names.clear src/a.py:1".to_owned()]));
    repo.findings(&json!("none"));
    let answer = hook(&["--trust", &digest]);
    assert_eq!((answer.code, &answer.json()["data"]["looked"]["ai"]["looked"]), (0, &json!("no")));
    // Asked for by hand, its answer is required.
    assert_eq!(hook(&["--ai-cmd", "echo None"]).code, 3);
    repo.write("leadforge.toml", &config(false));
    assert!(hook(&[]).json()["data"]["ai"].is_null());
}

/// A model repeats what a change told it to: nothing of that acts anywhere.
#[test]
fn hostile_words_stay_words() {
    let repo = repo();
    let marker =
        "<!-- leadforge:summary --> <img src=x onerror=alert(1)> [a](javascript:x) @everyone";
    let words =
        "\u{1b}[31mred\u{1b}[0m \u{202e}desrever\u{202c} ::error file=x::y\n::set-output name=a::b";
    repo.findings(&json!([
        finding("names.clear", "src/a.py", 2, words),
        finding("comments", "src/a.py", 3, marker),
        finding("names.clear", "../../etc/passwd", 1, "out"),
        finding("names.clear", "/etc/passwd", 1, "out"),
        finding("names.clear", "src/../src/a.py", 2, "out"),
        finding("names.clear\u{1b}[2J", "src/a.py", 2, "\u{1b}[2J"),
    ]));
    let head = ["--head", "HEAD", "--pr", "7"];
    let human =
        repo.asks(&["--markdown", ".git/page.md", "--rdjsonl", "a.jsonl", "--junit", "a.xml"]);
    assert_eq!(human.code, 0, "{}", human.err);
    let github = repo.asks(&["--format", "github"]);
    let json = repo.asks(&[&head[..], &["--format", "json"]].concat());
    let sarif = repo.asks(&["--format", "sarif"]);
    let page = repo.kept(".git/page.md");
    for text in [
        &human.out,
        &github.out,
        &json.out,
        &sarif.out,
        &page,
        &repo.kept("a.jsonl"),
        &repo.kept("a.xml"),
    ] {
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
    for text in [&human.out, &github.out, &page] {
        assert!(!text.contains('\u{202e}'), "{text:?}");
    }
    assert_eq!(json.told(), ["names.clear src/a.py:2", "comments src/a.py:3"]);
    assert_eq!(json.json()["data"]["ai"]["dropped"]["count"], 4);
    assert_eq!(sarif.json()["runs"][0]["results"].as_array().unwrap().len(), 2);
    assert!(
        github.out.lines().all(|line| line.starts_with("::warning file=src/a.py,")),
        "{}",
        github.out
    );
    assert!(!page.contains("<img") && !page.contains("<!--") && !page.contains("[a]("), "{page}");
    // On a pull request it is no marker of ours and no comment that hides.
    let host = Host::new(State::new());
    repo.write(".git/report.json", &json.out);
    host.state(|state| {
        state.head = repo.git(&["rev-parse", "HEAD"]);
        state.files = ["src/a.py".to_owned()].into();
    });
    let answer = repo.post(&host, &[]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    host.state(|state| {
        let bodies = state.threads.iter().map(|thread| &*thread.said[0].body);
        for body in bodies.chain(state.summaries()) {
            assert_eq!(body.matches("<!--").count(), 1, "{body}");
            assert!(body.starts_with("<!--") && !body.contains("<img"), "{body}");
            assert!(!body.contains('\u{202e}'), "{body:?}");
        }
        assert_eq!(state.summaries().len(), 1);
    });
    assert_eq!(repo.post(&host, &[]).json()["data"]["did"]["posted"], 0, "once is enough");
}
