//! Which part of the notes a commit belongs to: Keep a Changelog 1.1.0, and what lies beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::data::Commit;
use crate::subject::{breaks, parse_subject, references};

/// A part of the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// New features.
    Added,
    /// Changes of what was there.
    Changed,
    /// What will be removed.
    Deprecated,
    /// What is gone.
    Removed,
    /// Mended defects.
    Fixed,
    /// Vulnerabilities.
    Security,
    /// Subjects of another form, or of a type that nobody mapped; whole and never left away.
    Other,
    /// Work that users of the product do not notice: documents, tests, builds.
    Maintenance,
    /// Merges whose subject has no form of its own.
    Merges,
}

impl Section {
    /// All parts in the order of the notes.
    pub const ALL: [Self; 9] = [
        Self::Added,
        Self::Changed,
        Self::Deprecated,
        Self::Removed,
        Self::Fixed,
        Self::Security,
        Self::Other,
        Self::Maintenance,
        Self::Merges,
    ];

    /// The heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Fixed => "Fixed",
            Self::Security => "Security",
            Self::Other => "Other commits",
            Self::Maintenance => "Maintenance",
            Self::Merges => "Merges",
        }
    }
}

/// The types that are known without configuration, in lower case.
const TYPES: &[(&str, Section)] = &[
    ("feat", Section::Added),
    ("feature", Section::Added),
    ("add", Section::Added),
    ("added", Section::Added),
    ("change", Section::Changed),
    ("changed", Section::Changed),
    ("perf", Section::Changed),
    ("revert", Section::Changed),
    ("deprecate", Section::Deprecated),
    ("deprecated", Section::Deprecated),
    ("remove", Section::Removed),
    ("removed", Section::Removed),
    ("fix", Section::Fixed),
    ("fixed", Section::Fixed),
    ("bugfix", Section::Fixed),
    ("hotfix", Section::Fixed),
    ("security", Section::Security),
    ("build", Section::Maintenance),
    ("chore", Section::Maintenance),
    ("ci", Section::Maintenance),
    ("docs", Section::Maintenance),
    ("refactor", Section::Maintenance),
    ("style", Section::Maintenance),
    ("test", Section::Maintenance),
    ("tests", Section::Maintenance),
];

/// A commit as it stands in its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The commit's whole name.
    pub(crate) id: String,
    /// What it touches.
    pub(crate) scope: Option<String>,
    /// The description, or the whole subject where it has another form.
    pub(crate) text: String,
    /// Numbers of issues and pull requests at its end.
    pub(crate) references: Vec<String>,
    /// What it breaks; empty texts are none.
    pub(crate) breaks: Vec<String>,
}

/// Puts every commit into exactly one part, in the given order.
pub(crate) fn sort(
    commits: &[Commit],
    own: &BTreeMap<String, Section>,
) -> BTreeMap<Section, Vec<Entry>> {
    let mut found: BTreeMap<Section, Vec<Entry>> = BTreeMap::new();
    for commit in commits {
        let (section, entry) = place(commit, own);
        found.entry(section).or_default().push(entry);
    }
    found
}

fn place(commit: &Commit, own: &BTreeMap<String, Section>) -> (Section, Entry) {
    let subject = parse_subject(&commit.subject);
    let section = subject.as_ref().and_then(|subject| {
        let kind = subject.kind.to_ascii_lowercase();
        let known = || TYPES.iter().find(|(name, _)| *name == kind).map(|(_, section)| *section);
        let section = own.get(&kind).copied().or_else(known)?;
        let secure = section == Section::Fixed && subject.scope == Some("security");
        Some(if secure { Section::Security } else { section })
    });
    let mut broken = breaks(&commit.body);
    let (section, scope, text) = match (section, &subject) {
        (Some(section), Some(subject)) => {
            if subject.breaking && broken.is_empty() {
                broken.push(subject.description.to_owned());
            }
            (section, subject.scope.map(str::to_owned), subject.description)
        }
        _ if commit.parents > 1 => (Section::Merges, None, commit.subject.trim()),
        _ => (Section::Other, None, commit.subject.trim()),
    };
    let (text, references) = references(text);
    let entry = Entry {
        id: commit.id.clone(),
        scope,
        text: text.to_owned(),
        references: references.into_iter().map(str::to_owned).collect(),
        breaks: broken,
    };
    (section, entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(subject: &str, parents: usize) -> (Section, Entry) {
        let own = BTreeMap::from([("wip".to_owned(), Section::Maintenance)]);
        place(&Commit { subject: subject.into(), parents, ..Commit::default() }, &own)
    }

    #[test]
    fn every_subject_has_a_place() {
        for (subject, section, text) in [
            ("[AI] feat: x (#12)", Section::Added, "x"),
            ("FIX(ui): x", Section::Fixed, "x"),
            ("fix(security): x", Section::Security, "x"),
            ("wip: x", Section::Maintenance, "x"),
            ("feedback: x", Section::Other, "feedback: x"),
            ("[AI] Show it", Section::Other, "[AI] Show it"),
            ("Revert \"feat: x\"", Section::Other, "Revert \"feat: x\""),
            ("", Section::Other, ""),
        ] {
            let (found, entry) = of(subject, 1);
            assert_eq!((found, entry.text.as_str()), (section, text), "{subject}");
        }
        assert_eq!(of("Merge branch 'a'", 2).0, Section::Merges);
        assert_eq!(of("feat: merged", 2).0, Section::Added);
        assert_eq!(of("feat: a", 1).1.references, Vec::<String>::new());
    }

    #[test]
    fn an_exclamation_mark_breaks_by_its_description() {
        assert_eq!(of("feat!: no more ports", 1).1.breaks, ["no more ports"]);
        assert!(of("feat: ports", 1).1.breaks.is_empty());
    }

    #[test]
    fn the_known_types_are_sorted_by_part() {
        assert!(TYPES.iter().map(|(_, section)| section).is_sorted_by(|a, b| a <= b));
    }
}
