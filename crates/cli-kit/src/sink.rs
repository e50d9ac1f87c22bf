//! Where results go: standard output, or a file that appears whole or not at all.

use crate::Failure;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A place for results.
pub(crate) enum Sink {
    /// Standard output, with a note of whether its reader went away.
    Stdout { out: BufWriter<io::Stdout>, closed: Arc<AtomicBool> },
    /// A file in the making.
    File { file: std::fs::File },
}

impl Sink {
    /// Standard output.
    pub(crate) fn stdout(closed: Arc<AtomicBool>) -> Self {
        Self::Stdout { out: BufWriter::new(io::stdout()), closed }
    }

    /// A file at `path`, which [`Sink::finish`] makes visible.
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        match std::fs::symlink_metadata(path) {
            Ok(found) if !found.is_file() => {
                return Err(Failure::refused(
                    "output.not-a-file",
                    format!("--output {} is not a regular file", path.display()),
                )
                .hint("leave --output away to write to standard output"));
            }
            _ => {}
        }
        let file = std::fs::File::create(path).map_err(|error| at(path, &error))?;
        Ok(Self::File { file })
    }

    /// Writes out what is buffered and makes a file visible.
    pub(crate) fn finish(mut self, path: Option<&Path>) -> Result<(), Failure> {
        let done = self.flush();
        match path {
            Some(path) => done.map_err(|error| at(path, &error)),
            None => done.map_err(Failure::from),
        }
    }
}

fn at(path: &Path, error: &io::Error) -> Failure {
    Failure::cannot_look("output.write", format!("cannot write {}: {error}", path.display()))
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout { out, closed } => noted(out.write(bytes), closed),
            Self::File { file } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout { out, closed } => noted(out.flush(), closed),
            Self::File { file } => file.flush(),
        }
    }
}

fn noted<T>(result: io::Result<T>, closed: &AtomicBool) -> io::Result<T> {
    if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        closed.store(true, Ordering::SeqCst);
    }
    result
}
