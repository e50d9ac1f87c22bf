//! From what files say to modules and links between them.

mod names;
mod python;
mod rust;
mod script;
mod tsconfig;

use std::collections::BTreeMap;

use super::graph::{Edge, Module};
use super::import::{Import, Language};
use super::read::Files;
use crate::change::RepoPath;
use crate::looked::Missed;
use names::Paths;

/// Modules with their links, and what led nowhere.
pub(super) struct Resolved {
    pub(super) modules: Vec<Module>,
    pub(super) links: Vec<Vec<Edge>>,
    pub(super) missed: Vec<(Option<Language>, Missed)>,
    /// Packages that are not in the tree, by language and name.
    outside: BTreeMap<(Language, String), usize>,
    /// The first import of a module that leads nowhere, and how many do.
    missing: BTreeMap<usize, (u32, String, usize)>,
}

/// What an import leads to.
enum Found {
    Module(usize),
    /// A package that is not in the tree.
    Outside(String),
    /// Something in the tree whose imports are not read, or nothing that could be imported.
    Nothing,
    /// It should be in the tree, and is not.
    Missing(String),
}

pub(super) fn all(listed: &[RepoPath], files: &Files, roots: &[String]) -> Resolved {
    let mut resolved = Resolved {
        modules: Vec::new(),
        links: Vec::new(),
        missed: Vec::new(),
        outside: BTreeMap::new(),
        missing: BTreeMap::new(),
    };
    let paths = Paths::new(listed);
    python::resolve(&paths, files, roots, &mut resolved);
    script::resolve(&paths, files, &mut resolved);
    rust::resolve(&paths, files, &mut resolved);
    for (from, (line, what, count)) in std::mem::take(&mut resolved.missing) {
        let module = &resolved.modules[from];
        let at = module.path.as_ref().map(ToString::to_string).unwrap_or_default();
        let more =
            if count > 1 { format!(", and {} more like it", count - 1) } else { String::new() };
        let why = format!("line {line}: {what} is not in the tree{more}");
        resolved.missed.push((Some(module.language), Missed::new(at, why)));
    }
    resolved
}

impl Resolved {
    fn module(&mut self, name: String, language: Language, path: Option<&str>) -> usize {
        self.modules.push(Module { name, language, path: path.map(RepoPath::from) });
        self.links.push(Vec::new());
        self.modules.len() - 1
    }

    /// A link, or the package outside that it leads to, or a note that it leads nowhere.
    fn link(&mut self, from: usize, import: &Import, found: Found) {
        let language = self.modules[from].language;
        let to = match found {
            Found::Module(to) => to,
            Found::Nothing => return,
            Found::Missing(_) if import.guarded => return,
            Found::Missing(what) => {
                let first = self.missing.entry(from).or_insert((import.line, what, 0));
                first.2 += 1;
                return;
            }
            Found::Outside(name) => match self.outside.get(&(language, name.clone())) {
                Some(index) => *index,
                None => {
                    let index = self.module(name.clone(), language, None);
                    self.outside.insert((language, name), index);
                    index
                }
            },
        };
        self.links[from].push(Edge { to, line: import.line, kind: import.kind });
    }
}
