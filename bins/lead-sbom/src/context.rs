//! The files of a build context: their names, and a look at one.

use std::fs;
use std::path::Path;

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, read};

/// How deep folders may be nested.
const DEPTH: usize = 128;
/// A context with more files is not one that anybody builds.
const FILES: usize = 500_000;
/// A text larger than this is not read.
const LIMIT: u64 = 16 << 20;

/// Every file below a folder, as paths with slashes, sorted; links are files, and of `.git` one name stands for all.
pub(crate) fn files(root: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    walk(root, "", 0, &mut found)?;
    found.sort_unstable();
    Ok(found)
}

fn walk(root: &Path, below: &str, depth: usize, found: &mut Vec<String>) -> Result<(), Failure> {
    let folder = root.join(below);
    let fault =
        |reason: String| Failure::cannot_look("io", format!("{}: {reason}", folder.display()));
    if depth > DEPTH {
        return Err(fault(format!("folders are nested more than {DEPTH} deep")));
    }
    for entry in fs::read_dir(&folder).map_err(|error| fault(error.to_string()))? {
        let entry = entry.map_err(|error| fault(error.to_string()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let kind = entry.file_type().map_err(|error| fault(error.to_string()))?;
        if name == ".git" {
            found.push(if kind.is_dir() { format!("{path}/HEAD") } else { path });
        } else if kind.is_dir() {
            walk(root, &path, depth + 1, found)?;
        } else {
            found.push(path);
        }
        if found.len() > FILES {
            return Err(fault(format!("more than {FILES} files")));
        }
    }
    Ok(())
}

/// A file as text.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = read(&RealDisk, path, LIMIT)?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::usage("sbom.text", format!("{}: this is no UTF-8 text", path.display()))
    })
}

/// A file as text, if it is there.
pub(crate) fn maybe(path: &Path) -> Result<Option<String>, Failure> {
    if path.is_file() { text(path).map(Some) } else { Ok(None) }
}
