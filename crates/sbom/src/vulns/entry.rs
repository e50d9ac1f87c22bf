//! What the index holds of an advisory for one package.

use serde::{Deserialize, Serialize};

/// What an advisory is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The package was made to do harm.
    Malicious,
    /// It can be attacked.
    Vulnerability,
    /// It breaks a promise of its language, which may or may not be attacked.
    Unsound,
    /// Nobody takes care of it any more.
    Unmaintained,
    /// Something else that is worth knowing.
    Notice,
}

impl Class {
    /// The class as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Malicious => "malicious",
            Self::Vulnerability => "vulnerability",
            Self::Unsound => "unsound",
            Self::Unmaintained => "unmaintained",
            Self::Notice => "notice",
        }
    }

    /// Whether it says something other than that the package can be attacked.
    #[must_use]
    pub const fn informational(self) -> bool {
        matches!(self, Self::Unsound | Self::Unmaintained | Self::Notice)
    }
}

/// How bad a vulnerability is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 0.1 to 3.9.
    Low,
    /// 4.0 to 6.9.
    Medium,
    /// 7.0 to 8.9.
    High,
    /// 9.0 and more.
    Critical,
}

impl Level {
    /// The level as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The level of that word, as people and databases write it.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "low" => Self::Low,
            "medium" | "moderate" => Self::Medium,
            "high" | "important" => Self::High,
            "critical" => Self::Critical,
            _ => return None,
        })
    }
}

/// How bad a vulnerability is, and who says so by what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Severity {
    /// The level.
    pub level: Level,
    /// The score of the CVSS vector, 0 to 10; nothing when only a word was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub score: Option<f64>,
    /// The CVSS vector.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vector: Option<String>,
}

impl Severity {
    /// The severity of a CVSS vector, if it is one and says that there is any.
    pub(super) fn of_vector(vector: &str) -> Option<Self> {
        let score = vector.parse::<cvss::Cvss>().ok()?.score();
        Some(Self { vector: Some(vector.to_owned()), ..Self::of_score(score)? })
    }

    /// The severity of a score; nothing for 0, which means none, and for what is no score.
    #[must_use]
    pub fn of_score(score: f64) -> Option<Self> {
        let level = match score {
            score if score > 10.0 => return None,
            score if score >= 9.0 => Level::Critical,
            score if score >= 7.0 => Level::High,
            score if score >= 4.0 => Level::Medium,
            score if score > 0.0 => Level::Low,
            _ => return None,
        };
        Some(Self { level, score: Some(score), vector: None })
    }
}

/// An advisory about one package.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) id: String,
    /// All identifiers of the same thing, this one among them; sorted.
    pub(super) group: Vec<String>,
    pub(super) class: Class,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) withdrawn: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) summary: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) severity: Option<Severity>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ranges: Vec<Vec<Event>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) versions: Vec<String>,
}

/// Something that a version did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Event {
    /// It brought the fault; `0` is before every version.
    #[serde(rename = "i")]
    Introduced(String),
    /// It has the fault no more.
    #[serde(rename = "f")]
    Fixed(String),
    /// It is the last one that has the fault.
    #[serde(rename = "l")]
    Last(String),
    /// Nothing is said from it on; `*` is behind every version.
    #[serde(rename = "m")]
    Limit(String),
}
