//! Markdown is rendered with comrak, every GitHub extension on: the text returns, unformatted.

use comrak::{Arena, nodes::NodeValue, parse_document};
use leadforge_markup::{
    markdown, markdown_code, markdown_fence, markdown_html, markdown_link, markdown_table, visible,
};
use proptest::prelude::*;

use crate::fuzzed::escape::{folded, options, read, shown};
use crate::hostile;

#[test]
fn a_selector_at_the_beginning_of_a_line_is_spelled_out() {
    assert_eq!(markdown_code("\n\u{fe0f}"), "`↵[U+FE0F]`");
}

proptest! {
    #![proptest_config(crate::cases(500))]

    #[test]
    fn a_line_is_a_paragraph_of_that_text(text in hostile()) {
        let source = markdown(&text);
        let (kinds, seen) = read(&source);
        prop_assert!(kinds == ["p"] || (kinds.is_empty() && shown(&text).is_empty()),
            "{kinds:?} from {source:?}");
        prop_assert_eq!(folded(&seen), shown(&text));
    }

    #[test]
    fn a_line_stays_what_it_stands_in(text in hostile()) {
        let item = format!("- x {}", markdown(&text));
        prop_assert_eq!(read(&item).0, ["ul", "li", "p"]);
        let heading = format!("## x {}", markdown(&text));
        prop_assert_eq!(read(&heading).0, ["h"]);
        let below = format!("first\n{}\nlast", markdown(&text));
        prop_assert!(read(&below).0.iter().all(|kind| *kind == "p"), "{below:?}");
    }

    #[test]
    fn code_is_code_of_that_text(text in hostile()) {
        let source = format!("x {} y", markdown_code(&text));
        let (kinds, seen) = read(&source);
        prop_assert!(kinds == ["p", "code"] || kinds == ["p", "code-tag", "code-tag"],
            "{kinds:?} from {source:?}");
        let spelled = |line: &str| line.split('\t').map(visible).collect::<Vec<_>>().join(" ");
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let shown: Vec<_> = lines.split('\n').map(spelled).collect();
        prop_assert_eq!(folded(&seen), folded(&format!("x {} y", shown.join("↵"))));
    }

    #[test]
    fn a_fence_holds_all_of_it(text in hostile(), lang in hostile()) {
        let source = format!("before\n\n{}\nafter\n", markdown_fence(&text, &lang));
        let (kinds, seen) = read(&source);
        prop_assert_eq!(kinds, ["p", "pre", "p"], "{:?}", source);
        prop_assert!(seen.starts_with("before") && seen.ends_with("after"));
    }

    #[test]
    fn a_link_has_that_text_and_no_other_target(text in hostile(), url in hostile()) {
        let source = format!("x {}", markdown_link(&text, &url));
        let (kinds, seen) = read(&source);
        let target = leadforge_markup::href(&url);
        prop_assert_eq!(kinds.contains(&"a"), target.is_some(), "{:?}", source);
        prop_assert!(kinds.len() <= 2, "{kinds:?} from {source:?}");
        prop_assert_eq!(folded(&seen), folded(&format!("x {}", shown(&text))));
        if let Some(target) = target {
            let arena = Arena::new();
            for node in parse_document(&arena, &source, &options()).descendants() {
                if let NodeValue::Link(link) = &node.data.borrow().value {
                    prop_assert_eq!(unescape(&link.url), unescape(&target));
                }
            }
        }
    }

    #[test]
    fn a_table_keeps_its_cells(a in hostile(), b in hostile()) {
        let rows = [vec![markdown(&a), markdown_code(&b)], vec![markdown_html(&b), markdown(&a)]];
        let source = markdown_table(&["one", "two"], &rows);
        let (kinds, _) = read(&source);
        let kinds: Vec<_> = kinds.into_iter().filter(|k| !k.starts_with("code")).collect();
        let row = ["tr", "td", "td"];
        prop_assert_eq!(kinds, [&["table"][..], &row, &row, &row].concat(), "{}", source);
    }

    #[test]
    fn text_inside_inline_html_stays_text(text in hostile()) {
        let source = format!("x <b>{}</b> y", markdown_html(&text));
        let (kinds, seen) = read(&source);
        prop_assert_eq!(kinds, ["p", "b-tag", "b-tag"], "{}", source);
        prop_assert_eq!(folded(&seen), folded(&format!("x {} y", shown(&text))));
    }
}

/// Percent codes of the characters that a Markdown target cannot hold.
fn unescape(url: &str) -> String {
    let pairs =
        [("%3C", "<"), ("%3E", ">"), ("%28", "("), ("%29", ")"), ("%22", "\""), ("%27", "'")];
    let more = [("%60", "`"), ("%7C", "|"), ("%5B", "["), ("%5D", "]")];
    let decode = |url: String, (code, c): &(&str, &str)| url.replace(code, c);
    pairs.iter().chain(&more).fold(url.to_owned(), decode)
}

#[test]
fn nothing_notifies_or_closes_on_github() {
    // GitHub finds these in finished text: a name behind `@`, a number behind `#` or `GH-`.
    for text in ["@octocat", "a @org/team b", "fixes #12", "octo/repo#4", "GH-3", "closes gh-3"] {
        let escaped = markdown(text);
        assert!(escaped.contains("&#8203;"), "{escaped}");
    }
}
