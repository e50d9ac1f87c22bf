//! Where the bytes of a picture come from; it can be opened more than once.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Seek};
use std::path::{Path, PathBuf};

/// Bytes that can be read in order and from any place.
pub trait Input: BufRead + Seek + Send {}

impl<T: BufRead + Seek + Send> Input for T {}

/// A picture's bytes under a name; each opening begins at the first byte.
pub trait Source: Sync {
    /// The name that errors speak of.
    fn name(&self) -> String;

    /// Opens the bytes.
    ///
    /// # Errors
    /// What the system says.
    fn open(&self) -> io::Result<Box<dyn Input + '_>>;
}

impl Source for Path {
    fn name(&self) -> String {
        self.display().to_string()
    }

    fn open(&self) -> io::Result<Box<dyn Input + '_>> {
        Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(self)?)))
    }
}

impl Source for PathBuf {
    fn name(&self) -> String {
        self.as_path().name()
    }

    fn open(&self) -> io::Result<Box<dyn Input + '_>> {
        self.as_path().open()
    }
}

/// A picture that lies in memory.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'b> {
    /// The name that errors speak of.
    pub name: &'b str,
    /// The file's bytes.
    pub bytes: &'b [u8],
}

impl Source for Bytes<'_> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn open(&self) -> io::Result<Box<dyn Input + '_>> {
        Ok(Box::new(Cursor::new(self.bytes)))
    }
}
