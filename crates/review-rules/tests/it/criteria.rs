//! Criteria as prose, the ledger that is made of them, and what people decided in it.

use leadforge_review_rules::criteria::{Ledger, Open, Prose, Who};
use leadforge_review_rules::rules::RuleSet;
use proptest::prelude::*;

const PROSE: &str = "\
# How we work

- not a criterion of reviews

# Reviews

Look at these:

## Code (always)
- **Logging**: no `print`?
- **Nesting**: is it
  deep?
  - even in tests?

## Questions
1. Who are the stakeholders here?
2. Does it `work`?

```
- not an item
```

# After
- nor this
";

fn prose(text: &str) -> Prose {
    Prose::read(text, Some("Reviews")).unwrap()
}

#[test]
fn every_item_of_the_section_is_a_criterion_and_other_words_are_named() {
    let prose = prose(PROSE);
    let told: Vec<_> = prose
        .criteria
        .iter()
        .map(|c| format!("{} {} | {} | {}", c.line, c.id, c.name, c.words))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    10 code.logging | Logging | Logging: no print?
    11 code.nesting | Nesting | Nesting: is it deep?
    13 code.even-in-tests | even in tests | even in tests?
    16 questions.who-are-the-stakeholders-here | Who are the stakeholders here | Who are the stakeholders here?
    17 questions.does-it-work | Does it work | Does it work?
    ");
    assert_eq!((prose.lines, prose.beside), ((5, 22), vec![7, 19, 20, 21]));
    let whole = Prose::read(PROSE, None).unwrap();
    assert_eq!(whole.criteria.len(), 7);
    let told = |text, section| Prose::read(text, section).unwrap_err().to_string();
    insta::assert_snapshot!(told(PROSE, Some("Review")), @r#"line 1: no heading says "Review""#);
    insta::assert_snapshot!(told("# A\n- x\n# A\n- y\n", Some("A")), @r#"line 3: "A" stands on line 1 already"#);
    insta::assert_snapshot!(told("# A\nwords\n", None), @"line 1: no list here has an item");
}

#[test]
fn what_people_decided_stays_and_what_is_other_is_marked() {
    let (ledger, news) = Ledger::default().import("R.md", &prose(PROSE));
    assert_eq!(news.new.len(), 5);
    let judges: Vec<_> = ledger.entries.iter().map(|entry| entry.block.judge).collect();
    assert_eq!(judges, [Who::Ai, Who::Ai, Who::Ai, Who::Human, Who::Ai]);
    let decided = ledger.text().replacen(
        "judge = \"ai\"\nopen = \"new\"\n",
        "judge = \"machine\"\nrules = [\"python.eval\"]\nalso = \"ai\"\nnote = \"said\"\n",
        2,
    );
    let decided = Ledger::read(&decided).unwrap();
    let (same, news) = decided.import("R.md", &prose(PROSE));
    assert_eq!((&same, news.new.len() + news.changed.len() + news.gone.len()), (&decided, 0));
    // Moved down by a line, one in other words, one renamed, one gone, one new.
    let text = PROSE
        .replace("# Reviews\n", "# Reviews\n\n")
        .replace("no `print`", "no `print` at all")
        .replace("## Code (always)", "## The code")
        .replace("1. Who are the stakeholders here?\n", "")
        .replace("2. Does", "1. New?\n2. Does");
    let (after, news) = decided.import("R.md", &prose(&text));
    assert_eq!(news.new, ["the-code.logging", "questions.new"], "other words and another name");
    assert_eq!(news.gone, ["code.logging", "questions.who-are-the-stakeholders-here"]);
    let nesting = &after.entries[1];
    assert_eq!((&*nesting.id, nesting.block.judge), ("the-code.nesting", Who::Machine));
    assert_eq!((nesting.block.line, nesting.block.note.as_deref()), (12, Some("said")));
    let gone = after.entries.iter().filter(|e| e.block.open == Some(Open::Gone)).count();
    assert_eq!((gone, after.entries.len(), after.head.items), (2, 7, 5));
    // Changed words under the same name keep the decision and ask for a look.
    let text = PROSE.replace("no `print`", "no `print` at all");
    let (after, news) = decided.import("R.md", &prose(&text));
    assert_eq!(news.changed, ["code.logging"]);
    let block = &after.entries[0].block;
    assert_eq!((block.judge, block.open), (Who::Machine, Some(Open::Changed)));
}

#[test]
fn a_ledger_says_what_is_so() {
    let (ledger, _) = Ledger::default().import("R.md", &prose(PROSE));
    let rules = RuleSet::builtin();
    assert_eq!(ledger.wrong(&rules, &["size"]), []);
    let text = ledger
        .text()
        .replacen("judge = \"ai\"", "judge = \"machine\"", 1)
        .replacen(
            "judge = \"ai\"",
            "judge = \"machine\"\nrules = [\"none\"]\nchecks = [\"taste\"]",
            1,
        )
        .replacen("judge = \"ai\"", "judge = \"ai\"\nalso = \"machine\"", 1);
    let wrong = Ledger::read(&text).unwrap().wrong(&rules, &["size"]);
    let told: Vec<_> = wrong.iter().map(|(id, reason)| format!("{id}: {reason}")).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    code.logging: machine, and neither rules nor checks say what looks
    code.nesting: the rule none is not in the file of the rules
    code.nesting: there is no check taste: size
    code.even-in-tests: also says who judges what no rule sees: ai or human
    ");
    let text = ledger.text();
    let told = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Ledger::read(&text.replacen(from, to, 1)).unwrap_err().to_string()
    };
    insta::assert_snapshot!(told("## Code", "A thought.\n\n## Code"), @"line 13: not part of a ledger: what people want to say belongs into note");
    insta::assert_snapshot!(told("judge = \"ai\"", "judge = \"nobody\""), @"line 22: unknown variant `nobody`, expected one of `machine`, `ai`, `human`");
    insta::assert_snapshot!(told(" {#code.nesting}", ""), @"line 26: expected a name behind it, such as {#structure.nesting}");
    insta::assert_snapshot!(told("{#code.nesting}", "{#code.logging}"), @"line 26: the criterion code.logging stands above already");
    insta::assert_snapshot!(told("```toml criterion", "```toml"), @"line 19: not part of a ledger: what people want to say belongs into note");
    insta::assert_snapshot!(told("```toml ledger", "```"), @"line 1: no block ```toml ledger, so this is no ledger");
}

/// Words of a document that tries to be something else.
fn words() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "**b**:",
        "`c`",
        "- ",
        "# ",
        "### x {#y}",
        "> ",
        "```",
        "\n",
        "\n\n",
        "1. ",
        "  - ",
        "<!-- ",
        "-->",
        "\n# S\n",
        "\n- ",
        "{#z}",
        "|",
        "é",
        "toml criterion",
    ]);
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.join(" ").replace(" \n ", "\n"))
}

proptest! {
    /// What an import writes is read as it was, an import of the same changes nothing, and no item is left out.
    #[test]
    fn any_document_comes_round(text in words()) {
        let Ok(prose) = Prose::read(&text, None) else { return Ok(()) };
        let items = prose.criteria.len();
        // A line that begins as an item does is one, stands in one, or is named as no criterion.
        let first = |line: &str| line.starts_with("- a") || line.starts_with("1. a");
        let lines = text.lines().zip(1..).filter(|(line, _)| first(line));
        let known = prose.criteria.iter().map(|criterion| criterion.line);
        let known: std::collections::BTreeSet<u32> = known.chain(prose.beside.iter().copied()).collect();
        let inside = |at: u32| prose.criteria.iter().any(|criterion| criterion.line < at);
        for (line, at) in lines {
            prop_assert!(known.contains(&at) || inside(at), "{at}: {line}");
        }
        let (ledger, news) = Ledger::default().import("R.md", &prose);
        prop_assert_eq!(news.new.len(), items);
        let read = Ledger::read(&ledger.text());
        prop_assert_eq!(read.as_ref(), Ok(&ledger), "{}", ledger.text());
        let (again, news) = ledger.import("R.md", &prose);
        prop_assert_eq!(again.text(), ledger.text());
        prop_assert!(news.new.is_empty() && news.changed.is_empty() && news.gone.is_empty());
    }
}
