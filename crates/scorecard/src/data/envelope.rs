//! The JSON envelope that every tool of the family writes, as a section of the dossier.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Exhibit;
use crate::Error;

/// A program, by name and version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// The program's name.
    pub name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
}

/// What another tool found, taken over as it wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// The heading it stands under.
    pub kind: SectionKind,
    /// The digest of the envelope's bytes, `sha256:…`.
    pub sha256: String,
    /// The envelope.
    pub envelope: Envelope,
}

/// The headings that sections stand under, in their order on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Pictures compared.
    Pictures,
    /// What is inside: packages, licences, vulnerabilities.
    Inventory,
    /// Reviews and audits of the change.
    Review,
    /// Cost, time and statistics.
    Metrics,
    /// Where it can be deployed.
    Deployment,
    /// Anything else.
    Other,
}

/// What every tool of the family writes in JSON mode.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Envelope {
    /// The schema, `leadforge/NAME/VERSION`.
    pub schema: String,
    /// The tool that wrote it.
    pub tool: Tool,
    /// One word: `clean`, `findings`, `incomplete`, `refused`…
    pub outcome: String,
    /// Figures by name.
    #[serde(default)]
    pub summary: BTreeMap<String, Value>,
    /// What was found.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// What is shown beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// One thing that a tool found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The rule's name.
    #[serde(default)]
    pub rule: String,
    /// How bad it is.
    #[serde(default)]
    pub level: Level,
    /// What was found, in one sentence.
    #[serde(default)]
    pub message: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// A stable name for the finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It has to be dealt with.
    Error,
    /// It is good to know.
    Note,
    /// It should be looked at; also every level that this version does not know.
    #[default]
    #[serde(other)]
    Warning,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct At {
    /// The path.
    #[serde(default)]
    pub path: String,
    /// The line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl SectionKind {
    /// The heading in words.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Pictures => "Pictures",
            Self::Inventory => "Inventory",
            Self::Review => "Review",
            Self::Metrics => "Metrics",
            Self::Deployment => "Deployment",
            Self::Other => "More",
        }
    }
}

impl Section {
    /// Reads a tool's envelope; its heading follows from its schema.
    ///
    /// # Errors
    /// [`Error::Json`] when the bytes are no envelope, [`Error::Schema`] when the schema is not one
    /// of the family's.
    pub fn from_envelope(bytes: &[u8]) -> Result<Self, Error> {
        let envelope: Envelope = serde_json::from_slice(bytes)
            .map_err(|source| Error::Json { what: "envelope", source })?;
        Self::new(envelope, crate::digest(bytes))
    }

    /// A section of what the caller found itself; its digest is that of the envelope as JSON.
    ///
    /// # Errors
    /// [`Error::Schema`] when the schema is not one of the family's.
    pub fn from_found(envelope: Envelope) -> Result<Self, Error> {
        let bytes = serde_json::to_vec(&envelope).expect("plain data whose keys are text");
        Self::new(envelope, crate::digest(&bytes))
    }

    fn new(envelope: Envelope, sha256: String) -> Result<Self, Error> {
        let mut parts = envelope.schema.split('/');
        let (Some("leadforge"), Some(name)) = (parts.next(), parts.next()) else {
            return Err(Error::Schema {
                found: envelope.schema,
                expected: "leadforge/NAME/VERSION",
            });
        };
        let kind = match name {
            "shot" | "visual" | "pictures" | "reg" => SectionKind::Pictures,
            "sbom" | "inventory" | "container" => SectionKind::Inventory,
            "review" | "guard" | "secrets" | "workflows" => SectionKind::Review,
            "stats" | "metrics" | "experiments" => SectionKind::Metrics,
            "deploy" | "matrix" => SectionKind::Deployment,
            _ => SectionKind::Other,
        };
        Ok(Self { kind, sha256, envelope })
    }
}
