//! Simple types: what a text has to be.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::Regex;

use super::builtin::{Builtin, decimal};
use super::{Content, Schema, TypeId};

/// What a text has to be.
#[derive(Clone)]
pub(in super::super) enum Simple {
    Builtin(Builtin),
    Named(TypeId),
    /// What the base allows and the facets allow too.
    Restricted(Box<Self>, Box<Facets>),
    /// What one of them allows.
    Union(Vec<Self>),
}

/// What is asked of a text beside its type.
#[derive(Clone, Default)]
pub(in super::super) struct Facets {
    /// One of these, when there are any.
    words: BTreeSet<String>,
    /// As one expression; several patterns mean one of them.
    pattern: Option<Pattern>,
    least: Option<String>,
    most: Option<String>,
    shortest: usize,
    longest: Option<usize>,
}

/// A form that a text as a whole has; it is compiled when it is first asked.
#[derive(Clone)]
struct Pattern {
    source: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    fn matches(&self, text: &str) -> bool {
        let compile = || {
            let whole = Regex::new(&format!("\\A(?:{})\\z", self.source));
            whole.expect("every vendored pattern is compiled by a test")
        };
        self.compiled.get_or_init(compile).is_match(text)
    }
}

impl Facets {
    pub(super) fn add(&mut self, facet: &str, value: &str) {
        let number = || value.parse().expect("the vendored schemas count with digits");
        match facet {
            "enumeration" => drop(self.words.insert(value.to_owned())),
            "pattern" => {
                let more = self.pattern.take().map_or(String::new(), |one| one.source + "|");
                let source = format!("{more}(?:{value})");
                self.pattern = Some(Pattern { source, compiled: OnceLock::new() });
            }
            "minInclusive" => self.least = Some(value.to_owned()),
            "maxInclusive" => self.most = Some(value.to_owned()),
            "minLength" => self.shortest = number(),
            "maxLength" => self.longest = Some(number()),
            other => unreachable!("the vendored schemas have no facet {other}"),
        }
    }

    /// What is wrong with a text of that type, its white space already in order.
    fn fault(&self, text: &str) -> Option<String> {
        let shown: String = text.chars().take(60).collect();
        if !self.words.is_empty() && !self.words.contains(text) {
            return Some(format!("{shown:?} is none of the {} allowed words", self.words.len()));
        }
        if let Some(pattern) = &self.pattern
            && !pattern.matches(text)
        {
            return Some(format!("{shown:?} does not have the form that is asked for"));
        }
        let below = self.least.as_deref().is_some_and(|least| decimal(text) < decimal(least));
        let above = self.most.as_deref().is_some_and(|most| decimal(text) > decimal(most));
        if below || above {
            return Some(format!("{shown} is out of its range"));
        }
        let signs = text.chars().count();
        if signs < self.shortest || self.longest.is_some_and(|longest| signs > longest) {
            return Some(format!("{shown:?} has {signs} signs, which is too short or too long"));
        }
        None
    }
}

impl Simple {
    /// What is wrong with a text, if something is.
    pub(super) fn fault(&self, schema: &Schema, text: &str) -> Option<String> {
        match self {
            Self::Builtin(builtin) => {
                let text = builtin.space(text);
                let shown: String = text.chars().take(60).collect();
                (!builtin.allows(&text)).then(|| format!("{shown:?} is no {}", builtin.name()))
            }
            Self::Named(id) => match &schema.kind(*id).content {
                Content::Text(simple) => simple.fault(schema, text),
                _ => unreachable!("the vendored schemas extend simple types"),
            },
            Self::Restricted(base, facets) => base.fault(schema, text).or_else(|| {
                facets.fault(&self.primitive(schema).map_or_else(|| text.into(), |b| b.space(text)))
            }),
            Self::Union(members) => {
                let mut faults = members.iter().map(|member| member.fault(schema, text));
                let last = faults.next_back().flatten()?;
                faults.all(|fault| fault.is_some()).then_some(last)
            }
        }
    }

    /// The type that everything else restricts.
    pub(in super::super) fn primitive(&self, schema: &Schema) -> Option<Builtin> {
        match self {
            Self::Builtin(builtin) => Some(*builtin),
            Self::Named(id) => match &schema.kind(*id).content {
                Content::Text(simple) => simple.primitive(schema),
                _ => None,
            },
            Self::Restricted(base, _) => base.primitive(schema),
            Self::Union(_) => None,
        }
    }
}

/// White space as a type that replaces or collapses it hands it on.
pub(super) fn replaced(text: &str) -> Cow<'_, str> {
    if text.contains(['\t', '\n', '\r']) {
        text.replace(['\t', '\n', '\r'], " ").into()
    } else {
        text.into()
    }
}

/// Without white space at the ends, and with one blank for each row of it.
pub(super) fn collapsed(text: &str) -> Cow<'_, str> {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let odd = text.contains(['\t', '\n', '\r']) || text.contains("  ");
    if odd || text.starts_with(blank) || text.ends_with(blank) {
        let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
        words.join(" ").into()
    } else {
        text.into()
    }
}
