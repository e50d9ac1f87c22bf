//! The Markdown, rendered by comrak: balanced, within the limit, and nothing in it acts.

use comrak::{Arena, Options, nodes::NodeValue, parse_document};
use leadforge_scorecard::*;

use crate::sample;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options
}

/// All HTML and all links that come out, and the finished text.
fn read(source: &str) -> (Vec<String>, Vec<String>, String) {
    let arena = Arena::new();
    let (mut html, mut links, mut text) = (Vec::new(), Vec::new(), String::new());
    for node in parse_document(&arena, source, &options()).descendants() {
        match &node.data.borrow().value {
            NodeValue::HtmlBlock(block) => html.push(block.literal.clone()),
            NodeValue::HtmlInline(tag) => html.push(tag.clone()),
            NodeValue::Link(link) => links.push(link.url.clone()),
            NodeValue::Image(image) => links.push(image.url.clone()),
            NodeValue::Text(piece) => text.push_str(piece),
            _ => {}
        }
    }
    (html, links, text)
}

#[test]
fn only_our_own_elements_come_out() {
    for (name, dossier) in sample::all() {
        let source = render_markdown(&dossier);
        let (html, links, text) = read(&source);
        assert!(links.is_empty(), "{name}: {links:?}");
        let mut open = 0_i32;
        for tag in html {
            match tag.trim() {
                "</details>" => open -= 1,
                "<code>" | "</code>" => {}
                summary => {
                    open += 1;
                    let inner = summary
                        .strip_prefix("<details><summary>")
                        .and_then(|rest| rest.strip_suffix("</summary>"));
                    assert!(inner.is_some_and(|s| !s.contains('<')), "{name}: {summary}");
                }
            }
            assert!((0..=1).contains(&open), "{name}");
        }
        assert_eq!(open, 0, "{name}");
        // GitHub finds mentions and references in finished text.
        let acts = |c: char, next: fn(char) -> bool| {
            text.match_indices(c).any(|(at, _)| text[at + 1..].starts_with(next))
        };
        assert!(!acts('@', |c| c.is_ascii_alphanumeric()), "{name}");
        assert!(!acts('#', |c| c.is_ascii_digit()), "{name}");
    }
}

#[test]
fn the_limit_holds_and_what_is_left_out_is_said() {
    let mut dossier = sample::large();
    for task in &mut dossier.tasks {
        task.asked = "𝄞 many words ".repeat(500);
    }
    let source = render_markdown(&dossier);
    assert!(source.encode_utf16().count() <= 65_536);
    assert!(source.chars().count() > 55_000, "the room is used");
    let note = source.lines().rev().find(|line| line.contains("Left out")).unwrap_or_default();
    let kept = source.matches("<details>").count();
    assert!(note.contains(&format!("the details of {} tasks", 200 - kept)), "{note}, kept {kept}");
    assert!(!render_markdown(&sample::usual()).contains("Left out"));
}

#[test]
fn many_values_too_long_still_fit() {
    let mut dossier = sample::hostile();
    dossier.run.repository = "n".repeat(100_000);
    dossier.run.note = Some("*".repeat(100_000));
    dossier.tasks[0].landing = vec![sample::check(&"c|".repeat(50_000), 1, 1, &"l".repeat(90_000))];
    assert!(render_markdown(&dossier).encode_utf16().count() <= 65_536);
}

#[test]
fn the_usual_run_reads_well() {
    let source = render_markdown(&sample::usual());
    let head: Vec<_> = source.lines().take(32).collect();
    insta::assert_snapshot!(head.join("\n"), @"");
}
