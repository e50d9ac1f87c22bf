//! Fuzz target `escape`: hostile text through each escaper, then through a real parser of that place.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use leadforge_markup as markup;
use scraper::{Html, Selector};

/// Text, and behind the first unit separator a second text (an address, a language, a cell).
pub(crate) fn run(data: &[u8]) {
    let text = markup::from_bytes(data);
    assert!(std::str::from_utf8(data).map_or(!text.is_empty(), |valid| valid == text));
    let (one, two) = text.split_once('\u{1f}').unwrap_or((&text, ""));
    terminal(one);
    html(one, two);
    csv(one, two);
    markdown(one, two);
}

fn terminal(text: &str) {
    let line = markup::terminal(text);
    assert!(!line.contains(hidden), "{line:?}");
    assert_eq!(markup::visible(&line), line, "nothing is left to be spelled out");
    let block = markup::terminal_block(text);
    assert!(!block.contains(|c: char| hidden(c) && c != '\n' && c != '\t'), "{block:?}");
    let log = markup::terminal_block(text);
    assert!(!log.contains("##["), "{log:?}");
    assert!(!log.split(['\n', '\r']).any(|line| line.trim_start().starts_with("::")), "{log:?}");
    let property = markup::workflow_property(text);
    assert!(!property.contains([',', ':', '\n', '\r']), "{property:?}");
    assert!(!markup::workflow_data(text).contains(['\n', '\r']));
}

/// What a terminal obeys or a reader does not see.
fn hidden(c: char) -> bool {
    c.is_control() || "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}".contains(c)
}

fn html(text: &str, url: &str) {
    let text = text.replace(['\n', '\t', '\r'], " ");
    let link: markup::Html = markup::el("a").attr("href", url).text(&text).into();
    let json = serde_json::to_string(url).expect("text is JSON");
    let source = format!(
        "<!doctype html><body><p title=\"{0}\" id='{0}'>{0}</p>{link}<script type=\"application/json\">{1}</script>",
        markup::html(&text),
        markup::json_in_html(&json)
    );
    let page = Html::parse_document(&source);
    let all: Vec<_> = page.select(&Selector::parse("body *").expect("a selector")).collect();
    assert_eq!(all.len(), 3, "{source:?}");
    let shown = markup::visible(&text);
    assert_eq!(all[0].text().collect::<String>(), shown);
    let attributes: Vec<_> = all[0].value().attrs().collect();
    assert!(attributes.len() == 2 && attributes.iter().all(|(_, value)| *value == shown));
    assert_eq!(all[1].attr("href"), markup::href(url).as_deref());
    if let Some(href) = all[1].attr("href") {
        let lower = href.to_ascii_lowercase();
        let scheme = lower.split(['/', '?', '#']).next().unwrap_or_default();
        let good = ["http:", "https:"].contains(&scheme) || scheme.starts_with("mailto:");
        assert!(good || !scheme.contains(':'), "{href:?}");
    }
    let inside: String = all[2].text().collect();
    assert_eq!(serde_json::from_str::<String>(&inside).ok().as_deref(), Some(url));
}

fn csv(one: &str, two: &str) {
    let text = markup::csv_row([one, two, one]);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("a record");
    assert!(records.len() == 1 && records[0].len() == 3, "{text:?}");
    for cell in &records[0] {
        let bare = cell.trim_start();
        let armed = bare.starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
        assert!(!armed || bare.parse::<f64>().is_ok(), "{cell:?} is a formula");
    }
}

fn markdown(one: &str, two: &str) {
    let text = markup::markdown(one);
    let (kinds, seen) = read(&text);
    assert!(
        kinds == ["p"] || (kinds.is_empty() && shown(one).is_empty()),
        "{kinds:?} from {text:?}"
    );
    assert_eq!(folded(&seen), shown(one));
    assert_eq!(read(&format!("- x {text}")).0, ["ul", "li", "p"], "{text:?}");
    assert_eq!(read(&format!("## x {text}")).0, ["h"], "{text:?}");
    let code = format!("x {} y", markup::markdown_code(one));
    let kinds = read(&code).0;
    assert!(
        kinds == ["p", "code"] || kinds == ["p", "code-tag", "code-tag"],
        "{kinds:?} from {code:?}"
    );
    let fence = format!("before\n\n{}\nafter\n", markup::markdown_fence(one, two));
    assert_eq!(read(&fence).0, ["p", "pre", "p"], "{fence:?}");
    let link = format!("x {}", markup::markdown_link(one, two));
    let kinds = read(&link).0;
    assert_eq!(kinds.contains(&"a"), markup::href(two).is_some(), "{link:?}");
    assert!(kinds.len() <= 2, "{kinds:?} from {link:?}");
    let inline = format!("x <b>{}</b> y", markup::markdown_html(one));
    assert_eq!(read(&inline).0, ["p", "b-tag", "b-tag"], "{inline:?}");
    let rows = [vec![markup::markdown(one), markup::markdown_code(two)]];
    let table = markup::markdown_table(&["one", "two"], &rows);
    let kinds: Vec<_> =
        read(&table).0.into_iter().filter(|kind| !kind.starts_with("code")).collect();
    assert_eq!(kinds, ["table", "tr", "td", "td", "tr", "td", "td"], "{table:?}");
}

/// Every extension of GitHub and more.
pub(crate) fn options() -> Options<'static> {
    let mut options = Options::default();
    let on = &mut options.extension;
    on.strikethrough = true;
    on.table = true;
    on.autolink = true;
    on.tasklist = true;
    on.superscript = true;
    on.subscript = true;
    on.underline = true;
    on.spoiler = true;
    on.highlight = true;
    on.footnotes = true;
    on.inline_footnotes = true;
    on.description_lists = true;
    on.multiline_block_quotes = true;
    on.alerts = true;
    on.math_dollars = true;
    on.math_code = true;
    on.wikilinks_title_after_pipe = true;
    options
}

/// The kinds of all nodes below the document, and all text and code in it.
pub(crate) fn read(source: &str) -> (Vec<&'static str>, String) {
    let arena = Arena::new();
    let (mut kinds, mut text) = (Vec::new(), String::new());
    for node in parse_document(&arena, source, &options()).descendants().skip(1) {
        kinds.push(match &node.data.borrow().value {
            NodeValue::Text(piece) => {
                text.push_str(piece);
                continue;
            }
            // An escaped character, where comrak keeps a node for it.
            NodeValue::Escaped => continue,
            NodeValue::SoftBreak => {
                text.push(' ');
                continue;
            }
            NodeValue::Paragraph => "p",
            NodeValue::Heading(_) => "h",
            NodeValue::Item(_) => "li",
            NodeValue::List(_) => "ul",
            NodeValue::Table(_) => "table",
            NodeValue::TableRow(_) => "tr",
            NodeValue::TableCell => "td",
            NodeValue::Link(_) => "a",
            NodeValue::Code(code) => {
                text.push_str(&code.literal);
                "code"
            }
            NodeValue::CodeBlock(block) => {
                text.push_str(&block.literal);
                "pre"
            }
            NodeValue::HtmlInline(tag) if tag == "<code>" || tag == "</code>" => "code-tag",
            NodeValue::HtmlInline(tag) if tag == "<b>" || tag == "</b>" => "b-tag",
            other => panic!("{other:?} in {source:?}"),
        });
    }
    (kinds, text.replace('\u{200b}', ""))
}

/// One line, white space folded, hidden characters spelled out.
pub(crate) fn shown(text: &str) -> String {
    let kept = |c: char| matches!(c, '\n' | '\r' | '\t' | ' ');
    folded(&text.split(kept).map(markup::visible).collect::<Vec<_>>().join(" "))
}

pub(crate) fn folded(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
