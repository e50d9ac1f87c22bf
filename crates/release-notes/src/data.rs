//! What the documents are made from: versions, commits, screens and their pictures, as plain data.

use serde::{Deserialize, Serialize};

/// One version and everything that came with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Release {
    /// The tag; empty for what is not released yet.
    pub version: String,
    /// When it was tagged, in seconds since 1970-01-01 UTC.
    pub seconds: Option<i64>,
    /// What it is compared with, such as the tag before; empty for the first version.
    pub since: String,
    /// The main branch, when the tag is not on it.
    pub off: Option<String>,
    /// Why something may be missing, such as a shallow clone.
    pub incomplete: Option<String>,
    /// The commits, newest first.
    pub commits: Vec<Commit>,
    /// The screens with a picture that came, changed or went, sorted.
    pub screens: Vec<Screen>,
    /// How many pictures are the same as before.
    pub same: usize,
}

/// A commit with everything that says who made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
    /// How many parents it has; two and more make a merge.
    pub parents: usize,
    /// The author's name.
    pub author_name: String,
    /// The author's mailbox.
    pub author_email: String,
    /// The committer's name.
    pub committer_name: String,
    /// The committer's mailbox.
    pub committer_email: String,
    /// The first line of the message.
    pub subject: String,
    /// The rest of the message, trailers included.
    pub body: String,
}

/// A screen of the product in its pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Screen {
    /// The name that its pictures share.
    pub name: String,
    /// The folder of its pictures.
    pub folder: String,
    /// What happened to it.
    pub status: Status,
    /// Its pictures in the order of time.
    pub pictures: Vec<Picture>,
    /// What changed between them, in the order of time.
    pub steps: Vec<Step>,
    /// Paths of pictures that are gone.
    pub gone: Vec<String>,
}

/// What happened to a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// There was a picture of it before.
    #[default]
    Known,
    /// This version has its first picture.
    New,
    /// Its last picture is gone.
    Removed,
}

/// One picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// When it was taken: a setting such as `before`, or a version; empty when its name says nothing.
    pub label: String,
    /// Its path in the tree that it comes from.
    pub path: String,
    /// Where these very bytes lie in the tree that the document is for, if they do.
    pub shown_at: Option<String>,
    /// What tells its bytes from others.
    pub hash: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Width and height in pixels, where the file could be read.
    pub size: Option<(u32, u32)>,
}

/// What changed from one picture of a screen to a later one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// The earlier picture, counted from 0.
    pub from: usize,
    /// The later picture.
    pub to: usize,
    /// Whether a reader would see no change.
    pub same: bool,
    /// What changed, in one line; empty for the very same picture, or when nobody looked closer.
    pub summary: String,
}

impl Release {
    /// The version for a heading.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.version.is_empty() { "Unreleased" } else { &self.version }
    }

    /// The day of its tag in UTC, as `2025-12-11`.
    #[must_use]
    pub fn day(&self) -> Option<String> {
        day(self.seconds?)
    }
}

/// A day in UTC.
pub(crate) fn day(seconds: i64) -> Option<String> {
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    Some(at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

impl Screen {
    /// Whether a reader would see a change: a new, removed or different picture.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.status != Status::Known || self.steps.iter().any(|step| !step.same)
    }

    /// The step from the first picture to the last one.
    #[must_use]
    pub fn whole(&self) -> Option<&Step> {
        let last = self.pictures.len().checked_sub(1)?;
        self.steps.iter().find(|step| step.from == 0 && step.to == last && last > 0)
    }
}

impl Picture {
    /// The last part of its path.
    #[must_use]
    pub fn file(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}
