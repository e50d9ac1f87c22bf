//! Files of the disk: what git ignores is left out, unless it tracks it all the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use leadforge_cli_kit::Failure;
use leadforge_secret_scan::Scanner;
use rayon::prelude::*;

use super::{Found, Looked, git, readable};

/// Looks at files and folders.
pub(crate) fn files(scanner: &Scanner, paths: &[PathBuf]) -> Result<Looked, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut looked = Looked { whole: *paths == here, ..Looked::default() };
    let mut all: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for path in paths {
        let found = std::fs::metadata(path)
            .map_err(|error| Failure::cannot_look("io", format!("{}: {error}", path.display())))?;
        if found.is_dir() {
            walk(path, &mut all, &mut looked);
        } else {
            let name = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            all.insert(path.clone(), if path.is_absolute() { name } else { path.clone() });
        }
    }
    let all: Vec<(PathBuf, PathBuf)> = all.into_iter().collect();
    let done: Vec<One> = all.par_iter().map(|(path, inside)| one(scanner, path, inside)).collect();
    for one in done {
        match one {
            One::Skipped => looked.skipped += 1,
            One::Missed(why) => looked.missed.push(why),
            One::Read(bytes, mut found) => {
                looked.texts += 1;
                looked.bytes += bytes;
                looked.found.append(&mut found);
            }
        }
    }
    Ok(looked)
}

/// What became of one file.
enum One {
    Skipped,
    Missed(String),
    Read(u64, Vec<Found>),
}

/// The files below a folder that git does not ignore, and those that it tracks.
///
/// Each with its path inside that folder: what lies above says nothing of a file.
fn walk(root: &Path, all: &mut BTreeMap<PathBuf, PathBuf>, looked: &mut Looked) {
    let mut add = |path: PathBuf| {
        let inside = path.strip_prefix(root).unwrap_or(&path).to_owned();
        all.insert(path, inside);
    };
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .ignore(false)
        .git_global(false)
        .require_git(true)
        .follow_links(false)
        .filter_entry(|entry| entry.file_name() != ".git" || entry.depth() == 0)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                add(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => looked.missed.push(error.to_string()),
        }
    }
    // A file that was added against the ignore rules is in the repository all the same.
    match git::tracked_below(root) {
        Ok(tracked) => tracked
            .into_iter()
            .filter(|path| std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file()))
            .for_each(add),
        Err(failure) => looked.missed.push(failure.message),
    }
}

fn one(scanner: &Scanner, path: &Path, inside: &Path) -> One {
    let shown = path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned();
    let inside = inside.to_string_lossy();
    if scanner.skips(&inside) {
        return One::Skipped;
    }
    let mut found = Vec::new();
    let read = File::open(path).and_then(readable).and_then(|file| {
        scanner.stream(&inside, file, |finding| {
            found.push(Found { path: shown.clone(), commit: None, finding });
        })
    });
    match read {
        Ok(bytes) => One::Read(bytes, found),
        Err(error) => One::Missed(format!("{shown}: {error}")),
    }
}
