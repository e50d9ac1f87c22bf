//! One rule, ready to be asked; its pattern is compiled when a keyword of it was seen near a match.

use std::sync::OnceLock;

use crate::Error;
use crate::allow::Allow;
use crate::pattern::Pattern;
use crate::rules::{Outline, RuleSpec};

/// How much a match alone says, the most telling last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Any value with a name that may be a secret's.
    Generic,
    /// A value of the right form, with the name of a service before it.
    Named,
    /// A form of its own, but one that other things share now and then.
    Weak,
    /// A form of its own.
    Exact,
}

/// A rule.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) description: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) path: Option<Pattern>,
    pub(crate) entropy: f64,
    pub(crate) group: usize,
    pub(crate) allow: Vec<Allow>,
    tags: Vec<String>,
    /// An operator has to follow soon after the keyword.
    pub(crate) assigns: bool,
    outline: OnceLock<Outline>,
}

/// gitleaks' rule for what no other rule knows.
const GENERIC: &str = "generic-api-key";

impl Rule {
    pub(crate) fn new(spec: &RuleSpec) -> Self {
        Self {
            id: spec.id.clone(),
            description: spec.description.clone(),
            keywords: spec.keywords.clone(),
            pattern: spec.regex.as_deref().map(Pattern::new),
            path: spec.path.as_deref().map(Pattern::new),
            entropy: spec.entropy,
            group: spec.secret_group,
            allow: spec.allowlists.iter().map(Allow::new).collect(),
            tags: spec.tags.clone(),
            assigns: spec.tags.iter().any(|tag| tag == "assigned"),
            outline: OnceLock::new(),
        }
    }

    /// Whether the rule has a tag.
    pub(crate) fn is(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    /// Compiles all patterns, to know whether they can be.
    pub(crate) fn check(&self, name: &str) -> Result<(), Error> {
        let outline =
            self.pattern.as_ref().map(|pattern| Outline::read(pattern.text(), &self.keywords));
        let patterns = self.pattern.iter().chain(&self.path).try_for_each(Pattern::check);
        let all = patterns.and_then(|()| self.allow.iter().try_for_each(Allow::check));
        all.and(outline.transpose().map(drop)).map_err(|why| Error::Rule {
            name: name.to_owned(),
            id: self.id.clone(),
            why,
        })
    }

    /// What every match has.
    pub(crate) fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| {
            let pattern = self.pattern.as_ref().map_or("", Pattern::text);
            Outline::read(pattern, &self.keywords)
                .expect("a scanner is made of patterns that were checked")
        })
    }

    /// How much a match alone says.
    pub(crate) fn weight(&self) -> Weight {
        let outline = self.outline();
        match (outline.assigned, outline.fixed) {
            _ if self.id == GENERIC || self.is("generic") => Weight::Generic,
            (Some(_), _) | (None, 0..=1) => Weight::Named,
            (None, 2..=3) => Weight::Weak,
            (None, _) => Weight::Exact,
        }
    }
}
