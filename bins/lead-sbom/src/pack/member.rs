//! The content of a file that will be packed, read as that of an image is.

use std::io::Read;

use leadforge_oci_image::{Error, Source};

use crate::image::Passing;

/// A file, opened once somebody wants it.
pub(super) struct Member<'a> {
    source: &'a Source,
    at: String,
    file: Option<Box<dyn Read + 'a>>,
}

impl<'a> Member<'a> {
    pub(super) fn new(source: &'a Source, at: String) -> Self {
        Self { source, at, file: None }
    }

    fn file(&mut self) -> std::io::Result<&mut Box<dyn Read + 'a>> {
        if self.file.is_none() {
            self.file = Some(self.source.open()?);
        }
        Ok(self.file.as_mut().expect("it was opened"))
    }

    fn io(&self, cause: std::io::Error) -> Error {
        Error::Io { at: self.at.clone(), cause }
    }
}

impl Passing for Member<'_> {
    fn head(&mut self) -> Result<Option<[u8; 4]>, Error> {
        let mut head = [0; 4];
        if self.source.length() < head.len() as u64 {
            return Ok(None);
        }
        let read = self.file().and_then(|file| file.read_exact(&mut head));
        read.map_err(|cause| self.io(cause))?;
        Ok(Some(head))
    }

    fn rest(&mut self, bytes: &mut Vec<u8>, limit: u64) -> Result<(), Error> {
        if self.source.length() > limit {
            let what = "bytes of a file";
            return Err(Error::TooMuch { at: self.at.clone(), what, limit });
        }
        let read = self.file().and_then(|file| file.read_to_end(bytes));
        read.map(|_| ()).map_err(|cause| self.io(cause))
    }
}
