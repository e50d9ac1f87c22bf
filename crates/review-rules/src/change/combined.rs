//! One file of a merge in the combined form (`diff --cc`), which has a sign per parent before each line.
//!
//! The format: <https://git-scm.com/docs/diff-format#_combined_diff_format>.

use super::error::BEHIND;
use super::read::Section;
use super::{DiffError, FileChange, Kind, Lines, RepoPath};

/// Reads a section. New is a line that no parent has: what the merge itself wrote.
pub(super) fn read(section: &Section<'_>) -> Result<FileChange, DiffError> {
    let fail = |at: usize, reason: &str| DiffError::new(section.line + at, reason);
    let first = section.lines[0].trim_ascii_end();
    let name = [&b"diff --cc "[..], b"diff --combined "]
        .iter()
        .find_map(|word| first.strip_prefix(*word))
        .and_then(unquoted)
        .ok_or_else(|| fail(0, "expected a path"))?;
    let mut file = FileChange {
        path: RepoPath::new(name),
        old_path: None,
        kind: Kind::Modified,
        binary: false,
        added: Lines::default(),
        removed: 0,
        text: Vec::new(),
    };
    let mut at = 1;
    while let Some(line) = section.lines.get(at).filter(|line| !line.starts_with(b"@@@")) {
        match *line {
            line if line.starts_with(b"new file mode ") => file.kind = Kind::Added,
            line if line.starts_with(b"deleted file mode ") => file.kind = Kind::Deleted,
            line if line.starts_with(b"Binary files ") => file.binary = true,
            line if [&b"index "[..], b"mode ", b"--- ", b"+++ "]
                .iter()
                .any(|word| line.starts_with(word)) => {}
            _ => return Err(fail(at, "expected a line of git's combined diff header")),
        }
        at += 1;
    }
    if at == section.lines.len() && !file.binary && file.kind != Kind::Deleted {
        return Err(fail(at - 1, "the file's lines are missing: the diff is cut off here"));
    }
    let mut next = 0;
    while at < section.lines.len() {
        at = hunk(section, at, &mut file, &mut next)?;
    }
    Ok(file)
}

/// One hunk, from its header on; gives where the next one begins. `next` is the line of the new file behind it.
fn hunk(
    section: &Section<'_>,
    start: usize,
    file: &mut FileChange,
    next: &mut u64,
) -> Result<usize, DiffError> {
    let fail = |at: usize, reason: &str| DiffError::new(section.line + at, reason);
    let header = str::from_utf8(section.lines[start]).unwrap_or_default();
    let signs = header.bytes().take_while(|&byte| byte == b'@').count();
    let ranges = (signs >= 3).then(|| header.get(signs..)?.split_once(&header[..signs])).flatten();
    let ranges = ranges.map(|(ranges, _)| ranges.split_whitespace().collect::<Vec<_>>());
    let ranges = ranges.filter(|ranges| ranges.len() == signs);
    let bad = || fail(start, "expected a combined hunk's header, `@@@ -1,2 -1,2 +1,3 @@@`");
    let ranges = ranges.ok_or_else(bad)?;
    let (new, olds) = ranges.split_last().expect("there are at least three");
    let (mut number, mut new) = range(new, '+').ok_or_else(bad)?;
    if number < *next {
        return Err(fail(start, BEHIND));
    }
    let mut old = Vec::new();
    for range_of in olds {
        old.push(range(range_of, '-').ok_or_else(bad)?.1);
    }
    let parents = old.len();
    let mut at = start + 1;
    while new > 0 || old.iter().any(|&left| left > 0) {
        let line =
            *section.lines.get(at).ok_or_else(|| fail(at - 1, "the hunk is cut off here"))?;
        if line.starts_with(b"\\") {
            at += 1;
            continue;
        }
        let few = || fail(at, "more lines than the hunk's header says");
        let (marks, text) =
            line.split_at_checked(parents).ok_or_else(|| fail(at, "a line without its signs"))?;
        if !marks.iter().all(|mark| matches!(mark, b' ' | b'+' | b'-')) {
            return Err(fail(at, "expected a space, `+` or `-` for each parent"));
        }
        let gone = marks.contains(&b'-');
        for (mark, left) in marks.iter().zip(&mut old) {
            // A line that goes was in the parents whose sign says so; one that stays, where no sign stands.
            let had = if gone { *mark == b'-' } else { *mark == b' ' };
            *left = left.checked_sub(u64::from(had)).ok_or_else(few)?;
        }
        if gone {
            file.removed += 1;
        } else {
            new = new.checked_sub(1).ok_or_else(few)?;
            if marks.iter().all(|&mark| mark == b'+') {
                file.added.push(u32::try_from(number).map_err(|_| bad())?);
                file.text.extend_from_slice(text);
            }
            number += 1;
        }
        at += 1;
    }
    *next = number;
    while section.lines.get(at).is_some_and(|line| line.starts_with(b"\\")) {
        at += 1;
    }
    match section.lines.get(at) {
        Some(line) if !line.starts_with(b"@@@") => {
            Err(fail(at, "the line belongs to no hunk of this file"))
        }
        _ => Ok(at),
    }
}

/// Start and length of `+3,4` or `-7`.
fn range(text: &str, sign: char) -> Option<(u64, u64)> {
    let text = text.strip_prefix(sign)?;
    let (start, length) = text.split_once(',').unwrap_or((text, "1"));
    let (start, length) = (start.parse().ok()?, length.parse::<u64>().ok()?);
    (u32::try_from(start).is_ok() && u32::try_from(length).is_ok()).then_some((start, length))
}

/// A name as git writes it, in quotes with escapes when it has unusual bytes.
fn unquoted(name: &[u8]) -> Option<Vec<u8>> {
    let Some(inner) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return (!name.is_empty()).then(|| name.to_vec());
    };
    let mut bytes = Vec::new();
    let mut rest = inner.iter().copied();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next()? {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            byte @ (b'"' | b'\\') => byte,
            first @ b'0'..=b'3' => {
                let digit = |byte: u8| matches!(byte, b'0'..=b'7').then(|| byte - b'0');
                let (second, third) = (digit(rest.next()?)?, digit(rest.next()?)?);
                (first - b'0') * 64 + second * 8 + third
            }
            _ => return None,
        });
    }
    Some(bytes)
}
