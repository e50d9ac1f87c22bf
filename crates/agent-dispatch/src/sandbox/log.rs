//! The output of a command, drained into one bounded file.
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use sha2::{Digest, Sha256};

/// What was kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    /// The first failure of writing; the draining went on, so that the command saw none of it.
    pub(crate) error: Option<io::Error>,
}

/// Opens the log anew; never through a link that somebody put there.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let no_follow = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .custom_flags(no_follow)
        .open(path)
}

/// Copies `from` until its end; keeps `limit` bytes and calls `over` once when there are more.
pub(crate) fn drain(mut from: impl Read, file: &File, limit: u64, over: impl FnOnce()) -> Kept {
    let mut over = Some(over);
    let mut buffer = vec![0; 64 << 10];
    let mut hash = Sha256::new();
    let mut kept = Kept { bytes: 0, sha256: String::new(), error: None };
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                kept.error.get_or_insert(error);
                break;
            }
        };
        let room = usize::try_from(limit - kept.bytes).unwrap_or(usize::MAX).min(count);
        if kept.error.is_none() {
            match (&mut &*file).write_all(&buffer[..room]) {
                Ok(()) => {
                    hash.update(&buffer[..room]);
                    kept.bytes += room as u64;
                }
                Err(error) => kept.error = Some(error),
            }
        }
        if room < count
            && let Some(over) = over.take()
        {
            over();
        }
    }
    if let Err(error) = file.sync_all() {
        kept.error.get_or_insert(error);
    }
    kept.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(input: &[u8], limit: u64) -> (Kept, bool, Vec<u8>) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("log");
        let file = open(&path).expect("a log");
        let mut over = false;
        let kept = drain(input, &file, limit, || over = true);
        (kept, over, std::fs::read(path).expect("the log"))
    }

    #[test]
    fn output_up_to_the_limit_is_kept_and_one_more_is_over() {
        let (whole, over, file) = kept(b"abc", 3);
        assert_eq!((whole.bytes, over, file.as_slice()), (3, false, &b"abc"[..]));
        assert_eq!(
            whole.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let (cut, over, file) = kept(b"abcd", 3);
        assert_eq!((cut.bytes, over, file.as_slice()), (3, true, &b"abc"[..]));
        assert_eq!(cut.sha256, whole.sha256);
    }

    #[test]
    fn a_link_in_place_of_the_log_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("log");
        std::os::unix::fs::symlink("/dev/null", &path).expect("a link");
        assert!(open(&path).is_err());
    }
}
