//! The files of an image that an inventory wants, kept while the image passes by.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_oci_image::Error;
use leadforge_sbom::{Tree, TreeError, wants};

/// The most bytes of one file that is kept, and of all of them.
const FILE: u64 = 64 << 20;
const ALL: u64 = 512 << 20;

/// What was kept, with every state that a layer left a file in.
#[derive(Default)]
pub(crate) struct Shelf {
    files: BTreeMap<String, Vec<State>>,
    by_node: BTreeMap<usize, String>,
    bytes: u64,
}

/// A file from a layer on; nothing when it is hidden.
struct State {
    layer: usize,
    bytes: Option<Vec<u8>>,
}

impl Shelf {
    /// Keeps a file if an inventory wants it, and says whether it was kept.
    pub(crate) fn take(
        &mut self,
        node: usize,
        path: Vec<u8>,
        layer: usize,
        size: u64,
        read: impl FnOnce(u64) -> Result<Vec<u8>, Error>,
    ) -> Result<bool, Error> {
        // What an inventory wants has a name that is text.
        let Ok(path) = String::from_utf8(path) else {
            return Ok(false);
        };
        if !wants(&path) {
            return Ok(false);
        }
        self.bytes += size.min(FILE);
        if self.bytes > ALL {
            let what = "bytes of files that an inventory wants";
            return Err(Error::TooMuch { at: path, what, limit: ALL });
        }
        let bytes = read(FILE).map_err(|error| match error {
            Error::TooMuch { what, limit, .. } => Error::TooMuch { at: path.clone(), what, limit },
            other => other,
        })?;
        self.put(node, path, State { layer, bytes: Some(bytes) });
        Ok(true)
    }

    /// Keeps another name of a file that was kept.
    pub(crate) fn link(&mut self, node: usize, path: Vec<u8>, layer: usize, target: &[u8]) -> bool {
        let (Ok(path), Ok(target)) = (String::from_utf8(path), std::str::from_utf8(target)) else {
            return false;
        };
        let bytes = self.files.get(target).and_then(|states| states.last()?.bytes.clone());
        if bytes.is_none() || !wants(&path) {
            return false;
        }
        self.put(node, path, State { layer, bytes });
        true
    }

    fn put(&mut self, node: usize, path: String, state: State) {
        self.by_node.insert(node, path.clone());
        self.files.entry(path).or_default().push(state);
    }

    /// Notes the files that a layer hid.
    pub(crate) fn gone(&mut self, nodes: Vec<usize>, layer: usize) {
        for node in nodes {
            let states = self.by_node.remove(&node).and_then(|path| self.files.get_mut(&path));
            if let Some(states) = states {
                states.push(State { layer, bytes: None });
            }
        }
    }

    /// The image as its last layer left it.
    pub(crate) fn squashed(&self) -> Snapshot<'_> {
        Snapshot { shelf: self, layers: None }
    }

    /// The image as each layer that changed something left it, side by side.
    pub(crate) fn all_layers(&self) -> Snapshot<'_> {
        let layers = self.files.values().flatten().map(|state| state.layer);
        Snapshot { shelf: self, layers: Some(layers.collect()) }
    }
}

/// An image as a tree: as it is in the end, or one folder `layer N` for each of several states.
pub(crate) struct Snapshot<'s> {
    shelf: &'s Shelf,
    layers: Option<BTreeSet<usize>>,
}

const FOLDER: &str = "layer ";

impl<'s> Snapshot<'s> {
    /// What a path names: the file's state in the layer that the path begins with.
    fn state(&self, path: &str) -> Option<&'s State> {
        let (last, path) = match &self.layers {
            None => (usize::MAX, path),
            Some(_) => {
                let (number, path) = path.strip_prefix(FOLDER)?.split_once('/')?;
                (number.parse().ok()?, path)
            }
        };
        let states = self.shelf.files.get(path)?;
        states.iter().rev().find(|state| state.layer <= last).filter(|s| s.bytes.is_some())
    }

    /// A path in the image, without the folder of its layer.
    pub(crate) fn in_image(path: &str) -> &str {
        let inner = path.strip_prefix(FOLDER).and_then(|rest| rest.split_once('/'));
        match inner {
            Some((number, inner)) if number.bytes().all(|b| b.is_ascii_digit()) => inner,
            _ => path,
        }
    }
}

impl Tree for Snapshot<'_> {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        let Some(layers) = &self.layers else {
            let there = self.shelf.files.keys().filter(|path| self.state(path).is_some());
            return Ok(there.cloned().collect());
        };
        let mut paths = Vec::new();
        for layer in layers {
            let all = self.shelf.files.keys().map(|path| format!("{FOLDER}{layer}/{path}"));
            paths.extend(all.filter(|path| self.state(path).is_some()));
        }
        paths.sort_unstable();
        Ok(paths)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        let Some(bytes) = self.state(path).and_then(|state| state.bytes.as_ref()) else {
            return Ok(None);
        };
        if bytes.len() as u64 > limit {
            let reason = format!("has more than the {limit} bytes that are read");
            return Err(TreeError { path: path.to_owned(), reason });
        }
        Ok(Some(bytes.clone()))
    }

    fn layer(&self, path: &str) -> Option<u32> {
        self.state(path).and_then(|state| u32::try_from(state.layer).ok())
    }
}
