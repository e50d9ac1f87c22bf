//! Pictures by content under the git common folder; everything there may be deleted at any time.

use std::path::PathBuf;

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_visual_diff::Size;
use serde::{Deserialize, Serialize};

use super::plan::digest;
use crate::place::Place;

const LARGEST: u64 = 512 << 20;
/// Changes when the same two pictures would be summed up in other words.
const JUDGE: &str = "summary/2";

/// What is known of a picture that was taken before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Taken {
    /// Its digest, which is its name in the store.
    pub(crate) sha256: String,
    /// Its size.
    pub(crate) size: Size,
    /// Its bytes.
    pub(crate) bytes: usize,
    /// What the page did not get.
    pub(crate) blocked: Vec<String>,
    /// What went wrong in the page's scripts.
    pub(crate) exceptions: Vec<String>,
    /// What makes it less certain.
    pub(crate) warnings: Vec<String>,
}

/// The store.
pub(crate) struct Cache {
    keys: PathBuf,
    pictures: PathBuf,
}

impl Cache {
    pub(crate) fn of(place: &Place) -> Self {
        let base = place.git.state_dir().join("cache/shot");
        Self { keys: base.join("keys"), pictures: base.join("pictures") }
    }

    /// Where a picture lies.
    pub(crate) fn picture(&self, sha256: &str) -> PathBuf {
        self.pictures.join(format!("{}.png", sha256.trim_start_matches("sha256:")))
    }

    /// What was taken under this key, when its picture is still there.
    pub(crate) fn get(&self, key: &str) -> Option<Taken> {
        let bytes = read(&RealDisk, &self.key(key), 1 << 20).ok()?;
        let taken: Taken = serde_json::from_slice(&bytes).ok()?;
        let plain = taken.sha256.strip_prefix("sha256:")?;
        let hex = plain.len() == 64 && plain.bytes().all(|byte| byte.is_ascii_hexdigit());
        // Its length tells a cut file; its content is looked at by who reads it.
        let there = std::fs::metadata(self.picture(&taken.sha256)).ok()?;
        (hex && there.len() == taken.bytes as u64).then_some(taken)
    }

    /// Keeps a picture, first itself and then its name.
    pub(crate) fn put(&self, key: &str, taken: &Taken, png: &[u8]) -> Result<(), Failure> {
        create_dir_all(&RealDisk, &self.keys)?;
        create_dir_all(&RealDisk, &self.pictures)?;
        let place = self.picture(&taken.sha256);
        if read(&RealDisk, &place, LARGEST).ok().as_deref() != Some(png) {
            replace(&RealDisk, &place, png)?;
        }
        let text = serde_json::to_vec(taken).expect("plain data");
        Ok(replace(&RealDisk, &self.key(key), &text)?)
    }

    /// What changed between two pictures, in one line; looked at once.
    pub(crate) fn summary(
        &self,
        before: &str,
        after: &str,
        look: impl FnOnce(&[u8], &[u8]) -> String,
    ) -> Result<String, Failure> {
        let place = self.key(&[JUDGE, env!("CARGO_PKG_VERSION"), before, after].join("\n"));
        let known = read(&RealDisk, &place, 1 << 20).ok();
        if let Some(text) = known.and_then(|bytes| serde_json::from_slice::<String>(&bytes).ok()) {
            return Ok(text);
        }
        let before = read(&RealDisk, &self.picture(before), LARGEST)?;
        let after = read(&RealDisk, &self.picture(after), LARGEST)?;
        let text = look(&before, &after);
        let line = serde_json::to_vec(&text).expect("a text");
        replace(&RealDisk, &place, &line)?;
        Ok(text)
    }

    fn key(&self, key: &str) -> PathBuf {
        let name = digest(key.as_bytes());
        self.keys.join(format!("{}.json", name.trim_start_matches("sha256:")))
    }
}
