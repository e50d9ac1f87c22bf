//! lcov's tracefiles; the format: <https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1>.

use std::io::{self, BufRead};

use super::read::{leading, path};
use super::{Coverage, CoverageError, Measured};

pub(super) fn read(input: impl BufRead) -> Result<Coverage, CoverageError> {
    let mut coverage = Coverage::default();
    let mut open: Option<(String, Measured)> = None;
    let mut number = 0;
    let mut lines = Lines { input, passed: 0, joined: Vec::new() };
    while let Some(text) = lines.next()? {
        number += 1;
        let text = text.trim_ascii_end();
        if let Some(data) = text.strip_prefix(b"DA:") {
            let Some((_, measured)) = &mut open else {
                return Err(CoverageError::malformed(number, "a line's data before any SF: line"));
            };
            let (line, ran) = data_of(data)
                .ok_or_else(|| CoverageError::malformed(number, "expected `DA:line,hits`"))?;
            measured.note(line, ran);
        } else if let Some(name) = text.strip_prefix(b"SF:") {
            if open.is_some() {
                return Err(CoverageError::malformed(
                    number,
                    "expected end_of_record before the next SF: line",
                ));
            }
            open = Some((path(&String::from_utf8_lossy(name)), Measured::default()));
        } else if text == b"end_of_record" {
            let (name, measured) = open.take().ok_or_else(|| {
                CoverageError::malformed(number, "end_of_record without an SF: line")
            })?;
            coverage.files.entry(name).or_default().merge(&measured);
        } else if !known(text) {
            return Err(CoverageError::malformed(
                number,
                "expected a line of lcov, such as DA:1,0",
            ));
        }
    }
    if open.is_some() {
        return Err(CoverageError::malformed(
            number,
            "the report is cut off: expected end_of_record",
        ));
    }
    Ok(coverage)
}

/// The lines of a stream, each where it lies in the buffer unless it lies in two.
struct Lines<R> {
    input: R,
    /// How much of the buffer belongs to the line that was given.
    passed: usize,
    joined: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.input.consume(std::mem::take(&mut self.passed));
        self.joined.clear();
        loop {
            let ahead = self.input.fill_buf()?;
            if ahead.is_empty() {
                return Ok((!self.joined.is_empty()).then_some(&self.joined));
            }
            let Some(end) = ahead.iter().position(|&byte| byte == b'\n') else {
                self.joined.extend_from_slice(ahead);
                let length = ahead.len();
                self.input.consume(length);
                continue;
            };
            self.passed = end + 1;
            if self.joined.is_empty() {
                return Ok(Some(&self.input.fill_buf()?[..end]));
            }
            self.joined.extend_from_slice(&ahead[..end]);
            return Ok(Some(&self.joined));
        }
    }
}

/// Number and whether it ran; hits may be larger than any number here, and negative by an old fault.
fn data_of(data: &[u8]) -> Option<(u32, bool)> {
    let (line, rest) = leading(data)?;
    let rest = rest.strip_prefix(b",")?;
    // Nearly every line is two numbers and nothing else.
    if let Some((hits, b"")) = leading(rest) {
        return Some((line, hits > 0));
    }
    let hits = rest.split(|&byte| byte == b',').next()?;
    let count = hits.strip_prefix(b"-").unwrap_or(hits);
    if count.is_empty()
        || !count.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+'))
    {
        return None;
    }
    Some((line, hits[0] != b'-' && count.iter().any(|byte| matches!(byte, b'1'..=b'9'))))
}

/// Lines that say nothing of lines that ran.
fn known(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 18] = [
        b"TN:", b"FN:", b"FNDA:", b"FNF:", b"FNH:", b"FNL:", b"FNA:", b"BRDA:", b"BRF:", b"BRH:",
        b"LF:", b"LH:", b"VER:", b"#", b"MCDC:", b"MRF:", b"MRH:", b"MCF:",
    ];
    text.is_empty() || WORDS.iter().any(|word| text.starts_with(word))
}
