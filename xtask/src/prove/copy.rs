//! A copy of the repository in which faults are planted, so that the real one is never red.

use crate::sh::{self, Result};
use crate::tidy::Plant;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files that git knows or would take, below `target/planted`.
pub(super) struct Copy {
    dir: PathBuf,
}

impl Copy {
    /// Brings the copy up to date; files that are the same keep their times, so that little is built anew.
    pub(super) fn make() -> Result<Self> {
        let copy = Self { dir: sh::scratch("planted").join("copy") };
        std::fs::create_dir_all(&copy.dir)?;
        let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let listed = sh::capture(sh::program("git").args(args))?;
        let mut here: BTreeSet<PathBuf> = BTreeSet::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            // What git knows may have been removed meanwhile.
            let Ok(bytes) = std::fs::read(sh::root().join(path)) else { continue };
            copy.put(path, Some(&bytes))?;
            here.insert(path.into());
        }
        copy.forget(&copy.dir, &here)?;
        copy.commit()?;
        Ok(copy)
    }

    /// Makes a repository of the copy, because some gates ask git what a fault has changed.
    fn commit(&self) -> Result {
        let git = |args: &[&str]| sh::capture(sh::program("git").args(args).current_dir(&self.dir));
        if !self.dir.join(".git").exists() {
            git(&["init", "--quiet"])?;
        }
        git(&["add", "--all"])?;
        let name = ["-c", "user.name=planted", "-c", "user.email=planted@example.org"];
        let commit = ["commit", "--quiet", "--allow-empty", "--message", "The repository as it is"];
        git(&[&name[..], &commit].concat()).map(drop)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Plants a fault, does the work, and takes the fault away again.
    pub(super) fn with<T>(&self, plant: &Plant, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let old = |path: &str| std::fs::read(self.dir.join(path)).ok();
        let text =
            |path: &str| String::from_utf8_lossy(&old(path).unwrap_or_default()).into_owned();
        let (path, planted) = plant.apply(text);
        let before = old(path);
        self.put(path, planted.as_deref().map(str::as_bytes))?;
        let done = work();
        self.put(path, before.as_deref())?;
        done
    }

    /// Writes a file unless it is the same; `None` removes it.
    fn put(&self, path: &str, bytes: Option<&[u8]>) -> Result {
        let full = self.dir.join(path);
        match bytes {
            Some(bytes) if std::fs::read(&full).is_ok_and(|old| old == bytes) => {}
            Some(bytes) => {
                std::fs::create_dir_all(full.parent().expect("a file lies in a folder"))?;
                std::fs::write(full, bytes)?;
            }
            None => std::fs::remove_file(full)?,
        }
        Ok(())
    }

    /// Removes what the repository no longer has, or what an ended run left planted.
    fn forget(&self, dir: &Path, here: &BTreeSet<PathBuf>) -> Result {
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let path = entry.path();
            if path == self.dir.join(".git") {
                continue;
            }
            if entry.file_type()?.is_dir() {
                self.forget(&path, here)?;
            } else if !path.strip_prefix(&self.dir).is_ok_and(|inside| here.contains(inside)) {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}
