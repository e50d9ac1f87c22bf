//! What changed between two pictures, in one line.

use leadforge_cli_kit::Failure;
use leadforge_host_git::Oid;
use leadforge_visual_diff::{Bytes, Config, Error, Limits, Report, Rows, compare};

use crate::failure;
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
    pub(crate) same: bool,
    pub(crate) summary: String,
    /// Why they could not be compared.
    pub(crate) problem: Option<String>,
}

/// The bytes of pictures, in their order.
pub(crate) fn load(place: &Place, pictures: &[(String, Oid)]) -> Result<Vec<Loaded>, Failure> {
    let blobs: Vec<&str> = pictures.iter().map(|(_, blob)| blob.as_str()).collect();
    let found = place.git.cat(&blobs).map_err(|e| failure::git(&e))?;
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

/// Compares two pictures; equal blobs are not even opened.
pub(crate) fn judge(before: &Loaded, after: &Loaded) -> Verdict {
    let verdict = |same, summary: String, problem| Verdict { same, summary, problem };
    if before.blob == after.blob {
        return verdict(true, String::new(), None);
    }
    match compare(&before.source(), &after.source(), &Config::default()) {
        Ok(report) if same(&report) => verdict(true, String::new(), None),
        Ok(report) => verdict(false, words(&report), None),
        // Formats without a decoder are no fault of the picture.
        Err(Error::Unsupported { .. }) => verdict(false, String::new(), None),
        Err(error) => verdict(false, "cannot be compared".to_owned(), Some(error.to_string())),
    }
}

/// Whether two files show the very same pixels.
fn same(report: &Report) -> bool {
    report.sizes[0] == report.sizes[1] && report.counts.different == 0
}

fn words(report: &Report) -> String {
    let [before, after] = report.sizes;
    let mut words = Vec::new();
    if before != after {
        let (w, h) = (before.width, before.height);
        words.push(format!("{w}×{h} became {}×{}", after.width, after.height));
    }
    let (counted, different) = (report.counts.counted, report.counts.different);
    let all = u64::from(before.width.min(after.width)) * u64::from(before.height.min(after.height));
    let share = |part: u64| match part as f64 * 100.0 / all.max(1) as f64 {
        percent if percent < 0.1 => "under 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    };
    if counted > 0 {
        words.push(format!("{counted} pixels differ clearly ({})", share(counted)));
    } else if different > 0 {
        words.push(format!("{} of the pixels differ a little", share(different)));
    }
    words.join("; ")
}
