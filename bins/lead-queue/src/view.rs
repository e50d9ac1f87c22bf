//! `in-progress/`: a view for people who browse the folder, made by us and ignored by git.
//!
//! It says nothing that counts: leases do. So it is written after the answer was given, and a
//! failure to write it is a warning.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure};
use leadforge_durable_fs::{
    Disk as _, Error, Kind, Options, RealDisk, create_dir_all, read, replace_with, sweep,
};
use leadforge_task_queue::{Backend as _, Lease, Store, TaskId};

use crate::failure;
use crate::place::{Place, look};

const MARK: &str = "<!-- a view: leases are beside the repository's objects -->";
const LIMIT: u64 = 64 << 10;

/// Makes the view of one task show its leases as they are.
pub(crate) fn show(place: &Place, store: &Store, task: &TaskId, ctx: &Context) {
    told(
        ctx,
        leases(store).and_then(|leases| {
            let own: Vec<&Lease> = leases.iter().filter(|lease| lease.task == *task).collect();
            let folder = folder(place);
            let path = folder.join(format!("{task}.md"));
            sweep(&RealDisk, &folder)?;
            if own.is_empty() {
                if ours(&path)? {
                    unlink(&path)?;
                }
                return Ok(());
            }
            ready(&folder)?;
            Ok(put(&path, &text(task, &own))?)
        }),
    );
}

/// Removes what a killed command left of a view, where nothing has changed that it could show.
pub(crate) fn clear(place: &Place, ctx: &Context) {
    told(ctx, sweep(&RealDisk, &folder(place)).map(drop).map_err(Failure::from));
}

/// Makes the whole view anew.
pub(crate) fn refresh(place: &Place, store: &Store, ctx: &Context) {
    told(ctx, leases(store).and_then(|leases| all(&folder(place), &leases)));
}

fn told(ctx: &Context, done: Result<(), Failure>) {
    if let Err(failure) = done {
        ctx.warn(&format!("in-progress/ could not be brought up to date: {failure}"));
    }
}

fn leases(store: &Store) -> Result<Vec<Lease>, Failure> {
    store.leases().map_err(|e| failure::queue(&e))
}

fn folder(place: &Place) -> PathBuf {
    place.queue_dir().join("in-progress")
}

/// Makes the folder, which hides itself from git whatever the repository's own rules say.
fn ready(folder: &Path) -> Result<(), Failure> {
    match look(folder)? {
        Some(Kind::Dir) => {}
        Some(found) => return Err(Error::NotAFile { path: folder.to_owned(), found }.into()),
        None => create_dir_all(&RealDisk, folder)?,
    }
    // Also where the folder is there: who made it may have been killed before this line.
    Ok(put(&folder.join(".gitignore"), &format!("# {MARK}\n*\n"))?)
}

fn text(task: &TaskId, leases: &[&Lease]) -> String {
    let mut text = format!("{MARK}\n[{task}](../pending/{task}.md) is being done by\n\n");
    for lease in leases {
        let agent = lease.agent.replace('`', "'");
        text.push_str(&format!("- `{agent}` under epoch {}\n", lease.epoch));
    }
    text
}

fn all(folder: &Path, leases: &[Lease]) -> Result<(), Failure> {
    let mut tasks: BTreeMap<&TaskId, Vec<&Lease>> = BTreeMap::new();
    for lease in leases {
        tasks.entry(&lease.task).or_default().push(lease);
    }
    if !tasks.is_empty() {
        ready(folder)?;
    }
    if look(folder)?.is_none() {
        return Ok(());
    }
    sweep(&RealDisk, folder)?;
    let names = RealDisk.list(folder).map_err(|e| {
        Failure::cannot_look("io", format!("cannot list {}: {e}", folder.display()))
    })?;
    for name in names.into_iter().filter_map(|name| name.into_string().ok()) {
        let task = name.strip_suffix(".md").and_then(|id| TaskId::parse(id).ok());
        let path = folder.join(&name);
        if task.is_some_and(|task| !tasks.contains_key(&task)) && ours(&path)? {
            unlink(&path)?;
        }
    }
    for (task, own) in tasks {
        put(&folder.join(format!("{task}.md")), &text(task, &own))?;
    }
    Ok(())
}

/// Writes a file whole, and without any sync: what a power cut leaves here is made anew.
fn put(path: &Path, text: &str) -> Result<(), Error> {
    if read(&RealDisk, path, LIMIT).ok().as_deref() == Some(text.as_bytes()) {
        return Ok(());
    }
    let options = Options { unsynced: true, ..Options::default() };
    replace_with(&RealDisk, path, text.as_bytes(), &options)
}

/// Removes a file of the view, without any sync either.
fn unlink(path: &Path) -> Result<(), Error> {
    match RealDisk.remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            Err(Error::Io { operation: "remove", path: path.to_owned(), cause })
        }
        _ => Ok(()),
    }
}

fn ours(path: &Path) -> Result<bool, Error> {
    match read(&RealDisk, path, LIMIT) {
        Ok(bytes) => Ok(bytes.starts_with(MARK.as_bytes())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        // What is no file, or no small one, is somebody else's.
        Err(Error::NotAFile { .. } | Error::TooLarge { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
