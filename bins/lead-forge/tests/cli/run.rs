//! `run`, `trust`, `doctor`, `dossier` and `demo` on real repositories.

use super::Repo;

const GOOD: &str = "run = \"echo two >> a.txt\"\nverify = [\"grep -q two a.txt\"]";

#[test]
fn a_run_lands_shows_and_leaves_the_user_alone() {
    let repo = Repo::with(&[("lf-a", GOOD)]);
    let before = repo.own();
    let ran = repo.call(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("landed  lf-a Do lf-a") && ran.out.contains("1 of 1 tasks landed"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("landed lf-a"), "progress is on standard error: {}", ran.err);
    assert_eq!(repo.own(), before);
    let page =
        ran.out.lines().find_map(|l| l.strip_prefix("dossier: ")).expect("the page is named");
    let html = std::fs::read_to_string(page).expect("the page is there");
    assert!(html.starts_with("<!") && html.contains("Do lf-a") && !html.contains("<script"));
    let done = repo.git(&["show", "leadforge/run:docs/TASKS/queue/completed/lf-a.md"]);
    assert!(done.contains("[done]") && done.contains("epoch = 1"), "{done}");
}

#[test]
fn json_carries_everything_and_progress_is_ndjson() {
    let repo = Repo::with(&[("lf-a", GOOD), ("lf-b", "run = \"true\"\nverify = [\"false\"]")]);
    let ran = repo.call(&["run", "--format", "json"]);
    assert_eq!(ran.code, 1, "a task failed: {}", ran.err);
    let envelope = ran.json();
    assert_eq!(envelope["schema"], "leadforge/forge/1");
    assert_eq!(envelope["outcome"], "findings");
    assert_eq!(envelope["findings"][0]["rule"], "run.failed");
    for line in ran.err.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert!(event["event"].is_string(), "{line}");
    }
    let json = envelope["data"]["dossier"]["json"].as_str().expect("a path");
    let dossier: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).expect("there")).expect("JSON");
    assert_eq!(dossier["schema"], "leadforge/dossier/1");
    assert_eq!(dossier["tasks"].as_array().map(Vec::len), Some(2));
}

#[test]
fn hostile_text_reaches_terminal_and_pages_only_escaped() {
    let repo = Repo::new();
    let title = "<script>alert(1)</script> & <b>bold</b>";
    // What a program prints may hold anything; it reaches people through reasons and log tails.
    let run = r"printf '\\033]0;owned\\007<script>alert(3)</script>'; echo two >> a.txt; exit 3";
    repo.write(
        "docs/TASKS/queue/pending/lf-a.md",
        &format!("+++\ntitle = \"{title}\"\nrun = \"{run}\"\nverify = [\"true\"]\ntries = 1\n+++\n\u{1b}[31m<img src=x onerror=alert(2)> \u{202e}![x](http://evil.example/x)\n"),
    );
    repo.accept();
    let ran = repo.call(&["run"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for text in [&ran.out, &ran.err] {
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{7}') && !text.contains('\u{202e}'),
            "{text:?}"
        );
    }
    let page =
        ran.out.lines().find_map(|l| l.strip_prefix("dossier: ")).expect("the page is named");
    let html = std::fs::read_to_string(page).expect("there");
    assert!(!html.contains("<script") && !html.contains("<img src=x"), "markup came through");
    let markdown = std::fs::read_to_string(page.replace(".html", ".md")).expect("there");
    let fenced = |line: &&str| line.trim_start().starts_with("```");
    let mut inside = false;
    for line in markdown.lines() {
        // Between fences text is shown as it is; a fence is longer than any that the text holds.
        inside ^= fenced(&line);
        let bare = line.contains("<script") || line.contains("<img src=x");
        assert!(inside || !bare, "markup came through: {line}");
    }
    let shown = html.chars().chain(markdown.chars());
    assert!(
        !shown.into_iter().any(|c| matches!(c, '\u{1b}' | '\u{7}' | '\u{202e}')),
        "controls came through"
    );
    // And in the history: what a program printed is one line of JSON there.
    let body = repo.git(&["log", "-1", "--format=%B", "lf/lf-a/1"]);
    assert!(body.contains("LeadForge-Reason: ") && !body.contains('\u{1b}'), "{body:?}");
}

#[test]
fn nothing_to_run_is_a_finding_and_says_so() {
    let repo = Repo::new();
    let ran = repo.call(&["run"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("no pending task"), "{}", ran.err);
}

#[test]
fn other_tools_results_stand_in_the_dossier() {
    let repo = Repo::with(&[("lf-a", GOOD)]);
    assert_eq!(repo.call(&["run", "-q"]).code, 0);
    let with = repo.dir.path().join("sbom.json");
    std::fs::write(&with, r#"{"schema":"leadforge/sbom/1","tool":{"name":"lead-sbom","version":"0.1.0"},"outcome":"clean","summary":{"components":12},"findings":[],"data":{}}"#)
        .expect("written");
    let out = repo.dir.path().join("proof");
    let args = ["dossier", "--with", &with.to_string_lossy(), "--output", &out.to_string_lossy()];
    assert_eq!(repo.call(&args).code, 0);
    let html = std::fs::read_to_string(out.join("dossier.html")).expect("there");
    assert!(html.contains("components") && html.contains("lead-sbom"));
    std::fs::write(&with, "{}").expect("written");
    assert_eq!(repo.call(&args).code, 2, "what is no envelope is refused");
}

#[test]
fn a_run_from_a_linked_worktree_works_on_the_main_checkouts_queue() {
    let repo = Repo::with(&[("lf-a", GOOD)]);
    repo.git(&["worktree", "add", "-q", "../side", "-b", "side"]);
    let ran = repo.call_in(&repo.dir.path().join("side"), &["run", "-q"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(repo.git(&["show", "leadforge/run:a.txt"]).contains("two"));
}

#[test]
fn a_failed_task_stays_failed_until_it_is_mended() {
    let repo =
        Repo::with(&[("lf-a", "run = \"echo x >> a.txt\"\nverify = [\"false\"]\ntries = 1")]);
    assert_eq!(repo.call(&["run", "-q"]).code, 1);
    let again = repo.call(&["run"]);
    assert_eq!(again.code, 1);
    assert!(!again.err.contains("started"), "it is not tried again by itself: {}", again.err);
}

#[test]
fn a_chosen_task_does_not_run_without_what_it_waits_for() {
    let waits = format!("{GOOD}\nafter = [\"lf-a\"]");
    let repo = Repo::with(&[("lf-a", GOOD), ("lf-b", &waits)]);
    let ran = repo.call(&["run", "lf-b"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("it waits for lf-a, which is not a part of this run"), "{}", ran.out);
    assert_eq!(repo.call(&["run", "-q", "lf-a"]).code, 0);
    assert_eq!(repo.call(&["run", "-q", "lf-b"]).code, 0, "it is on the branch now");
}

#[test]
fn the_demo_ends_as_planned() {
    let repo = Repo::new();
    let scratch = repo.dir.path().join("scratch");
    let before = repo.own();
    let args = ["demo", "--scratch", &scratch.to_string_lossy()];
    let ran = repo.call(&args);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains("everything ended as planned"), "{}", ran.out);
    assert_eq!(repo.own(), before, "the cloned repository is only read");
    assert!(!scratch.join("ESCAPED").exists());
    assert_eq!(repo.call(&args).code, 4, "an existing clone is not overwritten");
}
