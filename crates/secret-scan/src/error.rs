//! What can be wrong with rules and baselines.

/// Why a scanner or a baseline could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A rule file is not in the format.
    #[error("{name}:{line}: {why}")]
    RuleFile {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        why: String,
    },
    /// A rule of the file cannot be used.
    #[error("{name}: rule `{id}`: {why}")]
    Rule {
        /// The file.
        name: String,
        /// The rule.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// A file of the baseline is not in the format.
    #[error("{name}: {why}")]
    Baseline {
        /// The file.
        name: String,
        /// What is wrong with it.
        why: String,
    },
}
