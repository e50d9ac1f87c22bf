//! The files that an import reads: those that were named, and those of named folders that may hold tasks.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, read};
use leadforge_task_queue::QUEUE_DIR;

use crate::place::Place;
use leadforge_cli_kit::host::current_dir;

/// A folder is walked up to here; more files than this are no list of tasks.
const MOST: usize = 20_000;
/// Larger files are handed on without their content, and refused by the importer by name.
const LARGEST: u64 = 32 << 20;

/// What was found.
#[derive(Default)]
pub(crate) struct Sources {
    /// Files by their path relative to the checkout, sorted.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// What was passed over, and why.
    pub(crate) skipped: Vec<(String, String)>,
}

/// Reads the files; keys follow from paths, so these never depend on where the command was called.
pub(crate) fn gather(paths: &[PathBuf], place: &Place) -> Result<Sources, Failure> {
    let here = current_dir()?;
    let checkout = place.git.here().unwrap_or(&place.root).to_owned();
    let mut sources = Sources::default();
    for path in paths {
        let full = here.join(path);
        let found = fs::symlink_metadata(&full).map_err(|e| {
            Failure::cannot_look("import.read", format!("cannot read {}: {e}", path.display()))
        })?;
        if found.is_dir() {
            walk(&full, &checkout, &mut sources)?;
        } else {
            take(&full, &checkout, &mut sources)?;
        }
    }
    sources.files.sort();
    sources.files.dedup_by(|a, b| a.0 == b.0);
    sources.skipped.sort();
    Ok(sources)
}

fn walk(folder: &Path, checkout: &Path, sources: &mut Sources) -> Result<(), Failure> {
    let failed = |e: std::io::Error| {
        Failure::cannot_look("import.read", format!("cannot list {}: {e}", folder.display()))
    };
    let mut entries: Vec<_> =
        fs::read_dir(folder).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let name = entry.file_name();
        if kind.is_dir() {
            // The queue itself is no source, and neither is what others' tools keep.
            let foreign = [".git", "node_modules", "target", ".venv", "venv", "__pycache__"];
            if foreign.iter().any(|f| name == OsStr::new(f))
                || relative(&path, checkout) == QUEUE_DIR
            {
                continue;
            }
            walk(&path, checkout, sources)?;
        } else if may_hold_tasks(&name.to_string_lossy()) {
            if kind.is_file() {
                take(&path, checkout, sources)?;
            } else {
                sources
                    .skipped
                    .push((relative(&path, checkout), "a link or no file: not followed".into()));
            }
        }
        if sources.files.len() > MOST {
            let message = format!("more than {MOST} files in {}", folder.display());
            return Err(
                Failure::usage("import.too-many", message).hint("name the files that hold tasks")
            );
        }
    }
    Ok(())
}

/// Markdown, and JSON under the names that lists of tasks have.
fn may_hold_tasks(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".failed").unwrap_or(&name);
    name.ends_with(".md") || name.ends_with(".markdown") || name == "tasks.json"
}

fn take(path: &Path, checkout: &Path, sources: &mut Sources) -> Result<(), Failure> {
    let bytes = read(&RealDisk, path, LARGEST)?;
    sources.files.push((relative(path, checkout), bytes));
    Ok(())
}

/// The path below the checkout, or for a file elsewhere its plain parts, with `/` between them.
fn relative(path: &Path, checkout: &Path) -> String {
    let real = path.parent().and_then(|p| p.canonicalize().ok()).zip(path.file_name());
    let real = real.map_or_else(|| path.to_owned(), |(parent, name)| parent.join(name));
    let below = real.strip_prefix(checkout).map(Path::to_owned).unwrap_or(real);
    let parts = below.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
