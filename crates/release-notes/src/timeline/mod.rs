//! The visual history of a repository as one page: a track for each screen, a slider through time.

mod page;

use serde::{Deserialize, Serialize};

pub use page::render_timeline;

/// The visual history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timeline {
    /// What it is the history of, such as the repository's name.
    pub title: String,
    /// Why something may be missing, such as a shallow clone.
    pub incomplete: Option<String>,
    /// One track for each screen.
    pub tracks: Vec<Track>,
}

/// The history of one screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Track {
    /// The screen.
    pub screen: String,
    /// What it is made from, such as a template's path.
    pub source: String,
    /// Its versions, the oldest first; the page folds neighbours of one picture.
    pub shots: Vec<Shot>,
}

/// A screen at one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shot {
    /// The commit's whole name.
    pub commit: String,
    /// When it was recorded, in seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// The first line of its message.
    pub subject: String,
    /// Tags and branches that say where it belongs.
    pub versions: Vec<String>,
    /// What tells the picture's bytes from others; empty when there is none.
    pub hash: String,
    /// Where the picture is: a path beside the page, or an address from `markup::inline_picture`.
    pub picture: String,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// What changed since the shot before, in one line.
    pub summary: String,
    /// Why there is no picture.
    pub problem: Option<String>,
}

/// Neighbours that show the same picture.
#[derive(Debug)]
pub(crate) struct Moment<'t> {
    pub(crate) shots: Vec<&'t Shot>,
}

impl Track {
    /// The shots, with neighbours of one picture together.
    pub(crate) fn moments(&self) -> Vec<Moment<'_>> {
        let mut found: Vec<Moment<'_>> = Vec::new();
        for shot in &self.shots {
            let same = |last: &&mut Moment<'_>| {
                !shot.hash.is_empty() && last.shots.first().is_some_and(|old| old.hash == shot.hash)
            };
            match found.last_mut().filter(same) {
                Some(last) => last.shots.push(shot),
                None => found.push(Moment { shots: vec![shot] }),
            }
        }
        found
    }
}
