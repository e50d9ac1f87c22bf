//! What a project has decided not to be told: with a reason, and up to a day.

use serde::{Deserialize, Serialize};

use crate::inventory::Component;
use crate::licences::is_about;

/// An entry of the list of what is ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignore {
    /// The advisory by any of its identifiers; nothing means every one.
    #[serde(default)]
    pub id: String,
    /// The package it is ignored of: a package URL, with or without a version, or a name; nothing means every one.
    #[serde(default)]
    pub package: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// The last day on which it is ignored, as `2026-12-31`; nothing means for ever.
    #[serde(default)]
    pub until: String,
}

impl Ignore {
    /// Whether it is about an advisory of a component.
    pub(super) fn covers(&self, group: &[String], component: &Component) -> bool {
        (self.id.is_empty() || group.contains(&self.id))
            && (self.package.is_empty() || is_about(&self.package, component))
    }

    /// Whether its last day was before this one.
    pub(super) fn expired(&self, today: &str) -> bool {
        !self.until.is_empty() && self.until.as_str() < today
    }

    /// What it is about, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.id.as_str(), self.package.as_str()) {
            ("", package) => package.to_owned(),
            (id, "") => id.to_owned(),
            (id, package) => format!("{id} of {package}"),
        }
    }
}

/// Reads an `osv-scanner.toml`: what it says of vulnerabilities to ignore.
///
/// # Errors
/// When it is no such file, with the reason in words.
pub fn osv_scanner(text: &str) -> Result<Vec<Ignore>, String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct File {
        #[serde(default)]
        ignored_vulns: Vec<Entry>,
        #[serde(default)]
        package_overrides: Vec<Package>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Entry {
        id: String,
        ignore_until: Option<toml::Value>,
        #[serde(default)]
        reason: String,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Package {
        #[serde(default)]
        name: String,
        version: Option<String>,
        #[serde(default)]
        ignore: bool,
        vulnerability: Option<Vulnerability>,
        effective_until: Option<toml::Value>,
        #[serde(default)]
        reason: String,
    }
    #[derive(Deserialize)]
    struct Vulnerability {
        #[serde(default)]
        ignore: bool,
    }
    let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let day = |value: Option<toml::Value>| {
        let text = value.map(|value| match value {
            toml::Value::String(text) => text,
            other => other.to_string(),
        });
        text.map_or(String::new(), |text| text.chars().take(10).collect())
    };
    let entries = file.ignored_vulns.into_iter().map(|entry| Ignore {
        id: entry.id,
        package: String::new(),
        reason: entry.reason,
        until: day(entry.ignore_until),
    });
    let whole = |package: &Package| {
        package.ignore || package.vulnerability.as_ref().is_some_and(|v| v.ignore)
    };
    let packages = file.package_overrides.into_iter().filter(whole).map(|package| Ignore {
        id: String::new(),
        package: match package.version {
            Some(version) => format!("{}@{version}", package.name),
            None => package.name,
        },
        reason: package.reason,
        until: day(package.effective_until),
    });
    // An entry about nothing would ignore everything.
    let about = |entry: &Ignore| !entry.id.is_empty() || !entry.package.is_empty();
    Ok(entries.chain(packages).filter(about).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_osv_scanner_is_read() {
        let text = "[[IgnoredVulns]]\nid = \"GO-1\"\nignoreUntil = 2026-11-09\nreason = \"r\"\n\n[[PackageOverrides]]\nname = \"lib\"\nversion = \"1.0.0\"\necosystem = \"Go\"\nvulnerability.ignore = true\neffectiveUntil = 2026-11-09T00:00:00Z\n[[PackageOverrides]]\nname = \"other\"\nlicense.override = [\"MIT\"]\n";
        let found = osv_scanner(text).expect("it is one");
        assert_eq!(
            found.iter().map(|i| (i.words(), i.until.as_str())).collect::<Vec<_>>(),
            [("GO-1".to_owned(), "2026-11-09"), ("lib@1.0.0".to_owned(), "2026-11-09")]
        );
        assert!(osv_scanner("[[IgnoredVulns]]\nreason = 1").is_err());
    }
}
