//! Splits a task file into front matter and body, and refuses bytes that are no text of ours.

use super::MAX_FILE;
use crate::error::Fault;

/// The parts of a file.
pub(crate) struct Parts<'a> {
    /// What stands between the two `+++` lines.
    pub(crate) front: &'a str,
    /// What follows the second one.
    pub(crate) body: &'a str,
    /// False when the file ends right after the second `+++`, without a line end.
    pub(crate) closed: bool,
}

/// A fault at a line of a file.
pub(crate) fn fault(
    path: &str,
    line: usize,
    problem: impl Into<String>,
    expected: impl Into<String>,
    fix: impl Into<String>,
) -> Fault {
    Fault {
        path: path.into(),
        line,
        problem: problem.into(),
        expected: expected.into(),
        fix: fix.into(),
    }
}

/// The fault of a file that is too long, which is found before it is read.
pub(crate) fn too_long(path: &str, length: u64) -> Fault {
    fault(
        path,
        1,
        format!("the file has {length} bytes"),
        format!("at most {MAX_FILE}"),
        "keep long material in another file and name it in the text",
    )
}

/// The line, counted from 1, on which this byte stands.
pub(crate) fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at.min(bytes.len())].iter().filter(|b| **b == b'\n').count()
}

/// Splits the bytes, or says what is wrong with them.
pub(crate) fn split<'a>(path: &str, bytes: &'a [u8]) -> Result<Parts<'a>, Fault> {
    if bytes.len() > MAX_FILE {
        return Err(too_long(path, bytes.len() as u64));
    }
    let text = text(path, bytes)?;
    let Some(rest) = text.strip_prefix("+++\n") else { return Err(no_opening(path, text)) };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        if bare == "+++" {
            let front = &rest[..at];
            let closed = line.len() > bare.len();
            return Ok(Parts { front, body: &rest[at + line.len()..], closed });
        }
        if let Some(column) = line.find('\r') {
            return Err(crlf(path, line_of(bytes, 4 + at + column)));
        }
        at += line.len();
    }
    Err(fault(
        path,
        line_of(bytes, bytes.len()),
        "the front matter is not closed",
        "a line that is exactly '+++' before the text",
        "add that line",
    ))
}

fn text<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if marked || wide {
        return Err(fault(
            path,
            1,
            if wide { "the file is UTF-16" } else { "the file begins with a byte order mark" },
            "UTF-8 without a mark",
            "save it as UTF-8 without BOM",
        ));
    }
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(fault(
            path,
            line_of(bytes, at),
            "the file holds a NUL byte",
            "text",
            "remove the byte",
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        fault(
            path,
            line_of(bytes, error.valid_up_to()),
            "the file is not UTF-8",
            "UTF-8 text",
            "save it as UTF-8",
        )
    })
}

fn crlf(path: &str, line: usize) -> Fault {
    fault(
        path,
        line,
        "the front matter has a carriage return",
        "lines that end in LF alone",
        "save it with Unix line ends (in git: '*.md text eol=lf')",
    )
}

fn no_opening(path: &str, text: &str) -> Fault {
    let first = text.lines().next().unwrap_or_default();
    if text.starts_with("+++\r\n") {
        return crlf(path, 1);
    }
    let (problem, fix) = match first {
        "" if text.is_empty() => ("the file is empty", "write the front matter"),
        "---" => ("the front matter is YAML", "import the file instead of copying it here"),
        _ => ("there is no front matter", "begin the file with it"),
    };
    fault(path, 1, problem, "a first line that is exactly '+++'", fix)
}
