//! Secrets taken out of everything that a model sees.

use std::collections::BTreeSet;

use leadforge_review_rules::Tree;
use leadforge_review_rules::ai::Redact;
use leadforge_secret_scan::{Confidence, Config, Scanner, redact};

use crate::states::States;

/// A part of a secret that is shorter is a word like any other.
const SHORTEST: usize = 8;

/// Whatever might be a secret, in any text, and the parts of those that the changed files have: of a key that a change
/// touches in the middle a diff has lines by which nobody recognises it.
pub(super) struct Redactor {
    scanner: Scanner,
    /// Longest first, so that none is cut by a shorter one.
    parts: Vec<String>,
}

impl Redactor {
    pub(super) fn new(states: &States) -> Result<Self, String> {
        let config = Config { least: Confidence::Low, ..Config::default() };
        let scanner = Scanner::new(&config).map_err(|error| error.to_string())?;
        let mut parts = BTreeSet::new();
        for file in &states.change.files {
            // What cannot be read is named by the other checks, and has no lines that could be sent.
            let Ok(Some(content)) = states.head.read(&file.path) else { continue };
            for found in scanner.scan("", &content) {
                let span = usize::try_from(found.bytes.start)
                    .ok()
                    .zip(usize::try_from(found.bytes.end).ok());
                let secret =
                    span.and_then(|(start, end)| content.get(start..end)).unwrap_or_default();
                let lines = String::from_utf8_lossy(secret);
                let lines = lines.lines().map(str::trim).filter(|line| line.len() >= SHORTEST);
                parts.extend(lines.map(str::to_owned));
            }
        }
        let mut parts: Vec<String> = parts.into_iter().collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        Ok(Self { scanner, parts })
    }
}

impl Redact for Redactor {
    fn redact(&self, text: &str) -> (String, usize) {
        let found = self.scanner.scan("", text.as_bytes());
        let mut places = found.len();
        let clean = redact(text.as_bytes(), &found);
        let mut clean = String::from_utf8_lossy(&clean).into_owned();
        for part in &self.parts {
            let more = clean.matches(&**part).count();
            if more > 0 {
                places += more;
                clean = clean.replace(&**part, "[secret]");
            }
        }
        (clean, places)
    }
}
