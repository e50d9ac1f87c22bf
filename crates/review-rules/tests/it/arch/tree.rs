//! Small trees in memory, and what is said about them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use leadforge_review_rules::arch::{Config, Contract, Graph, Verdict, caused, check};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::{Looked, Tree};

pub(super) type Files = BTreeMap<RepoPath, Vec<u8>>;

pub(super) fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| (RepoPath::from(*path), text.as_bytes().to_vec())).collect()
}

pub(super) fn graph(list: &[(&str, &str)]) -> Graph {
    Graph::read(&files(list), &Config::default()).unwrap()
}

/// `importer > imported` of each import, with its line and kind where they say something.
pub(super) fn links(list: &[(&str, &str)]) -> String {
    let graph = graph(list);
    let line = |(from, to, line, kind): (_, _, u32, leadforge_review_rules::arch::Kind)| {
        let (from, to): (
            &leadforge_review_rules::arch::Module,
            &leadforge_review_rules::arch::Module,
        ) = (from, to);
        let outside = if to.path.is_none() { " (outside)" } else { "" };
        format!("{}:{line} > {} {kind:?}{outside}", from.name, to.name)
    };
    graph.imports().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn missed(list: &[(&str, &str)]) -> Vec<String> {
    match graph(list).looked(None) {
        Looked::Yes { .. } => Vec::new(),
        Looked::Partly { missed, .. } => {
            missed.iter().map(|one| format!("{}: {}", one.what, one.why)).collect()
        }
        Looked::No { why } => vec![why],
    }
}

pub(super) fn contract(text: &str) -> Contract {
    toml::from_str(text).unwrap()
}

pub(super) fn verdict(list: &[(&str, &str)], text: &str) -> Verdict {
    check(&graph(list), &contract(text)).unwrap()
}

/// The messages of what is wrong.
pub(super) fn wrong(list: &[(&str, &str)], text: &str) -> Vec<String> {
    let verdict = verdict(list, text);
    assert!(verdict.looked.whole(), "{:?}", verdict.looked);
    verdict.violations.iter().map(|one| one.message()).collect()
}

/// A tree that counts how many files were read.
pub(super) struct Counted(pub(super) Files, pub(super) AtomicUsize);

impl Tree for Counted {
    fn paths(&self) -> Result<Vec<RepoPath>, String> {
        self.0.paths()
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Cow<'_, [u8]>>, String> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.read(path)
    }
}

/// What the step from one tree to another causes; only the files that differ are read again.
pub(super) fn caused_by(base: &[(&str, &str)], head: &[(&str, &str)], text: &str) -> Verdict {
    let (base, head) = (files(base), files(head));
    let differ = |path: &&RepoPath| base.get(*path) != head.get(*path);
    let changed = base.keys().chain(head.keys()).filter(differ).cloned().collect();
    let new = Graph::read(&head, &Config::default()).unwrap();
    let counted = Counted(base, AtomicUsize::new(0));
    let old = new.of_other(&counted, &changed).unwrap();
    let read = counted.1.load(Ordering::Relaxed);
    assert!(read <= changed.len(), "{read} files were read for {} changes", changed.len());
    let alone = Graph::read(&counted.0, &Config::default()).unwrap();
    assert!(old.imports().eq(alone.imports()));
    caused(&old, &new, &contract(text)).unwrap()
}
