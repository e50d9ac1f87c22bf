//! What is asked of the rules: hadolint's configuration file, and the same as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::finding::Severity;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Rules that are not reported.
    pub ignored: Vec<String>,
    /// Severities other than the rule's own.
    pub severities: BTreeMap<String, Severity>,
    /// Registries that images may come from; any when empty.
    pub trusted_registries: Vec<String>,
    /// Labels that must be there, each with what it must look like: `text`, `url`, `rfc3339`, `spdx`, `hash`, `semver`, `email`.
    pub labels: BTreeMap<String, String>,
    /// Whether other labels are a fault.
    pub strict_labels: bool,
    /// Whether `# hadolint ignore=` counts.
    pub pragmas: bool,
    /// Findings below this severity fail nothing.
    pub threshold: Severity,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            ignored: Vec::new(),
            severities: BTreeMap::new(),
            trusted_registries: Vec::new(),
            labels: BTreeMap::new(),
            strict_labels: false,
            pragmas: true,
            threshold: Severity::Info,
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It is no YAML, or says something of another shape.
    #[error("{0}")]
    Yaml(String),
    /// A word that is no severity.
    #[error("{0}: no severity; there are error, warning, info, style, ignore, none")]
    Severity(String),
}

/// The file as hadolint documents it.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "kebab-case")]
struct File {
    ignored: Vec<String>,
    #[serde(rename = "override")]
    overrides: BTreeMap<String, Vec<String>>,
    #[serde(rename = "trustedRegistries")]
    trusted_registries: Vec<String>,
    label_schema: BTreeMap<String, String>,
    strict_labels: bool,
    disable_ignore_pragma: bool,
    failure_threshold: Option<String>,
    no_fail: bool,
}

impl Config {
    /// Reads a `.hadolint.yaml`.
    pub fn hadolint(text: &str) -> Result<Self, ConfigError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let file: File =
            serde_saphyr::from_str(text).map_err(|error| ConfigError::Yaml(error.to_string()))?;
        let mut config = Self {
            ignored: file.ignored,
            trusted_registries: file.trusted_registries,
            labels: file.label_schema,
            strict_labels: file.strict_labels,
            pragmas: !file.disable_ignore_pragma,
            ..Self::default()
        };
        for (severity, rules) in file.overrides {
            let severity = read(&severity)?;
            config.severities.extend(rules.into_iter().map(|rule| (rule, severity)));
        }
        if let Some(threshold) = file.failure_threshold {
            config.threshold = read(&threshold)?;
        }
        if file.no_fail {
            // Nothing is worse than an error, so nothing fails.
            config.threshold = Severity::Never;
        }
        Ok(config)
    }
}

fn read(word: &str) -> Result<Severity, ConfigError> {
    match word {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "info" => Ok(Severity::Info),
        "style" => Ok(Severity::Style),
        "ignore" | "none" => Ok(Severity::Ignore),
        _ => Err(ConfigError::Severity(word.to_owned())),
    }
}
