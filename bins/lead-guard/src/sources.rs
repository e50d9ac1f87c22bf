//! Where texts come from: files, the index, the history, standard input.

mod files;
mod git;

use std::io::{self, Read};

use leadforge_authorship::Kind;
use leadforge_cli_kit::Failure;
use leadforge_secret_scan::{Finding, Scanner};
use serde::Serialize;

pub(crate) use files::files;
pub(crate) use git::{history, repository, staged};

/// All that was looked at, and what was found.
#[derive(Default)]
pub(crate) struct Looked {
    pub(crate) found: Vec<Found>,
    /// Texts that were read.
    pub(crate) texts: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Texts that a rule file says not to look into.
    pub(crate) skipped: u64,
    /// What could not be looked at, and why.
    pub(crate) missed: Vec<String>,
    /// The whole tree was looked at, so that what is borne and was not found is over.
    pub(crate) whole: bool,
    /// It was a stream.
    streamed: bool,
}

impl Looked {
    /// Whether a stream ended before it began.
    pub(crate) const fn empty(&self) -> bool {
        self.streamed && self.bytes == 0
    }
}

/// A finding and where it is.
#[derive(Clone, Serialize)]
pub(crate) struct Found {
    pub(crate) path: String,
    /// The commit that brought it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<Who>,
    #[serde(flatten)]
    pub(crate) finding: Finding,
}

/// A commit and who made it.
#[derive(Clone, Serialize)]
pub(crate) struct Who {
    pub(crate) commit: String,
    pub(crate) date: String,
    pub(crate) kind: Kind,
    pub(crate) identity: String,
}

/// Looks at standard input.
pub(crate) fn stream(scanner: &Scanner) -> Result<Looked, Failure> {
    let mut looked = Looked { texts: 1, streamed: true, ..Looked::default() };
    let found = &mut looked.found;
    let read = readable(io::stdin().lock()).and_then(|text| {
        scanner.stream("", text, |finding| {
            found.push(Found { path: "-".to_owned(), commit: None, finding });
        })
    });
    match read {
        Ok(bytes) => looked.bytes = bytes,
        Err(error) => looked.missed.push(format!("standard input: {error}")),
    }
    Ok(looked)
}

/// A text in UTF-16 longer than this is an error: it is held in memory.
const LONGEST: u64 = 256 << 20;

/// A text as the scanner reads it: what begins as UTF-16 does, as Windows writes it, is made UTF-8.
fn readable<'r>(mut reader: impl Read + 'r) -> io::Result<Box<dyn Read + 'r>> {
    let mut head = Vec::new();
    reader.by_ref().take(2).read_to_end(&mut head)?;
    let big = match head.as_slice() {
        [0xff, 0xfe] => false,
        [0xfe, 0xff] => true,
        _ => return Ok(Box::new(io::Cursor::new(head).chain(reader))),
    };
    let mut bytes = Vec::new();
    reader.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::other("UTF-16 of more than 256 MiB is not looked into"));
    }
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair.get(1).copied().unwrap_or(0)];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let text: String = char::decode_utf16(bytes.chunks(2).map(unit))
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    Ok(Box::new(io::Cursor::new(text.into_bytes())))
}
