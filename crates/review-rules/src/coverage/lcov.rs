//! lcov's tracefiles; the format: <https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1>.

use std::io::BufRead;

use super::read::path;
use super::{Coverage, CoverageError, Measured};

pub(super) fn read(mut input: impl BufRead) -> Result<Coverage, CoverageError> {
    let mut coverage = Coverage::default();
    let mut open: Option<(String, Measured)> = None;
    let mut number = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        let text = line.trim_ascii_end();
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

/// Number and whether it ran; hits may be larger than any number here, and negative by an old fault.
fn data_of(data: &[u8]) -> Option<(u32, bool)> {
    let comma = data.iter().position(|&byte| byte == b',')?;
    let line = digits(&data[..comma])?;
    let rest = &data[comma + 1..];
    let hits = rest.split(|&byte| byte == b',').next()?;
    let count = hits.strip_prefix(b"-").unwrap_or(hits);
    if count.is_empty()
        || !count.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+'))
    {
        return None;
    }
    Some((line, hits[0] != b'-' && count.iter().any(|byte| matches!(byte, b'1'..=b'9'))))
}

fn digits(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |number: u32, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// Lines that say nothing of lines that ran.
fn known(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 18] = [
        b"TN:", b"FN:", b"FNDA:", b"FNF:", b"FNH:", b"FNL:", b"FNA:", b"BRDA:", b"BRF:", b"BRH:",
        b"LF:", b"LH:", b"VER:", b"#", b"MCDC:", b"MRF:", b"MRH:", b"MCF:",
    ];
    text.is_empty() || WORDS.iter().any(|word| text.starts_with(word))
}
