//! Written rules: how they are read, how they test themselves, what they find in a change.

use std::collections::BTreeMap;

use leadforge_review_rules::change::{Change, RepoPath};
use leadforge_review_rules::rules::{Judge, RuleSet};
use leadforge_review_rules::{Finding, Looked};

use crate::repo::Repo;

const NO_PRINT: &str = r##"# Our rules

Prose before the first rule.

## No print in the app {#py-no-print}

Use the logging module, so that output has a level.

```toml rule
level = "warning"
paths = ["src/**/*.py"]
language = "python"
match = { pattern = "print($$$ARGS)" }
fix = "log.info($$$ARGS)"
bad = ["print('x')\n"]
good = ["log.info('x')\n"]
```

More prose, with `code`:

```python
print("this is no rule's block")
```

## Tests come along {#tests-come-along}

```toml rule
level = "error"
needs = { when = ["src/**/*.py"], also = ["tests/**"] }
bad = [["src/a.py"]]
good = [["src/a.py", "tests/test_a.py"], ["docs/a.md"]]
```

## Names are clear {#clear-names}

```toml rule
judge = "ai"
```
"##;

fn rules(text: &str) -> RuleSet {
    RuleSet::read("docs/review/RULES.md", text).unwrap()
}

/// The trees of two states and what is between them.
struct Case {
    change: Change,
    base: BTreeMap<RepoPath, Vec<u8>>,
    head: BTreeMap<RepoPath, Vec<u8>>,
}

impl Case {
    fn new(before: &[(&str, &str)], after: &[(&str, &str)]) -> Self {
        let repo = Repo::new();
        let tree = |files: &[(&str, &str)]| {
            files
                .iter()
                .map(|(name, text)| (RepoPath::from(*name), text.as_bytes().to_vec()))
                .collect()
        };
        before.iter().for_each(|(name, text)| repo.write(name, text));
        repo.commit();
        repo.git(&["rm", "-rq", "--ignore-unmatch", "."]);
        after.iter().for_each(|(name, text)| repo.write(name, text));
        repo.commit();
        Self { change: repo.change("HEAD~1", "HEAD"), base: tree(before), head: tree(after) }
    }

    fn check(&self, rules: &RuleSet) -> (Vec<Finding>, Looked) {
        rules.check(&self.change, &self.head, &self.base)
    }

    /// `rule path:line` of each finding.
    fn told(&self, rules: &RuleSet) -> Vec<String> {
        let told = |finding: Finding| {
            let at = finding.at.unwrap();
            format!("{} {}:{}", finding.rule, at.path, at.line.unwrap_or(0))
        };
        self.check(rules).0.into_iter().map(told).collect()
    }
}

#[test]
fn a_rule_file_is_read_with_its_prose() {
    let set = rules(NO_PRINT);
    assert_eq!(set.rules.len(), 3);
    let rule = &set.rules[0];
    assert_eq!((&*rule.id, &*rule.title, rule.line), ("py-no-print", "No print in the app", 5));
    insta::assert_snapshot!(rule.prose, @r#"
    Use the logging module, so that output has a level.
    More prose, with `code`:

    ```python
    print("this is no rule's block")
    ```
    "#);
    let judges: Vec<_> = set.rules.iter().map(|rule| rule.judge()).collect();
    assert_eq!(judges, [Judge::Machine, Judge::Machine, Judge::Ai]);
    assert_eq!((set.test(), set.examples()), (Vec::new(), 5));
}

/// Who runs a script knows its language by the first line, and so do the rules; an ending comes before that.
#[test]
fn a_script_without_an_ending_is_judged_by_what_its_first_line_calls() {
    let set = rules(&NO_PRINT.replace("paths = [\"src/**/*.py\"]\nlanguage", "language"));
    let python = "#!/usr/bin/env python3\nx = 1\n";
    let case = Case::new(
        &[("tool", python)],
        &[
            ("tool", &format!("{python}print(1)\n")),
            ("bin/new", "#!/usr/bin/python3 -u\nprint(1)\n"),
            ("bin/shell", "#!/bin/sh\nprint(1)\n"),
            ("bin/none", "print(1)\n"),
            ("notes.txt", "#!/usr/bin/python3\nprint(1)\n"),
        ],
    );
    assert_eq!(case.told(&set), ["py-no-print bin/new:2", "py-no-print tool:3"]);
    let broken = Case::new(&[], &[("tool", "#!/usr/bin/env python3\nx = (\n")]);
    let (_, looked) = broken.check(&set);
    assert!(matches!(looked, Looked::Partly { .. }), "{looked:?}");
}

#[test]
fn a_wrong_rule_file_names_its_line() {
    let told = |from: &str, to: &str| {
        assert!(NO_PRINT.contains(from), "{from}");
        RuleSet::read("RULES.md", &NO_PRINT.replacen(from, to, 1)).unwrap_err().to_string()
    };
    insta::assert_snapshot!(told("fix = ", "fixx = "), @"RULES.md:14: unknown field `fixx`, expected one of `level`, `message`, `paths`, `except`, `language`, `match`, `where`, `fix`, `longer-than`, `text`, `unless`, `named-in`, `once`, `needs`, `imports`, `judge`, `bad`, `good`");
    insta::assert_snapshot!(told("pattern = ", "pattern_ = "), @"RULES.md:13: unknown field `pattern_`, expected one of `pattern`, `kind`, `regex`, `nthChild`, `range`, `inside`, `has`, `precedes`, `follows`, `all`, `any`, `not`, `matches`");
    insta::assert_snapshot!(told("print($$$ARGS)\" }", "\" }"), @"RULES.md:10: match: `rule` is not configured correctly.: Rule contains invalid pattern matcher.: No AST root is detected. Please check the pattern source ``.");
    insta::assert_snapshot!(told("level = \"error\"", "level = \"fatal\""), @"RULES.md:28: unknown variant `fatal`, expected one of `note`, `warning`, `error`");
    insta::assert_snapshot!(told("bad = [\"print('x')\\n\"]\n", ""), @"RULES.md:10: bad and good: expected at least one example of each, which prove the rule");
    insta::assert_snapshot!(told("{#clear-names}", "{#py-no-print}"), @"RULES.md:34: the name py-no-print stands on line 5 already");
    insta::assert_snapshot!(told("{#clear-names}", "{#Clear_Names}"), @r#"RULES.md:34: the name "Clear_Names": expected lower-case letters, digits, `-` and `.`"#);
    insta::assert_snapshot!(told("```toml rule\njudge", "```toml\njudge"), @r#"RULES.md:34: the rule clear-names has no block: expected ```toml rule with its check, or judge = "human""#);
    insta::assert_snapshot!(told("src/**/*.py\"]\nlanguage", "src/[*.py\"]\nlanguage"), @r#"RULES.md:10: the glob "src/[*.py": unclosed character class; missing ']'"#);
    insta::assert_snapshot!(told("judge = \"ai\"", "judge = \"machine\""), @"RULES.md:37: unknown variant `machine`, expected `ai` or `human`");
    let none = RuleSet::read("RULES.md", "# Prose\n\nNothing else.\n").unwrap_err();
    insta::assert_snapshot!(none, @"RULES.md:1: no rule: expected headings such as `## No print {#no-print}`");
}

#[test]
fn an_example_that_its_rule_judges_otherwise_is_told() {
    let text = NO_PRINT.replacen(
        "good = [\"log.info('x')\\n\"]",
        "good = [\"print(1)\\n\", \"def (\\n\"]",
        1,
    );
    let broken = rules(&text).test();
    let told: Vec<_> =
        broken.iter().map(|broken| format!("{}: {}", broken.rule, broken.reason)).collect();
    assert_eq!(
        told,
        [
            r#"py-no-print: good example "print(1)\n" is found"#,
            r#"py-no-print: good example "def (\n": it does not parse"#
        ]
    );
}

#[test]
fn the_builtin_rules_hold_their_examples() {
    let set = RuleSet::builtin();
    assert_eq!(set.test(), []);
    assert!(set.rules.len() >= 14 && set.examples() > 2 * set.rules.len());
}

#[test]
fn only_what_a_change_made_new_is_found() {
    let old = "def f():\n    print(1)\n    return 1\n";
    let new = "def f():\n    print(1)\n    return 2\n\nprint(\n    2,\n)\n";
    let case =
        Case::new(&[("src/a.py", old), ("b.py", "")], &[("src/a.py", new), ("b.py", "print(3)\n")]);
    let set = rules(NO_PRINT);
    assert_eq!(case.told(&set), ["py-no-print src/a.py:5", "tests-come-along src/a.py:0"]);
    let (findings, looked) = case.check(&set);
    assert_eq!(looked, Looked::Yes { files: 2, lines: 6 });
    let fix = findings[0].fix.as_ref().unwrap();
    assert_eq!((fix.line, fix.end_line, &*fix.text), (5, 7, "log.info(2,)"));
}

#[test]
fn work_inside_an_old_fault_is_not_blamed_for_it_and_a_new_one_is() {
    let set = RuleSet::builtin();
    let before = "try:\n    f()\nexcept:\n    a()\n";
    let after = "try:\n    f()\nexcept:\n    b()\n";
    assert_eq!(Case::new(&[("a.py", before)], &[("a.py", after)]).told(&set), Vec::<String>::new());
    // The same lines twice: one of them is new.
    let twice = format!("{after}\n{after}");
    assert_eq!(Case::new(&[("a.py", before)], &[("a.py", &twice)]).told(&set).len(), 1);
    // An argument on a line of its own makes an old call wrong.
    let before = "subprocess.run(\n    cmd,\n)\n";
    let after = "subprocess.run(\n    cmd,\n    shell=True,\n)\n";
    let case = Case::new(&[("a.py", before)], &[("a.py", after)]);
    assert_eq!(case.told(&set), ["python.shell-true a.py:1"]);
}

#[test]
fn what_was_not_looked_at_is_named() {
    let set = RuleSet::builtin();
    let mut case =
        Case::new(&[("a.py", "x = 1\n")], &[("a.py", "x = 1\ndef (:\n"), ("b.ts", "eval(x);\n")]);
    let (_, looked) = case.check(&set);
    let Looked::Partly { missed, .. } = looked else { panic!("{looked:?}") };
    assert_eq!((&*missed[0].what, &*missed[0].why), ("a.py:2", "it does not parse as Python"));
    case.head.remove(&RepoPath::from("b.ts"));
    case.head.insert(RepoPath::from("a.py"), b"caf\xe9 = 1\n".to_vec());
    let (_, looked) = case.check(&set);
    let Looked::Partly { missed, .. } = looked else { panic!("{looked:?}") };
    assert_eq!(&*missed[0].why, "it is not text in UTF-8");
    assert_eq!(&*missed[1].why, "it is in the change and not in the tree");
}

#[test]
fn the_same_for_any_number_of_threads() {
    let files: Vec<(String, String)> =
        (0..40).map(|n| (format!("src/f{n}.py"), format!("print({n})\neval(x)\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let case = Case::new(&[("a", "a")], &files);
    let set = rules(NO_PRINT);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| case.check(&set))
    };
    assert_eq!(with(1), with(7));
    assert_eq!(with(1).0.len(), 41, "one for each print, one for all tests that are missing");
}

const LAYERS: &str = r#"## Providers know nothing of the page {#layers}

```toml rule
level = "error"
imports = { layers = ["app.page", "app.core", "app.providers"] }
bad = [{ "app/__init__.py" = "", "app/page.py" = "", "app/core.py" = "import app.page\n", "app/providers.py" = "" }]
good = [{ "app/__init__.py" = "", "app/page.py" = "import app.core\n", "app/core.py" = "", "app/providers.py" = "" }]
```
"#;

/// A change gives a module an import; what was harmless becomes wrong in a file that it did not touch.
#[test]
fn an_import_that_a_change_makes_wrong_elsewhere_is_found() {
    let set = rules(LAYERS);
    assert_eq!(set.test(), []);
    let before = [
        ("app/__init__.py", ""),
        ("app/page.py", "x = 1\n"),
        ("app/core.py", ""),
        ("app/providers.py", "from app import util\n"),
        ("app/util.py", "y = 1\n"),
    ];
    let mut after = before;
    after[4].1 = "y = 1\nfrom app.page import x\n";
    let case = Case::new(&before, &after);
    let (findings, looked) = set.imports(&case.change, &case.head, &case.base).unwrap();
    let told: Vec<_> =
        findings.iter().map(|finding| (&*finding.message, finding.at.as_ref().unwrap())).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    insta::assert_snapshot!(told[0].0, @"Providers know nothing of the page: app.providers imports app.page, through app.util");
    assert_eq!((told[0].1.path.to_string(), told[0].1.line), ("app/util.py".to_owned(), Some(2)));
    assert!(looked.whole(), "{looked:?}");
    // What was wrong before is nobody's fault now.
    let case =
        Case::new(&after, &[after[0], after[1], ("app/core.py", "z = 1\n"), after[3], after[4]]);
    assert_eq!(set.imports(&case.change, &case.head, &case.base).unwrap().0, []);
    assert_eq!(RuleSet::builtin().imports(&case.change, &case.head, &case.base), None);
}

#[test]
fn a_contract_about_a_module_that_is_not_there_is_not_looked_at() {
    let set = rules(LAYERS);
    let case = Case::new(
        &[("app/__init__.py", "")],
        &[("app/__init__.py", ""), ("app/page.py", "x = 1\n")],
    );
    let (findings, looked) = set.imports(&case.change, &case.head, &case.base).unwrap();
    assert_eq!(findings, []);
    let Looked::Partly { missed, .. } = looked else { panic!("{looked:?}") };
    assert_eq!(missed[0].what, "layers");
}

const WORDS: &str = r#"## Named {#named}

```toml rule
text = 'getenv\("(\w+)"\)'
unless = '# secret'
named-in = ["*.md", ".env.example"]
bad = [{ "a.py" = 'getenv("NEW")', "x.md" = "RENEW NEW_ONE" }]
good = [{ "a.py" = 'getenv("NEW")', ".env.example" = "NEW=1" }, { "a.py" = 'getenv("NEW")  # secret' }]
```

## Ends {#ends}

```toml rule
once = true
text = '\r$'
bad = ["a\r\n"]
good = ["a\n"]
```

## Short {#short}

```toml rule
language = "python"
longer-than = 3
match = { kind = "function_definition" }
bad = ["def f():\n    a()\n    b()\n    c()\n"]
good = ["def f():\n    a()\n    b()\n"]
```
"#;

#[test]
fn names_are_told_once_and_looked_for_where_they_belong() {
    let set = rules(WORDS);
    assert_eq!(set.test(), []);
    let code = "getenv(\"A\")\ngetenv(\"B\")\ngetenv(\"A\")\ngetenv(\"C\")  # secret\n";
    let case = Case::new(&[("README.md", "B\n")], &[("README.md", "B\n"), ("a.sh", code)]);
    assert_eq!(case.told(&set), ["named a.sh:1"]);
    assert!(case.check(&set).0[0].message.starts_with("A: "), "{:?}", case.check(&set).0);
    // Without any of the files nobody knows.
    let case = Case::new(&[("b", "")], &[("b", ""), ("a.sh", code)]);
    let (findings, looked) = case.check(&set);
    assert_eq!(findings, []);
    assert!(!looked.whole(), "{looked:?}");
}

#[test]
fn what_is_moved_indented_or_ends_otherwise_is_not_new() {
    let set = rules(&format!("{NO_PRINT}{WORDS}"));
    let old = "print(1)\nx = 1\ngetenv(\"A\")\n";
    let new = "if x:\r\n    print(\r\n        1)\r\n    getenv(\"A\")\r\n    print(2)\r\nx = 1\r\n";
    let tests = ("tests/a.py", "");
    let before = [("src/a.py", old), ("tests/a.py", "1\n"), ("README.md", "1\n")];
    let after = [("src/a.py", new), tests, ("README.md", "1\n")];
    let case = Case::new(&before, &after);
    assert_eq!(
        case.told(&set),
        ["ends src/a.py:1", "py-no-print src/a.py:2", "py-no-print src/a.py:5"]
    );
    // With the same words it is the old one.
    let case = Case::new(
        &before,
        &[("src/a.py", &new.replace("(\r\n        1)", "(1)")), after[1], after[2]],
    );
    assert_eq!(case.told(&set), ["ends src/a.py:1", "py-no-print src/a.py:4"]);
    // Lines that end as the file's lines ended before are as they should be.
    let ends = ("src/a.py", "x = 1\r\n");
    let case = Case::new(&[ends, before[1]], &[("src/a.py", "x = 1\r\ny = 1\r\n"), tests]);
    assert_eq!(case.told(&set), Vec::<String>::new());
}

#[test]
fn what_grew_too_large_is_told_and_what_was_too_large_is_not() {
    let set = rules(WORDS);
    let large = "def f(a):\n    a()\n    b()\n    c()\n";
    let small = "def f(a):\n    a()\n";
    let other = large.replace("f(a)", "f(a, b)").replace("c()", "d()");
    let told =
        |before: &str, after: &str| Case::new(&[("a.py", before)], &[("a.py", after)]).told(&set);
    assert_eq!(told(small, large), ["short a.py:1"]);
    assert_eq!(told(large, &other), Vec::<String>::new());
    assert_eq!(told(large, &format!("{large}\n{}", large.replace("f(", "g("))), ["short a.py:6"]);
}
