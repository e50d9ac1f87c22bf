//! The epochs that a repository's branches `lf/ID/EPOCH` name, read without starting git.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::lease::History;
use crate::model::TaskId;

/// The largest `packed-refs` that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// The branches of all tasks, each file read at most once.
///
/// Branches outlive the lease database: the highest number is the floor for the next epoch, and
/// every branch that was kept is a try. Where refs are kept in the reftable format they cannot be
/// read so, and the history is empty; the database and the completed files still count.
#[derive(Debug)]
pub struct Branches {
    common_dir: PathBuf,
    packed: OnceCell<BTreeMap<String, BTreeSet<u64>>>,
    loose: OnceCell<BTreeSet<String>>,
}

impl Branches {
    /// The branches of the repository with this common git directory; nothing is read yet.
    pub fn new(common_dir: &Path) -> Self {
        Self { common_dir: common_dir.to_owned(), packed: OnceCell::new(), loose: OnceCell::new() }
    }

    /// What the branches of this task tell.
    ///
    /// # Errors
    /// [`Error::Io`] when the refs cannot be read.
    pub fn history(&self, task: &TaskId) -> Result<History, Error> {
        let mut tried = BTreeSet::new();
        if !self.has_loose() {
            return Ok(History::default());
        }
        if self.loose()?.contains(task.as_str()) {
            let folder = self.folder().join(task.as_str());
            tried.extend(names(&folder)?.iter().filter_map(|name| epoch(name)));
        }
        tried.extend(self.packed()?.get(task.as_str()).into_iter().flatten());
        Ok(History { epoch: tried.last().copied().unwrap_or(0), tried })
    }

    /// False where refs are kept in the reftable format.
    fn has_loose(&self) -> bool {
        !self.common_dir.join("reftable").is_dir()
    }

    fn folder(&self) -> PathBuf {
        self.common_dir.join("refs/heads/lf")
    }

    fn loose(&self) -> Result<&BTreeSet<String>, Error> {
        if let Some(loose) = self.loose.get() {
            return Ok(loose);
        }
        let loose = names(&self.folder())?;
        Ok(self.loose.get_or_init(|| loose))
    }

    fn packed(&self) -> Result<&BTreeMap<String, BTreeSet<u64>>, Error> {
        if let Some(packed) = self.packed.get() {
            return Ok(packed);
        }
        let packed = read_packed(&self.common_dir.join("packed-refs"))?;
        Ok(self.packed.get_or_init(|| packed))
    }
}

/// A number as git shows it: no sign and no leading zero, so that every epoch has one spelling.
fn epoch(name: &str) -> Option<u64> {
    let plain = name.bytes().all(|byte| byte.is_ascii_digit()) && !name.starts_with('0');
    if plain { name.parse().ok() } else { None }
}

fn names(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let failed = |e| Error::io(folder, "list the branches", e);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        // A branch that is called `lf`, or `lf/ID`, is none of ours.
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(BTreeSet::new());
        }
        Err(e) => return Err(failed(e)),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        names.extend(entry.map_err(failed)?.file_name().into_string());
    }
    Ok(names)
}

fn read_packed(path: &Path) -> Result<BTreeMap<String, BTreeSet<u64>>, Error> {
    let failed = |e| Error::io(path, "read the packed refs", e);
    let mut epochs: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let bytes = match std::fs::metadata(path) {
        Ok(found) if found.len() > LARGEST => return Err(failed(ErrorKind::FileTooLarge.into())),
        Ok(_) => std::fs::read(path).map_err(failed)?,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(epochs),
        Err(e) => return Err(failed(e)),
    };
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let Some((_, name)) = line.split_once(' ') else { continue };
        let Some((id, number)) =
            name.strip_prefix("refs/heads/lf/").and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        if let Some(number) = epoch(number) {
            epochs.entry(id.to_owned()).or_default().insert(number);
        }
    }
    Ok(epochs)
}
