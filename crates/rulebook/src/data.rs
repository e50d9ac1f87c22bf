//! Rules and sections as plain data.

use serde::{Deserialize, Serialize};

/// How much a broken rule weighs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing fails for it.
    Note,
    /// Should be mended.
    #[default]
    Warning,
    /// Must be mended.
    Error,
}

/// Who finds out whether a rule is kept.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Judge {
    /// A program, which fails the gate.
    #[default]
    Machine,
    /// A reviewing model.
    Ai,
    /// A person.
    Human,
}

/// When a section reaches an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Always.
    #[default]
    Always,
    /// When a file that one of these globs names is at hand.
    Paths(Vec<String>),
    /// When the agent decides so by this description.
    Asked(String),
    /// When a person asks for it.
    Manual,
}

/// One written rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// Its name: lower-case letters, digits, hyphens and dots, at most 80.
    pub id: String,
    /// Its title: one line of Markdown.
    pub title: String,
    /// Why, and what to do instead: Markdown.
    pub prose: String,
    /// How much it weighs.
    pub level: Level,
    /// Who finds out.
    pub judge: Judge,
    /// The language of the code that it is about, as behind a fence.
    pub language: String,
    /// Globs of the files that it is about; all when there are none.
    pub paths: Vec<String>,
    /// Globs of files that it is not about.
    pub except: Vec<String>,
    /// What keeps the rule.
    pub good: Vec<String>,
    /// What breaks it.
    pub bad: Vec<String>,
}

/// Free text that is no rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Section {
    /// Its name, as a rule's.
    pub id: String,
    /// When it reaches an agent.
    pub scope: Scope,
    /// Markdown, with its heading.
    pub text: String,
}

/// A rule or a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Item {
    /// A rule.
    Rule(Rule),
    /// A section.
    Section(Section),
}

/// All that a project tells its agents, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rulebook {
    /// Rules and sections.
    pub items: Vec<Item>,
}

impl Item {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Rule(rule) => &rule.id,
            Self::Section(section) => &section.id,
        }
    }

    /// When it reaches an agent whose tool can tell.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Self::Rule(rule) if rule.paths.is_empty() => Scope::Always,
            Self::Rule(rule) => Scope::Paths(rule.paths.clone()),
            Self::Section(section) => section.scope.clone(),
        }
    }
}

impl Rulebook {
    /// The same in the one form that every tool's file gives back: see [`Rulebook::arrange`].
    #[must_use]
    pub fn arranged(mut self) -> Self {
        self.arrange();
        self
    }

    /// Brings the items to the order and the layout that every tool's file can give back.
    ///
    /// What is for all files stands first, in the order given; the rest follows by the file that it
    /// would stand in. White space at the ends of lines and blank lines around a text go, because
    /// hooks and editors take them from committed files. Examples keep all but their last line feed.
    pub fn arrange(&mut self) {
        for item in &mut self.items {
            match item {
                Item::Rule(rule) => {
                    rule.prose = tidy(&rule.prose);
                    rule.title = rule.title.trim().to_owned();
                    for example in rule.good.iter_mut().chain(&mut rule.bad) {
                        example.truncate(example.trim_end_matches('\n').len());
                    }
                }
                Item::Section(section) => section.text = tidy(&section.text),
            }
        }
        self.items.sort_by_cached_key(crate::layout::group);
    }
}

/// No white space at the ends of lines, no blank lines around.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_ascii_end).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..last].join("\n")
}
