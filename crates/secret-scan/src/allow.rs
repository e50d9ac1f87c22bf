//! Allow lists: what a rule file says is no secret.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::pattern::Pattern;
use crate::rules::{AllowSpec, Condition, Target};

/// One allow list; its patterns are compiled when it is first asked.
#[derive(Debug)]
pub(crate) struct Allow {
    all: bool,
    target: Target,
    paths: Option<Pattern>,
    regexes: Option<Pattern>,
    words: Vec<String>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

/// What was found, as allow lists see it.
#[derive(Clone, Copy)]
pub(crate) struct Found<'t> {
    pub(crate) path: &'t str,
    pub(crate) secret: &'t [u8],
    pub(crate) whole: &'t [u8],
    pub(crate) line: &'t [u8],
}

impl Allow {
    pub(crate) fn new(spec: &AllowSpec) -> Self {
        Self {
            all: spec.condition == Condition::And,
            target: spec.regex_target,
            paths: Pattern::any(&spec.paths),
            regexes: Pattern::any(&spec.regexes),
            words: spec.stopwords.clone(),
            automaton: OnceLock::new(),
        }
    }

    /// Compiles the patterns, to know whether they can be.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.paths.iter().chain(&self.regexes).try_for_each(Pattern::check)
    }

    /// Whether the file alone decides, and is allowed.
    pub(crate) fn path(&self, path: &str) -> bool {
        let alone = !self.all || (self.regexes.is_none() && self.words.is_empty());
        alone && self.paths.as_ref().is_some_and(|paths| paths.matches(path.as_bytes()))
    }

    /// Whether this is allowed.
    pub(crate) fn allows(&self, found: &Found<'_>) -> bool {
        let target = match self.target {
            Target::Secret => found.secret,
            Target::Match => found.whole,
            Target::Line => found.line,
        };
        let checks: [Option<bool>; 3] = [
            self.paths.as_ref().map(|paths| paths.matches(found.path.as_bytes())),
            self.regexes.as_ref().map(|regexes| regexes.matches(target)),
            (!self.words.is_empty()).then(|| self.has_word(found.secret)),
        ];
        let mut given = checks.into_iter().flatten().peekable();
        given.peek().is_some() && if self.all { given.all(|yes| yes) } else { given.any(|yes| yes) }
    }

    fn has_word(&self, secret: &[u8]) -> bool {
        let automaton = self.automaton.get_or_init(|| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&self.words)
                .ok()
        });
        match automaton {
            Some(automaton) => automaton.is_match(secret),
            // Too many words for an automaton: slow is better than wrong.
            None => {
                let secret = secret.to_ascii_lowercase();
                self.words.iter().any(|word| {
                    let word = word.to_ascii_lowercase();
                    secret.windows(word.len().max(1)).any(|part| part == word.as_bytes())
                })
            }
        }
    }
}
