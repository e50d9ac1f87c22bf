//! Holds a graph against a contract, and tells what a change adds to what is wrong.

use std::collections::BTreeSet;

use serde::Serialize;

use super::bans::{self, Ban, Wrong};
use super::chains::{Net, Search};
use super::contract::{Contract, ContractError, Sort, arrow};
use super::cycles;
use super::graph::{Edge, Graph};
use super::import::{Kind, Language};
use super::select::Side;
use crate::change::RepoPath;
use crate::looked::Looked;

/// What a contract says about a graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What is wrong, sorted.
    pub violations: Vec<Violation>,
    /// What was looked at: nothing when a module that the contract names is not there.
    pub looked: Looked,
    /// Those of `ignore_imports` that no import fits any more.
    pub unmatched: Vec<String>,
}

/// An import that may not be, or a chain of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// The package that imports, as the contract names it.
    pub from: String,
    /// The package that is imported.
    pub to: String,
    /// The links, each importing the next; in a circle of packages, one link of each to the next.
    pub chain: Vec<Link>,
    /// Other links that lead into the same chain.
    pub heads: Vec<Link>,
    /// Other links that the same chain ends with.
    pub tails: Vec<Link>,
}

/// One import between two modules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// The module that imports.
    pub importer: String,
    /// The module that is imported.
    pub imported: String,
    /// The file of the importer.
    pub path: RepoPath,
    /// The first line that imports it.
    pub line: u32,
    /// When it counts.
    pub kind: Kind,
    /// Whether the base does not have it; false where no base is known.
    pub new: bool,
}

impl Violation {
    /// What is wrong, in one line: `a.low imports a.high, through a.util`.
    #[must_use]
    pub fn message(&self) -> String {
        let names: Vec<&str> =
            self.chain.iter().skip(1).map(|link| link.importer.as_str()).collect();
        let (Some(first), Some(last)) = (self.chain.first(), self.chain.last()) else {
            return format!("{} imports {}", self.from, self.to);
        };
        if first.importer == last.imported || self.from == self.to {
            let links = self.chain.iter().map(|l| format!("{} → {}", l.importer, l.imported));
            let links: Vec<String> = links.collect();
            return format!("a circle in {}: {}", self.from, links.join(", "));
        }
        let through = match names.as_slice() {
            [] => String::new(),
            names => format!(", through {}", names.join(", ")),
        };
        format!("{} imports {}{through}", first.importer, last.imported)
    }

    /// The link to show it at: the first that is new, else the first.
    #[must_use]
    pub fn at(&self) -> Option<&Link> {
        self.chain.iter().find(|link| link.new).or_else(|| self.chain.first())
    }
}

/// What is wrong in a state.
///
/// # Errors
/// When the contract says nothing that can be checked.
pub fn check(graph: &Graph, contract: &Contract) -> Result<Verdict, ContractError> {
    judge(None, graph, contract)
}

/// What is wrong in the head and is not in the base: every chain over an import that is new, in
/// whichever files its other links are.
///
/// # Errors
/// When the contract says nothing that can be checked.
pub fn caused(base: &Graph, head: &Graph, contract: &Contract) -> Result<Verdict, ContractError> {
    judge(Some(base), head, contract)
}

fn judge(
    base: Option<&Graph>,
    graph: &Graph,
    contract: &Contract,
) -> Result<Verdict, ContractError> {
    contract.validate()?;
    let view = View::new(base, graph, contract)?;
    let mut languages = BTreeSet::new();
    let found = match contract.sort()? {
        Sort::Acyclic => cycles::find(&view, base.is_some(), contract, &mut languages),
        sort => bans::of(graph, contract, sort).map(|bans| {
            languages.extend(bans.iter().map(|ban| ban.language));
            bans.iter().flat_map(|ban| view.broken(ban, base.is_some())).collect()
        }),
    };
    let (mut violations, looked) = match found {
        Ok(violations) => (violations, looked(graph, &languages)),
        Err(Wrong::Contract(error)) => return Err(error),
        Err(Wrong::Nothing(why)) => (Vec::new(), Looked::No { why }),
    };
    violations.sort();
    violations.dedup();
    let unmatched = if matches!(looked, Looked::No { .. }) { Vec::new() } else { view.unmatched };
    Ok(Verdict { violations, looked, unmatched })
}

fn looked(graph: &Graph, languages: &BTreeSet<Language>) -> Looked {
    let mut of = languages.iter().map(|language| graph.looked(Some(*language)));
    match (of.next(), of.next()) {
        (Some(one), None) => one,
        _ => graph.looked(None),
    }
}

/// A graph as one contract sees it.
pub(super) struct View<'g> {
    pub(super) graph: &'g Graph,
    pub(super) net: Net,
    /// For each module the imports that count, one for each module imported, sorted.
    edges: Vec<Vec<Edge>>,
    /// The imports that the base does not have, by names; none without a base. Most changes have few, and contracts stand
    /// for many pairs of packages: they are looked for once.
    fresh: BTreeSet<(usize, usize)>,
    unmatched: Vec<String>,
}

impl<'g> View<'g> {
    fn new(
        base: Option<&'g Graph>,
        graph: &'g Graph,
        contract: &Contract,
    ) -> Result<Self, ContractError> {
        let (edges, unmatched) = counting(graph, contract)?;
        let fresh = match base {
            None => BTreeSet::new(),
            Some(base) => {
                let before = counting(base, contract)?.0;
                let known: BTreeSet<_> = pairs(&before).map(|pair| named(base, pair)).collect();
                pairs(&edges).filter(|pair| !known.contains(&named(graph, *pair))).collect()
            }
        };
        let out: Vec<Vec<usize>> =
            edges.iter().map(|edges| edges.iter().map(|edge| edge.to).collect()).collect();
        let mut into = vec![Vec::new(); out.len()];
        for (from, to) in out.iter().enumerate() {
            to.iter().for_each(|to| into[*to].push(from));
        }
        Ok(Self { graph, net: Net { out, into }, edges, fresh, unmatched })
    }

    /// Whether the base does not have an import.
    pub(super) fn new_pair(&self, from: usize, to: usize) -> bool {
        self.fresh.contains(&(from, to))
    }

    pub(super) fn link(&self, from: usize, to: usize) -> Option<Link> {
        let (importer, imported) = (&self.graph.modules[from], &self.graph.modules[to]);
        let edge = self.edges[from].iter().find(|edge| edge.to == to)?;
        Some(Link {
            importer: importer.name.clone(),
            imported: imported.name.clone(),
            path: importer.path.clone()?,
            line: edge.line,
            kind: edge.kind,
            new: self.new_pair(from, to),
        })
    }

    fn broken(&self, ban: &Ban, only_new: bool) -> Vec<Violation> {
        if only_new && self.fresh.is_empty() {
            return Vec::new();
        }
        let search = Search::new(&self.net, &ban.from, &ban.to, &ban.closed);
        let direct = |pair: (usize, usize)| ban.from[pair.0] && ban.to[pair.1];
        let both = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
            let pairs = pairs.filter(|pair| direct(*pair));
            pairs.map(|(from, to)| vec![from, to]).collect()
        };
        let chains: Vec<Vec<usize>> = match (only_new, ban.direct) {
            (false, false) => search.all(),
            (false, true) => both(&mut pairs(&self.edges)),
            (true, true) => both(&mut self.fresh.iter().copied()),
            (true, false) => {
                let mut chains: Vec<Vec<usize>> = Vec::new();
                let mut covered = BTreeSet::new();
                for &(from, to) in &self.fresh {
                    if search.on_chain(from, to) && !covered.contains(&(from, to)) {
                        let chain = search.over(from, to);
                        covered.extend(chain.windows(2).map(|two| (two[0], two[1])));
                        chains.push(chain);
                    }
                }
                chains
            }
        };
        chains.iter().map(|chain| self.violation(ban, chain, only_new)).collect()
    }

    fn violation(&self, ban: &Ban, chain: &[usize], alone: bool) -> Violation {
        let links = chain.windows(2).filter_map(|two| self.link(two[0], two[1])).collect();
        let (mut heads, mut tails) = (Vec::new(), Vec::new());
        if let ([first, middle @ .., last], false) = (chain, alone)
            && let (Some(&enter), Some(&leave)) = (middle.first(), middle.last())
        {
            let into = self.net.into[enter].iter().filter(|at| ban.from[**at] && *at != first);
            heads = into.filter_map(|at| self.link(*at, enter)).collect();
            let out = self.net.out[leave].iter().filter(|at| ban.to[**at] && *at != last);
            tails = out.filter_map(|at| self.link(leave, *at)).collect();
        }
        Violation { from: ban.names.0.clone(), to: ban.names.1.clone(), chain: links, heads, tails }
    }
}

fn pairs(edges: &[Vec<Edge>]) -> impl Iterator<Item = (usize, usize)> {
    let each = edges.iter().enumerate();
    each.flat_map(|(from, edges)| edges.iter().map(move |edge| (from, edge.to)))
}

fn named(graph: &Graph, (from, to): (usize, usize)) -> (&str, &str) {
    (&graph.modules[from].name, &graph.modules[to].name)
}

type Counted = (Vec<Vec<Edge>>, Vec<String>);

/// The imports that count for a contract, and what it ignores in vain.
fn counting(graph: &Graph, contract: &Contract) -> Result<Counted, ContractError> {
    let mut ignored = Vec::new();
    for pair in &contract.ignore_imports {
        let (from, to) = arrow(pair)?;
        ignored.push((Side::new(from), Side::new(to), pair, false));
    }
    let mut all = Vec::with_capacity(graph.links.len());
    for (from, links) in graph.links.iter().enumerate() {
        let mut kept: Vec<Edge> = Vec::new();
        let mut sides: Vec<usize> = (0..ignored.len()).collect();
        sides.retain(|at| ignored[*at].0.is(&graph.modules[from]));
        for edge in links.iter().filter(|edge| !contract.without.contains(&edge.kind)) {
            let fits = |at: &&usize| ignored[**at].1.is(&graph.modules[edge.to]);
            let fitting: Vec<usize> = sides.iter().filter(fits).copied().collect();
            fitting.iter().for_each(|at| ignored[*at].3 = true);
            if fitting.is_empty() && kept.last().is_none_or(|last| last.to != edge.to) {
                kept.push(*edge);
            }
        }
        all.push(kept);
    }
    let unmatched = ignored.iter().filter(|(_, _, _, used)| !used);
    Ok((all, unmatched.map(|(_, _, pair, _)| (*pair).clone()).collect()))
}
