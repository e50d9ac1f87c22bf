//! Where the parts of an image lie: files of a folder, or stretches of one archive.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Error;
use crate::limits::Limits;
use crate::outer;

/// The parts of an image by their names.
#[derive(Debug)]
pub(crate) enum Store {
    /// A folder; parts are files below it.
    Folder(PathBuf),
    /// An archive that is not compressed; parts are where its headers say.
    Archive { file: Arc<File>, parts: BTreeMap<String, (u64, u64)> },
}

/// A part that can be read, with its length.
#[derive(Debug)]
pub(crate) struct Part {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Store {
    /// Looks at what is there without reading any part.
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self, Error> {
        let shown = || path.display().to_string();
        let found = fs::metadata(path).map_err(Error::io(shown()))?;
        if found.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        if !found.is_file() {
            return Err(Error::invalid(shown(), "is neither a file nor a folder"));
        }
        let file = File::open(path).map_err(Error::io(shown()))?;
        let parts = outer::index(&file, found.len(), limits).map_err(|e| e.within(&shown()))?;
        Ok(Self::Archive { file: Arc::new(file), parts })
    }

    /// A part by its name, or nothing when there is none.
    pub(crate) fn part(&self, name: &str) -> Result<Option<Part>, Error> {
        match self {
            Self::Archive { file, parts } => {
                Ok(parts.get(name).map(|&(at, left)| Part { file: Arc::clone(file), at, left }))
            }
            Self::Folder(root) => {
                if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
                    return Err(Error::invalid(name, "leads out of the layout"));
                }
                let mut path = root.clone();
                for part in name.split('/') {
                    path.push(part);
                    match fs::symlink_metadata(&path) {
                        Ok(found) if found.is_symlink() => {
                            return Err(Error::invalid(
                                path.display().to_string(),
                                "is a link, and a layout holds none",
                            ));
                        }
                        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                        Err(error) => return Err(Error::io(path.display().to_string())(error)),
                        Ok(_) => {}
                    }
                }
                let io = || Error::io(path.display().to_string());
                let found = fs::metadata(&path).map_err(io())?;
                if !found.is_file() {
                    let at = path.display().to_string();
                    return Err(Error::invalid(at, "is not a regular file"));
                }
                let file = File::open(&path).map_err(io())?;
                Ok(Some(Part { file: Arc::new(file), at: 0, left: found.len() }))
            }
        }
    }

    /// The whole of a small part.
    pub(crate) fn document(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut part) = self.part(name)? else {
            return Ok(None);
        };
        if part.left > limit {
            return Err(Error::too_much(name, "bytes of a document", limit));
        }
        let mut bytes = Vec::new();
        let length = part.left;
        part.read_to_end(&mut bytes).map_err(Error::io(name))?;
        if bytes.len() as u64 != length {
            return Err(Error::invalid(name, "is cut off"));
        }
        Ok(Some(bytes))
    }
}

impl Part {
    /// A stretch of a file.
    pub(crate) fn new(file: Arc<File>, at: u64, left: u64) -> Self {
        Self { file, at, left }
    }

    /// The same from where it is now, to be read on its own.
    pub(crate) fn again(&self) -> Self {
        Self { file: Arc::clone(&self.file), at: self.at, left: self.left }
    }

    /// How many bytes it still has.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.file.read_at(&mut buffer[..most], self.at)?;
        self.at += read as u64;
        self.left -= read as u64;
        Ok(read)
    }
}
