//! What a report tells of a model that was asked.

use std::io::{self, Write};

use leadforge_markup::{markdown, terminal};
use leadforge_review_rules::ai::Sent;
use serde::Serialize;

use crate::outputs::counted;

/// Who was asked, what was sent and what of the answer did not count.
#[derive(Serialize)]
pub(crate) struct Told {
    pub(super) by: String,
    #[serde(flatten)]
    pub(super) sent: Sent,
}

impl Told {
    /// For a terminal.
    pub(crate) fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        for (indent, line) in self.lines() {
            writeln!(out, "{}{}", if indent { "  " } else { "" }, terminal(&line))?;
        }
        Ok(())
    }

    /// For a page.
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::from("\n### A model's part\n\n");
        for (indent, line) in self.lines() {
            out.push_str(&format!("{}- {}\n", if indent { "  " } else { "" }, markdown(&line)));
        }
        out
    }

    fn lines(&self) -> Vec<(bool, String)> {
        let Self { by, sent } = self;
        let asked = match sent.criteria.len() {
            0 => "nothing was asked".to_owned(),
            1 => "asked by 1 criterion".to_owned(),
            more => format!("asked by {more} criteria"),
        };
        let mut lines = vec![(
            false,
            format!(
                "the model: {by}; {asked}; {} taken out; {} dropped",
                counted(sent.redacted, "secret"),
                counted(sent.dropped.count, "finding")
            ),
        )];
        let missed = sent.left_out.iter();
        lines.extend(missed.map(|left| (true, format!("not sent: {}: {}", left.what, left.why))));
        lines.extend(sent.dropped.some.iter().map(|told| (true, format!("dropped: {told}"))));
        let more = sent.dropped.count - sent.dropped.some.len();
        if more > 0 {
            lines.push((true, format!("dropped: {more} more")));
        }
        lines
    }
}
