//! A report of any of the four kinds, known by how it begins.

use std::io::{self, BufRead};

use super::{Coverage, cobertura, coverage_py, lcov, llvm};

/// A report that was not read; nothing of it was taken.
#[derive(Debug, thiserror::Error)]
pub enum CoverageError {
    /// The text is not what its kind of report allows.
    #[error("line {line}: {reason}")]
    Malformed {
        /// The line, from 1.
        line: u64,
        /// What was expected.
        reason: String,
    },
    /// It is a report of no file at all.
    #[error("the report measures no file: did the tests run?")]
    Empty,
    /// It is no report of a kind that is known.
    #[error("expected lcov, Cobertura XML, llvm-cov's JSON or coverage.py's JSON")]
    Unknown,
    /// The text could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl CoverageError {
    pub(super) fn malformed(line: u64, reason: impl Into<String>) -> Self {
        Self::Malformed { line, reason: reason.into() }
    }

    /// The same error in a text with so many lines before it.
    fn below(self, above: u64) -> Self {
        match self {
            Self::Malformed { line, reason } => Self::Malformed { line: line + above, reason },
            other => other,
        }
    }

    pub(super) fn json(error: &serde_json::Error) -> Self {
        Self::malformed(error.line() as u64, error.to_string())
    }
}

impl Coverage {
    /// Reads a report: lcov, Cobertura XML, `llvm-cov export` or `coverage json`.
    ///
    /// It is read as a stream; memory grows with the files that it names, not with its text.
    ///
    /// # Errors
    /// When it is none of the four, is cut off or wrong, or measures nothing.
    pub fn read(mut input: impl BufRead) -> Result<Self, CoverageError> {
        let (first, above) = begun(&mut input)?;
        let coverage = match first {
            b'<' | 0xef => cobertura::read(input),
            b'{' => json(input),
            b'T' | b'S' | b'V' | b'#' => lcov::read(input),
            _ => return Err(CoverageError::Unknown),
        };
        let coverage = coverage.map_err(|error| error.below(above))?;
        if coverage.files.is_empty() {
            return Err(CoverageError::Empty);
        }
        Ok(coverage)
    }
}

/// The byte that a report begins with, after empty lines, and how many of these were left behind.
fn begun(input: &mut impl BufRead) -> Result<(u8, u64), CoverageError> {
    let mut above = 0;
    loop {
        let ahead = input.fill_buf()?;
        let Some(&first) = ahead.first() else { return Err(CoverageError::Empty) };
        let blank = ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank == 0 {
            return Ok((first, above));
        }
        above += ahead[..blank].iter().filter(|byte| **byte == b'\n').count() as u64;
        input.consume(blank);
    }
}

/// One of the two kinds in JSON: which one is known by the keys of the outermost object.
fn json(input: impl BufRead) -> Result<Coverage, CoverageError> {
    #[derive(serde::Deserialize)]
    struct Either {
        files: Option<coverage_py::Files>,
        data: Option<Vec<llvm::Data>>,
    }
    let either: Either =
        serde_json::from_reader(input).map_err(|error| CoverageError::json(&error))?;
    match (either.files, either.data) {
        (Some(files), None) => Ok(files.0),
        (None, Some(data)) => Ok(llvm::coverage(data)),
        _ => Err(CoverageError::Unknown),
    }
}

/// A path with `/` between its parts and without `.` parts.
pub(super) fn path(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let rooted = path.starts_with('/');
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}

/// A number of at most nine digits at the beginning, and what is behind it.
pub(super) fn leading(text: &[u8]) -> Option<(u32, &[u8])> {
    let (mut number, mut length) = (0_u32, 0);
    while let Some(digit) =
        text.get(length).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)
    {
        if length == 9 {
            return None;
        }
        number = number * 10 + u32::from(digit);
        length += 1;
    }
    (length > 0).then(|| (number, &text[length..]))
}
