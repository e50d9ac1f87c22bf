//! Words that a project does not want: where they match, what excuses them, what stands in their place.

use std::collections::BTreeMap;

use leadforge_review_rules::change::{Change, RepoPath};
use leadforge_review_rules::inclusive::Terms;
use leadforge_review_rules::size::Config;
use leadforge_review_rules::{Checked, Looked};

use crate::repo::Repo;

const WORDS: &str = r#"
terms:
  whitelist: { alternatives: [allowlist, passlist], context: "for what is permitted" }
  master:
    alternatives: [primary]
    severity: warning
    exceptions: ["master branch", "Scrum Master"]
  slave: { alternatives: [replica], severity: error }
  man-hours: { alternatives: [person-hours] }
  sanity check: { alternatives: [smoke test], severity: info }
patterns:
  - { name: pronouns, regex: '\bhe\s+will\b', suggestion: "say they", severity: info }
  - { name: gatherings, terms: [brownbag] }
"#;

fn found(line: &str) -> Vec<String> {
    let terms = Terms::read(WORDS).unwrap();
    terms.find(line).iter().map(|hit| format!("{}:{}", hit.term, &line[hit.at.clone()])).collect()
}

#[test]
fn whole_words_match_those_of_identifiers_too() {
    assert_eq!(
        found("the Whitelist, two WHITELISTS"),
        ["whitelist:Whitelist", "whitelist:WHITELISTS"]
    );
    assert_eq!(found("HOST_WHITELIST = isWhiteList(white_list)").len(), 3);
    assert_eq!(
        found("XMLMaster masterNode(slaves)"),
        ["master:Master", "master:master", "slave:slaves"]
    );
    assert_eq!(found("ten man hours, manHours, man-hours").len(), 3);
    assert_eq!(found("a sanity check; sanity_check(); SanityChecks").len(), 3);
    assert_eq!(found("He will come to the brownbag"), ["pronouns:He will", "gatherings:brownbag"]);
    for fine in
        ["mastering", "remastered", "enslaved", "white list", "is lave", "s-la-ve", "mastery"]
    {
        assert_eq!(found(fine), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn what_is_excused_is_excused_where_it_stands() {
    assert_eq!(found("our Master Branch and the scrum master"), Vec::<String>::new());
    assert_eq!(found("my-scrum-master"), Vec::<String>::new());
    assert_eq!(found("the master branch of the master").len(), 1);
    assert_eq!(found("see https://example.org/x/blob/master/a.md and master"), ["master:master"]);
    assert_eq!(found("whitelist  # inclusive-language: ignore-line"), Vec::<String>::new());
    assert_eq!(found("é whitelist ÄMASTER İ master").len(), 2);
}

fn check(before: &[(&str, &str)], after: &[(&str, &str)]) -> Checked {
    let repo = Repo::new();
    let tree = |files: &[(&str, &str)]| -> BTreeMap<RepoPath, Vec<u8>> {
        let files =
            files.iter().map(|(name, text)| (RepoPath::from(*name), text.as_bytes().to_vec()));
        files.collect()
    };
    before.iter().for_each(|(name, text)| repo.write(name, text));
    repo.commit();
    after.iter().for_each(|(name, text)| repo.write(name, text));
    repo.commit();
    let change = repo.change("HEAD~1", "HEAD");
    let terms = Terms::read(WORDS).unwrap();
    terms.check(&change, &tree(after), &tree(before), &Config::default().classes, "words.yaml")
}

#[test]
fn new_lines_are_judged_and_get_a_suggestion() {
    let before = [("a.md", "the master\n"), ("words.yaml", "x\n")];
    let after = [
        ("a.md", "new\n  the master\nthe Slave.\nthe slave_node\n"),
        ("a.py", "whitelist = 1\n"),
        ("uv.lock", "master\n"),
        ("words.yaml", "master\n"),
    ];
    let checked = check(&before, &after);
    let told: Vec<_> = checked
        .findings
        .iter()
        .map(|finding| {
            let at = finding.at.as_ref().unwrap();
            let fix = finding.fix.as_ref().map_or("", |fix| &fix.text);
            format!("{} {}:{} {} | {fix}", finding.rule, at.path, at.line.unwrap(), finding.message)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    language.slave a.md:3 "Slave": say replica | the Replica.
    language.slave a.md:4 "slave": say replica | 
    language.whitelist a.py:1 "whitelist": say allowlist, passlist (for what is permitted) | 
    "#);
    assert_eq!(checked.looked, Looked::Yes { files: 2, lines: 5 });
    let none = Terms::read(WORDS).unwrap();
    let (head, base) = (BTreeMap::new(), BTreeMap::new());
    let none = none.check(&Change::default(), &head, &base, &Config::default().classes, "x");
    assert!(matches!(none.looked, Looked::No { .. }), "{:?}", none.looked);
}

#[test]
fn a_file_that_is_none_is_refused() {
    let told = |yaml: &str| Terms::read(yaml).unwrap_err().to_string();
    insta::assert_snapshot!(told("terms: {}\n"), @"it names no term and no pattern");
    insta::assert_snapshot!(told("terms:\n  '--': {}\n"), @r#""--" has no letters to look for"#);
    insta::assert_snapshot!(told("patterns:\n  - {name: x}\n"), @"patterns: x: expected regex or terms");
    assert!(
        told("patterns:\n  - {name: x, regex: '('}\n")
            .starts_with("patterns: x: regex parse error")
    );
    assert!(told("term: {}\n").contains("term"), "{}", told("term: {}\n"));
    assert!(told("terms:\n  a: { severity: loud }\n").contains("loud"));
    assert!(!told("terms: [\n").is_empty());
}
