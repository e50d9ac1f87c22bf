//! What must not reach an agent's file is refused with its line, or written so that it is only text.

use leadforge_rulebook::{Item, Rule, Rulebook, Scope, Section, Tool, import, write};

fn refused(item: Item) -> String {
    let error =
        write(&Rulebook { items: vec![item] }, Tool::Claude, "x").expect_err("hostile").to_string();
    assert_eq!(error.lines().count(), 1);
    error
}

fn section(text: &str) -> Item {
    Item::Section(Section { id: "s".into(), scope: Scope::Always, text: text.into() })
}

fn rule(change: impl FnOnce(&mut Rule)) -> Item {
    let mut rule = Rule { id: "r".into(), title: "t".into(), ..Rule::default() };
    change(&mut rule);
    Item::Rule(rule)
}

#[test]
fn hidden_and_closing_text_is_refused_with_its_line() {
    let mut out = String::new();
    for item in [
        section("a\nb\u{202e}c"),
        section("a\u{1b}[31m"),
        section("a\u{200b}b"),
        section("a\n\n<!-- leadforge:end -->"),
        section("a\n  <!-- rule: x -->"),
        section("a\n```\ncode"),
        section("a\n<!-- never closed"),
        section("`<!--` is fine\n- a ` b\n- ` <!-- ` c"),
        rule(|r| r.prose = "a <!-- hidden --> b".into()),
        rule(|r| r.title = "a\nb".into()),
        rule(|r| r.title = String::new()),
        rule(|r| r.title = "a <!-- b".into()),
        rule(|r| r.id = "../x".into()),
        rule(|r| r.id = "A".into()),
        rule(|r| r.id = "x".repeat(81)),
        rule(|r| r.language = "a b".into()),
        rule(|r| r.paths = vec!["a`b".into()]),
        rule(|r| r.paths = vec!["a,b".into()]),
        rule(|r| r.except = vec![String::new()]),
        rule(|r| r.good = vec!["a\n<!-- section: x -->".into()]),
        rule(|r| r.bad = vec!["a\u{2066}".into()]),
        rule(|r| r.prose = "a\n\nBad:\n\n```\nx\n```".into()),
        Item::Section(Section {
            id: "s".into(),
            scope: Scope::Asked("a\nb".into()),
            text: "x".into(),
        }),
        Item::Section(Section { id: "s".into(), scope: Scope::Paths(vec![]), text: "x".into() }),
    ] {
        out.push_str(&refused(item));
        out.push('\n');
    }
    insta::assert_snapshot!(out, @r#"
    s: line 2: a character that is not seen, at "[U+202E]"; take it out
    s: line 1: a character that is not seen, at "^[[31m"; take it out
    s: line 1: a character that is not seen, at "[U+200B]"; take it out
    s: line 3: a line that begins with <!-- leadforge: would end the item: reword it
    s: line 2: a line that begins with <!-- rule: would end the item: reword it
    s: line 2: this opens a block of code that nothing closes, and all that follows would be code
    s: line 2: this opens a comment that nothing closes, and all that follows would be hidden
    s: line 3: this opens a comment that nothing closes, and all that follows would be hidden
    r: line 1: a rule holds no comment: people would not see it and agents might
    r: line 1: the title is not one line of text
    r: line 1: the title is not one line of text
    r: line 1: the title holds a comment, which nobody would see
    ../x: line 1: a name has lower-case letters, digits, hyphens, dots and underscores
    A: line 1: a name has lower-case letters, digits, hyphens, dots and underscores
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: line 1: a name has 1 to 80 characters
    r: line 1: the language is no name, such as python
    r: line 1: the glob "a`b" cannot stand in a list of globs: give one of plain characters
    r: line 1: the glob "a,b" cannot stand in a list of globs: give one of plain characters
    r: line 1: the glob "" cannot stand in a list of globs: give one of plain characters
    r: line 2: a line that begins with <!-- section: would end the item: reword it
    r: line 1: a character that is not seen, at "[U+2066]"; take it out
    r: line 1: its prose ends like an example (Good: or Bad: and a block of code), so that it could not be told from one
    s: line 1: the description is not one line of text
    s: line 1: no globs: say Always
    "#);
    let twice = Rulebook { items: vec![section("a"), section("b")] };
    assert!(write(&twice, Tool::Agents, "x").unwrap_err().to_string().contains("given twice"));
}

#[test]
fn nothing_in_a_rule_is_an_import_for_any_tool() {
    let item = section("read @~/.netrc and `@app.route`\n\n- a ` b\n- @/etc/passwd ` c");
    let book = Rulebook { items: vec![item] };
    for tool in Tool::ALL {
        for draft in write(&book, tool, "x").unwrap() {
            let text = draft.text();
            assert!(!text.contains("@~") && !text.contains("@/etc"), "{text}");
            assert!(text.contains("`@app.route`"));
        }
    }
}

#[test]
fn a_source_that_would_close_our_comment_closes_nothing() {
    let book = Rulebook { items: vec![section("a")] };
    let text = write(&book, Tool::Agents, "x --> <script>\n\u{202e}").unwrap()[0].text();
    let line = text.lines().nth(1).unwrap();
    assert_eq!(line.matches("-->").count(), 1, "{line}");
    assert!(import("AGENTS.md", text.as_bytes()).is_ok_and(|file| !file.edited));
}

#[test]
fn what_is_no_rule_file_is_refused_with_its_line() {
    let mut out = String::new();
    let block = |inner: &str| {
        format!(
            "mine\n<!-- leadforge:begin sha256={} -->\n{inner}<!-- leadforge:end -->\n",
            "0".repeat(64)
        )
    };
    for text in [
        block("stray\n"),
        block("<!-- rule: x\n"),
        block("<!-- rule: x -->\nno title\n"),
        block("<!-- rule: x -->\n### t\n\n`y`: error, checked by a machine.\n"),
        block("<!-- rule: x -->\n### t\n\n`x`: fatal, checked by a machine.\n"),
        block("<!-- section: x, scoped -->\nSometimes\n\ntext\n"),
    ] {
        out.push_str(&import("AGENTS.md", text.as_bytes()).unwrap_err().to_string());
        out.push('\n');
    }
    insta::assert_snapshot!(out, @r"
    AGENTS.md:3: this text belongs to no rule and no section
    AGENTS.md:3: this mark is not closed by -->
    AGENTS.md:4: expected the rule's title behind ###
    AGENTS.md:6: expected the rule's line: `name`: level, who checks it; for which files.
    AGENTS.md:6: expected the rule's line: `name`: level, who checks it; for which files.
    AGENTS.md:4: expected a line that says when this section holds
    ");
}
