//! Files of this machine as members of a layer: of root, readable by all, times left aside.

use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use globset::{Glob, GlobSet, GlobSetBuilder};
use leadforge_cli_kit::Failure;
use leadforge_oci_image::{Error, Item, LayerTree, Member, Source};

/// `FROM:TO`: a file or folder of this machine, and where it lies in the image.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    from: PathBuf,
    to: String,
}

impl FromStr for Added {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.rsplit_once(':') {
            Some((from, to)) if !from.is_empty() && to.starts_with('/') => {
                Ok(Self { from: from.into(), to: to.to_owned() })
            }
            _ => Err(format!("{text:?} is not FROM:TO with an absolute TO")),
        }
    }
}

impl Added {
    /// Where it lies in the image.
    pub(crate) fn to(&self) -> &str {
        &self.to
    }
}

/// What is left out, by paths as they are in the image.
pub(crate) struct Drop(GlobSet);

impl Drop {
    pub(crate) fn parse(patterns: &[String]) -> Result<Self, Failure> {
        let mut set = GlobSetBuilder::new();
        let wrong = |error| Failure::usage("usage.glob", format!("--drop: {error}"));
        for pattern in patterns {
            let pattern = pattern.trim_matches('/');
            set.add(Glob::new(pattern).map_err(wrong)?);
            set.add(Glob::new(&format!("{pattern}/**")).map_err(wrong)?);
        }
        Ok(Self(set.build().map_err(wrong)?))
    }

    /// Whether a path of the image stays.
    pub(crate) fn keeps(&self, path: &[u8]) -> bool {
        !self.0.is_match(Path::new(std::ffi::OsStr::from_bytes(path)))
    }
}

/// Adds a file or a folder with all below it.
pub(crate) fn gather(added: &Added, drop: &Drop, into: &mut LayerTree) -> Result<(), Failure> {
    let to = added.to.trim_matches('/').as_bytes().to_vec();
    walk(&added.from, to, drop, into, 0)
}

/// How deep folders may be nested.
const DEPTH: usize = 256;

fn walk(
    from: &Path,
    to: Vec<u8>,
    drop: &Drop,
    into: &mut LayerTree,
    depth: usize,
) -> Result<(), Failure> {
    let shown = from.display();
    let io = |error| Failure::cannot_look("io", format!("{shown}: {error}"));
    if depth > DEPTH {
        let message = format!("{shown}: folders are nested more than {DEPTH} deep");
        return Err(Failure::usage("pack.deep", message));
    }
    if !to.is_empty() && !drop.keeps(&to) {
        return Ok(());
    }
    let found = fs::symlink_metadata(from).map_err(io)?;
    let item = if found.is_dir() {
        for entry in fs::read_dir(from).map_err(io)? {
            let name = entry.map_err(io)?.file_name();
            let separator: &[u8] = if to.is_empty() { b"" } else { b"/" };
            let inner = [&to, separator, name.as_bytes()].concat();
            walk(&from.join(&name), inner, drop, into, depth + 1)?;
        }
        Item::Folder
    } else if found.is_file() {
        Item::File(Source::file(from.to_owned(), found.len()))
    } else if found.is_symlink() {
        let target = fs::read_link(from).map_err(io)?;
        Item::Symlink(target.as_os_str().as_bytes().to_vec())
    } else {
        let message = format!("{shown} is no file, folder or link");
        return Err(Failure::usage("pack.special", message));
    };
    let member = Member { mode: mode(&item, &found), item, owner: (0, 0) };
    // The folders on the way were made with the first file in them; this one keeps what they are.
    into.put(&to, member).map_err(|error: Error| crate::image::failure(&error))
}

/// Permission bits that depend on nothing but whether a file can be run.
fn mode(item: &Item, found: &Metadata) -> u32 {
    match item {
        Item::Symlink(_) => 0o777,
        Item::File(_) if found.permissions().mode() & 0o111 == 0 => 0o644,
        _ => 0o755,
    }
}
