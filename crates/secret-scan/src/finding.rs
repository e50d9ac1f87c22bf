//! What was found, without the secret itself.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{Digest, Place};

/// A secret that was found. Nothing in it leads back to the secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// The rule's sentence for people.
    pub description: String,
    /// Where the secret begins.
    pub start: Place,
    /// Where it ends: the place behind its last character.
    pub end: Place,
    /// The same in bytes from the beginning.
    pub bytes: Range<u64>,
    /// How long it is and what it is made of, such as `[A-Za-z0-9]{40}`.
    pub shape: String,
    /// A salted digest, which tells one secret from another.
    pub digest: Digest,
    /// How sure we are.
    pub confidence: Confidence,
    /// From 0 to 100: the sum behind the confidence.
    pub score: u8,
    /// What spoke for it and against it, the weightiest first.
    pub because: Vec<&'static str>,
    /// The line has a comment that asks to leave it out: `gitleaks:allow`, `leadforge:allow` or `pragma: allowlist secret`.
    ///
    /// Whether such a comment counts is for the caller to decide: who adds a secret can add the comment, too.
    pub allow_comment: bool,
}

/// How sure a scanner is that a finding is a secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// More likely an example, an id or a digest.
    Low,
    /// Likely.
    #[default]
    Medium,
    /// As good as certain.
    High,
}

impl Confidence {
    /// The confidence of a score.
    #[must_use]
    pub const fn of(score: u8) -> Self {
        match score {
            0..50 => Self::Low,
            50..75 => Self::Medium,
            _ => Self::High,
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
