//! Data to files and back: the same data, the same files, nothing left to do.

use std::collections::BTreeMap;

use leadforge_rulebook::{
    Config, Draft, Imported, Item, Judge, Level, Rule, Rulebook, Scope, Section, Seen, State, Tool,
    collect, import, sync, write,
};
use proptest::prelude::*;

use crate::sample;

fn json(book: &Rulebook) -> String {
    serde_json::to_string(book).expect("it was checked")
}

pub(crate) fn read(drafts: &[Draft]) -> Vec<Imported> {
    drafts
        .iter()
        .map(|draft| import(&draft.path, draft.text().as_bytes()).expect("what we wrote is read"))
        .collect()
}

/// Import of what was written is what was written; so is what is written of it.
pub(crate) fn rounds(book: &Rulebook, tool: Tool) {
    let drafts = write(book, tool, "docs/review/RULES.md").expect("it was checked");
    let files = read(&drafts);
    for (file, draft) in files.iter().zip(&drafts) {
        assert!(!file.edited && file.theirs.is_empty() && file.notes.is_empty(), "{file:?}");
        assert_eq!(String::from_utf8(file.bytes()).expect("it was checked"), draft.text());
        assert_eq!(Tool::of(&draft.path), Some(tool));
    }
    let again = collect(files, false);
    assert_eq!(json(&again), json(&book.clone().arranged()), "{tool:?}");
    assert_eq!(write(&again, tool, "docs/review/RULES.md").expect("it was checked"), drafts);
    let tree: BTreeMap<String, Seen> =
        drafts.iter().map(|d| (d.path.clone(), Seen::File(d.text().into_bytes()))).collect();
    let config = Config { tools: vec![tool], ..Config::default() };
    let report = sync(&again, &tree, &config).expect("it was checked");
    assert!(report.files.iter().all(|file| file.state == State::Same && file.bytes.is_none()));
    assert!(report.clean());
}

#[test]
fn every_tool_gives_back_what_it_was_given() {
    for tool in Tool::ALL {
        rounds(&sample(), tool);
        rounds(&Rulebook::default(), tool);
    }
}

#[test]
fn what_one_tool_gives_back_the_next_is_given() {
    let mut book = sample().arranged();
    let first = json(&book);
    for tool in Tool::ALL.into_iter().chain(Tool::ALL.into_iter().rev()) {
        book = collect(read(&write(&book, tool, "x").unwrap()), false);
    }
    assert_eq!(json(&book), first);
}

#[test]
fn a_file_reads_well() {
    let drafts = write(&sample(), Tool::Agents, "docs/review/RULES.md").unwrap();
    insta::assert_snapshot!(drafts[0].text(), @r"
    <!-- leadforge:begin sha256=da782962c81f5f2164ea5cded15a11f66b93745823616e3dcf4d8a11fbf2286a -->
    <!-- Made from docs/review/RULES.md by lead-review sync. Change that file, not this block; text around it stays as it is. -->

    <!-- section: about -->
    # About

    ---

    How we work.

    Good:

    ```
    x
    ```

    <!-- rule: readable-names -->
    ### Names are clear

    `readable-names`: note, judged by a person.

    <!-- section: when -->
    When: never

    For `x`.

    <!-- rule: py-no-print -->
    ### No `print` in the app

    `py-no-print`: warning, checked by a machine, in python; for `src/**/*.{py,pyi}`, `tools/*.py`; not for `src/cli.py`.

    Use the logging module, so that output has a level.

    See &#64;docs/logging.md.

    Good:

    ```python
    log.info('x')
    ```

    Good:

    ````python
    ```
    fence
    ````

    Bad:

    ```python
    print('x')
    print('y')
    ```

    <!-- section: web, scoped -->
    For `web/**`.

    ## Web

    <!-- section: release, scoped -->
    Only when a person asks for it.

    ## Release

    - step

    <!-- section: plan, scoped -->
    When: when a plan: is asked for

    ## Plan
    Think.
    <!-- leadforge:end -->
    ");
}

#[test]
fn tools_that_tell_files_apart_get_a_file_for_each_scope() {
    let paths = |tool| {
        let drafts = write(&sample(), tool, "x").unwrap();
        drafts.into_iter().map(|draft| draft.path).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(paths(Tool::Copilot), @r"
    .github/copilot-instructions.md
    .github/instructions/leadforge-for-src-py-pyi-tools-py-66120532.instructions.md
    .github/instructions/leadforge-for-web-c6375b83.instructions.md
    ");
    insta::assert_snapshot!(paths(Tool::Cursor), @r"
    .cursor/rules/leadforge.mdc
    .cursor/rules/leadforge-for-src-py-pyi-tools-py-66120532.mdc
    .cursor/rules/leadforge-for-web-c6375b83.mdc
    .cursor/rules/leadforge-on-request-release.mdc
    .cursor/rules/leadforge-when-plan.mdc
    ");
    insta::assert_snapshot!(paths(Tool::Cline), @r"
    .clinerules/leadforge.md
    .clinerules/leadforge-for-src-py-pyi-tools-py-66120532.md
    .clinerules/leadforge-for-web-c6375b83.md
    ");
    insta::assert_snapshot!(paths(Tool::Windsurf), @r"
    .windsurf/rules/leadforge.md
    .windsurf/rules/leadforge-for-src-py-pyi-tools-py-66120532.md
    .windsurf/rules/leadforge-for-web-c6375b83.md
    .windsurf/rules/leadforge-on-request-release.md
    .windsurf/rules/leadforge-when-plan.md
    ");
}

#[test]
fn front_matter_says_the_scope_to_each_tool() {
    let mut out = String::new();
    for tool in [Tool::Copilot, Tool::Cursor, Tool::Cline, Tool::Windsurf] {
        for draft in write(&sample(), tool, "x").unwrap() {
            let text = draft.text();
            let front = text.split("<!-- leadforge").next().unwrap();
            out.push_str(&format!(
                "{tool:?} {}",
                front.replace('\n', " | ").trim_end_matches(" | ")
            ));
            out.push('\n');
        }
    }
    insta::assert_snapshot!(out, @r#"
    Copilot 
    Copilot --- | applyTo: "src/**/*.py,src/**/*.pyi,tools/*.py" | ---
    Copilot --- | applyTo: "web/**" | ---
    Cursor --- | alwaysApply: true | ---
    Cursor --- | globs: src/**/*.py,src/**/*.pyi,tools/*.py | alwaysApply: false | ---
    Cursor --- | globs: web/** | alwaysApply: false | ---
    Cursor --- | alwaysApply: false | ---
    Cursor --- | description: "when a plan: is asked for" | alwaysApply: false | ---
    Cline 
    Cline --- | paths: |   - "src/**/*.{py,pyi}" |   - "tools/*.py" | ---
    Cline --- | paths: |   - "web/**" | ---
    Windsurf --- | trigger: always_on | ---
    Windsurf --- | trigger: glob | globs: src/**/*.py,src/**/*.pyi,tools/*.py | ---
    Windsurf --- | trigger: glob | globs: web/** | ---
    Windsurf --- | trigger: manual | ---
    Windsurf --- | trigger: model_decision | description: "when a plan: is asked for" | ---
    "#);
}

#[test]
fn a_file_that_windsurf_would_cut_is_cut_before() {
    let rule = |nth: usize| {
        Item::Rule(Rule {
            id: format!("r{nth}"),
            title: "t".into(),
            prose: "word ".repeat(800),
            ..Rule::default()
        })
    };
    let book = Rulebook { items: (0..40).map(rule).collect() };
    rounds(&book, Tool::Windsurf);
    let drafts = write(&book, Tool::Windsurf, "x").unwrap();
    assert!(drafts.len() > 10, "{}", drafts.len());
    assert!(drafts.iter().all(|draft| draft.text().chars().count() <= 12_000));
}

fn names() -> impl Strategy<Value = String> {
    "[a-z0-9][a-z0-9._-]{0,12}"
}

/// Lines that mean something to Markdown, to YAML, to the tools and to us.
fn prose() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        8 => "[ -~]{0,24}",
        1 => Just("Good:".to_owned()),
        1 => Just("Bad:".to_owned()),
        2 => Just("```".to_owned()),
        1 => Just("~~~".to_owned()),
        2 => Just(String::new()),
        1 => Just("---".to_owned()),
        1 => Just("### x".to_owned()),
        1 => Just("`x`: error, checked by a machine.".to_owned()),
        1 => Just("# Rule: a.md".to_owned()),
        1 => Just("see @a &#64;b `@c`".to_owned()),
        1 => Just("é ✅ 漢 ⚠️".to_owned()),
        1 => Just("<!-- rule: x -->".to_owned()),
        1 => Just("<!-- leadforge:end -->".to_owned()),
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

fn globs() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[a-z*/.{},_-]{1,10}", 0..3)
}

fn item() -> impl Strategy<Value = Item> {
    let level = prop_oneof![Just(Level::Note), Just(Level::Warning), Just(Level::Error)];
    let judge = prop_oneof![Just(Judge::Machine), Just(Judge::Ai), Just(Judge::Human)];
    let examples = || proptest::collection::vec(prose(), 0..3);
    let rule = (
        names(),
        "[ -~]{1,20}",
        prose(),
        level,
        judge,
        "[a-z]{0,6}",
        globs(),
        globs(),
        examples(),
        examples(),
    )
        .prop_map(|(id, title, prose, level, judge, language, paths, except, good, bad)| {
            Item::Rule(Rule { id, title, prose, level, judge, language, paths, except, good, bad })
        });
    let scope = prop_oneof![
        Just(Scope::Always),
        Just(Scope::Manual),
        globs().prop_map(Scope::Paths),
        "[ -~]{1,20}".prop_map(Scope::Asked),
    ];
    let section = (names(), scope, prose())
        .prop_map(|(id, scope, text)| Item::Section(Section { id, scope, text }));
    prop_oneof![rule, section]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    /// What is written comes back, and what would not come back is not written.
    #[test]
    fn any_book_comes_back_or_is_refused(items in proptest::collection::vec(item(), 0..5)) {
        let whole = Rulebook { items };
        // One bad item refuses the book: the others are tried alone.
        let good = |item: &Item| write(&Rulebook { items: vec![item.clone()] }, Tool::Agents, "x").is_ok();
        let mut seen = std::collections::BTreeSet::new();
        let book = Rulebook {
            items: whole.items.iter().filter(|item| good(item) && seen.insert(item.id().to_owned())).cloned().collect(),
        };
        for tool in Tool::ALL {
            rounds(&book, tool);
            if let Ok(drafts) = write(&whole, tool, "x") {
                prop_assert_eq!(json(&collect(read(&drafts), false)), json(&whole.clone().arranged()));
            }
        }
    }
}
