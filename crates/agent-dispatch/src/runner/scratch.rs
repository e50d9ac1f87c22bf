//! Scratch folders: made for one attempt or check, removed afterwards, never holding anything acknowledged.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Makes a folder, with its parents, readable by its owner alone.
pub(crate) fn make(path: &Path) -> Result<PathBuf, Error> {
    let fail = |source| Error::Scratch { path: path.to_owned(), source };
    fs::create_dir_all(path).map_err(fail)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(fail)?;
    Ok(path.to_owned())
}

/// Removes a folder and everything in it, whatever a program made of it. A missing folder is fine.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    crate::sandbox::wipe(path).map_err(|source| Error::Scratch { path: path.to_owned(), source })
}

/// Whether there is such a file; one that cannot be looked at is not taken for none.
pub(crate) fn is_there(path: &Path) -> Result<bool, Error> {
    match fs::metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(false)
        }
        Err(source) => Err(Error::Scratch { path: path.to_owned(), source }),
    }
}

/// Writes a small scratch file, such as a prompt.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::write(path, bytes).map_err(|source| Error::Scratch { path: path.to_owned(), source })
}

/// The last lines of a log, at most `most` bytes, cut at a line; invalid bytes are replaced.
pub(crate) fn tail(path: &Path, most: u64) -> String {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let read = || -> io::Result<(Vec<u8>, bool)> {
        let mut file = fs::File::open(path)?;
        let len = file.metadata()?.len();
        file.seek(SeekFrom::Start(len.saturating_sub(most)))?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Ok((bytes, len > most))
    };
    read().map(|(bytes, cut)| lines(&bytes, cut)).unwrap_or_default()
}

/// The end of a log as text; without its first line when that was cut.
pub(crate) fn lines(bytes: &[u8], cut: bool) -> String {
    let first = bytes.iter().position(|b| *b == b'\n').filter(|_| cut);
    String::from_utf8_lossy(&bytes[first.map_or(0, |at| at + 1)..]).into_owned()
}
