//! What a review comes to, and what it is recognised by.

use std::collections::BTreeMap;

use leadforge_review_rules::change::{Change, RepoPath};
use leadforge_review_rules::identity::{Key, recognise};
use leadforge_review_rules::rules::RuleSet;
use leadforge_review_rules::{
    Checked, Config, Evidence, Finding, Level, Looked, Missed, REQUIRED, Report, Verdict, review,
};

use crate::repo::Repo;

type Files = BTreeMap<RepoPath, Vec<u8>>;

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(name, text)| (RepoPath::from(*name), text.as_bytes().to_vec())).collect()
}

fn between(base: &Files, head: &Files) -> Change {
    let repo = Repo::new();
    let put = |files: &Files| {
        for (path, content) in files {
            repo.write(path.as_str().unwrap(), content);
        }
        repo.commit();
    };
    put(base);
    repo.git(&["rm", "-rq", "--ignore-unmatch", "."]);
    put(head);
    repo.change("HEAD~1", "HEAD")
}

fn reviewed(base: &Files, head: &Files, others: BTreeMap<String, Checked>) -> Report {
    let change = between(base, head);
    let config = Config { required: REQUIRED.map(str::to_owned).into(), ..Config::default() };
    review(&change, &RuleSet::builtin(), Evidence { head, base, others }, &config)
}

fn secrets(looked: Looked) -> BTreeMap<String, Checked> {
    [("secrets".to_owned(), Checked { findings: Vec::new(), looked })].into()
}

#[test]
fn a_required_check_that_did_not_look_is_never_a_pass() {
    let (base, head) = (files(&[("a.py", "x = 1\n")]), files(&[("a.py", "x = 2\n")]));
    let whole = secrets(Looked::Yes { files: 1, lines: 1 });
    assert_eq!(reviewed(&base, &head, whole.clone()).verdict(Some(Level::Warning)), Verdict::Clean);
    let told = |report: Report| match report.verdict(Some(Level::Warning)) {
        Verdict::Incomplete { blind } => blind.join("\n"),
        other => panic!("{other:?}"),
    };
    insta::assert_snapshot!(told(reviewed(&base, &head, BTreeMap::new())), @"secrets: not looked: the check was not run");
    let partly = Looked::at(1, 1, vec![Missed::new("big.bin", "it is larger than 64 MiB")]);
    insta::assert_snapshot!(told(reviewed(&base, &head, secrets(partly))), @"secrets: big.bin: it is larger than 64 MiB");
    insta::assert_snapshot!(told(reviewed(&base, &base, whole)), @r"
    rules: not looked: there is no change: nothing was compared
    size: not looked: there is no change: nothing was compared
    ");
}

#[test]
fn findings_are_still_there_when_a_check_was_blind() {
    let (base, head) = (files(&[("a.py", "x = 1\n")]), files(&[("a.py", "eval(x)\n")]));
    let report = reviewed(&base, &head, BTreeMap::new());
    assert_eq!(report.findings.len(), 1);
    assert!(matches!(report.verdict(None), Verdict::Incomplete { .. }));
    let report = reviewed(&base, &head, secrets(Looked::Yes { files: 1, lines: 1 }));
    assert_eq!(report.verdict(Some(Level::Error)), Verdict::Findings);
    assert_eq!(report.verdict(None), Verdict::Clean);
}

/// The keys of one file's faults, and again after the file was changed.
fn keys(path: &str, text: &str) -> Vec<Key> {
    let head = files(&[(path, text)]);
    reviewed(&files(&[("z", "z")]), &head, BTreeMap::new()).keys
}

#[test]
fn a_finding_is_recognised_wherever_it_went() {
    let old = "import a\n\ndef f():\n    eval('x')\n    done()\n\ndef g():\n    eval('x')\n";
    let old_keys = keys("src/a.py", old);
    assert_eq!(old_keys.len(), 2);
    let stays = |path: &str, text: &str, gone: bool| {
        let new = keys(path, text);
        recognise(&old_keys, &new, &|_| gone)
    };
    let both = vec![Some(0), Some(1)];
    assert_eq!(stays("src/a.py", &format!("# more\n# more\n{old}"), false), both, "insert above");
    assert_eq!(stays("src/b.py", old, true), both, "rename");
    assert_eq!(stays("src/b.py", old, false), [None, None], "a copy is new");
    let renamed = old.replace("def f()", "def ff()");
    assert_eq!(stays("src/b.py", &renamed, true), both, "rename and work beside it");
    let black = old.replace("eval('x')", "eval(\n        \"x\",\n    )");
    assert_eq!(stays("src/a.py", &black, false), both, "reformat");
    let swapped = "import a\n\ndef g():\n    eval('x')\n\ndef f():\n    eval('x')\n    done()\n";
    assert_eq!(stays("src/a.py", swapped, false), [Some(1), Some(0)], "move");
    let third = format!("{old}\ndef h():\n    eval('x')\n");
    assert_eq!(stays("src/a.py", &third, false), [Some(0), Some(1), None], "one more");
    let other = old.replacen("eval('x')", "eval('y')", 1);
    assert_eq!(
        stays("src/a.py", &other, false),
        [None, Some(1)],
        "another text is another finding"
    );
}

#[test]
fn a_fingerprint_does_not_name_a_line() {
    let fingerprints = |text: &str| -> Vec<String> {
        let head = files(&[("a.py", text)]);
        let report = reviewed(&files(&[("z", "z")]), &head, BTreeMap::new());
        report.findings.iter().map(|finding: &Finding| finding.fingerprint.clone()).collect()
    };
    let one = fingerprints("eval(x)\neval(x)\n");
    assert_eq!(one.len(), 2);
    assert_ne!(one[0], one[1]);
    assert_eq!(fingerprints("a = 1\neval(x)\nb = 2\neval( x )\n"), one);
}
