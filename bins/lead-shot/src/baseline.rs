//! Baselines are ordinary files: they are written whole, and never staged.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, RelPath, create_dir_all, read, replace};
use leadforge_visual_diff::{Config, Outcome, Tolerance, diff};
use serde::Serialize;

use crate::failure;

/// Where baselines lie unless another folder is named.
pub(crate) const FOLDER: &str = "screenshots/baseline";

/// A picture larger than this is none that belongs into a repository.
const LIMIT: u64 = 256 << 20;

/// A picture that is about to become a baseline, and what that changes.
#[derive(Serialize)]
pub(crate) struct Change {
    /// The path below the baseline's folder.
    pub(crate) path: String,
    /// `added`, `changed` or `same`.
    pub(crate) state: &'static str,
    /// What changed, in one line.
    pub(crate) summary: String,
    #[serde(skip)]
    target: PathBuf,
    #[serde(skip)]
    bytes: Vec<u8>,
}

impl Change {
    /// Looks at a new picture beside its baseline; one that cannot be read as a whole is refused.
    pub(crate) fn of(source: &Path, baseline: &Path, path: &str) -> Result<Self, Failure> {
        let inside = RelPath::parse(path).map_err(|e| Failure::refused("baseline.path", e))?;
        let target = inside.resolve(&RealDisk, baseline)?;
        let bytes = read(&RealDisk, source, LIMIT)?;
        let old = target.exists();
        let beside = if old { target.clone() } else { source.to_owned() };
        let found = diff(&beside, &source.to_owned(), &Config::default(), &Tolerance::default())
            .map_err(|e| failure::picture(&e))?;
        let same = old && read(&RealDisk, &target, LIMIT)? == bytes;
        let (state, summary) = match (old, same) {
            (false, _) => ("added", String::new()),
            (_, true) => ("same", String::new()),
            (_, false) if found.verdict.outcome == Outcome::Same => {
                ("changed", "the same pixels in another file".to_owned())
            }
            _ => ("changed", found.summary),
        };
        Ok(Self { path: path.to_owned(), state, summary, target, bytes })
    }

    /// Writes the picture; the file appears whole or not at all.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        if self.state == "same" {
            return Ok(());
        }
        if let Some(folder) = self.target.parent() {
            create_dir_all(&RealDisk, folder)?;
        }
        Ok(replace(&RealDisk, &self.target, &self.bytes)?)
    }
}
