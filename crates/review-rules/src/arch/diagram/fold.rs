//! Folds modules to the packages that a person can read.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ArchError;
use super::super::graph::Graph;
use super::{Drawing, Groups};
use crate::globs::globs;

/// More groups than these are not chosen where no depth is asked for, unless that leaves fewer than a drawing is worth.
const READABLE: usize = 24;
const FEWEST: usize = 6;
/// More groups than these are not drawn: those with the fewest imports become one.
const MOST: usize = 40;

/// The modules that are drawn, by their places in the graph.
struct Drawn<'g> {
    names: BTreeMap<usize, &'g str>,
    separator: &'static str,
    within: String,
}

/// Groups in the order of their names.
pub(super) fn fold(graph: &Graph, drawing: &Drawing) -> Result<Groups, ArchError> {
    let drawn = Drawn::of(graph, drawing)?;
    let links = links(graph, drawing);
    let of = match drawing.depth {
        Some(depth) => drawn.at_depth(depth.max(1)),
        None => {
            let of = drawn.unfolded(&links, READABLE);
            let few = of.values().collect::<BTreeSet<_>>().len() < FEWEST;
            if few { drawn.unfolded(&links, MOST) } else { of }
        }
    };
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (from, to) in links {
        if let (Some(one), Some(two)) = (of.get(&from), of.get(&to))
            && one != two
        {
            *pairs.entry((one, two)).or_default() += 1;
        }
    }
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    of.values().for_each(|name| *sizes.entry(name).or_default() += 1);
    let mut weights: BTreeMap<&str, usize> = BTreeMap::new();
    for ((from, to), count) in &pairs {
        *weights.entry(from).or_default() += count;
        *weights.entry(to).or_default() += count;
    }
    let others = others(&weights);
    let rest = format!("({} others)", others.len());
    let shown = |name: &str| if others.contains(name) { rest.clone() } else { name.to_owned() };
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    let connected = sizes.iter().filter(|(name, _)| weights.contains_key(**name));
    connected.for_each(|(name, size)| *kept.entry(shown(name)).or_default() += size);
    let names: Vec<(String, usize)> = kept.into_iter().collect();
    let place = |name: &str| {
        let name = shown(name);
        names.binary_search_by(|(other, _)| other.cmp(&name)).ok()
    };
    let mut imports = BTreeMap::new();
    for ((from, to), count) in pairs {
        if let (Some(one), Some(two)) = (place(from), place(to))
            && one != two
        {
            *imports.entry((one, two)).or_default() += count;
        }
    }
    let alone = sizes.keys().filter(|name| !weights.contains_key(**name));
    let alone = alone.map(|name| (*name).to_owned()).collect();
    Ok(Groups { within: drawn.within, names, imports, plain: drawing.plain, alone })
}

/// The pairs of modules of which one imports the other.
fn links(graph: &Graph, drawing: &Drawing) -> BTreeSet<(usize, usize)> {
    let imports = graph.links.iter().enumerate();
    let counted = imports.flat_map(|(from, edges)| {
        let edges = edges.iter().filter(|edge| !drawing.without.contains(&edge.kind));
        edges.map(move |edge| (from, edge.to))
    });
    counted.collect()
}

/// The groups that are one too many, when there are more than are drawn.
fn others<'n>(weights: &BTreeMap<&'n str, usize>) -> BTreeSet<&'n str> {
    let mut order: Vec<&str> = weights.keys().copied().collect();
    order.sort_by_key(|name| std::cmp::Reverse(weights[name]));
    let from = if order.len() > MOST { MOST - 1 } else { order.len() };
    order.drain(from..).collect()
}

impl<'g> Drawn<'g> {
    fn of(graph: &'g Graph, drawing: &Drawing) -> Result<Self, ArchError> {
        let except = globs(drawing.except.iter().map(|glob| &**glob)).map_err(ArchError::Glob)?;
        let separator = drawing.language.separator();
        let drawn = graph.modules.iter().enumerate().filter(|(_, module)| {
            let own = module.path.as_ref().and_then(|path| path.as_str());
            module.language == drawing.language && own.is_some_and(|path| !except.is_match(path))
        });
        let mut names: BTreeMap<usize, &str> =
            drawn.map(|(at, module)| (at, &*module.name)).collect();
        let within = match &drawing.within {
            Some(within) => within.trim_end_matches(separator).to_owned(),
            None => common(names.values().copied(), separator),
        };
        let mut drawn = Self { names: BTreeMap::new(), separator, within };
        names.retain(|_, name| drawn.inner(name).is_some());
        if names.is_empty() {
            let below = if drawn.within.is_empty() {
                String::new()
            } else {
                format!(" below {}", drawn.within)
            };
            let language = format!("{:?}", drawing.language).to_lowercase();
            return Err(ArchError::Nothing(format!("{language}{below}")));
        }
        drawn.names = names;
        Ok(drawn)
    }

    /// What of a name is below the package that is drawn: empty for itself, nothing for one outside.
    fn inner<'n>(&self, name: &'n str) -> Option<&'n str> {
        match name.strip_prefix(&self.within)? {
            rest if self.within.is_empty() || rest.is_empty() => Some(rest),
            rest => rest.strip_prefix(self.separator),
        }
    }

    fn group(&self, name: &str, depth: usize) -> String {
        match self.inner(name) {
            None | Some("") => self.within.clone(),
            Some(inner) => {
                let parts: Vec<&str> = inner.split(self.separator).take(depth).collect();
                parts.join(self.separator)
            }
        }
    }

    fn at_depth(&self, depth: usize) -> BTreeMap<usize, String> {
        self.names.iter().map(|(at, name)| (*at, self.group(name, depth))).collect()
    }

    /// The outermost packages, and of those in which the most goes on their parts, as long as there are not too many.
    fn unfolded(
        &self,
        links: &BTreeSet<(usize, usize)>,
        readable: usize,
    ) -> BTreeMap<usize, String> {
        let mut of = self.at_depth(1);
        let mut whole = BTreeSet::new();
        loop {
            let part = |at: usize| {
                let depth = of[&at].split(self.separator).count() + 1;
                self.group(self.names[&at], depth)
            };
            let mut inside: BTreeMap<&str, usize> = BTreeMap::new();
            for (from, to) in links {
                if let (Some(one), Some(two)) = (of.get(from), of.get(to))
                    && one == two
                    && !whole.contains(one)
                    && part(*from) != part(*to)
                {
                    *inside.entry(one).or_default() += 1;
                }
            }
            let most =
                inside.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
            let Some(open) = most.map(|(name, _)| (*name).to_owned()) else { break };
            let parts: BTreeMap<usize, String> = of
                .iter()
                .filter(|(_, name)| **name == open)
                .map(|(at, _)| (*at, part(*at)))
                .collect();
            let count = |of: &BTreeMap<usize, String>| of.values().collect::<BTreeSet<_>>().len();
            // The group of this name stays where the package has a file of its own.
            if count(&of) - 1 + count(&parts) > readable {
                whole.insert(open);
            } else {
                whole.extend(parts.values().find(|name| **name == open).cloned());
                of.extend(parts);
            }
        }
        of
    }
}

/// The innermost package that has all of these names.
fn common<'n>(names: impl Iterator<Item = &'n str>, separator: &str) -> String {
    let mut shared: Option<Vec<&str>> = None;
    for name in names {
        let parts: Vec<&str> = name.split(separator).collect();
        shared = Some(match shared {
            None => parts,
            Some(before) => {
                let same = before.iter().zip(&parts).take_while(|(a, b)| a == b).count();
                before[..same].to_vec()
            }
        });
    }
    shared.unwrap_or_default().join(separator)
}
