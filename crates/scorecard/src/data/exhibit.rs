//! What a tool shows beside what it says: a thing before and after, with the parts that changed.

use serde::{Deserialize, Serialize};

/// One thing that changed, to be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exhibit {
    /// What is shown, for instance the name of a screen.
    pub title: String,
    /// What changed, in one line for people and agents.
    #[serde(default)]
    pub text: String,
    /// Paths of the files it is about; the page names the tasks that changed them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// What it looked like; absent where it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Picture>,
    /// What it looks like; absent where it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Picture>,
    /// The parts that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// One side of an [`Exhibit`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Picture {
    /// What this side is called, for instance `before`.
    #[serde(default)]
    pub label: String,
    /// Columns; 0 when they are not known.
    #[serde(default)]
    pub width: u32,
    /// Rows; 0 when they are not known.
    #[serde(default)]
    pub height: u32,
    /// The picture itself as a `data:image/…;base64,` address; anything else is not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Why the picture itself is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<String>,
}

/// A part that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// What happened to it.
    pub kind: PartKind,
    /// What there is to say of it, in one line.
    #[serde(default)]
    pub text: String,
    /// Its box in the picture before: x, y, width, height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<[u32; 4]>,
    /// Its box in the picture after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<[u32; 4]>,
}

/// What happened to a part.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// It is there now.
    Added,
    /// It was there.
    Removed,
    /// It is the same in another place.
    Moved,
    /// It is the same in other colours.
    Recoloured,
    /// It is another one; also every kind that this version does not know.
    #[default]
    #[serde(other)]
    Changed,
}
