//! The ledger: a document that people read, with a block for each criterion that says who judges it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use leadforge_markup::markdown;
use serde::{Deserialize, Serialize};

use super::CriteriaError;
use crate::rules::{Judge, RuleSet};

/// Who judges a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// A rule or a check.
    Machine,
    /// A model, whose findings must cite it.
    Ai,
    /// A person.
    Human,
}

/// One criterion of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its name.
    pub id: String,
    /// What it is called in the document.
    pub name: String,
    /// The heading that it stands under.
    pub section: String,
    /// What it says; nothing where the ledger keeps no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The block.
    #[serde(flatten)]
    pub block: Block,
}

/// What the block of a criterion says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Block {
    /// The line of the document on which it begins.
    pub line: u32,
    /// By what its words are recognised.
    pub digest: String,
    /// Who judges it.
    pub judge: Who,
    /// The rules that check it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The checks of a review beside the rules that check it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// Who judges what of it no rule sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Who>,
    /// Anything that people want to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What nobody has looked at since it was imported: `new`, `changed` or `gone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
}

/// Why somebody has to look at an entry; they take the line out when they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Open {
    /// Its class is a proposal.
    New,
    /// Its words are others than those for which it was decided.
    Changed,
    /// The document no longer has it; take the entry out.
    Gone,
}

/// A ledger.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Which document it is about.
    pub head: Head,
    /// Its criteria, in the document's order.
    pub entries: Vec<Entry>,
}

/// Which document a ledger is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Its path.
    pub file: String,
    /// The heading of the section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// How many items its lists have.
    pub items: usize,
    /// Whether the words stand in the ledger.
    pub words: bool,
}

impl Default for Head {
    fn default() -> Self {
        Self { file: String::new(), section: None, items: 0, words: true }
    }
}

const INTRODUCTION: &str = "\
Who judges each criterion of a review. `judge` is `machine`, `ai` or `human`; `rules` and `checks` name what looks, `also` says
who judges what no rule sees, `note` is free. Those are yours. `lead-review rules import` keeps them, adds what is new, and
marks with `open` what somebody has to look at: take the line out when you have. `--check` fails when the document has moved on.
";

impl Ledger {
    /// Reads a ledger.
    ///
    /// # Errors
    /// When a line is none that the format has; notes belong into `note`, so that no import loses them.
    pub fn read(text: &str) -> Result<Self, CriteriaError> {
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line)).peekable();
        let (mut head, mut section, mut open) =
            (None, String::new(), None::<(String, String, usize)>);
        let mut words = None;
        let mut entries: Vec<Entry> = Vec::new();
        while let Some((at, line)) = lines.next() {
            let wrong = |reason: String| Err(CriteriaError::new(at, reason));
            if let Some(title) = line.strip_prefix("### ") {
                if let Some((id, _, at)) = open {
                    return Err(CriteriaError::new(at, format!("the criterion {id} has no block")));
                }
                let named = title.strip_suffix('}').and_then(|title| title.rsplit_once(" {#"));
                let Some((name, id)) = named else {
                    return wrong("expected a name behind it, such as {#structure.nesting}".into());
                };
                if entries.iter().any(|entry| entry.id == id) {
                    return wrong(format!("the criterion {id} stands above already"));
                }
                open = Some((id.to_owned(), name.to_owned(), at));
                words = None;
            } else if let Some(title) = line.strip_prefix("## ") {
                title.clone_into(&mut section);
            } else if let Some(quoted) = line.strip_prefix("> ") {
                words = Some(quoted.to_owned());
            } else if line == "```toml ledger" || line == "```toml criterion" {
                let mut block = String::new();
                loop {
                    match lines.next() {
                        Some((_, "```")) => break,
                        Some((_, line)) => {
                            block.push_str(line);
                            block.push('\n');
                        }
                        None => return wrong("a block that does not end".into()),
                    }
                }
                let told = |error: toml::de::Error| {
                    let before = error.span().and_then(|span| block.get(..span.start));
                    let down = before.unwrap_or_default().matches('\n').count();
                    CriteriaError::new(at + 1 + down, error.message().trim().replace('\n', " "))
                };
                if line.ends_with("ledger") {
                    head = Some(toml::from_str(&block).map_err(told)?);
                    continue;
                }
                let block = toml::from_str(&block).map_err(told)?;
                let Some((id, name, _)) = open.take() else {
                    return wrong(
                        "a block without a criterion, `### Name {#name}`, above it".into(),
                    );
                };
                let section = section.clone();
                entries.push(Entry { id, name, section, words: words.take(), block });
            } else if !(line.trim().is_empty()
                || line.starts_with("# ")
                || head.is_none()
                || INTRODUCTION.lines().any(|known| known == line))
            {
                return wrong(
                    "not part of a ledger: what people want to say belongs into note".into(),
                );
            }
        }
        if let Some((id, _, at)) = open {
            return Err(CriteriaError::new(at, format!("the criterion {id} has no block")));
        }
        let Some(head) = head else {
            return Err(CriteriaError::new(1, "no block ```toml ledger, so this is no ledger"));
        };
        Ok(Self { head, entries })
    }

    /// The ledger as a document.
    #[must_use]
    pub fn text(&self) -> String {
        let head = toml::to_string(&self.head).expect("plain values");
        let title = format!("# The criteria of {}", markdown(&self.head.file));
        let mut out = format!("{title}\n\n{INTRODUCTION}\n```toml ledger\n{head}```\n");
        let mut section = None;
        for entry in &self.entries {
            if section != Some(&entry.section) {
                section = Some(&entry.section);
                let _ = write!(out, "\n## {}\n", entry.section);
            }
            let _ = write!(out, "\n### {} {{#{}}}\n", entry.name, entry.id);
            if let Some(words) = &entry.words {
                let _ = write!(out, "\n> {words}\n");
            }
            let block = toml::to_string(&entry.block).expect("plain values");
            let _ = write!(out, "\n```toml criterion\n{block}```\n");
        }
        out
    }

    /// How many criteria each judges.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Who, usize> {
        let mut counts = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.block.judge).or_default() += 1;
        }
        counts
    }

    /// The entries that say what is not so, each with the reason.
    #[must_use]
    pub fn wrong(&self, rules: &RuleSet, checks: &[&str]) -> Vec<(String, String)> {
        let mut wrong = Vec::new();
        let mut told = |entry: &Entry, reason: String| wrong.push((entry.id.clone(), reason));
        let ids: BTreeSet<&str> = rules.ids();
        for entry in &self.entries {
            let block = &entry.block;
            for rule in &block.rules {
                match rules.get(rule) {
                    None => told(entry, format!("the rule {rule} is not in the file of the rules")),
                    Some(rule) if rule.judge() != Judge::Machine => {
                        told(entry, format!("no machine checks the rule {}", rule.id));
                    }
                    Some(_) => {}
                }
            }
            for check in block.checks.iter().filter(|check| !checks.contains(&&***check)) {
                told(entry, format!("there is no check {check}: {}", checks.join(", ")));
            }
            let looks = !block.rules.is_empty() || !block.checks.is_empty();
            if block.judge == Who::Machine && !looks {
                told(entry, "machine, and neither rules nor checks say what looks".into());
            }
            if block.also == Some(Who::Machine) {
                told(entry, "also says who judges what no rule sees: ai or human".into());
            }
            if ids.contains(&*entry.id) {
                told(entry, "a rule has the same name, so a finding could be either's".into());
            }
        }
        wrong
    }
}
