//! The journal of a run: every event, appended durably, so that a report after a kill tells the whole story.

use std::path::{Path, PathBuf};
use std::time::Duration;

use leadforge_durable_fs::{AppendLog, Disk, LogOptions, Recovery};

use crate::error::Error;
use crate::event::{Event, What};

/// The journal's file in a run's folder.
pub const FILE: &str = "events.log";

/// A lock outlives its holder by the moment in which a child was forked and has not yet begun its program.
pub(crate) const WAIT: Duration = Duration::from_secs(3);

/// Appends events and hands each on.
pub(crate) struct Recorder<'a> {
    log: AppendLog,
    clock: &'a (dyn Fn() -> u64 + Sync),
    observer: &'a mut (dyn FnMut(&Event) + Send),
}

impl<'a> Recorder<'a> {
    /// Opens the journal in `folder`; a torn tail of an earlier session is cut and returned.
    pub(crate) fn open(
        disk: &dyn Disk,
        folder: &Path,
        clock: &'a (dyn Fn() -> u64 + Sync),
        observer: &'a mut (dyn FnMut(&Event) + Send),
    ) -> Result<(Self, Recovery), Error> {
        leadforge_durable_fs::create_dir_all(disk, folder)?;
        let options = LogOptions { wait: WAIT, ..LogOptions::default() };
        let (log, recovery) = AppendLog::open_with(disk, &folder.join(FILE), &options)?;
        Ok((Self { log, clock, observer }, recovery))
    }

    /// Records what happened, now.
    pub(crate) fn record(&mut self, what: What) -> Result<(), Error> {
        let event = Event { at: (self.clock)(), what };
        let bytes = serde_json::to_vec(&event).expect("events are plain data");
        self.log.append(&bytes)?;
        (self.observer)(&event);
        Ok(())
    }
}

/// Reads all events of a run's folder. Records that this version does not know are counted, not dropped in silence.
///
/// # Errors
/// When the journal cannot be read or is damaged before its tail.
pub fn read(disk: &dyn Disk, folder: &Path) -> Result<(Vec<Event>, usize), Error> {
    let path: PathBuf = folder.join(FILE);
    let (records, _) = AppendLog::read(disk, &path)?;
    let all = records.len();
    let events: Vec<Event> =
        records.iter().filter_map(|bytes| serde_json::from_slice(bytes).ok()).collect();
    let unknown = all - events.len();
    Ok((events, unknown))
}
