//! The graph of imports, drawn: as Mermaid for pages that render it, and as SVG for all others.

mod mermaid;
mod svg;

use std::collections::BTreeMap;

use super::graph::Graph;
use super::import::{Kind, Language};

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The language whose modules are drawn.
    pub language: Language,
    /// The package that is drawn; all of the tree when empty.
    pub within: String,
    /// How many parts of a name below that package make a group.
    pub depth: usize,
    /// Kinds of imports that are left out.
    pub without: Vec<Kind>,
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A flowchart in Mermaid's language.
    Mermaid,
    /// A picture of its own, light and dark.
    Svg,
}

/// Groups of modules, in an order in which as few imports as possible go up.
struct Groups {
    /// Each with how many modules it has.
    names: Vec<(String, usize)>,
    /// How many imports go from one group to another, by their places.
    imports: BTreeMap<(usize, usize), usize>,
}

/// Draws a graph; the same graph gives the same text, so that a drawing in a document can be
/// compared with what it should be.
#[must_use]
pub fn render(graph: &Graph, drawing: &Drawing, form: Form) -> String {
    let groups = groups(graph, drawing);
    match form {
        Form::Mermaid => mermaid::render(&groups),
        Form::Svg => svg::render(&groups),
    }
}

fn groups(graph: &Graph, drawing: &Drawing) -> Groups {
    let separator = drawing.language.separator();
    let within = drawing.within.trim_end_matches(separator);
    let group = |name: &str| -> Option<String> {
        let inner = match name.strip_prefix(within)? {
            rest if within.is_empty() => rest,
            "" => return Some(within.to_owned()),
            rest => rest.strip_prefix(separator)?,
        };
        let parts: Vec<&str> = inner.split(separator).take(drawing.depth.max(1)).collect();
        Some(parts.join(separator))
    };
    let of: Vec<Option<String>> = graph
        .modules
        .iter()
        .map(|module| {
            let drawn = module.language == drawing.language && module.path.is_some();
            drawn.then(|| group(&module.name)).flatten()
        })
        .collect();
    let mut sizes: BTreeMap<&String, usize> = BTreeMap::new();
    of.iter().flatten().for_each(|name| *sizes.entry(name).or_default() += 1);
    let names: Vec<(String, usize)> = sizes.iter().map(|(n, size)| ((*n).clone(), *size)).collect();
    let place = |at: usize| {
        let name = of[at].as_ref()?;
        names.binary_search_by(|(other, _)| other.cmp(name)).ok()
    };
    let places: Vec<Option<usize>> = (0..of.len()).map(place).collect();
    let mut imports = BTreeMap::new();
    for (from, edges) in graph.links.iter().enumerate() {
        let mut last = None;
        for edge in edges.iter().filter(|edge| !drawing.without.contains(&edge.kind)) {
            if let (Some(one), Some(two)) = (places[from], places[edge.to])
                && one != two
                && last != Some(edge.to)
            {
                *imports.entry((one, two)).or_default() += 1;
                last = Some(edge.to);
            }
        }
    }
    ordered(names, &imports)
}

/// Importers before what they import: always the group next whose remaining imports least outweigh
/// those that import it.
fn ordered(names: Vec<(String, usize)>, imports: &BTreeMap<(usize, usize), usize>) -> Groups {
    let mut balance = vec![(0_i64, 0_i64); names.len()];
    for (&(from, to), count) in imports {
        let count = i64::try_from(*count).unwrap_or(i64::MAX);
        balance[from].0 = balance[from].0.saturating_add(count);
        balance[to].1 = balance[to].1.saturating_add(count);
    }
    let mut left: Vec<usize> = (0..names.len()).collect();
    let (mut first, mut last) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        // What imports nothing that is left goes to the end, what nothing left imports to the top.
        let sink = left.iter().position(|at| balance[*at].0 == 0);
        let source = left.iter().position(|at| balance[*at].1 == 0);
        let at = match (source, sink) {
            (Some(at), _) => at,
            (None, Some(at)) => at,
            (None, None) => {
                let weight = |at: &usize| (balance[*at].0 - balance[*at].1, std::cmp::Reverse(*at));
                let best = left.iter().max_by_key(|at| weight(at)).copied();
                left.iter().position(|at| Some(*at) == best).unwrap_or(0)
            }
        };
        let group = left.remove(at);
        if source.is_none() && sink.is_some() {
            last.push(group);
        } else {
            first.push(group);
        }
        for (&(from, to), count) in imports {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            if from == group {
                balance[to].1 = balance[to].1.saturating_sub(count);
            } else if to == group {
                balance[from].0 = balance[from].0.saturating_sub(count);
            }
        }
    }
    first.extend(last.into_iter().rev());
    let mut place = vec![0; names.len()];
    first.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let sorted = first.iter().map(|old| names[*old].clone()).collect();
    let imports = imports.iter().map(|((a, b), count)| ((place[*a], place[*b]), *count)).collect();
    Groups { names: sorted, imports }
}
