//! Objects reach the disk before a ref names them, and not earlier: most never get a ref.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::PathBuf;

use crate::{Error, Git, Oid};

impl Git {
    /// Syncs every object that these commits bring and no ref reaches yet.
    ///
    /// Git's own default does not sync loose objects, and syncing each one as it is written makes
    /// snapshots and trial merges many times slower for objects that nothing will ever name.
    pub(crate) fn sync_objects(&self, tips: &[&Oid]) -> Result<(), Error> {
        if tips.is_empty() {
            return Ok(());
        }
        let objects = self.layout.common.join("objects");
        let args = ["--objects", "--no-object-names"];
        let names: Vec<&str> = tips.iter().map(|oid| oid.as_str()).collect();
        let answer =
            self.run("rev-list")?.args(args).args(names).args(["--not", "--all"]).answer()?;
        if !answer.status.success() {
            // Some ref cannot be walked. Everything on that file system is synced instead.
            let folder = File::open(&objects).map_err(Error::io(&objects))?;
            return rustix::fs::syncfs(&folder).map_err(|error| Error::io(&objects)(error.into()));
        }
        let mut folders = BTreeSet::new();
        for line in answer.stdout.split(|&b| b == b'\n').filter(|line| !line.is_empty()) {
            let oid = Oid::from_bytes(line)?;
            let folder = objects.join(&oid.as_str()[..2]);
            if sync(folder.join(&oid.as_str()[2..]))? {
                folders.insert(folder);
            }
        }
        if !folders.is_empty() {
            folders.insert(objects);
        }
        folders.into_iter().try_for_each(|folder| sync(folder).map(drop))
    }
}

/// Syncs a file or folder; one that is not there is in a pack, which git has synced.
fn sync(path: PathBuf) -> Result<bool, Error> {
    match fs::OpenOptions::new().read(true).open(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        other => {
            let file = other.map_err(Error::io(&path))?;
            file.sync_all().map_err(Error::io(&path)).map(|()| true)
        }
    }
}
