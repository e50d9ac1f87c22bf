//! What a report tells of a model that was asked.

use std::io::{self, Write};

use leadforge_markup::{markdown, terminal};
use leadforge_review_rules::ai::Sent;
use leadforge_review_rules::{Looked, Missed};
use serde::Serialize;

use crate::outputs::counted;

/// Who was asked, what was sent and what of the answer did not count.
#[derive(Serialize)]
pub(crate) struct Told {
    by: String,
    #[serde(flatten)]
    sent: Sent,
    /// What was left out and is not named as missed already.
    #[serde(skip)]
    beside: Vec<Missed>,
}

impl Told {
    pub(super) fn new(by: &str, sent: Sent, looked: &Looked) -> Self {
        let named = match looked {
            Looked::Partly { missed, .. } => &missed[..],
            _ => &[],
        };
        let beside = sent.left_out.iter().filter(|left| !named.contains(left)).cloned().collect();
        Self { by: by.to_owned(), sent, beside }
    }

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
        let Self { by, sent, beside } = self;
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
        lines.extend(
            beside.iter().map(|left| (true, format!("not sent: {}: {}", left.what, left.why))),
        );
        lines.extend(sent.dropped.some.iter().map(|told| (true, format!("dropped: {told}"))));
        let more = sent.dropped.count - sent.dropped.some.len();
        if more > 0 {
            lines.push((true, format!("dropped: {more} more")));
        }
        lines
    }
}
