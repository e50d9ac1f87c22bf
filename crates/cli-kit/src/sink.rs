//! Where results go: standard output, or a file that appears whole or not at all.

use crate::{Exit, Failure};
use leadforge_durable_fs::{AtomicFile, RealDisk, sweep};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A place for results.
pub(crate) enum Sink {
    /// Standard output, with a note of whether its reader went away.
    Stdout { out: BufWriter<io::Stdout>, closed: Arc<AtomicBool> },
    /// A file in the making.
    File(AtomicFile<'static>),
}

impl Sink {
    /// Standard output.
    pub(crate) fn stdout(closed: Arc<AtomicBool>) -> Self {
        Self::Stdout { out: BufWriter::new(io::stdout()), closed }
    }

    /// A file at `path`, which [`Sink::finish`] makes visible.
    ///
    /// What an earlier run that was killed left in the same folder is removed.
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            sweep(&RealDisk, dir)?;
        }
        let file = AtomicFile::create(&RealDisk, path).map_err(|error| {
            let hint = "leave --output away to write to standard output";
            let failure = Failure::from(error);
            if failure.exit == Exit::Refused { failure.hint(hint) } else { failure }
        })?;
        Ok(Self::File(file))
    }

    /// Writes out what is buffered and makes a file visible.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        match self {
            Self::Stdout { .. } => Ok(()),
            Self::File(file) => Ok(file.commit()?),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout { out, closed } => noted(out.write(bytes), closed),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout { out, closed } => noted(out.flush(), closed),
            Self::File(file) => file.flush(),
        }
    }
}

fn noted<T>(result: io::Result<T>, closed: &AtomicBool) -> io::Result<T> {
    if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        closed.store(true, Ordering::SeqCst);
    }
    result
}
