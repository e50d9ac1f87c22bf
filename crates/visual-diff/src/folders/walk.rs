//! The pictures below a folder, without following a link.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Error, is_picture};

/// The paths of all pictures below a folder, with `/`; what is in `skip` is not looked into.
///
/// # Errors
/// A folder cannot be read; a picture or a folder is a symbolic link or has a name that is no text.
pub fn pictures(root: &Path, skip: &[PathBuf]) -> Result<BTreeSet<String>, Error> {
    let real = |path: &Path| path.canonicalize().ok();
    let skip: Vec<PathBuf> = skip.iter().filter_map(|path| real(path)).collect();
    let top = real(root);
    let mut found = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        let place = root.join(&folder);
        let inside = !folder.is_empty() && top != real(&place);
        if inside && real(&place).is_some_and(|place| skip.contains(&place)) {
            continue;
        }
        let failed = |cause| Error::Read { picture: place.display().to_string(), cause };
        for entry in fs::read_dir(&place).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let file = entry.file_name();
            let link_to_folder = kind.is_symlink() && entry.path().is_dir();
            let lossy = file.to_string_lossy();
            if !(kind.is_dir() || link_to_folder || is_picture(&lossy)) {
                continue;
            }
            let refused = |what| Error::Refused { path: entry.path().display().to_string(), what };
            if kind.is_symlink() {
                return Err(refused("is a symbolic link, which is not followed"));
            }
            let name = file.to_str().ok_or_else(|| refused("has a name that is no UTF-8"))?;
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                found.insert(path);
            } else {
                return Err(failed(io::Error::other(format!("{name} is no ordinary file"))));
            }
        }
    }
    Ok(found)
}
