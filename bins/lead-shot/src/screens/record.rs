//! What is kept beside a picture: from which sources and settings it was made.
//!
//! A file of its own for each picture, so that the picture stays the same bytes when only its
//! sources change, and branches that change different screens do not meet.

use std::path::Path;

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, RelPath, create_dir_all, read, replace};
use serde::{Deserialize, Serialize};

use super::plan::digest;
use super::sources::Sources;

const SCHEMA: &str = "leadforge/shot-record/1";
/// More bytes than the sources of any screen need.
const LARGEST: u64 = 16 << 20;
/// More bytes than a picture has.
const PICTURE: u64 = 512 << 20;

/// What a picture was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    schema: String,
    /// The picture's digest.
    pub(crate) picture: String,
    /// The digest of all settings and stubs.
    pub(crate) settings: String,
    /// Chromium's own name and version.
    pub(crate) browser: String,
    /// The digest of the fonts' names and versions.
    pub(crate) fonts: String,
    /// Path and blob of every file that takes part.
    pub(crate) sources: Sources,
}

impl Record {
    pub(crate) fn new(
        picture: &[u8],
        settings: String,
        browser: &str,
        fonts: &str,
        sources: Sources,
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            picture: digest(picture),
            settings,
            browser: browser.to_owned(),
            fonts: fonts.to_owned(),
            sources,
        }
    }

    /// The record beside a picture, none where there is none that can be read as one.
    pub(crate) fn beside(root: &Path, picture: &RelPath) -> Result<Option<Self>, Failure> {
        let bytes = content(root, &place(picture)?, LARGEST)?;
        let record: Option<Self> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(record.filter(|record| record.schema == SCHEMA))
    }

    /// Writes picture and record where they differ from what is there; says whether the picture did.
    pub(crate) fn write(
        &self,
        root: &Path,
        picture: &RelPath,
        png: &[u8],
    ) -> Result<bool, Failure> {
        let text = format!("{}\n", serde_json::to_string_pretty(self).expect("plain data"));
        let changed = put(root, picture, png)?;
        put(root, &place(picture)?, text.as_bytes())?;
        Ok(changed)
    }
}

/// A picture as it lies there.
pub(crate) fn picture(root: &Path, path: &RelPath) -> Result<Option<Vec<u8>>, Failure> {
    content(root, path, PICTURE)
}

/// `screenshots/home.png` has `screenshots/home.shot.json` beside it.
fn place(picture: &RelPath) -> Result<RelPath, Failure> {
    let stem = picture.as_str().trim_end_matches(".png");
    RelPath::parse(&format!("{stem}.shot.json"))
        .map_err(|refused| Failure::usage("shot.path", refused))
}

fn content(root: &Path, path: &RelPath, limit: u64) -> Result<Option<Vec<u8>>, Failure> {
    match path.resolve(&RealDisk, root).and_then(|path| read(&RealDisk, &path, limit)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn put(root: &Path, path: &RelPath, bytes: &[u8]) -> Result<bool, Failure> {
    if content(root, path, PICTURE)?.as_deref() == Some(bytes) {
        return Ok(false);
    }
    let place = path.resolve(&RealDisk, root)?;
    create_dir_all(&RealDisk, place.parent().unwrap_or(root))?;
    replace(&RealDisk, &place, bytes)?;
    Ok(true)
}
