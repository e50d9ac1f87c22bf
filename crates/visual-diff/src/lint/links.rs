//! Finds what documents point to: real parsers, so that code and comments are none of it.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use html5gum::{Token, Tokenizer, emitters::default::DefaultEmitter};

use super::Document;

/// Something that a document points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The line, from 1.
    pub line: u32,
    /// The address as it is written.
    pub target: String,
    /// Whether a picture is to be shown in this place, whatever the address is called.
    pub(super) shows: bool,
    /// Whether an address that begins with `/` means the tree's root.
    pub(super) rooted: bool,
}

/// Attributes that point to something, by element; `*` stands for all elements.
const POINTERS: &[(&str, &str)] = &[
    ("a", "href"),
    ("link", "href"),
    ("*", "src"),
    ("*", "poster"),
    ("object", "data"),
    ("image", "href"),
];

/// Whether a path is a document whose links are known.
#[must_use]
pub fn is_document(path: &str) -> bool {
    is_markdown(path) || ends(path, &[".html", ".htm"])
}

fn is_markdown(path: &str) -> bool {
    ends(path, &[".md", ".markdown"])
}

fn ends(path: &str, endings: &[&str]) -> bool {
    let path = path.to_ascii_lowercase();
    endings.iter().any(|ending| path.ends_with(ending))
}

/// Everything that a document points to, in its order.
pub(super) fn of(document: &Document) -> Vec<Link> {
    let mut found = Vec::new();
    if is_markdown(&document.path) {
        markdown(&document.text, &mut found);
    } else {
        html(&document.text, 1, false, &mut found);
    }
    found
}

fn markdown(text: &str, found: &mut Vec<Link>) {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.tasklist = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let arena = Arena::new();
    for node in parse_document(&arena, text, &options).descendants() {
        let data = node.data.borrow();
        let line = u32::try_from(data.sourcepos.start.line).unwrap_or(u32::MAX).max(1);
        match &data.value {
            NodeValue::Link(link) => {
                found.push(Link { line, target: link.url.clone(), shows: false, rooted: true });
            }
            NodeValue::Image(link) => {
                found.push(Link { line, target: link.url.clone(), shows: true, rooted: true });
            }
            NodeValue::HtmlBlock(block) => html(&block.literal, line, true, found),
            NodeValue::HtmlInline(tag) => html(tag, line, true, found),
            _ => {}
        }
    }
}

/// The pointers of HTML that begins on a line.
fn html(text: &str, line: u32, rooted: bool, found: &mut Vec<Link>) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Scripts and styles hold texts that look like elements.
    emitter.naively_switch_states(true);
    let (mut at, mut now, from) = (0, line, found.len());
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name);
        // With a base of its own a page's addresses mean something that we do not know.
        if name == "base" {
            found.truncate(from);
            return;
        }
        let start = tag.span.start.clamp(at, text.len());
        now += u32::try_from(text.as_bytes()[at..start].iter().filter(|b| **b == b'\n').count())
            .unwrap_or(0);
        at = start;
        for (attribute, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            let attribute = String::from_utf8_lossy(attribute);
            let points =
                POINTERS.iter().any(|(of, own)| *own == attribute && (*of == "*" || *of == name));
            let shows = attribute == "poster" || matches!(&*name, "img" | "image");
            let link = |target: &str| {
                let target = target.trim().to_owned();
                Link { line: now, target, shows: shows || attribute == "srcset", rooted }
            };
            if points {
                found.push(link(&value));
            } else if attribute == "srcset" {
                let each = value.split(',').filter_map(|one| one.split_whitespace().next());
                found.extend(each.map(link));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        let document = Document { path: path.into(), text: text.into() };
        of(&document).into_iter().map(|link| format!("{}:{}", link.line, link.target)).collect()
    }

    #[test]
    fn markdown_s_own_links_and_its_html() {
        let text = "---\nx: [a](b)\n---\n![a](a.png)\n[b][r] <img\nsrc=\"c.png\">\n\n\
                    <p>\n<img src='d.png'>\n</p>\n\n| t |\n| - |\n| [e](<e f.md>) |\n\n[r]: r.md\n";
        let found = ["4:a.png", "5:r.md", "5:c.png", "9:d.png", "14:e f.md"];
        assert_eq!(told("a.md", text), found);
    }

    #[test]
    fn links_inside_code_are_not_links() {
        let text = "`![a](a.png)`\n\n```\n![b](b.png)\n```\n\n    ![c](c.png)\n\n~~~md\n[d](d)\n~~~\n\n\
                    <!-- ![e](e.png) <img src=\"f.png\"> -->\n\\![g] \\[h](h)\n";
        assert_eq!(told("a.md", text), Vec::<String>::new());
    }

    #[test]
    fn html_without_scripts_styles_and_comments() {
        let text = "<!doctype html>\n<a href=a.html>x</a>\n<img src='b.png' srcset='c.png 1x, d.png 2x'>\n\
                    <script>x = \"<img src='no.png'>\"</script><style>/* <a href='no'> */</style>\n\
                    <!-- <img src=no> --><pre>&lt;img src=no&gt;</pre>\n<video poster=e.png></video><p href=no>";
        assert_eq!(told("a.HTML", text), ["2:a.html", "3:b.png", "3:c.png", "3:d.png", "6:e.png"]);
        assert!(told("a.html", "<base href='/x/'><a href=a>").is_empty());
    }
}
