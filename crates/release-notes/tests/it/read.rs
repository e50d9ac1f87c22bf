//! Reads a document as GitHub would and tells what comes out of it.

use comrak::{Arena, Options, nodes::NodeValue, parse_document};

/// What a reader of the rendered document meets.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Pictures: address and alternative text.
    pub(crate) images: Vec<(String, String)>,
    /// Addresses of links.
    pub(crate) links: Vec<String>,
    /// Raw HTML, trimmed.
    pub(crate) html: Vec<String>,
    /// Headings.
    pub(crate) headings: Vec<String>,
    /// The text outside of code.
    pub(crate) text: String,
    /// Code.
    pub(crate) code: Vec<String>,
    /// Kinds of nodes that none of our documents has.
    pub(crate) strange: Vec<String>,
}

pub(crate) fn read(source: &str) -> Read {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    let arena = Arena::new();
    let mut found = Read::default();
    for node in parse_document(&arena, source, &options).descendants() {
        match &node.data.borrow().value {
            NodeValue::Image(image) => found.images.push((image.url.clone(), text(node))),
            NodeValue::Link(link) => found.links.push(link.url.clone()),
            NodeValue::HtmlBlock(block) => found.html.push(block.literal.trim().to_owned()),
            NodeValue::HtmlInline(tag) => found.html.push(tag.clone()),
            NodeValue::Heading(_) => found.headings.push(text(node)),
            NodeValue::Text(piece) => {
                found.text.push_str(piece);
                found.text.push('\n');
            }
            NodeValue::Code(code) => found.code.push(code.literal.clone()),
            NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Strong
            | NodeValue::Emph
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::TableCell
            | NodeValue::Alert(_)
            | NodeValue::SoftBreak => {}
            other => found.strange.push(format!("{other:?}")),
        }
    }
    found
}

impl Read {
    /// Panics unless all HTML is folds that we opened and closed, one at a time.
    pub(crate) fn only_folds(&self, name: &str) {
        let mut open = 0;
        for tag in &self.html {
            match tag.as_str() {
                "</details>" => open -= 1,
                "<code>" | "</code>" => {}
                tag => {
                    let inner = tag
                        .strip_prefix("<details><summary>")
                        .and_then(|rest| rest.strip_suffix("</summary>"));
                    assert!(inner.is_some_and(|s| !s.contains(['<', '>'])), "{name}: {tag}");
                    open += 1;
                }
            }
            assert!((0..=1).contains(&open), "{name}: {tag}");
        }
        assert_eq!(open, 0, "{name}");
        assert!(self.strange.is_empty(), "{name}: {:?}", self.strange);
        // GitHub finds mentions and references in finished text.
        let acts = |c: char, next: fn(char) -> bool| {
            self.text.match_indices(c).any(|(at, _)| self.text[at + 1..].starts_with(next))
        };
        assert!(!acts('@', |c| c.is_ascii_alphanumeric()), "{name}");
        assert!(!acts('#', |c| c.is_ascii_digit()), "{name}: {}", self.text);
    }
}

/// The text below a node.
fn text<'a>(node: comrak::Node<'a>) -> String {
    let texts = node.descendants().filter_map(|inner| match &inner.data.borrow().value {
        NodeValue::Text(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect()
}
