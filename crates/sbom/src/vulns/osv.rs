//! A record of the OSV schema, as far as it is used.

use serde::{Deserialize, Deserializer};

/// An advisory.
#[derive(Debug, Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) modified: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) withdrawn: String,
    #[serde(default, deserialize_with = "list")]
    pub(super) aliases: Vec<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) summary: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) details: String,
    #[serde(default, deserialize_with = "list")]
    pub(super) severity: Vec<Severity>,
    #[serde(default, deserialize_with = "list")]
    pub(super) affected: Vec<Affected>,
    #[serde(default, deserialize_with = "list")]
    pub(super) references: Vec<Reference>,
    #[serde(default, deserialize_with = "maybe")]
    pub(super) database_specific: Specific,
}

#[derive(Debug, Deserialize)]
pub(super) struct Severity {
    pub(super) score: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Affected {
    #[serde(default, deserialize_with = "maybe")]
    pub(super) package: Package,
    #[serde(default, deserialize_with = "list")]
    pub(super) severity: Vec<Severity>,
    #[serde(default, deserialize_with = "list")]
    pub(super) ranges: Vec<Range>,
    #[serde(default, deserialize_with = "list")]
    pub(super) versions: Vec<String>,
    #[serde(default, deserialize_with = "maybe")]
    pub(super) database_specific: Specific,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Package {
    #[serde(default)]
    pub(super) ecosystem: String,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Range {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default, deserialize_with = "list")]
    pub(super) events: Vec<Event>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Event {
    pub(super) introduced: Option<String>,
    pub(super) fixed: Option<String>,
    pub(super) last_affected: Option<String>,
    pub(super) limit: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Reference {
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    pub(super) url: String,
}

/// What RustSec and GitHub say beside the schema.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Specific {
    /// RustSec: why it is no vulnerability.
    #[serde(default)]
    pub(super) informational: Option<String>,
    /// GitHub: a word.
    #[serde(default)]
    pub(super) severity: Option<serde_json::Value>,
}

/// A text, which may be null.
fn text<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(source)?.unwrap_or_default())
}

/// A list, which may be null.
fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(source: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(source)?.unwrap_or_default())
}

/// Anything with a default, which may be null.
fn maybe<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
    source: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(source)?.unwrap_or_default())
}
