//! Files of the disk: what git ignores is left out, unless it tracks it all the same.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use leadforge_cli_kit::Failure;
use leadforge_secret_scan::Scanner;
use rayon::prelude::*;

use super::{Found, Looked, git};

/// Looks at files and folders.
pub(crate) fn files(scanner: &Scanner, paths: &[PathBuf]) -> Result<Looked, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut looked = Looked { whole: *paths == here, ..Looked::default() };
    let mut all: BTreeSet<PathBuf> = BTreeSet::new();
    for path in paths {
        let found = std::fs::metadata(path)
            .map_err(|error| Failure::cannot_look("io", format!("{}: {error}", path.display())))?;
        if found.is_dir() {
            walk(path, &mut all, &mut looked);
        } else {
            all.insert(path.clone());
        }
    }
    let all: Vec<PathBuf> = all.into_iter().collect();
    let done: Vec<One> = all.par_iter().map(|path| one(scanner, path)).collect();
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
fn walk(root: &Path, all: &mut BTreeSet<PathBuf>, looked: &mut Looked) {
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
                all.insert(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => looked.missed.push(error.to_string()),
        }
    }
    // A file that was added against the ignore rules is in the repository all the same.
    match git::tracked_below(root) {
        Ok(tracked) => all.extend(
            tracked
                .into_iter()
                .filter(|path| std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file())),
        ),
        Err(failure) => looked.missed.push(failure.message),
    }
}

fn one(scanner: &Scanner, path: &Path) -> One {
    let shown = path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned();
    if scanner.skips(&shown) {
        return One::Skipped;
    }
    let mut found = Vec::new();
    let read = File::open(path).and_then(|file| {
        scanner.stream(&shown, file, |finding| {
            found.push(Found { path: shown.clone(), commit: None, finding });
        })
    });
    match read {
        Ok(bytes) => One::Read(bytes, found),
        Err(error) => One::Missed(format!("{shown}: {error}")),
    }
}
