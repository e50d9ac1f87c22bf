//! The languages whose structure rules can speak of.

use ast_grep_language::SupportLang;
use serde::{Deserialize, Serialize};

use crate::change::RepoPath;
use crate::{Tree, script};

/// A language that is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Python.
    Python,
    /// Rust.
    Rust,
    /// TypeScript without tags.
    TypeScript,
    /// TypeScript with tags.
    Tsx,
    /// JavaScript, with or without tags.
    JavaScript,
    /// Go.
    Go,
    /// Java.
    Java,
}

impl Language {
    /// The language of a file, by what its name ends with.
    #[must_use]
    pub fn of(path: &RepoPath) -> Option<Self> {
        Some(match path.extension()? {
            "py" | "pyi" => Self::Python,
            "rs" => Self::Rust,
            "ts" | "mts" | "cts" => Self::TypeScript,
            "tsx" => Self::Tsx,
            "js" | "mjs" | "cjs" | "jsx" => Self::JavaScript,
            "go" => Self::Go,
            "java" => Self::Java,
            _ => return None,
        })
    }

    /// The language of a file that lies in a tree: by its ending, or where it has none by the program that its first line
    /// calls.
    #[must_use]
    pub fn of_file(path: &RepoPath, tree: &dyn Tree) -> Option<Self> {
        Self::of(path).or_else(|| {
            Some(match &*script::program(path, tree)? {
                "python" | "pypy" => Self::Python,
                "node" | "nodejs" | "bun" => Self::JavaScript,
                "deno" | "ts-node" | "tsx" => Self::TypeScript,
                _ => return None,
            })
        })
    }

    /// Whether a rule for this language also speaks of that one: tags change nothing in what is around them.
    pub(super) fn covers(self, other: Self) -> bool {
        self == other || (self, other) == (Self::TypeScript, Self::Tsx)
    }

    pub(super) fn grammar(self) -> SupportLang {
        match self {
            Self::Python => SupportLang::Python,
            Self::Rust => SupportLang::Rust,
            Self::TypeScript => SupportLang::TypeScript,
            Self::Tsx => SupportLang::Tsx,
            Self::JavaScript => SupportLang::JavaScript,
            Self::Go => SupportLang::Go,
            Self::Java => SupportLang::Java,
        }
    }
}
