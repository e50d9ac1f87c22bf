//! `gradle.lockfile`: artifacts and the configurations that have them; who asks for whom is not in it.

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Need};

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "gradle",
    files: &["gradle.lockfile", "buildscript-gradle.lockfile"],
    versions: "Gradle 6 to 9",
    gives: Gives { edges: false, scopes: true, hashes: false, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    for (line, text) in (1..).zip(found.text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let fault = || found.fault(Some(line), "is no artifact with its configurations");
        let (artifact, configurations) = text.split_once('=').ok_or_else(fault)?;
        // Configurations that have nothing stand in one line together.
        if artifact == "empty" {
            continue;
        }
        let (name, version) = artifact.rsplit_once(':').ok_or_else(fault)?;
        if !name.contains(':') || version.is_empty() {
            return Err(fault());
        }
        let facts = Facts {
            version: Some(version.to_owned()),
            need: need(configurations),
            line,
            ..Facts::default()
        };
        draft.add(found.component(Ecosystem::Maven, name, facts), true);
    }
    Ok(())
}

/// What runs has it, or only what builds and tests.
fn need(configurations: &str) -> Option<Need> {
    let mut all =
        configurations.split(',').map(str::trim).filter(|name| !name.is_empty()).peekable();
    all.peek()?;
    let runs = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.ends_with("runtimeclasspath") && !name.contains("test")
    };
    Some(if all.any(runs) { Need::Required } else { Need::Development })
}
