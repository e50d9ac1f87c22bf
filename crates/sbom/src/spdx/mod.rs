//! SPDX documents of an inventory, versions 2.3 and 3.0.1 in JSON: the same inventory gives the same bytes.

#[cfg(feature = "validate")]
mod check;
mod licence;
mod read;
mod v2;
mod v3;

#[cfg(feature = "validate")]
pub use check::check;
pub use read::{SpdxError, read};

use std::io::{self, Write};
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::cyclonedx::Meta;
use crate::inventory::{Component, HashAlgorithm, Inventory};

/// A version of SPDX that is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2.3
    V2_3,
    /// 3.0.1
    V3_0_1,
}

/// A version that is neither written nor read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("SPDX {0:?} is none of 2.3 and 3.0.1")]
pub struct UnknownVersion(pub String);

impl Version {
    /// The version as its documents write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2_3 => "2.3",
            Self::V3_0_1 => "3.0.1",
        }
    }
}

impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        match text {
            "2.3" => Ok(Self::V2_3),
            "3.0.1" => Ok(Self::V3_0_1),
            _ => Err(UnknownVersion(text.to_owned())),
        }
    }
}

/// When a document was made that nobody told the time: SPDX asks for one, and a clock would make each run another.
const NO_TIME: &str = "1970-01-01T00:00:00Z";
/// What a document says of it.
const NO_TIME_COMMENT: &str =
    "The time of making was not given: the beginning of 1970 stands for it.";

/// Writes an inventory as a document in JSON, which ends in a line feed.
///
/// Its namespace is made of everything else in it. A document that is given no time says 1970, and says so.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    inventory: &Inventory,
    version: Version,
    meta: &Meta,
    out: &mut dyn Write,
) -> io::Result<()> {
    let build = match version {
        Version::V2_3 => v2::document,
        Version::V3_0_1 => v3::document,
    };
    // What the document says under no name of its own is what names it.
    let bytes = serde_json::to_vec(&build(
        inventory,
        meta,
        "urn:uuid:00000000-0000-0000-0000-000000000000",
    ))?;
    let name = crate::cyclonedx::uuid_of(&bytes);
    serde_json::to_writer_pretty(&mut *out, &build(inventory, meta, &name))?;
    out.write_all(b"\n")
}

/// A name for a component that is made of letters, digits, dots and dashes, and is that of no other.
fn id(component: &Component) -> String {
    let digest = Sha256::digest(component.reference.as_bytes());
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let version = component.version.as_deref().unwrap_or_default();
    let text = format!("{}-{version}", component.name);
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let text: String = text.chars().map(plain).take(80).collect();
    format!("{}-{hex}", text.trim_matches('-'))
}

/// A function as SPDX 2 spells it; version 3 uses small letters.
const fn function(algorithm: HashAlgorithm) -> &'static str {
    match algorithm {
        HashAlgorithm::Md5 => "MD5",
        HashAlgorithm::Sha1 => "SHA1",
        HashAlgorithm::Sha256 => "SHA256",
        HashAlgorithm::Sha384 => "SHA384",
        HashAlgorithm::Sha512 => "SHA512",
    }
}

/// The name of the document: that of the project.
fn title(inventory: &Inventory) -> &str {
    inventory.root.map_or("inventory", |root| inventory.components[root].name.as_str())
}

/// What the document is about: the project, or everything that nothing else depends on.
fn subjects(inventory: &Inventory) -> Vec<usize> {
    if let Some(root) = inventory.root {
        return vec![root];
    }
    let mut needed = vec![false; inventory.components.len()];
    inventory
        .edges
        .iter()
        .filter(|edge| edge.from != edge.to)
        .for_each(|edge| needed[edge.to] = true);
    let free: Vec<usize> = (0..needed.len()).filter(|index| !needed[*index]).collect();
    // Where everything is in a circle, the document is about all of it.
    if free.is_empty() { (0..needed.len()).collect() } else { free }
}

/// Where a component was found, in words.
fn found_in(component: &Component) -> String {
    let place = |place: &crate::inventory::Occurrence| format!("{}:{}", place.path, place.line);
    component.occurrences.iter().map(place).collect::<Vec<_>>().join(", ")
}
