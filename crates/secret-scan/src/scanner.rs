//! The scanner: rules made ready once, and asked about any number of texts.

use std::ops::Range;
use std::sync::OnceLock;

use crate::allow::{Allow, Found};
use crate::context::Context;
use crate::file::File;
use crate::keywords::Keywords;
use crate::place::Counter;
use crate::rule::{Rule, Weight};
use crate::rules::{GITLEAKS, OURS, RuleFile};
use crate::score::{Case, Verdict, judge};
use crate::value::entropy;
use crate::{Confidence, Digest, Error, Finding};

/// What a scanner looks for and how sure it has to be.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Goes into every digest; the same secret has other digests under another salt.
    pub salt: Vec<u8>,
    /// What is less sure is not reported; [`Confidence::Medium`] unless said otherwise.
    pub least: Confidence,
    /// More rules in gitleaks' format, as name (for messages) and text.
    pub rules: Vec<(String, String)>,
}

/// Rules made ready.
#[derive(Debug)]
pub struct Scanner {
    pub(crate) rules: Vec<Rule>,
    keywords: Keywords,
    allow: Vec<Allow>,
    salt: Vec<u8>,
    least: Confidence,
}

/// A match of a rule in a text.
pub(crate) struct Candidate {
    rule: usize,
    weight: Weight,
    pub(crate) secret: Range<usize>,
    verdict: Verdict,
    comment: bool,
}

/// Comments by which people say that a line is to be left out.
const COMMENTS: &[&[u8]] = &[b"gitleaks:allow", b"leadforge:allow", b"pragma: allowlist secret"];

impl Default for Scanner {
    /// The built-in rules.
    fn default() -> Self {
        Self::new(&Config::default()).expect("the built-in rules are tested")
    }
}

impl Scanner {
    /// A scanner of the built-in rules and those of the configuration.
    ///
    /// It costs a few milliseconds: no built-in pattern is compiled before a keyword of it was seen.
    ///
    /// # Errors
    /// When a rule file of the configuration is wrong; its patterns are compiled to know that.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let (mut rules, mut allow) = (Vec::new(), Vec::new());
        let built_in = [("gitleaks.toml", GITLEAKS), ("ours.toml", OURS)].map(|file| (file, false));
        let given = config.rules.iter().map(|(name, text)| ((name.as_str(), text.as_str()), true));
        for ((name, text), check) in built_in.into_iter().chain(given) {
            let file = RuleFile::read(name, text)?;
            for spec in &file.rules {
                let rule = Rule::new(spec);
                if check {
                    rule.check(name)?;
                }
                // A rule of the same name takes the place of the earlier one.
                rules.retain(|earlier: &Rule| earlier.id != rule.id);
                rules.push(rule);
            }
            for spec in file.allowed() {
                let list = Allow::new(spec);
                if check {
                    list.check().map_err(|why| Error::Rule {
                        name: name.to_owned(),
                        id: "allowlist".into(),
                        why,
                    })?;
                }
                allow.push(list);
            }
        }
        let keywords = Keywords::new(&rules);
        if !keywords.is_built() {
            let (name, id) = ("rules".to_owned(), String::new());
            return Err(Error::Rule { name, id, why: "too many keywords".to_owned() });
        }
        Ok(Self { rules, keywords, allow, salt: config.salt.clone(), least: config.least })
    }

    /// The one scanner with the built-in rules and no salt, made when it is first asked for.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static SCANNER: OnceLock<Scanner> = OnceLock::new();
        SCANNER.get_or_init(Self::default)
    }

    /// How many rules there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is no rule at all, which no constructor gives.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether a file is never looked into, because of its path: pictures, lock files, installed packages.
    #[must_use]
    pub fn skips(&self, path: &str) -> bool {
        self.allow.iter().any(|list| list.path(path))
    }

    /// The secrets in a text, in order; `path` is relative to the repository, with `/`, and empty when there is none.
    #[must_use]
    pub fn scan(&self, path: &str, text: &[u8]) -> Vec<Finding> {
        let mut found = Vec::new();
        // Memory is no reader that fails.
        let _ = self.stream(path, text, |finding| found.push(finding));
        found
    }

    /// The matches whose secrets begin in a part of a text.
    pub(crate) fn candidates(
        &self,
        path: &str,
        file: File,
        text: &[u8],
        part: &Range<usize>,
    ) -> Vec<Candidate> {
        let mut all = Vec::new();
        for (index, window) in self.keywords.windows(&self.rules, text) {
            let rule = &self.rules[index];
            let Some(pattern) = &rule.pattern else { continue };
            if rule.path.as_ref().is_some_and(|wanted| !wanted.matches(path.as_bytes())) {
                continue;
            }
            pattern.find(text, window, |groups| {
                let (Some(whole), Some(secret)) = (groups.get(0), groups.secret(rule.group)) else {
                    return;
                };
                if part.contains(&secret.start) && !secret.is_empty() {
                    all.extend(self.candidate(index, path, file, text, whole, secret));
                }
            });
        }
        apart(all)
    }

    fn candidate(
        &self,
        index: usize,
        path: &str,
        file: File,
        text: &[u8],
        whole: Range<usize>,
        secret: Range<usize>,
    ) -> Option<Candidate> {
        let rule = &self.rules[index];
        let value = text[secret.clone()].trim_ascii();
        let skipped = text[secret.clone()].len() - text[secret.clone()].trim_ascii_start().len();
        let secret = secret.start + skipped..secret.start + skipped + value.len();
        if value.is_empty() || (rule.entropy > 0.0 && entropy(value) <= rule.entropy) {
            return None;
        }
        let line = lines(text, &whole);
        let found = Found { path, secret: value, whole: &text[whole], line };
        let weight = rule.weight();
        let comment =
            COMMENTS.iter().any(|comment| line.windows(comment.len()).any(|part| part == *comment));
        let allowed = self.allow.iter().chain(&rule.allow).any(|list| list.allows(&found));
        let verdict = if allowed {
            Verdict::default()
        } else {
            let context = Context::around(text, &secret);
            judge(&Case { weight, value, context: &context, file, rule })
        };
        Some(Candidate { rule: index, weight, secret, verdict, comment })
    }

    /// The finding of a candidate, if it is sure enough.
    pub(crate) fn finding(
        &self,
        candidate: &Candidate,
        text: &[u8],
        base: u64,
        counter: &mut Counter,
    ) -> Option<Finding> {
        let score = u8::try_from(candidate.verdict.score.clamp(0, 100)).unwrap_or_default();
        let confidence = Confidence::of(score);
        if score < LEAST || confidence < self.least {
            return None;
        }
        let rule = &self.rules[candidate.rule];
        let Range { start, end } = candidate.secret;
        let mut ahead = *counter;
        let value = &text[start..end];
        let place = counter.place(text, start);
        ahead.place(text, start);
        Some(Finding {
            rule: rule.id.clone(),
            description: rule.description.clone(),
            start: place,
            end: ahead.place(text, end),
            bytes: base + start as u64..base + end as u64,
            shape: crate::shape::shape(value),
            digest: Digest::of(&self.salt, value),
            confidence,
            score,
            because: candidate.verdict.because.iter().map(|(_, reason)| *reason).collect(),
            allow_comment: candidate.comment,
        })
    }

    /// Rules about file names.
    pub(crate) fn by_path(&self, path: &str) -> impl Iterator<Item = &Rule> {
        let named = move |rule: &&Rule| {
            rule.pattern.is_none()
                && rule.path.as_ref().is_some_and(|wanted| wanted.matches(path.as_bytes()))
        };
        self.rules.iter().filter(named)
    }

    /// The digest of something under this scanner's salt.
    pub(crate) fn digest(&self, bytes: &[u8]) -> Digest {
        Digest::of(&self.salt, bytes)
    }
}

/// A lower score is not even worth the lowest confidence.
const LEAST: u8 = 25;

/// The lines on which a match lies, of long ones a part.
fn lines<'t>(text: &'t [u8], whole: &Range<usize>) -> &'t [u8] {
    const AROUND: usize = 500;
    let from = whole.start.saturating_sub(AROUND);
    let to = text.len().min(whole.end + AROUND);
    let start = text[from..whole.start]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(from, |at| from + at + 1);
    let end =
        text[whole.end..to].iter().position(|byte| *byte == b'\n').map_or(to, |at| whole.end + at);
    &text[start..end]
}

/// Of matches that overlap the one that says most; in the order of the text.
///
/// What the stronger rule knows to be an example is not reported by a weaker one either.
fn apart(mut all: Vec<Candidate>) -> Vec<Candidate> {
    all.sort_by(|a, b| {
        let key = |c: &Candidate| (c.weight, c.verdict.score, c.secret.len());
        key(b).cmp(&key(a)).then(a.secret.start.cmp(&b.secret.start)).then(a.rule.cmp(&b.rule))
    });
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in all {
        let meets = |other: &Candidate| {
            other.secret.start < candidate.secret.end && candidate.secret.start < other.secret.end
        };
        if !kept.iter().any(meets) {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|candidate| candidate.secret.start);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pattern_compiles_and_every_rule_is_used() {
        let scanner = Scanner::default();
        for (name, text) in [("gitleaks.toml", GITLEAKS), ("ours.toml", OURS)] {
            let file = RuleFile::read(name, text).expect("it is tested");
            for spec in &file.rules {
                let rule =
                    scanner.rules.iter().find(|rule| rule.id == spec.id).expect("it is used");
                rule.check(name).expect("it compiles");
            }
        }
        assert_eq!(scanner.rules.iter().filter(|rule| rule.pattern.is_some()).count(), 221 + 16);
        assert_eq!(scanner.rules.iter().filter(|rule| rule.pattern.is_none()).count(), 1);
        scanner.allow.iter().for_each(|list| list.check().expect("it compiles"));
    }
}
