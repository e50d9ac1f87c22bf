//! Circles among the parts of a package, at any depth.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::bans::Wrong;
use super::check::{View, Violation};
use super::contract::Contract;
use super::import::Language;
use super::select::{Package, packages};

/// The parts of a package that import each other, and by which pairs of modules.
struct Siblings {
    names: Vec<String>,
    /// For each pair of parts the pairs of modules, the first ones first.
    imports: BTreeMap<(usize, usize), Vec<(usize, usize)>>,
}

/// Circles among the parts of the packages of a contract.
pub(super) fn find(
    view: &View<'_>,
    only_new: bool,
    contract: &Contract,
    languages: &mut BTreeSet<Language>,
) -> Result<Vec<Violation>, Wrong> {
    let mut open = VecDeque::new();
    for name in &contract.acyclic {
        open.extend(packages(view.graph, name)?.into_iter().map(|package| (package, 0)));
    }
    let mut violations = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some((package, depth)) = open.pop_front() {
        if !seen.insert(package.clone()) {
            continue;
        }
        languages.insert(package.language);
        let siblings = Siblings::of(view, &package);
        violations.extend(siblings.circles(view, &package, only_new));
        if contract.depth.is_none_or(|most| depth < most) {
            let children = siblings.names.iter().map(|name| (package.child(name), depth + 1));
            open.extend(children);
        }
    }
    Ok(violations)
}

impl Siblings {
    fn of(view: &View<'_>, package: &Package) -> Self {
        let separator = package.language.separator();
        let part = |name: &str| -> Option<String> {
            let rest = name.strip_prefix(package.name.as_str())?.strip_prefix(separator)?;
            Some(rest.split(separator).next().unwrap_or(rest).to_owned())
        };
        let modules = view.graph.modules.iter();
        let parts: Vec<Option<String>> = modules
            .map(|module| {
                let own = module.language == package.language && module.path.is_some();
                own.then(|| part(&module.name)).flatten()
            })
            .collect();
        let names: BTreeSet<&String> = parts.iter().flatten().collect();
        let names: Vec<String> = names.into_iter().cloned().collect();
        let index = |at: usize| {
            let part = parts[at].as_ref()?;
            names.binary_search(part).ok()
        };
        let indices: Vec<Option<usize>> = (0..parts.len()).map(index).collect();
        let mut imports: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (from, to) in view.net.out.iter().enumerate() {
            for to in to {
                if let (Some(one), Some(two)) = (indices[from], indices[*to])
                    && one != two
                {
                    imports.entry((one, two)).or_default().push((from, *to));
                }
            }
        }
        Self { names, imports }
    }

    /// Circles that show each part which is in one; with a base, those that a new import closes.
    fn circles(&self, view: &View<'_>, package: &Package, only_new: bool) -> Vec<Violation> {
        let mut out = vec![Vec::new(); self.names.len()];
        self.imports.keys().for_each(|(from, to)| out[*from].push(*to));
        let circle = circles(&out);
        let mut shown = BTreeSet::new();
        let mut violations = Vec::new();
        for (&(from, to), modules) in &self.imports {
            let wanted = if circle[from] != circle[to] {
                false
            } else if only_new {
                modules.iter().all(|(from, to)| view.new_pair(*from, *to))
            } else {
                !shown.contains(&from)
            };
            let back = if wanted { shortest(&out, to, from) } else { None };
            let Some(back) = back else { continue };
            let circle: Vec<usize> = std::iter::once(from).chain(back).collect();
            shown.extend(circle.iter().copied());
            let links = circle.windows(2).filter_map(|two| {
                let (from, to) = self.imports.get(&(two[0], two[1]))?.first()?;
                view.link(*from, *to)
            });
            violations.push(Violation {
                from: package.name.clone(),
                to: package.name.clone(),
                chain: links.collect(),
                heads: Vec::new(),
                tails: Vec::new(),
            });
        }
        violations
    }
}

/// For each part the circle that it is in: parts with the same number reach each other.
pub(super) fn circles(out: &[Vec<usize>]) -> Vec<usize> {
    let mut into = vec![Vec::new(); out.len()];
    for (from, to) in out.iter().enumerate() {
        to.iter().for_each(|to| into[*to].push(from));
    }
    let (mut order, mut seen) = (Vec::new(), vec![false; out.len()]);
    for start in 0..out.len() {
        // Each open part with how many of those that it imports have been visited.
        let mut open = if seen[start] { Vec::new() } else { vec![(start, 0)] };
        seen[start] = true;
        while let Some((at, done)) = open.pop() {
            match out[at].get(done) {
                None => order.push(at),
                Some(&to) => {
                    open.push((at, done + 1));
                    if !std::mem::replace(&mut seen[to], true) {
                        open.push((to, 0));
                    }
                }
            }
        }
    }
    let mut circle = vec![usize::MAX; out.len()];
    for start in order.into_iter().rev() {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if circle[at] == usize::MAX {
                circle[at] = start;
                open.extend(&into[at]);
            }
        }
    }
    circle
}

/// The shortest way between two parts, both included.
fn shortest(out: &[Vec<usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut before = vec![None; out.len()];
    let mut open = VecDeque::from([from]);
    while let Some(at) = open.pop_front() {
        if at == to {
            let mut way = vec![at];
            let mut at = at;
            while let Some(previous) = before[at].filter(|_| at != from) {
                way.push(previous);
                at = previous;
            }
            way.reverse();
            return Some(way);
        }
        for &next in &out[at] {
            if next != from && before[next].is_none() {
                before[next] = Some(at);
                open.push_back(next);
            }
        }
    }
    None
}
