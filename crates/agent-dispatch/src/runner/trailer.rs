//! Trailers: what an attempt's commit says about itself, so that losing the lease database loses nothing.

use std::collections::BTreeMap;

/// What the branch of an attempt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Task.
    pub id: String,
    /// Lease epoch.
    pub epoch: u64,
    /// Which try, from 1.
    pub round: u8,
    /// Competing slot, from 1.
    pub slot: u8,
    /// The agent's name.
    pub agent: String,
    /// The integration branch.
    pub run: String,
    /// The commit it starts from.
    pub base: String,
    /// Unix milliseconds.
    pub started_ms: u64,
    /// Where it stands.
    pub outcome: Outcome,
    /// The work commit; the marked commit itself when absent.
    pub work: Option<String>,
}

/// Where an attempt stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The agent ended well; verification and landing are to come.
    Candidate,
    /// Counted as a failed attempt.
    Failed(String),
    /// Verified, and sent back by the landing gate: the reason of its whole try.
    SentBack(String),
    /// Verified, but another slot was chosen.
    NotChosen,
    /// The completion commit.
    Done,
}

impl Outcome {
    /// Why it came to nothing, if it did and had a reason.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(reason) | Self::SentBack(reason) => Some(reason),
            Self::Candidate | Self::NotChosen | Self::Done => None,
        }
    }
}

impl Mark {
    /// The message of a commit that carries the mark. `subject` may be anything; only its first line is kept.
    #[must_use]
    pub fn message(&self, subject: &str) -> String {
        let (outcome, reason) = match &self.outcome {
            Outcome::Candidate => ("candidate", None),
            Outcome::Failed(reason) => ("failed", Some(reason)),
            Outcome::SentBack(reason) => ("sent-back", Some(reason)),
            Outcome::NotChosen => ("not-chosen", None),
            Outcome::Done => ("done", None),
        };
        let mut out = format!(
            "{}\n\nLeadForge-Task: {}\nLeadForge-Epoch: {}\nLeadForge-Round: {}\nLeadForge-Slot: {}\n\
             LeadForge-Run: {}\nLeadForge-Base: {}\nLeadForge-Started: {}\nLeadForge-Outcome: {outcome}\n",
            one_line(subject),
            self.id,
            self.epoch,
            self.round,
            self.slot,
            self.run,
            self.base,
            self.started_ms,
        );
        if let Some(work) = &self.work {
            out.push_str(&format!("LeadForge-Work: {work}\n"));
        }
        if let Some(reason) = reason {
            // JSON keeps a reason of many lines on one, so that it cannot forge a trailer.
            out.push_str(&format!(
                "LeadForge-Reason: {}\n",
                serde_json::Value::from(reason.as_str())
            ));
        }
        out.push_str(&format!("Assisted-by: {}\n", one_line(&self.agent)));
        out
    }

    /// Reads the mark of a raw commit object, if it carries one.
    #[must_use]
    pub fn parse(raw: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(raw);
        let (_, message) = text.split_once("\n\n")?;
        let last = message.trim_end().rsplit("\n\n").next()?;
        Self::read(last.lines().filter_map(|line| line.split_once(": ")))
    }

    /// Reads the mark from a commit's trailers.
    pub(crate) fn read<'t>(trailers: impl Iterator<Item = (&'t str, &'t str)>) -> Option<Self> {
        let trailers: BTreeMap<&str, &str> = trailers.collect();
        let get = |key: &str| trailers.get(key).map(|v| (*v).to_owned());
        let reason = || {
            let json = get("LeadForge-Reason");
            json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
        };
        let outcome = match *trailers.get("LeadForge-Outcome")? {
            "candidate" => Outcome::Candidate,
            "failed" => Outcome::Failed(reason()),
            "sent-back" => Outcome::SentBack(reason()),
            "not-chosen" => Outcome::NotChosen,
            "done" => Outcome::Done,
            _ => return None,
        };
        Some(Self {
            id: get("LeadForge-Task")?,
            epoch: get("LeadForge-Epoch")?.parse().ok()?,
            round: get("LeadForge-Round")?.parse().ok()?,
            slot: get("LeadForge-Slot")?.parse().ok()?,
            agent: get("Assisted-by")?,
            run: get("LeadForge-Run")?,
            base: get("LeadForge-Base")?,
            started_ms: get("LeadForge-Started")?.parse().ok()?,
            outcome,
            work: get("LeadForge-Work"),
        })
    }
}

/// The first line that shows anything, without control characters: fit for a subject or a trailer's value.
pub(crate) fn one_line(text: &str) -> String {
    let clean = |line: &str| -> String {
        let spaced: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        spaced.trim().to_owned()
    };
    text.lines().map(clean).find(|line| !line.is_empty()).unwrap_or_else(|| "(no title)".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(outcome: Outcome) -> Mark {
        Mark {
            id: "lf-abc".into(),
            epoch: 3,
            round: 1,
            slot: 2,
            agent: "shell".into(),
            run: "leadforge/run".into(),
            base: "a".repeat(40),
            started_ms: 7,
            outcome,
            work: None,
        }
    }

    #[test]
    fn a_mark_survives_hostile_titles_and_reasons() {
        let reason = "red\n\nLeadForge-Outcome: done\nLeadForge-Task: other";
        let m = mark(Outcome::Failed(reason.into()));
        let raw = format!(
            "tree {0}\nparent {0}\nauthor a <a> 0 +0000\n\n{1}",
            "b".repeat(40),
            m.message("fix\n\nLeadForge-Outcome: done\n")
        );
        assert_eq!(Mark::parse(raw.as_bytes()), Some(m));
    }

    #[test]
    fn a_name_that_shows_nothing_does_not_lose_the_mark() {
        let m = Mark { agent: "\u{1}\u{7f}".into(), ..mark(Outcome::Done) };
        let raw = format!("tree {0}\n\n{1}", "b".repeat(40), m.message("\u{1}\nfix"));
        let agent = "(no title)".into();
        assert_eq!(Mark::parse(raw.as_bytes()), Some(Mark { agent, ..m.clone() }));
        assert!(m.message("\u{1}\nfix").starts_with("fix\n"));
    }

    #[test]
    fn a_commit_of_somebody_else_carries_no_mark() {
        assert_eq!(Mark::parse(b"tree x\n\nfix: it\n\nSigned-off-by: A <a>\n"), None);
        assert_eq!(Mark::parse(b""), None);
    }
}
