//! Entries of several layers beside a model that keeps every state whole: the same paths remain, and the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_oci_image::{Applied, Digest, Entry, Kind, Limits, NodeKind, Squashed};

/// What is at a path in the model; a file by the number of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Is {
    Folder,
    File(usize),
    Link(String),
}

/// All paths of an image, each whole.
#[derive(Default)]
struct Model {
    at: BTreeMap<String, (Is, usize)>,
    sizes: Vec<u64>,
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const TARGETS: [&str; 6] = ["a", "/b", "../c", "b/c", "../../d", "a/../b"];

/// Decides everything from bytes.
struct Bytes<'a>(std::slice::Iter<'a, u8>);

impl Bytes<'_> {
    fn next(&mut self) -> Option<usize> {
        self.0.next().map(|byte| usize::from(*byte))
    }

    fn path(&mut self) -> Option<String> {
        let depth = 1 + self.next()? % 3;
        let names: Option<Vec<&str>> = (0..depth).map(|_| Some(NAMES[self.next()? % 4])).collect();
        names.map(|names| names.join("/"))
    }
}

impl Model {
    fn below(&self, path: &str) -> Vec<String> {
        let inside = |other: &&String| path.is_empty() || other.starts_with(&format!("{path}/"));
        self.at.keys().filter(inside).cloned().collect()
    }

    fn remove(&mut self, path: &str) {
        self.below(path).iter().for_each(|inner| drop(self.at.remove(inner)));
        self.at.remove(path);
    }

    /// A folder's path with its links followed; nothing where they have no end.
    fn real(&self, folder: &str) -> Option<String> {
        let mut todo: Vec<String> = folder.split('/').rev().map(str::to_owned).collect();
        let (mut done, mut links): (Vec<String>, usize) = (Vec::new(), 0);
        while let Some(part) = todo.pop() {
            match part.as_str() {
                "" | "." => {}
                ".." => drop(done.pop()),
                name => {
                    let here = [&done[..], &[name.to_owned()]].concat().join("/");
                    if let Some((Is::Link(target), _)) = self.at.get(&here) {
                        links += 1;
                        if links > 255 {
                            return None;
                        }
                        if target.starts_with('/') {
                            done.clear();
                        }
                        todo.extend(target.split('/').rev().map(str::to_owned));
                    } else {
                        done.push(name.to_owned());
                    }
                }
            }
        }
        Some(done.join("/"))
    }

    fn resolve(&self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = self.real(folder)?;
        Some(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
    }

    /// Every folder on the way to a path is one; false where a lookup would end before it.
    fn reachable(&self, path: &str) -> bool {
        path.match_indices('/')
            .all(|(at, _)| matches!(self.at.get(&path[..at]), Some((Is::Folder, _))))
    }

    fn put(&mut self, path: &str, what: Is, layer: usize) {
        for (at, _) in path.match_indices('/') {
            let above = &path[..at];
            if !matches!(self.at.get(above), Some((Is::Folder, _))) {
                self.remove(above);
                self.at.insert(above.to_owned(), (Is::Folder, layer));
            }
        }
        if what != Is::Folder || !matches!(self.at.get(path), Some((Is::Folder, _))) {
            self.remove(path);
        }
        self.at.insert(path.to_owned(), (what, layer));
    }

    /// Takes away what lower layers have at a path or in a folder; what of this layer lies there keeps its way.
    fn hide(&mut self, top: &str, itself: bool, layer: usize) {
        let mut all = self.below(top);
        if itself {
            all.push(top.to_owned());
        }
        let mine: BTreeSet<String> =
            all.iter().filter(|path| self.at[*path].1 == layer).cloned().collect();
        for path in all {
            let way = mine.iter().any(|inner| inner.starts_with(&format!("{path}/")));
            match self.at.get_mut(&path) {
                Some((_, of)) if way => *of = layer,
                Some((_, of)) if *of < layer => drop(self.at.remove(&path)),
                _ => {}
            }
        }
    }

    fn visible(&self) -> u64 {
        let contents: BTreeSet<usize> = self
            .at
            .values()
            .filter_map(|(is, _)| if let Is::File(number) = is { Some(*number) } else { None })
            .collect();
        contents.iter().map(|number| self.sizes[*number]).sum()
    }
}

/// What is asked of every input.
pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes(data.iter());
    let mut model = Model::default();
    let mut squashed = Squashed::new(&Digest::sha256(b"fuzz"), &Limits::default());
    let (mut layer, mut total) = (0, 0);
    while let Some(what) = bytes.next() {
        if what % 16 == 15 && layer < 9 {
            layer += 1;
            continue;
        }
        let Some(path) = bytes.path() else { break };
        let Some(more) = bytes.next() else { break };
        let (target, size) = (TARGETS[more % 6], more as u64);
        let other = NAMES[more % 4];
        let kind = match what % 16 {
            0..=4 => Kind::File,
            5 | 6 => Kind::Folder,
            7 | 8 => Kind::Symlink(target.as_bytes()),
            9 | 10 => Kind::HardLink(other.as_bytes()),
            11 | 12 => Kind::Whiteout,
            _ => Kind::Opaque,
        };
        let size = if kind == Kind::File { size } else { 0 };
        let entry =
            Entry { layer, path: path.as_bytes(), kind, size, mode: 0, owner: (0, 0), mtime: 0 };
        let done = squashed.apply(&entry);
        let real = if kind == Kind::Opaque { model.real(&path) } else { model.resolve(&path) };
        let linked = match kind {
            Kind::HardLink(_) => model.at.get(other).map(|(is, _)| is.clone()),
            _ => None,
        };
        let nothing =
            matches!(kind, Kind::HardLink(_)) && !matches!(linked, Some(Is::File(_) | Is::Link(_)));
        let Some(real) = real.filter(|_| !nothing) else {
            // A link that leads to nothing or has no end is refused, and all is left as it was.
            assert!(done.is_err() || kind == Kind::Whiteout || kind == Kind::Opaque, "{entry:?}");
            continue;
        };
        if linked.is_some() && real.starts_with(&format!("{other}/")) {
            // A link below its own target: refused, when the target is no file any more.
            assert!(done.is_err(), "{entry:?}");
            return;
        }
        let applied = done.expect("the model has no fault to find");
        match kind {
            Kind::Opaque | Kind::Whiteout if !model.reachable(&real) => {
                assert_eq!(applied, Applied::Nothing);
            }
            Kind::Opaque => {
                if matches!(model.at.get(&real), Some((Is::Folder, _))) {
                    model.hide(&real, false, layer);
                }
            }
            Kind::Whiteout if model.at.contains_key(&real) => model.hide(&real, true, layer),
            Kind::Whiteout => assert_eq!(applied, Applied::Nothing),
            Kind::File => {
                model.sizes.push(size);
                total += size;
                model.put(&real, Is::File(model.sizes.len() - 1), layer);
            }
            Kind::Folder => model.put(&real, Is::Folder, layer),
            Kind::Symlink(_) => model.put(&real, Is::Link(target.to_owned()), layer),
            // A name that is a link to itself says nothing.
            Kind::HardLink(_) if real != other => {
                model.put(&real, linked.expect("it is there"), layer);
            }
            _ => {}
        }
    }
    compare(&model, &squashed);
    assert_eq!((squashed.total_bytes(), squashed.visible_bytes()), (total, model.visible()));
    let hidden: u64 = (0..=layer).map(|layer| squashed.hidden_bytes(layer)).sum();
    assert_eq!(hidden, total - model.visible());
}

fn compare(model: &Model, squashed: &Squashed) {
    let mut found = BTreeMap::new();
    for number in 1..squashed.len() {
        let node = squashed.node(number).expect("it is below the length");
        if node.visible {
            let path = String::from_utf8(squashed.path(number)).expect("names are text here");
            found.insert(path, (node.kind, node.layer));
        }
    }
    let expected = model.at.iter().map(|(path, (is, layer))| {
        let kind = match is {
            Is::Folder => NodeKind::Folder,
            Is::File(_) => NodeKind::File,
            Is::Link(_) => NodeKind::Symlink,
        };
        (path.clone(), (kind, *layer))
    });
    assert_eq!(found, expected.collect());
}
