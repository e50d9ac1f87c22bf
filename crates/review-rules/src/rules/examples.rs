//! Every rule's examples, by which the rule file tests itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::code::parse;
use super::text::names;
use super::{Rule, RuleKind, RuleSet};
use crate::change::RepoPath;

/// A snippet, the paths of a change, or whole files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Example {
    Text(String),
    Paths(Vec<String>),
    Files(BTreeMap<String, String>),
}

impl Example {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Paths(paths) => paths.join("\n"),
            Self::Files(files) => {
                let told = files.iter().map(|(path, text)| format!("# {path}\n{text}"));
                told.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// An example that shows that its rule is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The rule.
    pub rule: String,
    /// The line of its heading in the rule file.
    pub line: u32,
    /// What was expected of which example.
    pub reason: String,
}

impl RuleSet {
    /// Runs every example; what comes back are those that a rule judges otherwise than it says.
    #[must_use]
    pub fn test(&self) -> Vec<Broken> {
        self.rules.iter().flat_map(Rule::test).collect()
    }

    /// How many examples there are.
    #[must_use]
    pub fn examples(&self) -> usize {
        self.rules.iter().map(|rule| rule.bad.len() + rule.good.len()).sum()
    }
}

impl Rule {
    fn test(&self) -> Vec<Broken> {
        let bad = self.bad.iter().map(|example| (example, true));
        let good = self.good.iter().map(|example| (example, false));
        bad.chain(good)
            .filter_map(|(example, breaks)| {
                let name = if breaks { "bad" } else { "good" };
                let reason = match self.breaks(example) {
                    Err(reason) => format!("{name} example {}: {reason}", shown(example)),
                    Ok(found) if found == breaks => return None,
                    Ok(true) => format!("good example {} is found", shown(example)),
                    Ok(false) => format!("bad example {} is not found", shown(example)),
                };
                Some(Broken { rule: self.id.clone(), line: self.line, reason })
            })
            .collect()
    }

    /// Whether an example breaks the rule.
    fn breaks(&self, example: &Example) -> Result<bool, String> {
        match (&self.kind, example) {
            (RuleKind::Code(code), Example::Text(text)) => {
                let parsed = parse(code.language, text);
                if !super::code::unparsed(&parsed).is_empty() {
                    return Err("it does not parse".into());
                }
                Ok(!code.find(code.language, &parsed).is_empty())
            }
            (RuleKind::Text(rule), Example::Text(text)) if !rule.names() => {
                Ok(text.split('\n').any(|line| rule.find(line.as_bytes()).is_some()))
            }
            // The files of a text with names: the rule's own, and one with the text.
            (RuleKind::Text(rule), Example::Files(files)) => {
                let (pages, texts): (Vec<_>, Vec<_>) =
                    files.iter().partition(|(name, _)| rule.named_in(name));
                let named = |name: &str| pages.iter().any(|page| names(page.1.as_bytes(), name));
                let mut lines = texts.iter().flat_map(|(_, text)| text.lines());
                Ok(lines.any(|line| rule.find(line.as_bytes()).is_some_and(|name| !named(&name))))
            }
            (RuleKind::Companion(rule), Example::Paths(paths)) => {
                let paths: Vec<_> = paths.iter().map(|path| RepoPath::from(&**path)).collect();
                Ok(!rule.alone(paths.iter().map(|path| (path, true))).is_empty())
            }
            (RuleKind::Imports(contract), Example::Files(files)) => {
                super::imports::broken(contract, files)
            }
            (RuleKind::Companion(_), _) => Err("expected a list of paths".into()),
            (RuleKind::Imports(_), _) | (RuleKind::Text(_), Example::Text(_)) => {
                Err("expected a table of files with their texts".into())
            }
            _ => Err("expected a text".into()),
        }
    }
}

fn shown(example: &Example) -> String {
    match example {
        Example::Text(text) => format!("{text:?}"),
        Example::Paths(paths) => format!("{paths:?}"),
        Example::Files(files) => format!("{files:?}"),
    }
}
