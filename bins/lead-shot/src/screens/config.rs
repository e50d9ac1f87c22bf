//! `[shot.defaults]`, `[[shot.screen]]` and `[shot.app]` of `leadforge.toml`.

use std::collections::BTreeMap;

use leadforge_visual_diff::capture::{Scheme, Step};
use schemars::JsonSchema;
use serde::Deserialize;

/// A screen, or what all screens have in common.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Screen {
    /// The picture's name: `dashboard` becomes `screenshots/dashboard.png`.
    pub(crate) name: String,
    /// The file that is the page.
    pub(crate) source: Option<String>,
    /// The page's address: a path, or a whole address of the app.
    pub(crate) url: Option<String>,
    /// Columns and rows of the window.
    pub(crate) viewport: Option<[u32; 2]>,
    /// The whole page, whatever its height.
    pub(crate) full_page: Option<bool>,
    /// One picture for each: `light`, `dark`.
    pub(crate) schemes: Option<Vec<Scheme>>,
    /// What the page's clock shows, such as `2025-01-01T00:00:00Z`.
    pub(crate) clock: Option<String>,
    /// The time zone, such as `Europe/Berlin`.
    pub(crate) timezone: Option<String>,
    /// The language, such as `en-US`.
    pub(crate) locale: Option<String>,
    /// Where random numbers begin.
    pub(crate) seed: Option<u32>,
    /// How much of its own time the page gets to settle, in milliseconds.
    pub(crate) settle_ms: Option<u32>,
    /// CSS selectors of what is covered.
    pub(crate) mask: Vec<String>,
    /// How the state is reached.
    pub(crate) steps: Vec<Step>,
    /// Globs of the files of which the picture is made, beside the page and what is served.
    pub(crate) watch: Vec<String>,
    /// Folders by the address below which their files are.
    pub(crate) serve: BTreeMap<String, String>,
    /// Answers made up beforehand.
    pub(crate) stub: Vec<Stub>,
    /// What stands for `{{ name }}` in the page.
    pub(crate) values: BTreeMap<String, String>,
}

/// An answer made up beforehand; one of `json`, `body` and `file` is its body.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Stub {
    /// The method; any unless set.
    pub(crate) method: Option<String>,
    /// The address, a path or a whole one; `*` stands for any text.
    pub(crate) url: String,
    /// The status; 200 unless set.
    pub(crate) status: Option<u16>,
    /// The media type; else it follows from the body.
    pub(crate) kind: Option<String>,
    /// A body of JSON, as a table or a list.
    pub(crate) json: Option<serde_json::Value>,
    /// A body of text.
    pub(crate) body: Option<String>,
    /// A file of the repository.
    pub(crate) file: Option<String>,
}

/// A program that serves the pages; it runs only when it is trusted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct App {
    /// The command line.
    pub(crate) command: String,
    /// What it serves, such as `http://127.0.0.1:8000`.
    pub(crate) origin: String,
}
