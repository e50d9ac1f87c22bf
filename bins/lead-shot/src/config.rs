//! The table `[shot]` of `leadforge.toml`.

use leadforge_visual_diff::Settings;
use serde::Deserialize;

/// `[shot]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Shot {
    /// Globs of the paths that are pictures of screens; every picture of the tree unless set.
    pub(crate) pictures: Vec<String>,
    /// The endings of names that say when a picture was taken, in the order of time.
    pub(crate) settings: Settings,
}
