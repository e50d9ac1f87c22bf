//! Words that a project does not want, with what to say instead.
//!
//! ```
//! use leadforge_review_rules::inclusive::Terms;
//!
//! let terms = Terms::read("terms:\n  whitelist:\n    alternatives: [allowlist]\n")?;
//! assert_eq!(terms.find("const HOST_WHITELIST = 1;")[0].term, "whitelist");
//! assert!(terms.find("an alternative").is_empty());
//! # Ok::<(), leadforge_review_rules::inclusive::TermsError>(())
//! ```

mod check;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::Level;

/// The words, as a project's file says them.
///
/// A term matches whole words, also as part of an identifier (`host_whitelist`, `isWhiteList`), its plural with s, in
/// any case; never part of another word, and never inside an address. What an exception covers is fine, and so is a line
/// that says `inclusive-language: ignore`.
#[derive(Debug)]
pub struct Terms {
    terms: Vec<Term>,
}

#[derive(Debug)]
struct Term {
    name: String,
    /// Its letters, in lower case, by which words are compared; a pattern has an expression instead.
    letters: String,
    /// Whether its parts may stand apart.
    apart: bool,
    regex: Option<Regex>,
    level: Level,
    alternatives: Vec<String>,
    said: String,
    exceptions: Vec<String>,
}

/// One word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'t> {
    /// The term or the pattern, by its name.
    pub term: &'t str,
    /// Where it stands in the line.
    pub at: Range<usize>,
    /// How much it weighs.
    pub level: Level,
    /// What to say instead.
    pub alternatives: &'t [String],
    /// What the project says about it.
    pub said: &'t str,
}

/// A file of words that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TermsError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    terms: BTreeMap<String, WrittenTerm>,
    #[serde(default)]
    patterns: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTerm {
    #[serde(default)]
    alternatives: Vec<String>,
    #[serde(default)]
    severity: Severity,
    #[serde(default)]
    context: String,
    #[serde(default)]
    exceptions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    name: String,
    regex: Option<String>,
    #[serde(default)]
    terms: Vec<String>,
    #[serde(default)]
    suggestion: String,
    #[serde(default)]
    severity: Severity,
    #[serde(default)]
    exceptions: Vec<String>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Error,
    #[default]
    Warning,
    Info,
}

/// How large a compiled expression may become.
const LARGEST: usize = 1 << 20;

impl Terms {
    /// Reads a file of words: `terms` with `alternatives`, `severity`, `context` and `exceptions`, and `patterns` with a
    /// `regex` or `terms`, and a `suggestion`.
    ///
    /// # Errors
    /// When it is no such YAML, a key or an expression is none, or it names no word.
    pub fn read(yaml: &str) -> Result<Self, TermsError> {
        let wrong = |what: String| TermsError(what.replace('\n', " "));
        let file: File = serde_saphyr::from_str(yaml).map_err(|error| {
            let told = error.to_string();
            wrong(told.lines().next().unwrap_or_default().to_owned())
        })?;
        let mut terms = Vec::new();
        for (name, term) in file.terms {
            terms.push(Term::new(
                name.clone(),
                &name,
                term.severity,
                term.alternatives,
                term.context,
                term.exceptions,
            ));
        }
        for pattern in file.patterns {
            let Pattern { name, regex, terms: words, suggestion, severity, exceptions } = pattern;
            if regex.is_some() != words.is_empty() {
                return Err(wrong(format!("patterns: {name}: expected regex or terms")));
            }
            for word in words {
                let term = Term::new(
                    name.clone(),
                    &word,
                    severity,
                    Vec::new(),
                    suggestion.clone(),
                    exceptions.clone(),
                );
                terms.push(term);
            }
            if let Some(regex) = regex {
                let built = RegexBuilder::new(&regex)
                    .case_insensitive(true)
                    .size_limit(LARGEST)
                    .dfa_size_limit(LARGEST)
                    .build();
                let built = built.map_err(|error| wrong(format!("patterns: {name}: {error}")))?;
                let mut term =
                    Term::new(name.clone(), "", severity, Vec::new(), suggestion, exceptions);
                term.regex = Some(built);
                terms.push(term);
            }
        }
        if let Some(term) =
            terms.iter().find(|term| term.letters.is_empty() && term.regex.is_none())
        {
            return Err(wrong(format!("{:?} has no letters to look for", term.name)));
        }
        if terms.is_empty() {
            return Err(wrong("it names no term and no pattern".into()));
        }
        Ok(Self { terms })
    }

    /// The words of a line, in their order.
    #[must_use]
    pub fn find(&self, line: &str) -> Vec<Hit<'_>> {
        // Most lines have none of them, and are read once.
        let letters = words::letters(line);
        let there = |term: &&Term| term.regex.is_some() || letters.contains(&term.letters);
        let terms: Vec<&Term> = self.terms.iter().filter(there).collect();
        if terms.is_empty() {
            return Vec::new();
        }
        let parts = words::parts(line);
        let lower = line.to_lowercase();
        // Lower case may move offsets: exceptions are then looked for in the line as it is.
        let lower = if lower.len() == line.len() { lower } else { line.to_owned() };
        if lower.contains("inclusive-language: ignore") {
            return Vec::new();
        }
        // `Task Master` excuses `task-master` too.
        let lower = lower.replace(['-', '_'], " ");
        let addresses = words::addresses(line);
        let mut hits = Vec::new();
        for term in terms {
            let found: Vec<Range<usize>> = match &term.regex {
                Some(regex) => regex.find_iter(line).map(|found| found.range()).collect(),
                None => words::runs(line, &parts, &term.letters, term.apart),
            };
            for at in found {
                let covers = |range: &Range<usize>| range.start < at.end && at.start < range.end;
                let excused = term.exceptions.iter().any(|exception| {
                    lower
                        .match_indices(exception)
                        .any(|(start, text)| covers(&(start..start + text.len())))
                });
                if !excused && !addresses.iter().any(covers) {
                    hits.push(Hit {
                        term: &term.name,
                        at,
                        level: term.level,
                        alternatives: &term.alternatives,
                        said: &term.said,
                    });
                }
            }
        }
        hits.sort_by(|a, b| (a.at.start, a.term).cmp(&(b.at.start, b.term)));
        hits
    }
}

impl Term {
    fn new(
        name: String,
        word: &str,
        severity: Severity,
        alternatives: Vec<String>,
        said: String,
        exceptions: Vec<String>,
    ) -> Self {
        let level = match severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Note,
        };
        let exceptions =
            exceptions.iter().map(|text| text.trim().to_lowercase().replace(['-', '_'], " "));
        Self {
            name,
            letters: words::letters(word),
            apart: word.contains([' ', '-']),
            regex: None,
            level,
            alternatives,
            said,
            exceptions: exceptions.filter(|text| !text.is_empty()).collect(),
        }
    }
}
