//! The part of a file that is ours: between two marks, with a digest by which an edit is noticed.

use leadforge_markup::visible;
use sha2::{Digest, Sha256};

use crate::at::{arm, disarm};
use crate::{Item, item};

const BEGIN: &str = "<!-- leadforge:begin sha256=";
const CLOSE: &str = " -->";
const END: &str = "<!-- leadforge:end -->";
const NOTICE: &str = "<!-- Made from ";

/// A block as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block<'t> {
    /// Where its first line begins and its last line ends, with its line feed where it has one.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The digest that it claims.
    pub(crate) digest: &'t str,
    /// What stands between the marks, with line feeds alone.
    pub(crate) content: String,
    /// Whether its lines end with carriage returns in a file whose other lines may not.
    pub(crate) crlf: bool,
    /// Whether its last line ends with a line feed.
    pub(crate) feed: bool,
}

/// What our part of a file says: where it was made from, then the items.
pub(crate) fn content(source: &str, items: &[&Item]) -> String {
    // A comment ends at two hyphens and an angle, and a name is not worth more than this.
    let source = visible(source).replace("--", "-\u{2011}");
    let mut out = format!(
        "{NOTICE}{source} by lead-review sync. Change that file, not this block; text around it stays as it is.{CLOSE}\n"
    );
    for item in items {
        out.push('\n');
        out.push_str(&disarm(&item::write(item)));
        out.push('\n');
    }
    out
}

/// The digest of a front matter that is ours (or of none) and of what follows between the marks.
pub(crate) fn digest(front: &str, content: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(front.as_bytes());
    hash.update(b"\0");
    hash.update(content.as_bytes());
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The block with its marks and the last line feed.
pub(crate) fn write(front: &str, content: &str) -> String {
    marked(&digest(front, content), content)
}

/// The same with a digest that is known.
pub(crate) fn marked(digest: &str, content: &str) -> String {
    format!("{BEGIN}{digest}{CLOSE}\n{content}{END}\n")
}

/// Finds the block of a text; an error is about a line, from 1.
///
/// A mark counts wherever it stands on a line of its own, in a fenced block too: text of others in
/// front of it cannot hide it.
pub(crate) fn find(text: &str) -> Result<Option<Block<'_>>, (usize, &'static str)> {
    let mut begin: Option<(usize, usize, &str, bool)> = None;
    let mut found: Option<Block<'_>> = None;
    let mut at = 0;
    for (nth, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end_matches(['\n', '\r']);
        let start = at;
        at += whole.len();
        let inner = line.trim_ascii_start();
        let moved = inner.len() < line.len();
        if moved && (inner.starts_with(&BEGIN[..20]) || inner.starts_with(&END[..18])) {
            return Err((nth + 1, "a mark of the block was moved from the start of its line"));
        }
        if line.starts_with("<!-- leadforge:begin") {
            let digest = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(CLOSE));
            let hex =
                |digest: &&str| digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
            let digest =
                digest.filter(hex).ok_or((nth + 1, "the first mark of the block was changed"))?;
            if begin.is_some() || found.is_some() {
                return Err((nth + 1, "a second block begins here: keep one"));
            }
            begin = Some((start, at, digest, whole.ends_with("\r\n")));
        } else if line.starts_with("<!-- leadforge:end") {
            if line != END {
                return Err((nth + 1, "the last mark of the block was changed"));
            }
            let Some((start, from, digest, crlf)) = begin.take() else {
                return Err((
                    nth + 1,
                    "a block ends here that begins nowhere: its first mark is lost",
                ));
            };
            let content = text[from..at - whole.len()].replace("\r\n", "\n");
            let feed = whole.ends_with('\n');
            found = Some(Block { start, end: at, digest, content, crlf, feed });
        }
    }
    match begin {
        Some((start, ..)) => {
            let line = 1 + text[..start].matches('\n').count();
            Err((line, "the block that begins here ends nowhere: its last mark is lost"))
        }
        None => Ok(found),
    }
}

/// The items of a block's content; an error is about a line of the content, from 1.
pub(crate) fn items(content: &str) -> Result<Vec<Item>, (usize, &'static str)> {
    let mut starts = Vec::new();
    let (mut at, mut line) = (0, 1);
    for whole in content.split_inclusive('\n') {
        if item::begins(whole) {
            starts.push((at, line));
        }
        at += whole.len();
        line += 1;
    }
    let first = starts.first().map_or(content.len(), |(at, _)| *at);
    for (nth, line) in content[..first].lines().enumerate() {
        let ours = nth == 0 && line.starts_with(NOTICE);
        if !ours && !line.trim_ascii().is_empty() {
            return Err((nth + 1, "this text belongs to no rule and no section"));
        }
    }
    let mut items = Vec::new();
    for (nth, &(start, line)) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).map_or(content.len(), |(at, _)| *at);
        let text = &content[start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        let last = nth + 1 == starts.len();
        let text = if last { text } else { text.strip_suffix('\n').unwrap_or(text) };
        items.push(item::read(&arm(text)).map_err(|(below, why)| (line + below, why))?);
    }
    Ok(items)
}
