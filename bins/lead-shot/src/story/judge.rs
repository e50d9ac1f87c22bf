//! What changed between two pictures, in one line.

use leadforge_cli_kit::Failure;
use leadforge_host_git::Oid;
use leadforge_visual_diff::{Bytes, Config, Error, Limits, Outcome, Rows, Tolerance, diff};

use crate::place::Place;

/// A picture's bytes and where they come from.
pub(crate) struct Loaded {
    pub(crate) path: String,
    pub(crate) blob: Oid,
    pub(crate) bytes: Vec<u8>,
}

impl Loaded {
    fn source(&self) -> Bytes<'_> {
        Bytes { name: &self.path, bytes: &self.bytes }
    }
}

/// What two pictures are to each other.
pub(crate) struct Verdict {
    /// Whether a reader would see no change.
    pub(crate) same: bool,
    /// What changed; empty for the very same picture.
    pub(crate) summary: String,
    /// Why they could not be compared.
    pub(crate) problem: Option<String>,
}

/// The bytes of pictures, in their order.
pub(crate) fn load(place: &Place, pictures: &[(String, Oid)]) -> Result<Vec<Loaded>, Failure> {
    let blobs: Vec<&str> = pictures.iter().map(|(_, blob)| blob.as_str()).collect();
    let found = place.git.cat(&blobs).map_err(|e| Failure::git(&e))?;
    let loaded = pictures.iter().zip(found).map(|((path, blob), bytes)| {
        let bytes = bytes.ok_or_else(|| {
            let message = format!("{path}: this repository does not have blob {}", blob.short(12));
            Failure::cannot_look("repository.missing", message).hint(
                "a partial clone has only what was checked out: git fetch --refetch --no-filter",
            )
        })?;
        Ok(Loaded { path: path.clone(), blob: blob.clone(), bytes })
    });
    loaded.collect()
}

/// Width and height as the file's header has them; nothing where it cannot be read.
pub(crate) fn size(picture: &Loaded) -> Option<(u32, u32)> {
    let source = picture.source();
    let rows = Rows::open(&source, &Limits::default()).ok()?;
    let size = rows.facts().size;
    Some((size.width, size.height))
}

/// What changed between two pictures that were taken, in one line.
pub(crate) fn words(before: &[u8], after: &[u8]) -> String {
    let (before, after) =
        (Bytes { name: "before", bytes: before }, Bytes { name: "after", bytes: after });
    match diff(&before, &after, &Config::default(), &Tolerance::default()) {
        Ok(diff) => diff.summary,
        Err(error) => format!("cannot be compared: {error}"),
    }
}

/// Compares two pictures; equal blobs are not even opened.
pub(crate) fn judge(before: &Loaded, after: &Loaded) -> Verdict {
    let verdict = |same, summary: String, problem| Verdict { same, summary, problem };
    if before.blob == after.blob {
        return verdict(true, String::new(), None);
    }
    match diff(&before.source(), &after.source(), &Config::default(), &Tolerance::default()) {
        Ok(diff) => match diff.verdict.outcome {
            Outcome::Same => verdict(true, String::new(), None),
            Outcome::Within => verdict(true, diff.summary, None),
            Outcome::Different => verdict(false, diff.summary, None),
        },
        // Formats without a decoder are no fault of the picture.
        Err(Error::Unsupported { .. }) => verdict(false, String::new(), None),
        Err(error) => verdict(false, "cannot be compared".to_owned(), Some(error.to_string())),
    }
}
