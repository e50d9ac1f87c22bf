//! The profile of a Chromium that runs without a fence: a folder that goes with it.

use std::fs;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, create_dir_all};

/// A folder that is removed when this is dropped, or by the next one after a kill.
pub(super) struct Profile(PathBuf);

impl Profile {
    pub(super) fn new(base: &Path) -> Result<Self, Failure> {
        let profile = Self(base.join(format!("profile-{}", std::process::id())));
        create_dir_all(&RealDisk, &profile.0)?;
        for other in fs::read_dir(base)?.flatten() {
            let name = other.file_name().to_string_lossy().into_owned();
            let pid = name.strip_prefix("profile-").and_then(|pid| pid.parse::<u32>().ok());
            if pid.is_some_and(|pid| !Path::new("/proc").join(pid.to_string()).exists()) {
                let _ = fs::remove_dir_all(other.path());
            }
        }
        Ok(profile)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
