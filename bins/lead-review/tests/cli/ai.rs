//! A model as a reviewer: what leaves, what counts of what comes back, and how each kind of silence is named.

use std::fs;

use leadforge_cli_kit::Config;
use leadforge_cli_kit::trust::{Store, Subject};
use serde_json::{Value, json};

use crate::host::{Host, State};
use crate::model::{Server, says, token};
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

/// What the server received is the proof.
#[test]
fn no_secret_leaves() {
    let (token, password) = ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "hunter2hunter2XyZ9");
    let body: Vec<String> = (0..20)
        .map(|line| {
            format!("{line:02}Qk9iQ2FyREVmR0hpSktsTW5PcFFyU3RVdld4WXow{line:02}aZ9bY8cX7dW6")
        })
        .collect();
    let key = |lines: &[String]| {
        let (begin, end) = ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
        format!("{begin}\n{}\n{end}\n", lines.join("\n"))
    };
    let page = format!("The server takes token = \"{token}\".\n");
    let ledger = LEDGER.replace("Are names short?", &format!("Is {token} there?"));
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
    for secret in [token, password, &body[9]] {
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
fn an_answer_that_is_none_is_no_look() {
    let repo = repo();
    let ask = |line: &str, more: &[&str]| {
        repo.call(&[&["check", "--base", "main", "--ai-cmd", line], more].concat())
    };
    let empty = "the answer is empty";
    let shape = "the answer is not the JSON that was asked for";
    for (line, named) in [
        ("cat > .git/asked", empty),
        ("cat > .git/asked; echo None", empty),
        // What a shell of Windows wrote, and was kept as a review.
        ("cat > .git/asked; printf '\\377\\376N\\0o\\0n\\0e\\0'", "not text in UTF-8"),
        ("cat > .git/asked; echo LGTM", shape),
        ("sh .git/model.sh | head -c 30", shape),
        ("echo '{\"read\": \"00\", \"findings\": []}'", "the prompt was not read whole"),
        ("sh .git/model.sh; exit 7", "it ended with exit status: 7"),
        ("echo 'no key' >&2; exit 1", "exit status: 1: no key"),
        ("kill -9 $$", "it ended with signal: 9"),
        ("nobody-has-this-program", "exit status: 127: "),
        ("head -c 2000000 /dev/zero", "more than 1048576 bytes"),
        ("yes", "more than 1048576 bytes"),
    ] {
        blind(&ask(line, &[]), named);
    }
    repo.findings(&json!("none"));
    blind(&repo.asks(&[]), shape);
    // What was found otherwise is told all the same.
    repo.write("src/b.py", "print(1)\n");
    let answer = ask("echo None", &[]);
    blind(&answer, empty);
    assert!(answer.out.contains("src/b.py:1: error: No print [no-print]"), "{}", answer.out);
}

/// Neither a child in the background nor its streams outlive the limit, or the command itself.
#[test]
fn what_it_starts_ends_with_it() {
    let repo = repo();
    let grandchild = "sleep 600 & echo $! > .git/pid";
    let running = || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", repo.kept(".git/pid").trim()));
        stat.is_ok_and(|stat| !stat.rsplit(')').next().unwrap().trim_start().starts_with('Z'))
    };
    let line = format!("{grandchild}; sh -c 'sleep 600; :'");
    let args = ["check", "--base", "main", "--ai-cmd", &line, "--ai-seconds", "1"];
    blind(&repo.call(&args), "no answer within 1 s: what was started for it was ended");
    assert!(!running());
    // It ended, and what it left holds on to the answer's stream.
    let line = format!("{grandchild}; sh .git/model.sh");
    let answer = repo.call(&["check", "--base", "main", "--ai-cmd", &line]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert!(!running());
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

#[test]
fn a_server_that_does_not_answer_is_named() {
    let repo = repo();
    let said = |reply: (u16, &str, &str)| {
        let (status, headers, body) = (reply.0, reply.1.to_owned(), reply.2.to_owned());
        let server = Server::new(move |_| (status, headers.clone(), body.clone()));
        repo.serves(&server.url(), &[])
    };
    let echo = r#"{"error": {"message": "no such key: the-token-of-ai"}}"#;
    let over =
        format!(r#"{{"choices": [{{"message": {{"content": "{}"}}}}]}}"#, "x".repeat(3 << 20));
    let most =
        format!(r#"{{"choices": [{{"message": {{"content": "{}"}}}}]}}"#, "x".repeat(3 << 19));
    for (reply, named) in [
        ((401, "", echo), "answers 401: the token of LEADFORGE_AI_TOKEN is not accepted\n"),
        (
            (404, "", r#"{"error": {"message": "no model small"}}"#),
            "answers 404: no such address or model is there (no model small)",
        ),
        ((429, "retry-after: 17\r\n", ""), "answers 429: asked too often; it says to wait 17 s"),
        ((500, "", "<html>"), "answers 500: the server is in trouble"),
        (
            (400, "", r#"{"error": "a \u001b[31mred\u001b[0m word"}"#),
            "answers 400: it does not take the question (a ",
        ),
        ((302, "location: http://localhost:9/v1\r\n", ""), "answers 302: it sends on to elsewhere"),
        (
            (307, "location: http://localhost:9/v1\r\n", ""),
            "that is another host, which must not see the token",
        ),
        ((200, "", "<html>"), "the server's answer is no chat completion"),
        ((200, "", "{}"), "the server's answer is no chat completion"),
        ((200, "", r#"{"choices": []}"#), "the answer is empty"),
        ((200, "", r#"{"choices": [{"message": {"content": null}}]}"#), "the answer is empty"),
        ((200, "", r#"{"choices": [{"message": {"content": "None"}}]}"#), "the answer is empty"),
        (
            (200, "", r#"{"choices": [{"message": {"refusal": "I cannot"}}]}"#),
            "the model refused to answer",
        ),
        (
            (200, "", r#"{"choices": [{"message": {"content": "{"}, "finish_reason": "length"}]}"#),
            "the answer is cut off",
        ),
        (
            (200, "", r#"{"choices": [{"message": {}, "finish_reason": "content_filter"}]}"#),
            "held back by a filter",
        ),
        ((200, "", &over), "an answer of more than 2097152 bytes"),
        ((200, "", &most), "the answer has more than 1048576 bytes"),
    ] {
        let answer = said(reply);
        blind(&answer, named);
        assert!(!answer.out.contains('\u{1b}'), "{:?}", answer.out);
    }
    // Nobody listens there any more.
    let gone = Server::finding(json!([])).url();
    blind(&repo.serves(&gone, &[]), "nothing listens there");
    // It begins to answer and does not end.
    let server = Server::new(|_| (200, "content-length: 99\r\n".to_owned(), "{".to_owned()));
    blind(&repo.serves(&server.url(), &["--ai-seconds", "5"]), "http://127.0.0.1");
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

#[test]
fn a_review_without_criteria_is_none() {
    let none = Repo::new(&[("src/a.py", "x = 1\n")]);
    none.write("src/a.py", "x = 2\n");
    let ask = |repo: &Repo| repo.call(&["check", "--ai-cmd", "echo '{}'"]);
    blind(
        &ask(&none),
        "no criterion is a model's to judge: neither docs/review/CRITERIA.md nor the rules of the base",
    );
    // The change brings its own criteria: they do not count.
    none.write("docs/review/CRITERIA.md", LEDGER);
    blind(&ask(&none), "no criterion is a model's to judge");
    let based = |files: &[(&str, &str)]| {
        let repo = Repo::new(&[files, &[("src/a.py", "x = 1\n")]].concat());
        repo.write("src/a.py", "x = 2\n");
        ask(&repo)
    };
    let path = "docs/review/CRITERIA.md";
    blind(&based(&[(path, "# None\n")]), "docs/review/CRITERIA.md of the base:1: no block");
    let config = "[review.ai]\ncriteria = 'nowhere.md'\n";
    blind(
        &based(&[("leadforge.toml", config)]),
        "criteria names nowhere.md, which the base does not have",
    );
    let short = LEDGER.replace("words = true", "words = false").replace("> Are names clear?\n", "");
    blind(
        &based(&[(path, &short)]),
        "the ledger keeps no words, and the base does not have docs/prose.md",
    );
    let other = "# A\n\n- **Other**: what?\n";
    blind(&based(&[(path, &short), ("docs/prose.md", other)]), "has no words of names.clear");
    // The document has them.
    let repo = with(&[]);
    repo.git(&["checkout", "-q", "main"]);
    repo.write(path, &short);
    repo.write("docs/prose.md", "# Names\n\n- **Clear**: are they clear at once?\n");
    repo.commit();
    repo.git(&["checkout", "-q", "-b", "next"]);
    repo.write("src/a.py", "x = 2\n");
    assert_eq!(repo.asks(&[]).code, 0);
    assert!(
        repo.kept(".git/asked").contains("names.clear| Clear: are they clear at once?"),
        "{}",
        repo.kept(".git/asked")
    );
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

/// Whoever answers without having read all of the question has not looked.
#[test]
fn a_question_that_was_cut_is_noticed() {
    let repo = repo();
    let server = Server::new(|asked| {
        let prompt = asked.prompt();
        let cut: String = prompt.chars().take(prompt.len() / 2).collect();
        says(&json!({"read": token(&cut), "findings": []}).to_string())
    });
    blind(&repo.serves(&server.url(), &[]), "the prompt was not read whole");
}
