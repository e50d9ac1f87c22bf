//! A diff's text cut into its files, each read whole or not at all.

use std::collections::BTreeMap;

use super::{Change, DiffError, FileChange, Kind, combined, plain};

/// Reads what `git diff` writes: one comparison of two states, or one merge in the combined form.
///
/// Nothing is guessed and nothing is dropped: text that belongs to no file, a hunk whose lines do
/// not add up, a header that promises content which does not follow are errors that name the line.
/// A cut between two files leaves no trace in the text; who has git compares
/// with its own list of files. Empty text is no change.
///
/// # Errors
/// When any part of the text is not a whole diff as git writes it.
pub fn read_diff(text: &[u8]) -> Result<Change, DiffError> {
    let sections = sections(text)?;
    let mut files: BTreeMap<_, FileChange> = BTreeMap::new();
    for section in &sections {
        let file = match section.form {
            Form::Plain => plain::read(section)?,
            Form::Combined => combined::read(section)?,
        };
        let path = file.path.clone();
        let joined = match files.remove(&path) {
            None => file,
            // A file that becomes a link is written as one that goes and one that comes.
            Some(gone) if gone.kind == Kind::Deleted && file.kind == Kind::Added => {
                FileChange { kind: Kind::TypeChanged, removed: gone.removed, ..file }
            }
            Some(_) => {
                let reason = format!(
                    "{path} stands in the diff twice: expected one comparison of two states"
                );
                return Err(DiffError::new(section.line, reason));
            }
        };
        files.insert(path, joined);
    }
    Ok(Change { files: files.into_values().collect() })
}

/// The text of one file in a diff.
pub(super) struct Section<'t> {
    /// The number of its first line in the whole text.
    pub(super) line: usize,
    pub(super) lines: Vec<&'t [u8]>,
    pub(super) text: &'t [u8],
    pub(super) form: Form,
}

/// How git wrote it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Combined,
}

/// What no line of a file's content can begin with, since content has a sign before it.
fn starts(line: &[u8]) -> Option<Form> {
    if line.starts_with(b"diff --git ") {
        Some(Form::Plain)
    } else if line.starts_with(b"diff --cc ") || line.starts_with(b"diff --combined ") {
        Some(Form::Combined)
    } else {
        None
    }
}

fn sections(text: &[u8]) -> Result<Vec<Section<'_>>, DiffError> {
    let mut found: Vec<(usize, usize, Form)> = Vec::new();
    let lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
    let mut offset = 0;
    for (at, line) in lines.iter().enumerate() {
        if let Some(form) = starts(line) {
            found.push((at, offset, form));
        }
        offset += line.len();
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        return Err(DiffError::new(
            lines.len(),
            "the diff ends in the middle of a line: it is cut off here",
        ));
    }
    let first = found.first().map_or(lines.len(), |&(at, ..)| at);
    preamble(&lines[..first])?;
    if found.is_empty() && !lines.is_empty() {
        return Err(DiffError::new(
            1,
            "expected a line `diff --git …`: this is not what git diff writes",
        ));
    }
    let ends = found.iter().skip(1).map(|&(at, offset, _)| (at, offset));
    let ends: Vec<_> = ends.chain([(lines.len(), text.len())]).collect();
    let cut = found.iter().zip(ends).map(|(&(at, from, form), (end, to))| Section {
        line: at + 1,
        lines: lines[at..end].to_vec(),
        text: &text[from..to],
        form,
    });
    Ok(cut.collect())
}

/// What `git show` and `git format-patch` write before the diff; nothing else may stand there.
fn preamble(lines: &[&[u8]]) -> Result<(), DiffError> {
    let Some(first) = lines.first() else { return Ok(()) };
    let told = [&b"commit "[..], b"From "].iter().any(|word| first.starts_with(word));
    if told || lines.iter().all(|line| line.trim_ascii().is_empty()) {
        return Ok(());
    }
    Err(DiffError::new(1, "expected a line `diff --git …`: this is not what git diff writes"))
}
