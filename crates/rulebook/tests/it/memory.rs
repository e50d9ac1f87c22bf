//! Documents of a Memory Bank beside their templates.

use std::collections::BTreeMap;

use leadforge_rulebook::{MemoryConfig, Seen, memory};

use crate::tree;

const TEMPLATE: &str = "# Architecture Document Template\n\n## 1. Introduction\n*   **Name:** \\[Project Name]\n\n## 2. Goals\n*   What are the goals?\n\n## 3. Components\n### 3.1. \\[Component Name]\n*   Say what it does.\n\n## 4. Open Issues:\n\n---\n\n**Example Prompts**\n\n## Not a section\n";

fn told(document: &str) -> String {
    let files = tree(&[("memory/docs/a_template.md", TEMPLATE), ("memory/docs/a.md", document)]);
    let report = memory(&files, &MemoryConfig::default()).expect("a tree");
    assert!(report.create.is_empty());
    let lines: Vec<String> = report
        .findings
        .iter()
        .map(|f| format!("{}:{} {:?} {:?} {}", f.path, f.line, f.step, f.level, f.message))
        .collect();
    lines.join("\n")
}

#[test]
fn a_document_in_step_is_not_spoken_of() {
    let good = "# Ours\n\n## Introduction\nName: x [a link](y), [ ] todo\n\n## GOALS:\nGrow.\n\n## Extra\n\n## Components\n### Queue\nHolds tasks.\n\n## Open issues\n```\n[Project Name]\n```\n";
    assert_eq!(told(good), "");
    assert_eq!(told(&good.replace('\n', "\r\n")), "");
    assert_eq!(told(&format!("\u{feff}{good}")), "");
}

#[test]
fn each_way_out_of_step_is_told_with_its_line() {
    insta::assert_snapshot!(told("# Ours\n\n## Goals\n*   What are the goals?\n\n## 1. Introduction\nName: [Project Name]\n\n## Components\n"), @r#"
    memory/docs/a.md:0 MissingSection Warning the section "4. Open Issues:" is missing
    memory/docs/a.md:3 OutOfOrder Note the section "2. Goals" stands before "1. Introduction", in the template behind it
    memory/docs/a.md:3 NotFilled Warning the section "2. Goals" still reads as in the template
    memory/docs/a.md:7 NotFilled Warning the placeholder [Project Name] was never filled in
    "#);
    insta::assert_snapshot!(told("# Ours\n\n## Overview\nWords.\n"), @"memory/docs/a.md:0 OtherOutline Note it has an outline of its own: 4 of the 4 sections of its template are missing: 1. Introduction, 2. Goals, 3. Components, 4. Open Issues:");
    insta::assert_snapshot!(told(TEMPLATE), @r#"
    memory/docs/a.md:3 NotFilled Warning the section "1. Introduction" still reads as in the template
    memory/docs/a.md:4 NotFilled Warning the placeholder [Project Name] was never filled in
    memory/docs/a.md:6 NotFilled Warning the section "2. Goals" still reads as in the template
    memory/docs/a.md:10 NotFilled Warning the placeholder [Component Name] was never filled in
    "#);
}

#[test]
fn a_missing_document_is_planned_and_no_other_is_written() {
    let mut files =
        tree(&[("memory/docs/a_template.md", TEMPLATE), ("memory/tasks/b.md", "# Mine")]);
    let mut config = MemoryConfig::default();
    config.templates.insert("memory/docs/a.md".into(), "# of a pack".into());
    config.templates.insert("memory/tasks/b.md".into(), "## Wanted".into());
    let report = memory(&files, &config).unwrap();
    assert_eq!(report.create, BTreeMap::from([("memory/docs/a.md".into(), TEMPLATE.into())]));
    assert_eq!((report.documents, report.findings.len()), (1, 2));
    files.insert("memory/docs/a.md".into(), Seen::Link("../../x".into()));
    files.insert("memory/tasks/b.md".into(), Seen::File(b"\xff".to_vec()));
    let report = memory(&files, &config).unwrap();
    let lines: Vec<_> =
        report.findings.iter().map(|f| format!("{:?} {}", f.step, f.message)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    Unreadable it is a link to ../../x, which is not followed
    Unreadable not text in UTF-8
    ");
    assert!(report.create.is_empty());
}
