//! Where a task works, and whether two tasks would work in the same place.

mod chars;
mod glob;
mod meet;
mod overlap;
mod parse;
mod program;

pub use glob::Glob;
pub use overlap::{Overlap, Witness, overlaps};

use serde::{Deserialize, Serialize};

/// The files, symbols and other things that a task needs for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Globs of files; those with a leading `!` take away from the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<Glob>,
    /// Symbols as `path::name`: in that file, only that symbol is changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<String>,
    /// Ports, databases, devices and whatever else cannot be shared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
}

impl Scope {
    /// True when nobody has said which files it is about.
    pub fn is_unknown(&self) -> bool {
        self.symbols.is_empty() && self.touches.iter().all(Glob::is_negated)
    }

    /// True when a file of this path, relative to the repository and with `/`, lies inside.
    ///
    /// An unknown scope contains nothing; ask [`Scope::is_unknown`] first.
    pub fn contains(&self, path: &str) -> bool {
        let (minus, plus): (Vec<_>, Vec<_>) = self.touches.iter().partition(|g| g.is_negated());
        let named = plus.iter().any(|glob| glob.matches(path))
            || self.symbols.iter().any(|symbol| symbol_path(symbol) == path);
        named && !minus.iter().any(|glob| glob.matches(path))
    }
}

/// The file of a symbol written as `path::name`.
pub(crate) fn symbol_path(symbol: &str) -> &str {
    symbol.split_once("::").map_or(symbol, |(path, _)| path)
}
