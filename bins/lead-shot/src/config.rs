//! The table `[shot]` of `leadforge.toml`.

use std::collections::BTreeMap;

use leadforge_release_notes::Section;
use leadforge_visual_diff::Settings;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::screens::config::{App, Screen};

/// `[shot]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Shot {
    /// Globs of the paths that are pictures of screens; every picture of the tree unless set.
    pub(crate) pictures: Vec<String>,
    /// The endings of names that say when a picture was taken, in the order of time.
    pub(crate) settings: Settings,
    /// `OWNER/REPO` or the repository's address; the remote `origin` unless set.
    pub(crate) repository: Option<String>,
    /// The main line; tags that are not on it are marked.
    pub(crate) main: Option<String>,
    /// Parts of the release notes for types of commits beside the known ones.
    pub(crate) types: BTreeMap<String, Section>,
    /// Who stands behind a mailbox, beside the known agents and automations.
    pub(crate) authorship: leadforge_authorship::Config,
    /// The folder of the pictures that are taken; `screenshots` unless set.
    pub(crate) folder: Option<String>,
    /// What all screens have in common.
    pub(crate) defaults: Screen,
    /// The screens.
    pub(crate) screen: Vec<Screen>,
    /// A program that serves the pages.
    pub(crate) app: Option<App>,
}

/// The tables of `leadforge.toml` that this binary reads; `cargo xtask codegen` puts them to those of the others.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "leadforge.toml")]
#[expect(dead_code, reason = "only its schema is used")]
struct Tables {
    /// `[shot]`: pictures of screens.
    #[serde(default)]
    shot: Shot,
}

/// Their schema.
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(Tables).to_value()
}
