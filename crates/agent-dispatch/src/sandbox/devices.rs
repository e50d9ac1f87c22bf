//! Device files of our own for root's sandboxes.
//!
//! A bind of the machine's `/dev/null` is the machine's file: its owner, root, could change its
//! mode from inside, and a read-only bind made by bubblewrap is one without devices.
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::{system, wipe};

/// A folder of device files; removed on drop.
#[derive(Debug)]
pub(crate) struct Devices {
    pub(crate) folder: PathBuf,
}

impl Devices {
    /// Makes the files in the first of these folders whose file system lets them work.
    pub(crate) fn create(private: &Path, name: &std::ffi::OsStr) -> io::Result<Self> {
        let places = [private.join("dev"), Path::new("/dev").join(name)];
        let mut last = io::Error::other("no place for device files");
        for folder in places {
            match Self::at(folder) {
                Ok(devices) => return Ok(devices),
                Err(error) => last = error,
            }
        }
        Err(io::Error::new(last.kind(), format!("device files of our own: {last}")))
    }

    fn at(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir(&folder)?;
        let this = Self { folder };
        for device in system::DEVICES {
            let device = Path::new(device);
            let path = this.file(device);
            let number = fs::metadata(device)?.rdev();
            mknodat(CWD, &path, FileType::CharacterDevice, Mode::empty(), number)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o666))?;
        }
        // A file system mounted without devices has the file and refuses its use.
        let mut null =
            fs::OpenOptions::new().write(true).open(this.file(Path::new("/dev/null")))?;
        null.write_all(b"x")?;
        Ok(this)
    }

    /// Our file in place of `device`.
    pub(crate) fn file(&self, device: &Path) -> PathBuf {
        self.folder.join(device.file_name().unwrap_or_default())
    }
}

impl Drop for Devices {
    fn drop(&mut self) {
        let _ = wipe(&self.folder);
    }
}
