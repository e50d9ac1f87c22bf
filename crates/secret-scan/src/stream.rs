//! Texts of any length in bounded memory: parts of one size with a margin on both sides.

use std::io::{self, Read};

use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::file::{File, Kind};
use crate::place::Counter;
use crate::{Finding, Place, Scanner};

/// Findings that begin in a part of this size are looked for at once.
const PART: usize = 1 << 20;
/// So much before a part and behind it is seen, too; the longest windows lie inside.
const MARGIN: usize = 48 << 10;
/// A NUL among so many bytes at the beginning marks what is no text, as git has it.
const HEAD: usize = 8000;

impl Scanner {
    /// The secrets in what a reader gives, each handed out as soon as it is known; gives how many bytes were read.
    ///
    /// What begins with the mark of UTF-16 is read as UTF-8, places and counts of bytes included. Memory stays at a few megabytes for any length. A text gives the same findings however it is read.
    ///
    /// # Errors
    /// Those of the reader; what was found before was handed out.
    pub fn stream(
        &self,
        path: &str,
        reader: impl Read,
        mut each: impl FnMut(Finding),
    ) -> io::Result<u64> {
        if self.skips(path) {
            return Ok(0);
        }
        // Windows' shells write UTF-16, in which no rule would find a thing.
        let mut reader = DecodeReaderBytesBuilder::new().utf8_passthru(true).build(reader);
        let mut text = Vec::new();
        // `text[0]` is this byte of the whole; the part that is next begins at `part` in `text`.
        let (mut base, mut part) = (0_u64, 0_usize);
        let mut counter = Counter::new();
        let mut file = File::at(path);
        let mut ended = false;
        loop {
            let wanted = part + PART + MARGIN;
            if !ended && text.len() < wanted {
                let missing = wanted - text.len();
                let read = reader.by_ref().take(missing as u64).read_to_end(&mut text)?;
                ended = read < missing;
            }
            if base == 0 && part == 0 {
                self.named(path, &text, &mut each);
            }
            if base == 0 && part == 0 && text.iter().take(HEAD).any(|byte| *byte == 0) {
                file.kind = Kind::Binary;
            }
            let end = text.len().min(part + PART);
            for candidate in self.candidates(path, file, &text, &(part..end)) {
                if let Some(finding) = self.finding(&candidate, &text, base, &mut counter) {
                    each(finding);
                }
            }
            if ended && end == text.len() {
                return Ok(base + end as u64);
            }
            counter.place(&text, end.saturating_sub(MARGIN).max(counter.at()));
            let dropped = end.saturating_sub(MARGIN);
            text.drain(..dropped);
            counter = counter.dropped(dropped);
            base += dropped as u64;
            part = end - dropped;
        }
    }

    /// Findings of rules about file names.
    fn named(&self, path: &str, text: &[u8], each: &mut impl FnMut(Finding)) {
        let start = Place { line: 1, column: 1 };
        for rule in self.by_path(path) {
            each(Finding {
                rule: rule.id.clone(),
                description: rule.description.clone(),
                start,
                end: start,
                bytes: 0..0,
                shape: "a file".to_owned(),
                digest: self.digest(&text[..text.len().min(PART)]),
                confidence: crate::Confidence::High,
                score: 80,
                because: vec!["its name is that of a store of keys"],
                allow_comment: false,
            });
        }
    }
}
