//! Cobertura's XML, read as a stream; the format:
//! <https://github.com/cobertura/web/blob/master/htdocs/xml/coverage-04.dtd>.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::read::{leading, path};
use super::{Coverage, CoverageError, Measured};

pub(super) fn read(input: impl BufRead) -> Result<Coverage, CoverageError> {
    let mut reader = Reader::from_reader(Counted::new(input));
    reader.config_mut().check_end_names = true;
    // Half of all events would be what stands between two tags.
    reader.config_mut().trim_text(true);
    let mut coverage = Coverage::default();
    let mut open: Option<(String, Measured)> = None;
    let mut in_source = false;
    let mut rooted = false;
    let mut depth = 0_u32;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let fail = |reason: String, reader: &mut Reader<Counted<_>>| {
            CoverageError::malformed(reader.get_mut().line(), reason)
        };
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| fail(error.to_string(), &mut reader))?;
        let (start, closed) = match &event {
            Event::Start(start) => (Some(start), false),
            Event::Empty(start) => (Some(start), true),
            _ => (None, false),
        };
        if let Some(start) = start {
            depth += u32::from(!closed);
            match start.name().as_ref() {
                "line" => {
                    let Some((_, measured)) = &mut open else { continue };
                    let (line, ran) = numbers(start).ok_or_else(|| {
                        fail("expected <line number=\"…\" hits=\"…\">".into(), &mut reader)
                    })?;
                    measured.note(line, ran);
                }
                "class" => {
                    let name = attribute(start, "filename").ok_or_else(|| {
                        fail("expected a class with its filename".into(), &mut reader)
                    })?;
                    // One without lines is measured all the same.
                    let measured = coverage.files.remove(&name).unwrap_or_default();
                    if closed {
                        coverage.files.insert(name, measured);
                    } else {
                        open = Some((name, measured));
                    }
                }
                "source" => in_source = !closed,
                "coverage" => rooted = true,
                _ if !rooted => return Err(fail("expected <coverage>".into(), &mut reader)),
                _ => {}
            }
        }
        match event {
            Event::Text(text) if in_source => {
                let told = quick_xml::escape::unescape(&text)
                    .map_err(|error| fail(error.to_string(), &mut reader))?;
                if !told.trim().is_empty() {
                    coverage.sources.push(path(&told));
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                match end.name().as_ref() {
                    "class" => {
                        if let Some((name, measured)) = open.take() {
                            coverage.files.insert(name, measured);
                        }
                    }
                    "source" => in_source = false,
                    _ => {}
                }
            }
            Event::Eof if depth > 0 || !rooted => {
                return Err(fail(
                    "the report is cut off: expected </coverage>".into(),
                    &mut reader,
                ));
            }
            Event::Eof => return Ok(coverage),
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(path(&quick_xml::escape::unescape(&found.value).ok()?))
}

/// The two numbers when nothing but them stands there, as coverage.py writes most lines.
fn plain(attributes: &str) -> Option<(u32, bool)> {
    let rest = attributes.as_bytes().strip_prefix(b" number=\"")?;
    let (number, rest) = leading(rest)?;
    let (hits, rest) = leading(rest.strip_prefix(b"\" hits=\"")?)?;
    (rest == b"\"").then_some((number, hits > 0))
}

fn numbers(start: &BytesStart<'_>) -> Option<(u32, bool)> {
    if let Some(numbers) = plain(start.attributes_raw()) {
        return Some(numbers);
    }
    let (mut line, mut hits) = (None, None);
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        match attribute.key.as_ref() {
            "number" => line = attribute.value.parse().ok(),
            "hits" => {
                let value = attribute.value.as_bytes();
                if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
                    return None;
                }
                hits = Some(value.iter().any(|&digit| digit != b'0'));
            }
            _ => {}
        }
    }
    Some((line?, hits?))
}

/// A stream that knows its line: it hands the inner buffer on whole, and counts once for each.
struct Counted<R> {
    input: R,
    /// Line feeds before the inner buffer.
    feeds: u64,
    /// How much of the inner buffer is consumed.
    at: usize,
}

impl<R: BufRead> Counted<R> {
    fn new(input: R) -> Self {
        Self { input, feeds: 0, at: 0 }
    }

    /// The line, from 1.
    fn line(&mut self) -> u64 {
        // Nothing is read for it: what is consumed is in the buffer still.
        let seen = if self.at == 0 {
            0
        } else {
            self.input.fill_buf().map_or(0, |ahead| feeds(&ahead[..self.at]))
        };
        self.feeds + seen + 1
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(into)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(&self.input.fill_buf()?[self.at..])
    }

    fn consume(&mut self, length: usize) {
        self.at += length;
        if let Ok(whole) = self.input.fill_buf()
            && self.at >= whole.len()
        {
            let length = whole.len();
            self.feeds += feeds(whole);
            self.input.consume(length);
            self.at = 0;
        }
    }
}

fn feeds(text: &[u8]) -> u64 {
    text.iter().filter(|&&byte| byte == b'\n').count() as u64
}
