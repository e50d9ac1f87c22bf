//! A model as a reviewer: what it is asked, and what counts of what comes back.

mod guarded;
mod silence;

use std::fs;

use serde_json::{Value, json};

use crate::model::Server;
use crate::{Answer, RULES, Repo};

const LEDGER: &str = r#"# The criteria of docs/prose.md

```toml ledger
file = "docs/prose.md"
items = 3
words = true
```

## Names

### Clear {#names.clear}

> Are names clear?

```toml criterion
line = 3
digest = "0123"
judge = "ai"
```

### Short {#names.short}

> Are names short?

```toml criterion
line = 4
digest = "0124"
judge = "machine"
rules = ["no-print"]
also = "ai"
```

### Liked {#names.liked}

> Does the team like them?

```toml criterion
line = 5
digest = "0125"
judge = "human"
```
"#;

const JUDGED: &str = "\n## Comments say why {#comments}\n\nNot what.\n\n```toml rule\njudge = \"ai\"\npaths = [\"src/**\"]\n```\n";

/// What a model asks of its own: the question is kept in `.git/asked`, the findings come from `.git/findings`.
const SCRIPT: &str = "cat > .git/asked\nend=$(tail -n 1 .git/asked)\nprintf '{\"read\": \"%s\", \"findings\": %s}' \"${end##* }\" \"$(cat .git/findings)\"\n";

fn repo() -> Repo {
    with(&[])
}

/// With criteria, two documents and a change of two lines; and these files on the base.
fn with(more: &[(&str, &str)]) -> Repo {
    let rules = format!("{RULES}{JUDGED}");
    let mut files = vec![
        ("docs/review/RULES.md", rules.as_str()),
        ("docs/review/CRITERIA.md", LEDGER),
        ("memory/docs/architecture.md", "Layers: page, model.\n"),
        ("memory/docs/big.md", ""),
        ("src/a.py", "x = 1\n"),
    ];
    let big = "long words\n".repeat(5_000);
    files[3].1 = &big;
    files.extend(more);
    let repo = Repo::new(&files);
    repo.write("src/a.py", "x = 1\nq = x\n# add one\n");
    repo.commit();
    repo.write(".git/model.sh", SCRIPT);
    repo.findings(&json!([]));
    repo
}

impl Repo {
    fn findings(&self, findings: &Value) {
        self.write(".git/findings", &findings.to_string());
    }

    /// A review with the script as its model.
    fn asks(&self, more: &[&str]) -> Answer {
        self.call(&[&["check", "--base", "main", "--ai-cmd", "sh .git/model.sh"], more].concat())
    }

    /// A review with this server as its model.
    fn serves(&self, url: &str, more: &[&str]) -> Answer {
        let args = ["check", "--base", "main", "--ai-url", url, "--ai-model", "small"];
        self.call_in(&[&args, more].concat(), "", &[("LEADFORGE_AI_TOKEN", "the-token-of-ai")])
    }

    fn kept(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }
}

fn finding(rule: &str, path: &str, line: u32, message: &str) -> Value {
    json!({"rule": rule, "path": path, "line": line, "message": message})
}

#[track_caller]
fn blind(answer: &Answer, named: &str) {
    let text = format!("{}{}", answer.out, answer.err);
    assert_eq!(answer.code, 3, "{text}");
    assert!(text.contains("ai         required  not looked: "), "{text}");
    assert!(text.contains(named), "{named:?} is not in:\n{text}");
    assert!(!text.contains("the-token"), "the token is told: {text}");
}

#[test]
fn it_is_off_unless_somebody_asks() {
    let repo = repo();
    let answer = repo.call(&["check", "--base", "main", "--format", "json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let data = &answer.json()["data"];
    assert!(data["ai"].is_null() && data["looked"]["ai"].is_null(), "{data}");
    // Who reviews is told what to read all the same.
    assert_eq!(data["memory"]["pages"][0]["path"], "memory/docs/architecture.md");
}

#[test]
fn what_it_says_is_told_as_any_finding() {
    let repo = repo();
    repo.findings(&json!([
        finding("names.clear", "src/a.py", 2, "q says nothing"),
        finding("comments", "src/a.py", 3, "it says what"),
        finding("names.liked", "src/a.py", 2, "not a model's to judge"),
        finding("names.clear", "src/a.py", 1, "not new"),
    ]));
    let answer = repo.asks(&["--markdown", ".git/page.md"]);
    let commit = repo.git(&["rev-parse", "--short=10", "main"]);
    insta::assert_snapshot!(answer.out.replace(&commit, "COMMIT"), @r#"
    the files here against main (COMMIT); 2 rules of docs/review/RULES.md at the base

    src/a.py:2: warning: q says nothing [names.clear]
    src/a.py:3: warning: it says what [comments]

    ai         required  looked at 1 file, 2 new lines
    rules      required  looked at 1 file, 2 new lines
    secrets    required  looked at 1 file, 2 new lines
    size       required  looked at 1 file, 2 new lines
    Memory Bank of the base:
      memory/docs/architecture.md (21 bytes)
      without memory/docs/big.md: 55000 bytes, and 39979 of 40000 are left for documents
    the model: the command of --ai-cmd; asked by 3 criteria; 0 secrets taken out; 2 findings dropped
      dropped: "names.clear" "src/a.py":1: cites no new line that was sent
      dropped: "names.liked" "src/a.py":2: cites no criterion that was asked

    clean: 2 findings, below the level that fails
    "#);
    let asked = repo.kept(".git/asked");
    assert!(asked.contains("\nnames.clear| Are names clear?\n"), "{asked}");
    assert!(asked.contains("\nnames.short| Are names short?\n"), "{asked}");
    assert!(!asked.contains("names.liked"), "{asked}");
    assert!(
        asked.contains("\ncomments| Comments say why. Not what. Only for src/**.\n"),
        "{asked}"
    );
    assert!(asked.contains("architecture.md:\n| Layers: page, model.\n"), "{asked}");
    assert!(asked.contains("\nNew lines of src/a.py:\n2| q = x\n3| # add one\n"), "{asked}");
    let page = repo.kept(".git/page.md");
    let context = "### Memory Bank of the base\n\n- `memory/docs/architecture.md`\n- without `memory/docs/big.md`: 55000 bytes";
    assert!(page.contains(context), "{page}");
    assert!(page.contains("**warning** q says nothing (`names.clear`)"), "{page}");
    assert!(page.contains("### A model's part\n\n- the model: the command of --ai-cmd"), "{page}");
    // The same question, whoever asks it again.
    let json = repo.asks(&["--format", "json"]);
    assert_eq!(
        (json.code, json.told()),
        (0, vec!["names.clear src/a.py:2".to_owned(), "comments src/a.py:3".to_owned(),])
    );
    assert_eq!(repo.kept(".git/asked"), asked);
    let data = &json.json()["data"];
    assert_eq!(data["looked"]["ai"], json!({"looked": "yes", "files": 1, "lines": 2}));
    assert_eq!(data["ai"]["dropped"]["count"], 2);
    assert_eq!(data["memory"]["left_out"][0]["what"], "memory/docs/big.md");
    // It fails a review from the level on that fails.
    assert_eq!(repo.asks(&["--fail-on", "warning"]).code, 1);
}

#[test]
fn a_well_formed_answer_without_findings_is_a_look() {
    let answer = repo().asks(&["--format", "json"]);
    assert_eq!((answer.code, answer.told().len()), (0, 0), "{}", answer.err);
    assert_eq!(answer.json()["data"]["looked"]["ai"]["looked"], "yes");
}

#[test]
fn a_server_is_asked_as_such_servers_are() {
    let repo = repo();
    let server = Server::finding(json!([finding("names.clear", "src/a.py", 2, "unclear")]));
    let url = server.url();
    for url in [url.clone(), format!("{url}/"), format!("{url}/chat/completions")] {
        let answer = repo.serves(&url, &["--format", "json"]);
        assert_eq!(answer.told(), ["names.clear src/a.py:2"], "{}", answer.err);
        let by = answer.json()["data"]["ai"]["by"].as_str().unwrap().to_owned();
        assert_eq!(by, format!("small at {}/chat/completions", server.url()));
        assert!(!format!("{}{}", answer.out, answer.err).contains("the-token"));
    }
    for asked in server.asked() {
        assert!(asked.head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{}", asked.head);
        assert_eq!(asked.header("authorization"), Some("Bearer the-token-of-ai"));
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        assert_eq!(body["model"], "small");
        assert!(!asked.body.contains("the-token"));
    }
    // Without a token none is sent.
    let args = ["check", "--base", "main", "--ai-url", &url, "--ai-model", "small"];
    assert_eq!(repo.call_in(&args, "", &[("LEADFORGE_AI_TOKEN", "")]).code, 0);
    assert_eq!(server.asked().pop().unwrap().header("authorization"), None);
}

/// A small model takes less: what it was not sent is named once, and was not looked at.
#[test]
fn what_does_not_fit_is_named() {
    let repo = repo();
    repo.write("src/b.py", &"y = 1\n".repeat(100));
    repo.write("logo.png", "\0");
    repo.commit();
    let answer = repo.asks(&["--ai-bytes", "200"]);
    assert_eq!(answer.code, 3, "{}", answer.err);
    let missed = "src/b.py: 1016 bytes, and 154 are left for new lines";
    assert!(
        answer.out.contains(&format!("but not at\n                       {missed}\n")),
        "{}",
        answer.out
    );
    assert_eq!(answer.out.matches("src/b.py").count(), 1, "{}", answer.out);
    assert!(
        answer.out.contains("  not sent: logo.png: it has no lines to send\n"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("  memory/docs/architecture.md (21 bytes)\n"), "{}", answer.out);
    assert!(!repo.kept(".git/asked").contains("y = 1"));
    let json = repo.asks(&["--ai-bytes", "100", "--format", "json"]).json();
    let left: Vec<_> = json["data"]["ai"]["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| left["what"].as_str().unwrap())
        .collect();
    assert_eq!(left, ["src/b.py", "logo.png"]);
    // A fifth of it is room for documents.
    assert_eq!(json["data"]["memory"]["pages"], json!([]));
}
