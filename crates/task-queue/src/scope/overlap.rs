//! Whether two scopes share a file, a symbol or a resource.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::glob::Glob;
use super::meet::{Meet, meet, meet_without};
use super::{Scope, symbol_path};

/// Something that two tasks would both change or need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// A path inside both scopes; it need not exist.
    Path(String),
    /// A symbol that both name.
    Symbol(String),
    /// A resource that both name.
    Resource(String),
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.write_str(path),
            Self::Symbol(symbol) => write!(f, "symbol {symbol}"),
            Self::Resource(name) => write!(f, "resource {name}"),
        }
    }
}

/// How two scopes lie to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overlap {
    /// They share nothing.
    Disjoint,
    /// One of them is not known, or they are too complex to compare: never taken for disjoint.
    Unknown,
    /// They share this.
    Same(Witness),
}

/// Pairs of places that one comparison may look at, so that no task can keep the queue busy.
const BUDGET: usize = 4_000_000;

/// Compares two scopes.
///
/// Symbols narrow: where both scopes name symbols of a file, and no symbol twice, that file is not
/// shared. Where only one does, the other one has the whole file and it is.
pub fn overlaps(a: &Scope, b: &Scope) -> Overlap {
    if let Some(name) = first_common(&a.resources, &b.resources) {
        return Overlap::Same(Witness::Resource(name));
    }
    if let Some(name) = first_common(&a.symbols, &b.symbols) {
        return Overlap::Same(Witness::Symbol(name));
    }
    if a.is_unknown() || b.is_unknown() {
        return Overlap::Unknown;
    }
    let (paths_a, paths_b) = (symbol_globs(a), symbol_globs(b));
    let narrowed: Vec<&Glob> = paths_a.iter().filter(|x| paths_b.iter().any(|y| x == &y)).collect();
    let minus = a.touches.iter().chain(&b.touches).filter(|glob| glob.is_negated());
    let without: Vec<&Glob> = minus.chain(narrowed).collect();
    let mut answer = Overlap::Disjoint;
    let mut work = 0_usize;
    for x in positive(a).chain(&paths_a) {
        for y in positive(b).chain(&paths_b) {
            work = work.saturating_add(x.weight(y));
            if work > BUDGET {
                return Overlap::Unknown;
            }
            let found = match meet(x, y) {
                Meet::At(_) if !without.is_empty() => meet_without(x, y, &without),
                found => found,
            };
            match found {
                Meet::Never => {}
                Meet::At(path) => return Overlap::Same(Witness::Path(path)),
                Meet::TooComplex => answer = Overlap::Unknown,
            }
        }
    }
    answer
}

fn positive(scope: &Scope) -> impl Iterator<Item = &Glob> {
    scope.touches.iter().filter(|glob| !glob.is_negated())
}

fn symbol_globs(scope: &Scope) -> Vec<Glob> {
    let paths: BTreeSet<&str> = scope.symbols.iter().map(|symbol| symbol_path(symbol)).collect();
    paths.into_iter().map(Glob::exact).collect()
}

fn first_common(a: &[String], b: &[String]) -> Option<String> {
    a.iter().filter(|name| b.contains(name)).min().cloned()
}
