//! What the layers of a Dockerfile weigh, each figure with what it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use leadforge_cli_kit::Failure;
use leadforge_container_audit::dockerignore::{Ignore, needs};
use leadforge_container_audit::template::{Layer, Takes, layers};
use serde::Serialize;

/// A figure and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Weight {
    /// The instruction.
    pub(crate) layer: String,
    /// `None` where nobody knows.
    pub(crate) bytes: Option<u64>,
    /// What the figure is.
    pub(crate) is: String,
}

/// What is known of the things that layers take.
pub(crate) struct Known<'k> {
    /// The folder of the context, its files, and what its `.dockerignore` says.
    pub(crate) root: &'k Path,
    pub(crate) files: &'k [String],
    pub(crate) ignore: Option<&'k str>,
    /// Images by their names without digests, each with the bytes of its files.
    pub(crate) images: &'k BTreeMap<String, u64>,
    /// The packages: bytes, and what the figure is.
    pub(crate) packages: Option<(u64, String)>,
}

/// Weighs the layers of a Dockerfile.
pub(crate) fn weigh(text: &str, known: &Known<'_>) -> Result<Vec<Weight>, Failure> {
    layers(text).into_iter().map(|layer| one(layer, known)).collect()
}

fn one(layer: Layer, known: &Known<'_>) -> Result<Weight, Failure> {
    let (bytes, is) = match &layer.takes {
        Takes::Image(name) => {
            let name = name.split('@').next().unwrap_or_default();
            match known.images.get(name) {
                Some(bytes) => (Some(*bytes), "measured: the files of the image given".to_owned()),
                None => (None, "not known: no copy of the image was given (--image)".to_owned()),
            }
        }
        Takes::Files(sources) => {
            let ignore = Ignore::read(known.ignore.unwrap_or_default());
            let mut bytes = 0;
            let mut count = 0;
            for file in needs(sources, known.files).into_iter().filter(|f| !ignore.excludes(f)) {
                bytes += length(&known.root.join(file))?;
                count += 1;
            }
            (Some(bytes), format!("measured: {count} files of the context"))
        }
        Takes::Packages => match &known.packages {
            Some((bytes, is)) => (Some(*bytes), is.clone()),
            None => (None, "not known: what is installed is not locked".to_owned()),
        },
        Takes::Little => (None, "not known: some lines or empty folders".to_owned()),
        Takes::Unknown => (None, "not known: only a build can tell".to_owned()),
    };
    Ok(Weight { layer: layer.shown, bytes, is })
}

fn length(path: &Path) -> Result<u64, Failure> {
    let found = fs::symlink_metadata(path)
        .map_err(|error| Failure::cannot_look("io", format!("{}: {error}", path.display())))?;
    Ok(found.len())
}

/// The bytes of every file below a folder.
pub(crate) fn folder(root: &Path) -> Result<u64, Failure> {
    let mut bytes = 0;
    for file in crate::context::files(root)? {
        bytes += length(&root.join(file))?;
    }
    Ok(bytes)
}
