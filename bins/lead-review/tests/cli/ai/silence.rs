//! How each kind of silence of a model is named, and that none of them is a look.

use std::fs;

use serde_json::json;

use super::{LEDGER, blind, repo, with};
use crate::Repo;
use crate::model::{Server, says, token};

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

/// Whether the process whose number is in `.git/pid` still runs.
fn running(repo: &Repo) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", repo.kept(".git/pid").trim()));
    stat.is_ok_and(|stat| !stat.rsplit(')').next().unwrap().trim_start().starts_with('Z'))
}

/// Neither a child in the background nor its streams outlive the limit, or the command itself.
#[test]
fn what_it_starts_ends_with_it() {
    let repo = repo();
    let grandchild = "sleep 600 & echo $! > .git/pid";
    let line = format!("{grandchild}; sh -c 'sleep 600; :'");
    let args = ["check", "--base", "main", "--ai-cmd", &line, "--ai-seconds", "1"];
    blind(&repo.call(&args), "no answer within 1 s: what was started for it was ended");
    assert!(!running(&repo));
    let line = format!("{grandchild}; yes");
    blind(&repo.call(&["check", "--base", "main", "--ai-cmd", &line]), "more than 1048576 bytes");
    assert!(!running(&repo));
    // It ended, and what it left holds on to the answer's stream.
    let line = format!("{grandchild}; sh .git/model.sh");
    let answer = repo.call(&["check", "--base", "main", "--ai-cmd", &line]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert!(!running(&repo));
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

/// Control-C in the middle of an answer, as the command itself sends it.
#[test]
fn whoever_interrupts_it_waits_for_nobody() {
    let repo = repo();
    let line = "sleep 600 & echo $! > .git/pid; kill -INT $PPID; sleep 600";
    let answer = repo.call(&["check", "--base", "main", "--ai-cmd", line]);
    assert_eq!((answer.code, &*answer.out), (130, ""), "{}", answer.err);
    assert!(!repo.kept(".git/pid").is_empty() && !running(&repo));
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
