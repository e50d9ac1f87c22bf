//! A file system of its own in a file, whose power can be cut.

use crate::sh::{self, Fail, Result};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Which file system, and how it is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Without the habit that hides a missing fsync before a rename.
    Ext4,
    Xfs,
}

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Ext4, Self::Xfs];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ext4 => "ext4",
            Self::Xfs => "xfs",
        }
    }
}

/// A mounted file system. The caller stands in a mount namespace of its own, so that nothing
/// stays mounted and no loop device attached when it ends in any way.
#[derive(Debug)]
pub(super) struct Volume {
    kind: Kind,
    image: PathBuf,
    at: PathBuf,
}

impl Volume {
    /// Makes an empty one of so many MiB below this folder, and mounts it.
    pub(super) fn make(kind: Kind, dir: &Path, mib: u64) -> Result<Self> {
        Self::with(kind, dir, mib, &[])
    }

    /// The same with options for the tool that makes it.
    pub(super) fn with(kind: Kind, dir: &Path, mib: u64, options: &[&str]) -> Result<Self> {
        let image = dir.join(format!("{}.img", kind.name()));
        let at = dir.join(kind.name());
        File::create(&image)?.set_len(mib << 20)?;
        std::fs::create_dir_all(&at)?;
        let ext4 = ["-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0"];
        match kind {
            Kind::Ext4 => quiet("mkfs.ext4", &[&ext4, options].concat(), &image),
            Kind::Xfs => quiet("mkfs.xfs", &[&["-q", "-f"], options].concat(), &image),
        }?;
        let volume = Self { kind, image, at };
        volume.mount()?;
        Ok(volume)
    }

    /// Where it is mounted.
    pub(super) fn path(&self) -> &Path {
        &self.at
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Cuts the power: what did not reach the device is gone. With `flush` what the journal holds
    /// reaches it first, though not the data of files.
    pub(super) fn cut(&self, flush: bool) -> Result {
        let command = if flush { "shutdown -f" } else { "shutdown" };
        quiet("xfs_io", &["-x", "-c", command], &self.at)
    }

    /// Mounts it again, as after the power has come back; nobody has a file of it open.
    pub(super) fn recover(&self) -> Result {
        self.unmount()?;
        self.mount()
    }

    /// Lets nobody write on it any more, or again; false where somebody is writing.
    pub(super) fn read_only(&self, on: bool) -> Result<bool> {
        let options = if on { "remount,ro" } else { "remount,rw" };
        let done = sh::program("mount").args(["-o", options]).arg(&self.at).output()?;
        Ok(done.status.success())
    }

    /// Unmounts it and removes its file.
    pub(super) fn remove(self) -> Result {
        self.unmount()?;
        Ok(std::fs::remove_file(&self.image)?)
    }

    fn mount(&self) -> Result {
        let options = match self.kind {
            Kind::Ext4 => "loop,noauto_da_alloc",
            Kind::Xfs => "loop",
        };
        let mut command = sh::program("mount");
        command.args(["-t", self.kind.name(), "-o", options]).arg(&self.image).arg(&self.at);
        sh::capture(&mut command).map(drop)
    }

    fn unmount(&self) -> Result {
        sh::capture(sh::program("umount").arg(&self.at)).map(drop)
    }
}

/// Runs one of the administrator's tools.
fn quiet(tool: &str, args: &[&str], path: &Path) -> Result {
    let found = sh::which(tool).ok_or_else(|| Fail::missing(format!("{tool} is missing")))?;
    sh::capture(sh::program(found).args(args).arg(path)).map(drop)
}
