//! What a file says that it needs, before anything is looked up.

use serde::{Deserialize, Serialize};

use crate::change::RepoPath;

/// The languages whose imports are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Python, stubs included.
    Python,
    /// TypeScript and JavaScript, with JSX or without.
    Script,
    /// Rust.
    Rust,
}

/// When an import counts for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// As soon as the module is loaded.
    Plain,
    /// When a function runs: in the body of one, or `import()`.
    Lazy,
    /// For types only: below `if TYPE_CHECKING`, `import type`.
    Types,
    /// In tests only: below `#[cfg(test)]`, in `tests/`, `benches/` and `examples/` of a Rust package.
    Tests,
}

/// One import as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The line of the imported name, from 1.
    pub line: u32,
    /// When it counts.
    pub kind: Kind,
    /// Whether the program goes on without it: `try: … except ImportError`.
    pub guarded: bool,
    /// What is imported.
    pub what: What,
}

/// What an import names, in the words of its language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// `import module`, or `from ..module import name` with as many levels as there are dots.
    Python {
        /// The number of leading dots.
        level: u32,
        /// The dotted module, which may be empty behind dots.
        module: String,
        /// The name behind `import`, `*` for all; nothing for `import module`.
        name: Option<String>,
    },
    /// The text between the quotes.
    Script(String),
    /// The parts of a path; `*` stands last for all.
    Rust(Vec<String>),
}

impl Language {
    /// The language of a file, by its name.
    #[must_use]
    pub fn of(path: &RepoPath) -> Option<Self> {
        match path.extension()? {
            "py" | "pyi" => Some(Self::Python),
            "ts" | "tsx" | "mts" | "cts" | "js" | "jsx" | "mjs" | "cjs" => Some(Self::Script),
            "rs" => Some(Self::Rust),
            _ => None,
        }
    }
}
