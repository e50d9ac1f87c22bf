//! The exact inventory of a tree: components, who depends on whom, hashes, licences, and CycloneDX.
//!
//! A [`Tree`] gives files by path; [`inventory`] reads those that an extractor knows and gives an
//! [`Inventory`], which [`cyclonedx::write`] turns into a document.
//!
//! ```
//! use std::collections::BTreeMap;
//! use leadforge_sbom::{Config, inventory};
//!
//! let lock = br#"version = 4
//! [[package]]
//! name = "app"
//! version = "1.0.0"
//! dependencies = ["adler2"]
//! [[package]]
//! name = "adler2"
//! version = "2.0.1"
//! source = "registry+https://github.com/rust-lang/crates.io-index"
//! "#;
//! let tree = BTreeMap::from([("Cargo.lock".to_owned(), lock.to_vec())]);
//! let found = inventory(&tree, &Config::default())?;
//! assert_eq!(found.components[0].purl, "pkg:cargo/adler2@2.0.1");
//! assert_eq!(found.pairs(), [(1, 0)]);
//! # Ok::<(), leadforge_sbom::Error>(())
//! ```
//!
//! * Nothing runs, nothing is fetched, no clock and no environment is read: the same files give the
//!   same inventory and the same bytes.
//! * What is found and not read is named; a file that is not what its name says is an error.
//! * [`cyclonedx::Document`] reads a document and keeps everything that is in it.
//! * Scopes (optional, extra, peer, development) and markers are data, never a reason to leave a component out.
//!
//! Feature `validate` checks documents in JSON against the schemas of CycloneDX, which are part of the crate.

#[cfg(feature = "attest")]
pub mod attest;
pub mod cyclonedx;
pub mod diff;
mod error;
mod extract;
mod inventory;
pub mod licences;
mod purl;
pub mod spdx;
mod text;
mod tree;
pub mod versions;
#[cfg(feature = "vulns")]
pub mod vulns;
mod xml;

pub use error::Error;
pub use extract::{Config, EXTRACTORS, Extractor, Gives, Program, inventory, named, wants};
pub use inventory::{
    Artifact, Component, Ecosystem, Edge, Hash, HashAlgorithm, Inventory, Kind, LicenceText, Need,
    Occurrence, Origin, Packaging, Scope, Source, Unread, Warning,
};
pub use purl::{Purl, PurlError};
pub use tree::{Tree, TreeError};
