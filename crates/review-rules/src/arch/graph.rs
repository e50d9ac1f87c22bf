//! The graph of imports: modules, and who imports whom from which line.

use std::collections::{BTreeMap, BTreeSet};

use super::import::{Kind, Language};
use super::read::{self, Files};
use super::{ArchError, resolve};
use crate::change::RepoPath;
use crate::globs::globs;
use crate::looked::{Looked, Missed};
use crate::tree::Tree;

/// What is read, and how.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folders whose files are read; none for all of the tree.
    pub within: Vec<String>,
    /// The folders that absolute imports of Python start from; none to find them by their packages.
    pub roots: Vec<String>,
    /// How many threads read; the graph is the same for any number.
    pub threads: usize,
}

/// The modules of a state of a repository, and who imports whom.
#[derive(Debug)]
pub struct Graph {
    pub(super) modules: Vec<Module>,
    /// For each module its imports, sorted by what they import, then by line.
    pub(super) links: Vec<Vec<Edge>>,
    missed: Vec<(Option<Language>, Missed)>,
    files: Files,
    config: Config,
}

/// A module: a file, or a package that is not in the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Module {
    /// `package.module`, `folder/file.ts`, `crate::module`.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// Its file; nothing for a package of others.
    pub path: Option<RepoPath>,
}

/// An import of a module by the one that has this edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) to: usize,
    pub(super) line: u32,
    pub(super) kind: Kind,
}

impl Graph {
    /// Reads a tree.
    ///
    /// # Errors
    /// When the tree cannot be read, or no thread can be started.
    pub fn read(tree: &dyn Tree, config: &Config) -> Result<Self, ArchError> {
        Self::build(tree, config, &Files::new(), &BTreeSet::new())
    }

    /// The graph of another state of the same repository, in which only these files differ: all
    /// others are not read again.
    ///
    /// # Errors
    /// When the tree cannot be read, or no thread can be started.
    pub fn of_other(
        &self,
        tree: &dyn Tree,
        changed: &BTreeSet<RepoPath>,
    ) -> Result<Self, ArchError> {
        Self::build(tree, &self.config, &self.files, changed)
    }

    fn build(
        tree: &dyn Tree,
        config: &Config,
        known: &Files,
        changed: &BTreeSet<RepoPath>,
    ) -> Result<Self, ArchError> {
        let mut paths = tree.paths().map_err(ArchError::Tree)?;
        let within = |path: &RepoPath| {
            let inside = |folder: &String| {
                let rest = path.as_bytes().strip_prefix(folder.trim_end_matches('/').as_bytes());
                folder.is_empty() || rest.is_some_and(|rest| rest.first() == Some(&b'/'))
            };
            config.within.is_empty() || config.within.iter().any(inside)
        };
        // How imports are meant may be told above the folders that are read.
        let tells = |path: &RepoPath| matches!(path.extension(), Some("json" | "toml"));
        paths.retain(|path| within(path) || tells(path));
        paths.sort();
        paths.dedup();
        let files = read::read(tree, &paths, config.threads, known, changed)?;
        let mut graph = Self {
            modules: Vec::new(),
            links: Vec::new(),
            missed: Vec::new(),
            files: Files::new(),
            config: config.clone(),
        };
        for path in paths.iter().filter(|path| path.as_str().is_none()) {
            let bytes = path.as_bytes();
            if [&b".py"[..], b".ts", b".js", b".rs"].iter().any(|end| bytes.ends_with(end)) {
                graph.missed.push((None, Missed::new(path.to_string(), "its path is no text")));
            }
        }
        let inside: Vec<RepoPath> = paths.iter().filter(|path| within(path)).cloned().collect();
        for ((language, ending), (count, first)) in read::unread(&inside) {
            let more = match count {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            let why = format!("what a .{ending} file imports is not read");
            graph.missed.push((Some(language), Missed::new(format!("{first}{more}"), why)));
        }
        for (path, file) in files.iter().filter(|(path, _)| within(path)) {
            if let Some((line, why)) = file.broken {
                let why = format!("line {line}: {why}; its imports are not known");
                graph.missed.push((file.language(), Missed::new(path.to_string(), why)));
            }
        }
        let resolved = resolve::all(&paths, &files, &config.roots);
        graph.missed.extend(resolved.missed);
        graph.missed.sort();
        graph.missed.dedup();
        (graph.modules, graph.links) = sorted(resolved.modules, resolved.links);
        graph.files = files;
        Ok(graph)
    }

    /// The modules, sorted by name; those of others are there when something imports them.
    #[must_use]
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The languages that there are, each with how many modules of it were read, the most first.
    #[must_use]
    pub fn languages(&self) -> Vec<(Language, usize)> {
        let mut count: BTreeMap<Language, usize> = BTreeMap::new();
        let own = self.modules.iter().filter(|module| module.path.is_some());
        own.for_each(|module| *count.entry(module.language).or_default() += 1);
        let mut count: Vec<(Language, usize)> = count.into_iter().collect();
        count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        count
    }

    /// Each pair of modules of which the first imports the second, sorted.
    pub fn imports(&self) -> impl Iterator<Item = (&Module, &Module, u32, Kind)> {
        self.modules.iter().zip(&self.links).flat_map(move |(from, links)| {
            links.iter().map(move |edge| (from, &self.modules[edge.to], edge.line, edge.kind))
        })
    }

    /// What was read of a language, or of all of them: files, and all of their lines.
    #[must_use]
    pub fn looked(&self, language: Option<Language>) -> Looked {
        self.looked_at(language, &|_| true)
    }

    /// What was read of a language beside the files of some globs.
    ///
    /// # Errors
    /// When a glob is none.
    pub fn looked_except(
        &self,
        language: Language,
        except: &[String],
    ) -> Result<Looked, ArchError> {
        let except = globs(except.iter().map(|glob| &**glob)).map_err(ArchError::Glob)?;
        Ok(self.looked_at(Some(language), &|path| !except.is_match(path)))
    }

    fn looked_at(&self, language: Option<Language>, wanted: &dyn Fn(&str) -> bool) -> Looked {
        let of =
            |other: Option<Language>| language.is_none() || other.is_none() || other == language;
        let read = self.files.iter().filter(|(path, file)| {
            path.as_str().is_some_and(wanted) && file.language().is_some_and(|l| of(Some(l)))
        });
        let (files, lines) = read.fold((0_u32, 0_u32), |(files, lines), (_, file)| {
            (files.saturating_add(1), lines.saturating_add(file.lines))
        });
        if files == 0 {
            return Looked::no("there is no file whose imports could be read: check the folders");
        }
        let missed = self.missed.iter().filter(|(l, missed)| of(*l) && wanted(&missed.what));
        Looked::at(files, lines, missed.map(|(_, missed)| missed.clone()).collect())
    }
}

/// The same graph with its modules sorted by name.
fn sorted(modules: Vec<Module>, links: Vec<Vec<Edge>>) -> (Vec<Module>, Vec<Vec<Edge>>) {
    let mut order: Vec<usize> = (0..modules.len()).collect();
    order.sort_by(|a, b| modules[*a].cmp(&modules[*b]));
    let mut place = vec![0; modules.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut pairs: Vec<(usize, (Module, Vec<Edge>))> =
        place.iter().copied().zip(modules.into_iter().zip(links)).collect();
    pairs.sort_by_key(|(new, _)| *new);
    let turn = |(new, (module, mut edges)): (usize, (Module, Vec<Edge>))| {
        edges.iter_mut().for_each(|edge| edge.to = place[edge.to]);
        edges.retain(|edge| edge.to != new);
        edges.sort_unstable();
        edges.dedup();
        (module, edges)
    };
    pairs.into_iter().map(turn).unzip()
}
