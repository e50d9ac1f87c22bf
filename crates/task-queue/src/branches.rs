//! The epochs that a repository's refs name, read without starting git: tries as branches, and what is done.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use leadforge_durable_fs::{Disk as _, RealDisk};

use crate::error::Error;
use crate::lease::History;
use crate::model::TaskId;

/// The largest `packed-refs` that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// Epochs by task.
type Epochs = BTreeMap<String, BTreeSet<u64>>;

/// The refs of all tasks, each file read at most once.
///
/// They outlive the lease database. Of the branches `lf/ID/EPOCH` the highest number is the floor for the next
/// epoch, and every branch that was kept is a try; `refs/leadforge/done/ID/EPOCH`, which the landing gate writes,
/// says that a task is completed on a branch, and `refs/leadforge/rescue/ID/EPOCH` keeps what an
/// interrupted attempt left. Where refs are kept in the reftable format they cannot be
/// read so, and the history is empty; the database and the completed files still count.
#[derive(Debug)]
pub struct Branches {
    common_dir: PathBuf,
    tried: Family,
    done: Family,
    rescued: Family,
}

/// Refs of the form `PREFIX/ID/EPOCH`.
#[derive(Debug)]
struct Family {
    prefix: &'static str,
    packed: OnceCell<Epochs>,
    loose: OnceCell<BTreeSet<String>>,
}

impl Branches {
    /// The branches of the repository with this common git directory; nothing is read yet.
    pub fn new(common_dir: &Path) -> Self {
        Self {
            common_dir: common_dir.to_owned(),
            tried: Family::new("refs/heads/lf/"),
            done: Family::new("refs/leadforge/done/"),
            rescued: Family::new("refs/leadforge/rescue/"),
        }
    }

    /// The same from full names that the caller has listed, where refs are not kept as files.
    pub fn of_names<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        let branches = Self::new(Path::new("/nonexistent"));
        let mut found = [Epochs::new(), Epochs::new(), Epochs::new()];
        let families = [&branches.tried, &branches.done, &branches.rescued];
        for name in names {
            for (family, epochs) in families.iter().zip(&mut found) {
                collect(name.as_ref(), family.prefix, epochs);
            }
        }
        for (family, epochs) in families.into_iter().zip(found) {
            family.packed.get_or_init(|| epochs);
            family.loose.get_or_init(BTreeSet::new);
        }
        branches
    }

    /// What the refs of this task tell.
    ///
    /// # Errors
    /// [`Error::Io`] when the refs cannot be read.
    pub fn history(&self, task: &TaskId) -> Result<History, Error> {
        // In the reftable format there are no names to read.
        let table = self.common_dir.join("reftable");
        match std::fs::metadata(&table) {
            Ok(found) if found.is_dir() => return Ok(History::default()),
            Ok(_) => {}
            Err(e) if is_absence(&e) => {}
            Err(e) => return Err(Error::io(&table, "look at the refs", e)),
        }
        let tried = self.tried.epochs(&self.common_dir, task)?;
        let done = self.done.epochs(&self.common_dir, task)?.last().copied().unwrap_or(0);
        let rescued = self.rescued.epochs(&self.common_dir, task)?;
        let highest = tried.iter().chain(&rescued).copied().max().unwrap_or(0);
        Ok(History { epoch: highest.max(done), tried, done })
    }
}

impl Family {
    const fn new(prefix: &'static str) -> Self {
        Self { prefix, packed: OnceCell::new(), loose: OnceCell::new() }
    }

    fn epochs(&self, common_dir: &Path, task: &TaskId) -> Result<BTreeSet<u64>, Error> {
        let folder = common_dir.join(self.prefix);
        let mut found = BTreeSet::new();
        if self.loose(&folder)?.contains(task.as_str()) {
            let names = names(&folder.join(task.as_str()))?;
            found.extend(names.iter().filter_map(|name| epoch(name)));
        }
        found.extend(self.packed(common_dir)?.get(task.as_str()).into_iter().flatten());
        Ok(found)
    }

    fn loose(&self, folder: &Path) -> Result<&BTreeSet<String>, Error> {
        if let Some(loose) = self.loose.get() {
            return Ok(loose);
        }
        let loose = names(folder)?;
        Ok(self.loose.get_or_init(|| loose))
    }

    fn packed(&self, common_dir: &Path) -> Result<&Epochs, Error> {
        if let Some(packed) = self.packed.get() {
            return Ok(packed);
        }
        let packed = read_packed(&common_dir.join("packed-refs"), self.prefix)?;
        Ok(self.packed.get_or_init(|| packed))
    }
}

/// No epoch is this high: a branch that says so would take all others of the task, and at the next
/// start of the machine of all tasks, along to where no number is left.
const TOO_HIGH: u64 = 1 << 53;

/// A number as git shows it: no sign and no leading zero, so that every epoch has one spelling.
fn epoch(name: &str) -> Option<u64> {
    let plain = name.bytes().all(|byte| byte.is_ascii_digit()) && !name.starts_with('0');
    name.parse().ok().filter(|number| plain && *number < TOO_HIGH)
}

fn names(folder: &Path) -> Result<BTreeSet<String>, Error> {
    match RealDisk.list(folder) {
        Ok(names) => Ok(names.into_iter().filter_map(|name| name.into_string().ok()).collect()),
        // A branch that is called `lf`, or `lf/ID`, is none of ours.
        Err(e) if is_absence(&e) => Ok(BTreeSet::new()),
        Err(e) => Err(Error::io(folder, "list the branches", e)),
    }
}

fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn read_packed(path: &Path, prefix: &str) -> Result<Epochs, Error> {
    let failed = |e| Error::io(path, "read the packed refs", e);
    let mut epochs = Epochs::new();
    let bytes = match std::fs::metadata(path) {
        Ok(found) if found.len() > LARGEST => return Err(failed(ErrorKind::FileTooLarge.into())),
        Ok(_) => std::fs::read(path).map_err(failed)?,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(epochs),
        Err(e) => return Err(failed(e)),
    };
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let Some((_, name)) = line.split_once(' ') else { continue };
        collect(name, prefix, &mut epochs);
    }
    Ok(epochs)
}

/// Notes `PREFIX/ID/EPOCH`.
fn collect(name: &str, prefix: &str, epochs: &mut Epochs) {
    let parts = name.strip_prefix(prefix).and_then(|rest| rest.split_once('/'));
    if let Some((id, number)) = parts
        && let Some(number) = epoch(number)
    {
        epochs.entry(id.to_owned()).or_default().insert(number);
    }
}
