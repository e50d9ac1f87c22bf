//! A rule about the text of new lines.

use regex::bytes::{Regex, RegexBuilder};

/// A regular expression that no new line may match.
#[derive(Debug)]
pub(super) struct TextRule(Regex);

/// How large a compiled expression may become.
const LARGEST: usize = 1 << 20;

impl TextRule {
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(text).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
        regex.map(Self).map_err(|error| format!("text: {}", error.to_string().replace('\n', " ")))
    }

    /// The first match in a line, as text.
    pub(super) fn find(&self, line: &[u8]) -> Option<String> {
        self.0.find(line).map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned())
    }
}
