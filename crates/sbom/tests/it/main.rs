//! The inventory as a caller sees it: what files give, and what they are refused for.

#[cfg(feature = "vulns")]
mod advisories;
mod corpus;
#[cfg(feature = "validate")]
mod documents;
mod extractors;
mod fuzzed;
mod installed;
mod locks;
mod peer;
mod programs;
mod purls;
mod real;
mod schemas;
#[cfg(feature = "validate")]
mod spdx;
mod versions;
#[cfg(feature = "vulns")]
mod vulnerabilities;
mod xml;

use std::collections::BTreeMap;

use leadforge_sbom::{Config, Error, Inventory, inventory};

/// The inventory of a few files.
fn of(files: &[(&str, &str)]) -> Result<Inventory, Error> {
    let tree: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    inventory(&tree, &Config::default())
}
