//! A project's written rules: prose for people, with a block for each that a machine can check.

mod block;
mod check;
mod code;
mod companion;
mod examples;
mod imports;
mod language;
mod moved;
mod read;
mod text;

pub use examples::Broken;
pub use language::Language;

use std::collections::BTreeSet;

use globset::GlobSet;
use serde::Serialize;

use crate::Level;
use crate::arch::Contract;
pub(crate) use check::NO_TEXT;
use code::CodeRule;
pub(crate) use code::docstrings;
use companion::Companion;
use examples::Example;
pub(crate) use moved::Old;
use text::TextRule;

/// The rules of a project, in the order in which they are written.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// One written rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name: what stands in `{#…}` behind its title.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is written below the title, as Markdown, without the block.
    pub prose: String,
    /// How much a breach weighs.
    pub level: Level,
    /// The line of the file on which its title stands.
    pub line: u32,
    /// The globs of the files that it is about; none where it is about all.
    pub paths_given: Vec<String>,
    /// The globs of the files that it is not about.
    pub except_given: Vec<String>,
    /// The language of the code that it is about.
    pub language: Option<Language>,
    message: Option<String>,
    paths: Option<GlobSet>,
    except: GlobSet,
    kind: RuleKind,
    bad: Vec<Example>,
    good: Vec<Example>,
}

#[derive(Debug)]
enum RuleKind {
    Code(CodeRule),
    Text(TextRule),
    Companion(Companion),
    Imports(Box<Contract>),
    Judged(Judge),
}

/// Who can tell whether a rule that no machine checks is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judge {
    /// A machine: the rule has a check.
    #[serde(skip_deserializing)]
    Machine,
    /// A model, whose findings must cite the rule.
    Ai,
    /// A person.
    Human,
}

/// A rule file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {reason}")]
pub struct RuleError {
    /// The file.
    pub path: String,
    /// The line at fault, from 1.
    pub line: u32,
    /// What is wrong with it and what was expected.
    pub reason: String,
}

impl RuleSet {
    /// The documented rules that apply where a project has written none.
    #[must_use]
    pub fn builtin() -> Self {
        Self::read("builtin rules", include_str!("builtin.md")).expect("a test reads it")
    }

    /// The rule of that name.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The names of all rules, sorted.
    #[must_use]
    pub fn ids(&self) -> BTreeSet<&str> {
        self.rules.iter().map(|rule| &*rule.id).collect()
    }
}

impl Rule {
    /// Who can tell whether it is kept.
    #[must_use]
    pub fn judge(&self) -> Judge {
        match self.kind {
            RuleKind::Judged(judge) => judge,
            _ => Judge::Machine,
        }
    }

    /// What is told where it is broken.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or(&self.title)
    }

    /// The examples that break it, then those that keep it; paths of a change stand a line each.
    #[must_use]
    pub fn examples(&self) -> (Vec<String>, Vec<String>) {
        let texts = |examples: &[Example]| examples.iter().map(Example::text).collect();
        (texts(&self.bad), texts(&self.good))
    }

    /// Whether it is about files of this path.
    #[must_use]
    pub fn concerns(&self, path: &str) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.is_match(path)) && !self.except.is_match(path)
    }
}
