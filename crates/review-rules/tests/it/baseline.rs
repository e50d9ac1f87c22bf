//! Findings that are let pass: until when, how they are recognised, and that branches merge.

use leadforge_review_rules::baseline::{Applied, Entry, apply};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::identity::Key;
use leadforge_review_rules::{Finding, Level};

use crate::repo::Repo;

type Files = std::collections::BTreeMap<RepoPath, Vec<u8>>;

/// A finding about a text, on the line on which it stands.
fn findings(path: &str, content: &str, about: &[&str]) -> (Vec<Finding>, Vec<Key>) {
    let head: Files = [(RepoPath::from(path), content.as_bytes().to_vec())].into();
    let mut findings = Vec::new();
    for text in about {
        let line = content.lines().position(|line| line.contains(text)).unwrap() + 1;
        let line = u32::try_from(line).unwrap();
        findings.push(
            Finding::new("a.rule", Level::Error, "m")
                .at(&RepoPath::from(path), Some(line))
                .about(*text),
        );
    }
    let keys = Key::of(&mut findings, &head);
    (findings, keys)
}

fn applied(
    entries: &[Entry],
    path: &str,
    content: &str,
    about: &[&str],
    today: &str,
) -> (usize, Applied) {
    let (mut findings, mut keys) = findings(path, content, about);
    let gone = |old: &str| old != path;
    let applied = apply(entries, &mut findings, &mut keys, today, &gone);
    assert_eq!(findings.len(), keys.len());
    (findings.len(), applied)
}

#[test]
fn what_is_let_pass_is_recognised_until_its_last_day_and_nothing_else_is() {
    let (_, keys) = findings("a.py", "one\nsecret-x\ntwo\n", &["secret-x"]);
    let entry = Entry::new(keys[0].clone(), "an example", "2026-12-31").unwrap();
    let entries = [Entry::read("file", &entry.text()).unwrap()];
    assert_eq!(entries, [entry]);
    let left = |path: &str, content: &str, about: &[&str], today: &str| {
        applied(&entries, path, content, about, today).0
    };
    assert_eq!(left("a.py", "more\none\nsecret-x\ntwo\n", &["secret-x"], "2026-12-31"), 0);
    assert_eq!(left("renamed.py", "one\nsecret-x\ntwo\n", &["secret-x"], "2026-11-23"), 0);
    assert_eq!(left("a.py", "one\nsecret-x\ntwo\n", &["secret-x"], "2027-01-01"), 1);
    // Another secret in the same place is another finding.
    assert_eq!(left("a.py", "one\nsecret-y\ntwo\n", &["secret-y"], "2026-11-23"), 1);
    assert_eq!(
        left("a.py", "one\nsecret-x\ntwo\nsecret-y\n", &["secret-x", "secret-y"], "2026-11-23"),
        1
    );
    let (_, told) = applied(&entries, "a.py", "secret-y\n", &["secret-y"], "2027-01-01");
    assert_eq!((told.passed.len(), told.expired.len(), told.idle.len()), (0, 1, 0));
}

#[test]
fn an_entry_says_why_and_until_when() {
    let key = Key { rule: "a.rule".into(), ..Key::default() };
    let told = |reason: &str, until: &str| Entry::new(key.clone(), reason, until).unwrap_err();
    insta::assert_snapshot!(told(" ", "2026-12-31"), @"the reason is empty: say why the finding is let pass");
    for day in
        ["", "2026-2-3", "2026-02-30", "2025-02-29", "31.12.2026", "2026-13-01", "2026-12-3²"]
    {
        assert_eq!(told("r", day), format!("until is {day:?}: expected a day such as 2026-12-31"));
    }
    let wrong = Entry::read("x.toml", "reason = \"r\"\nuntil = \"2026-12-31\"\nforever = true\n")
        .unwrap_err();
    insta::assert_snapshot!(wrong, @"x.toml: unknown field `forever`, expected one of `reason`, `until`, `finding`");
}

#[test]
fn twenty_branches_that_each_add_one_merge_without_a_conflict() {
    let repo = Repo::new();
    repo.write("a", "a");
    repo.commit();
    for branch in 0..20 {
        repo.git(&["checkout", "-q", "-b", &format!("b{branch}"), "main"]);
        let content = format!("x{branch} = 1\n");
        let (_, keys) = findings("src/a.py", &content, &[content.trim()]);
        let entry = Entry::new(keys[0].clone(), "known", "2026-12-31").unwrap();
        repo.write(format!("baseline/{}", entry.file()), entry.text());
        // One finding that all of them know: the same file with the same bytes.
        let (_, keys) = findings("src/b.py", "y = 1\n", &["y"]);
        let entry = Entry::new(keys[0].clone(), "known", "2026-12-31").unwrap();
        repo.write(format!("baseline/{}", entry.file()), entry.text());
        repo.commit();
    }
    repo.git(&["checkout", "-q", "main"]);
    for branch in 0..20 {
        repo.git(&["merge", "-q", "--no-edit", &format!("b{branch}")]);
    }
    let files = repo.git(&["ls-files", "baseline"]);
    assert_eq!(str::from_utf8(&files).unwrap().lines().count(), 21);
}
