//! An inventory in the making: the same component of two files becomes one.

use std::collections::BTreeMap;

use super::reach;
use super::{Component, Edge, Inventory, Occurrence, Scope, Source, Unread, Warning};
use crate::extract::{Installed, Packages};

/// A component of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(usize);

/// An inventory in the making.
#[derive(Default)]
pub(crate) struct Draft {
    components: Vec<Component>,
    by_key: BTreeMap<String, usize>,
    /// The project of each lock file that has one, by its folder.
    projects: BTreeMap<String, Vec<Id>>,
    edges: Vec<Edge>,
    sources: Vec<Source>,
    unread: Vec<Unread>,
    warnings: Vec<Warning>,
    /// What Node's package managers installed; its edges are known when all of it is.
    pub(crate) node: Packages,
    /// The same of Python.
    pub(crate) python: BTreeMap<String, Installed>,
    /// Files that packages of a distribution own, and that extractors would read.
    owned: BTreeMap<String, Id>,
    /// Components of files that tell runtime, optional and development apart.
    scoped: Vec<bool>,
}

impl Draft {
    /// Takes a component in, or joins it with the one of the same reference.
    pub(crate) fn add(&mut self, mut component: Component, scoped: bool) -> Id {
        if let Some(&index) = self.by_key.get(&component.reference) {
            let known = &mut self.components[index];
            known.occurrences.append(&mut component.occurrences);
            for artifact in component.artifacts {
                match known.artifacts.iter_mut().find(|a| a.url == artifact.url) {
                    Some(same) => same.hashes.extend(artifact.hashes),
                    None => known.artifacts.push(artifact),
                }
            }
            known.licences.append(&mut component.licences);
            known.need = match (known.need, component.need) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            known.supplier = known.supplier.take().or(component.supplier);
            self.scoped[index] &= scoped;
            return Id(index);
        }
        let index = self.components.len();
        self.by_key.insert(component.reference.clone(), index);
        self.components.push(component);
        self.scoped.push(scoped);
        Id(index)
    }

    /// Notes which component is the project of a lock file in a folder.
    pub(crate) fn project(&mut self, folder: &str, id: Id) {
        let known = self.projects.entry(folder.to_owned()).or_default();
        if !known.contains(&id) {
            known.push(id);
        }
    }

    /// One component depends on another.
    pub(crate) fn depend(&mut self, from: Id, to: Id, scope: Scope) {
        self.depend_if(from, to, scope, None, Vec::new());
    }

    /// One component depends on another under a condition, and on some of its extras.
    pub(crate) fn depend_if(
        &mut self,
        from: Id,
        to: Id,
        scope: Scope,
        marker: Option<String>,
        extras: Vec<String>,
    ) {
        self.edges.push(Edge { from: from.0, to: to.0, scope, marker, extras });
    }

    /// Notes that a file was read.
    pub(crate) fn read(&mut self, path: &str, extractor: &'static str) {
        self.sources.push(Source { path: path.to_owned(), extractor });
    }

    /// Notes that a file was found and not read.
    pub(crate) fn unread(&mut self, path: &str, what: &'static str) {
        self.unread.push(Unread { path: path.to_owned(), what });
    }

    /// Whether the file that was looked at last was found and not read.
    pub(crate) fn is_unread(&self, path: &str) -> bool {
        self.unread.last().is_some_and(|unread| unread.path == path)
    }

    /// Notes that a package of the distribution owns a file.
    pub(crate) fn own(&mut self, path: String, id: Id) {
        self.owned.insert(path, id);
    }

    /// The package of the distribution that owns a file.
    pub(crate) fn owner(&self, path: &str) -> Option<Id> {
        self.owned.get(path).copied()
    }

    /// Notes one more place at which a component was found.
    pub(crate) fn found_at(&mut self, id: Id, place: Occurrence) {
        self.components[id.0].occurrences.push(place);
    }

    /// All places at which something was found, to be completed.
    pub(crate) fn places(&mut self) -> impl Iterator<Item = &mut Occurrence> {
        self.components.iter_mut().flat_map(|component| &mut component.occurrences)
    }

    /// Notes something odd.
    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    /// The inventory: sorted, each edge once, and how each component is needed.
    pub(crate) fn finish(mut self) -> Inventory {
        let needs = reach::needs(&self.components, &self.edges, &self.scoped);
        for (component, need) in self.components.iter_mut().zip(needs) {
            component.need = need.or(component.need);
            component.occurrences.sort_unstable();
            component.occurrences.dedup();
            for artifact in &mut component.artifacts {
                artifact.hashes.sort_unstable();
                artifact.hashes.dedup();
            }
            component.artifacts.sort_unstable();
            component.licences.sort_unstable();
            component.licences.dedup();
        }
        let references = references(&self.components);
        for (component, reference) in self.components.iter_mut().zip(references) {
            component.reference = reference;
        }
        let mut order: Vec<usize> = (0..self.components.len()).collect();
        order.sort_unstable_by_key(|&old| &self.components[old].reference);
        let mut place = vec![0; order.len()];
        for (new, old) in order.into_iter().enumerate() {
            place[old] = new;
        }
        for edge in &mut self.edges {
            (edge.from, edge.to) = (place[edge.from], place[edge.to]);
        }
        self.edges.sort_unstable();
        self.edges.dedup();
        self.components.sort_unstable_by(|a, b| a.reference.cmp(&b.reference));
        self.warnings.sort_unstable();
        self.warnings.dedup();
        self.sources.sort_unstable();
        self.unread.sort_unstable();
        Inventory {
            root: root(&self.projects).map(|id| place[id.0]),
            components: self.components,
            edges: self.edges,
            sources: self.sources,
            unread: self.unread,
            warnings: self.warnings,
        }
    }
}

/// The purl of each component, and more where one purl names several.
fn references(components: &[Component]) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for component in components {
        *times.entry(&component.purl).or_default() += 1;
    }
    let reference = |component: &Component| {
        if times[component.purl.as_str()] > 1 { &component.reference } else { &component.purl }
            .clone()
    };
    components.iter().map(reference).collect()
}

/// The one project of the tree: the only one at the top, or the only one.
fn root(projects: &BTreeMap<String, Vec<Id>>) -> Option<Id> {
    let only = |found: &[Id]| match found {
        [id] => Some(*id),
        _ => None,
    };
    match projects.get("") {
        Some(at_top) => only(at_top),
        None if projects.len() == 1 => projects.values().next().and_then(|found| only(found)),
        None => None,
    }
}
