//! Files that people and other programs wrote, read as data.

use leadforge_rulebook::{Item, Scope, Tool, collect, import};

fn told(path: &str, text: &str) -> String {
    let file = import(path, text.as_bytes()).expect("text");
    assert_eq!(file.bytes(), text.as_bytes(), "{path}");
    let mut out = String::new();
    for item in &file.theirs {
        let Item::Section(section) = item else { panic!() };
        out.push_str(&format!("{} {:?} {:?}\n", section.id, section.scope, section.text));
    }
    for note in &file.notes {
        out.push_str(&format!("{}: {}\n", note.line, note.what));
    }
    out
}

#[test]
fn a_page_is_cut_at_its_sections() {
    insta::assert_snapshot!(told("CLAUDE.md", "# Guide\n\nintro\n\n## One ✅\n```sh\n## no heading\n```\n### Deeper\n\n## One ✅\nlast  "), @r###"
    guide Always "# Guide\n\nintro"
    one Always "## One ✅\n```sh\n## no heading\n```\n### Deeper"
    one-2 Always "## One ✅\nlast"
    "###);
    insta::assert_snapshot!(told("AGENTS.md", "- only\n- a list\n"), @r#"preamble Always "- only\n- a list""#);
    insta::assert_snapshot!(told("AGENTS.md", "# A\r\na\r\n# B\r\n1. x\r\n    ```py\r\n# no\r\n    ```\r\n"), @r##"
    a Always "# A\na"
    b Always "# B\n1. x\n    ```py\n# no\n    ```"
    "##);
    insta::assert_snapshot!(told("AGENTS.md", "\u{feff}# A\nmixed\r\n```\nopen\n"), @r##"
    a Always "# A\nmixed\n```\nopen"
    3: this opens a block of code that nothing closes
    "##);
    assert!(told("AGENTS.md", "\n\n").is_empty());
}

#[test]
fn files_that_rulebook_ai_joined_are_taken_apart() {
    let joined = "# Rule: 00-meta.md\n\n# Meta\n\n---\n\ntext\n\n---\n\n# Rule: 01-memory.md\n\n---\ndescription: the memory\nglobs:\nalwaysApply: true\n---\n# Memory\n\n\n---\n\n# Rule: 02-empty.md\n\n---\nalwaysApply: true\n---\n\n\n---\n\n# Rule: 05-dirs.md\n\n---\ndescription: the tree\nglobs:\nalwaysApply: false\n---\n# Tree\n---\nend\n";
    insta::assert_snapshot!(told(".github/copilot-instructions.md", joined), @r##"
    00-meta Always "# Meta\n\n---\n\ntext"
    01-memory Always "# Memory"
    05-dirs Asked("the tree") "# Tree\n---\nend"
    11: the description "the memory" decides nothing here and is left out
    23: 02-empty is empty and is left out
    "##);
}

#[test]
fn front_matter_of_each_tool_is_a_scope() {
    let mut out = String::new();
    for (path, front) in [
        (
            ".cursor/rules/a.mdc",
            "description: x\nglobs: src/**/*.{ts,tsx}, *.md\nalwaysApply: false",
        ),
        (".cursor/rules/a.mdc", "description: when asked: yes\nglobs: \nalwaysApply: false"),
        (".cursor/rules/a.mdc", "globs: []\nalwaysApply: true"),
        (".cursor/rules/a.mdc", "globs:\nalwaysApply: false"),
        (".cursor/rules/a.mdc", "alwaysApply: \"true\"\nversion: 3"),
        (".cursor/rules/a.mdc", "globs: [\"a\", \"b\"]"),
        (".cursor/rules/a.mdc", "a: &x [*x, {"),
        (".windsurf/rules/a.md", "trigger: glob\nglobs: src/*.py"),
        (".windsurf/rules/a.md", "trigger: model_decision\ndescription: for plans"),
        (".windsurf/rules/a.md", "trigger: manual"),
        (".windsurf/rules/a.md", "trigger: always_on"),
        (".clinerules/a.md", "paths:\n  - \"src/**\"\n  - docs/*"),
        (".clinerules/01-a", "author: me"),
        (
            ".github/instructions/a.instructions.md",
            "applyTo: \"**/*.ts,**/*.tsx\"\nexcludeAgent: \"code-review\"",
        ),
        (".github/instructions/a.instructions.md", "applyTo: '**'"),
    ] {
        out.push_str(&format!("{path} {}\n", front.replace('\n', " | ")));
        out.push_str(&told(path, &format!("---\n{front}\n---\ntext\n")).replace("Section", ""));
    }
    insta::assert_snapshot!(out, @r#"
    .cursor/rules/a.mdc description: x | globs: src/**/*.{ts,tsx}, *.md | alwaysApply: false
    a Paths(["src/**/*.{ts,tsx}", "*.md"]) "text"
    1: the description "x" decides nothing here and is left out
    .cursor/rules/a.mdc description: when asked: yes | globs:  | alwaysApply: false
    a Asked("when asked: yes") "text"
    .cursor/rules/a.mdc globs: [] | alwaysApply: true
    a Always "text"
    .cursor/rules/a.mdc globs: | alwaysApply: false
    a Manual "text"
    .cursor/rules/a.mdc alwaysApply: "true" | version: 3
    a Manual "text"
    1: "version" of the front matter has no place in a rulebook
    1: alwaysApply is text here, which Cursor takes for false
    .cursor/rules/a.mdc globs: ["a", "b"]
    a Paths(["a", "b"]) "text"
    .cursor/rules/a.mdc a: &x [*x, {
    a Always "text"
    1: the front matter is not understood (error: line 1 column 8: recursive references require weak recursion types); the text counts as told always
    .windsurf/rules/a.md trigger: glob | globs: src/*.py
    a Paths(["src/*.py"]) "text"
    .windsurf/rules/a.md trigger: model_decision | description: for plans
    a Asked("for plans") "text"
    .windsurf/rules/a.md trigger: manual
    a Manual "text"
    .windsurf/rules/a.md trigger: always_on
    a Always "text"
    .clinerules/a.md paths: |   - "src/**" |   - docs/*
    a Paths(["src/**", "docs/*"]) "text"
    .clinerules/01-a author: me
    01-a Always "text"
    1: "author" of the front matter has no place in a rulebook
    .github/instructions/a.instructions.md applyTo: "**/*.ts,**/*.tsx" | excludeAgent: "code-review"
    a Paths(["**/*.ts", "**/*.tsx"]) "text"
    1: "excludeAgent" of the front matter has no place in a rulebook
    .github/instructions/a.instructions.md applyTo: '**'
    a Always "text"
    "#);
}

#[test]
fn text_of_people_and_rules_of_ours_are_told_apart() {
    let drafts = leadforge_rulebook::write(&crate::sample(), Tool::Cline, "x").unwrap();
    let text = format!("# Mine\n\n{}\nmine too\n", drafts[0].text());
    let file = import("CLAUDE.md", text.as_bytes()).unwrap();
    assert_eq!(file.bytes(), text.as_bytes());
    assert_eq!((file.ours.len(), file.theirs.len(), file.edited), (5, 2, false));
    assert_eq!(collect(vec![file.clone()], false).items.len(), 5);
    let all = collect(vec![file.clone(), file], true);
    assert_eq!(all.items.len(), 14);
    assert!(all.items.iter().any(|item| item.id() == "mine-2"));
    assert!(all.check().is_ok());
}

#[test]
fn older_names_are_known() {
    for (path, tool) in [
        (".cursorrules", Some(Tool::Cursor)),
        (".clinerules", Some(Tool::Cline)),
        (".clinerules/sub/x.md", Some(Tool::Cline)),
        (".windsurfrules", Some(Tool::Windsurf)),
        ("web/AGENTS.md", Some(Tool::Agents)),
        (".gemini/GEMINI.md", Some(Tool::Gemini)),
        (".cursor/rules/x.md", None),
        ("README.md", None),
    ] {
        assert_eq!(Tool::of(path), tool, "{path}");
    }
    let file = import(".cursorrules", b"be kind").unwrap();
    assert!(matches!(&file.theirs[0], Item::Section(s) if s.scope == Scope::Always));
}
