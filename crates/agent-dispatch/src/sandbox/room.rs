//! Room on the disk of the tree: a flood of files ends with its command, not with the machine.
use std::path::{Path, PathBuf};

/// What was free before the command began.
pub(crate) struct Room {
    tree: PathBuf,
    before: Free,
}

/// Free bytes and files, and how few are too few.
#[derive(Clone, Copy)]
struct Free {
    bytes: u64,
    files: u64,
    least_bytes: u64,
    least_files: u64,
}

/// Less than this is no flood: somebody else filled the disk.
const FLOOD: (u64, u64) = (16 << 20, 4_096);

impl Room {
    /// Looks at the file system of the tree; none where it does not tell.
    pub(crate) fn at(tree: &Path) -> Option<Self> {
        free(tree).map(|before| Self { tree: tree.to_owned(), before })
    }

    /// True when next to nothing is left, and much went since the command began.
    pub(crate) fn is_gone(&self) -> bool {
        free(&self.tree).is_some_and(|now| gone(&self.before, &now))
    }
}

fn gone(before: &Free, now: &Free) -> bool {
    let few = |least: u64, flood: u64, before: u64, now: u64| {
        now < least && before.saturating_sub(now) >= flood
    };
    few(now.least_bytes, FLOOD.0, before.bytes, now.bytes)
        || few(now.least_files, FLOOD.1, before.files, now.files)
}

fn free(tree: &Path) -> Option<Free> {
    let stat = rustix::fs::statvfs(tree).ok()?;
    let total = stat.f_blocks.saturating_mul(stat.f_frsize);
    Some(Free {
        bytes: stat.f_bavail.saturating_mul(stat.f_frsize),
        // Zero of zero where files are not counted.
        files: stat.f_favail,
        least_bytes: (total / 20).min(1 << 30),
        least_files: (stat.f_files / 20).min(50_000),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(bytes: u64, files: u64) -> Free {
        Free { bytes, files, least_bytes: 1 << 30, least_files: 50_000 }
    }

    #[test]
    fn much_that_went_and_little_that_is_left_is_a_flood() {
        let before = left(4 << 30, 900_000);
        assert!(gone(&before, &left((1 << 30) - 1, 900_000)));
        assert!(gone(&before, &left(4 << 30, 49_999)));
        assert!(!gone(&before, &left(1 << 30, 50_000)));
        let full = left(1 << 20, 100);
        assert!(!gone(&full, &full), "it was full before");
        let uncounted = Free { files: 0, least_files: 0, ..before };
        assert!(!gone(&uncounted, &uncounted));
    }

    #[test]
    fn a_folder_tells() {
        let room = Room::at(&std::env::temp_dir()).expect("a folder is on a file system");
        assert!(room.before.bytes > 0 && !room.is_gone());
        assert!(Room::at(Path::new("/no/such")).is_none());
    }
}
