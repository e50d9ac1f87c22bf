//! What is asked for, and what is handed back.

use serde::{Deserialize, Serialize};

use crate::Size;

/// One picture that is wanted; everything in it belongs to the picture's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shot {
    /// The page's address, such as `http://localhost/dashboard`.
    pub url: String,
    /// The window's size; the picture's too, unless the whole page is wanted.
    pub viewport: Size,
    /// The whole page, whatever its height.
    pub full_page: bool,
    /// What the page is told about light and dark.
    pub scheme: Scheme,
    /// What the page's clock shows at its start, in milliseconds of Unix time.
    pub clock_ms: i64,
    /// The time zone, by its IANA name.
    pub timezone: String,
    /// The language, such as `en-US`.
    pub locale: String,
    /// Where the page's random numbers begin.
    pub seed: u32,
    /// How long the page may go on after it was loaded and after each step, in its own time.
    pub settle_ms: u32,
    /// What is covered, by CSS selector.
    pub mask: Vec<String>,
    /// How the wanted state is reached.
    pub steps: Vec<Step>,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            url: "http://localhost/".to_owned(),
            viewport: Size { width: 1280, height: 720 },
            full_page: false,
            scheme: Scheme::Light,
            clock_ms: 1_735_689_600_000,
            timezone: "UTC".to_owned(),
            locale: "en-US".to_owned(),
            seed: 1,
            settle_ms: 1000,
            mask: Vec::new(),
            steps: Vec::new(),
        }
    }
}

/// What a page is told about light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

impl Scheme {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One thing that a user would do; elements are named by CSS selector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Step {
    /// Clicks in the middle of the element.
    Click(String),
    /// Moves the pointer there.
    Hover(String),
    /// Replaces a field's content.
    Type {
        /// The field.
        into: String,
        /// The text.
        text: String,
    },
    /// Presses a key, such as `Enter`, `Escape` or `Tab`.
    Press(String),
    /// Waits until there is such an element, and it is shown.
    Wait(String),
    /// Lets the page's own time pass, in milliseconds.
    Pass(u32),
}

/// A picture that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The PNG file, as Chromium wrote it.
    pub png: Vec<u8>,
    /// The picture's size.
    pub size: Size,
    /// What the page asked for and did not get, sorted; at most 200, each escaped and bounded.
    pub blocked: Vec<String>,
    /// What went wrong in the page's scripts; at most 20, each escaped and bounded.
    pub exceptions: Vec<String>,
    /// What makes the picture less certain.
    pub warnings: Vec<String>,
}
