//! Sections of the dossier that are made anew from the two trees between which a run worked.
//!
//! One file for each, over the library that knows the matter. Nothing in them is believed from what an
//! agent or a check wrote: they look at what was there and at what landed.

mod inventory;
mod pictures;
mod review;

use std::path::PathBuf;

use leadforge_cli_kit::{Config, Failure};
use leadforge_host_git::{Git, Oid};
use leadforge_scorecard::{Envelope, Finding, Level, Section, Tool};

/// What sections are made from.
pub(crate) struct Scene<'a> {
    pub(crate) git: &'a Git,
    /// The tables of `leadforge.toml`.
    pub(crate) file: &'a Config,
    /// The commit that the run started from.
    pub(crate) base: &'a Oid,
    /// The commit that it led to.
    pub(crate) tip: &'a Oid,
    /// The user's state folder, where `lead-sbom` keeps its index of advisories.
    pub(crate) state: Option<&'a PathBuf>,
    /// Our own version.
    pub(crate) version: &'a str,
}

/// Makes one section; none where the change does not touch its matter.
type Make = fn(&Scene<'_>) -> Result<Option<Envelope>, Failure>;

/// Every section, with the schema that says under which heading it stands.
const SECTIONS: [(&str, Make); 3] = [
    ("leadforge/pictures/1", pictures::look),
    ("leadforge/inventory/1", inventory::look),
    ("leadforge/review/1", review::look),
];

/// The sections that have something to say. One that cannot look says so, and the others stand.
pub(crate) fn sections(scene: &Scene<'_>) -> Vec<Section> {
    let tool = Tool { name: "lead-forge".to_owned(), version: scene.version.to_owned() };
    let section = |(schema, make): (&str, Make)| {
        let found = make(scene).unwrap_or_else(|failure| Some(incomplete(failure.message)))?;
        let envelope = Envelope { schema: schema.to_owned(), tool: tool.clone(), ..found };
        Some(Section::from_found(envelope).expect("the schemas above are of the family"))
    };
    SECTIONS.into_iter().filter_map(section).collect()
}

/// The section of somebody who could not look.
fn incomplete(message: String) -> Envelope {
    let finding = Finding {
        rule: "evidence.incomplete".to_owned(),
        level: Level::Error,
        message,
        ..Finding::default()
    };
    Envelope { outcome: "incomplete".to_owned(), findings: vec![finding], ..Envelope::default() }
}
