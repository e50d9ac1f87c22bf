//! The files of an image that an inventory wants, kept while the image passes by.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leadforge_oci_image::{Content, Entry, Error};
use leadforge_sbom::{Program, Tree, TreeError, named, wants};

use crate::folder::{PROGRAM, TOO_LARGE};

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
    kept: Option<Kept>,
}

/// What of a file is kept.
#[derive(Clone)]
enum Kept {
    Whole(Rc<[u8]>),
    /// What a program says of itself; several names may be one program.
    Program(Rc<Program>),
    /// That it is there.
    Name,
}

/// The content of a file as it passes by.
pub(crate) trait Passing {
    /// The first bytes, which are then behind us; nothing when there are fewer.
    fn head(&mut self) -> Result<Option<[u8; 4]>, Error>;
    /// All that is left, behind what is there already, unless there is more than is asked for.
    fn rest(&mut self, bytes: &mut Vec<u8>, limit: u64) -> Result<(), Error>;
}

impl Passing for Content<'_> {
    fn head(&mut self) -> Result<Option<[u8; 4]>, Error> {
        Content::head(self)
    }

    fn rest(&mut self, bytes: &mut Vec<u8>, limit: u64) -> Result<(), Error> {
        self.append(bytes, limit)
    }
}

impl Shelf {
    /// Keeps of a file what an inventory wants, and says whether it was kept.
    pub(crate) fn take(
        &mut self,
        node: usize,
        path: Vec<u8>,
        entry: &Entry<'_>,
        content: &mut dyn Passing,
    ) -> Result<bool, Error> {
        // What an inventory wants has a name that is text.
        let Ok(path) = String::from_utf8(path) else {
            return Ok(false);
        };
        let kept = if wants(&path) {
            self.spend(&path, entry.size.min(FILE))?;
            let mut bytes = Vec::new();
            content.rest(&mut bytes, FILE).map_err(|error| match error {
                Error::TooMuch { what, limit, .. } => {
                    Error::TooMuch { at: path.clone(), what, limit }
                }
                other => other,
            })?;
            Kept::Whole(bytes.into())
        } else if named(&path) {
            Kept::Name
        } else if entry.mode & 0o111 != 0
            && let Some(program) = program(entry.size, content)?
        {
            self.spend(&path, program.bytes())?;
            Kept::Program(program.into())
        } else {
            return Ok(false);
        };
        self.put(node, path, State { layer: entry.layer, kept: Some(kept) });
        Ok(true)
    }

    /// Counts bytes that are kept.
    fn spend(&mut self, path: &str, bytes: u64) -> Result<(), Error> {
        self.bytes += bytes;
        if self.bytes > ALL {
            let what = "bytes of files that an inventory wants";
            return Err(Error::TooMuch { at: path.to_owned(), what, limit: ALL });
        }
        Ok(())
    }

    /// Keeps another name of a file that was kept.
    pub(crate) fn link(&mut self, node: usize, path: Vec<u8>, layer: usize, target: &[u8]) -> bool {
        let (Ok(path), Ok(target)) = (String::from_utf8(path), std::str::from_utf8(target)) else {
            return false;
        };
        let kept = self.files.get(target).and_then(|states| states.last()?.kept.clone());
        let kept = kept.filter(|kept| match kept {
            Kept::Whole(_) => wants(&path),
            Kept::Name => named(&path),
            Kept::Program(_) => true,
        });
        let there = kept.is_some();
        if there {
            self.put(node, path, State { layer, kept });
        }
        there
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
                states.push(State { layer, kept: None });
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

/// What an executable file says of itself, if it is a program that says anything.
fn program(size: u64, content: &mut dyn Passing) -> Result<Option<Program>, Error> {
    let Some(head) = content.head()?.filter(|head| head == Program::BEGINS) else {
        return Ok(None);
    };
    if size > PROGRAM {
        return Ok(Some(Program::unread(TOO_LARGE)));
    }
    let mut bytes = head.to_vec();
    content.rest(&mut bytes, PROGRAM)?;
    Ok(Program::of(&bytes))
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
        states.iter().rev().find(|state| state.layer <= last).filter(|s| s.kept.is_some())
    }

    /// A path in the image, without the folder of its layer.
    pub(crate) fn in_image(path: &str) -> &str {
        let inner = path.strip_prefix(FOLDER).and_then(|rest| rest.split_once('/'));
        match inner {
            Some((number, inner)) if number.bytes().all(|b| b.is_ascii_digit()) => inner,
            _ => path,
        }
    }

    /// What is kept of a path.
    fn kept(&self, path: &str) -> Option<&'s Kept> {
        self.state(path)?.kept.as_ref()
    }

    /// The paths of all that was ever kept, sorted.
    fn all(&self) -> Vec<String> {
        let Some(layers) = &self.layers else {
            return self.shelf.files.keys().cloned().collect();
        };
        let mut paths = Vec::new();
        for layer in layers {
            paths.extend(self.shelf.files.keys().map(|path| format!("{FOLDER}{layer}/{path}")));
        }
        paths.sort_unstable();
        paths
    }
}

impl Tree for Snapshot<'_> {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        let mut paths = self.all();
        paths.retain(|path| matches!(self.kept(path), Some(Kept::Whole(_) | Kept::Name)));
        Ok(paths)
    }

    fn programs(&self) -> Result<Vec<(String, Program)>, TreeError> {
        let mut seen = BTreeSet::new();
        let one = |path: String| match self.kept(&path) {
            // A program of many names is looked into once.
            Some(Kept::Program(program)) if seen.insert(Rc::as_ptr(program)) => {
                Some((path, Program::clone(program)))
            }
            _ => None,
        };
        Ok(self.all().into_iter().filter_map(one).collect())
    }

    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        let Some(Kept::Whole(bytes)) = self.kept(path) else {
            return Ok(None);
        };
        if bytes.len() as u64 > limit {
            let reason = format!("has more than the {limit} bytes that are read");
            return Err(TreeError { path: path.to_owned(), reason });
        }
        Ok(Some(bytes.to_vec()))
    }

    fn layer(&self, path: &str) -> Option<u32> {
        self.state(path).and_then(|state| u32::try_from(state.layer).ok())
    }
}
