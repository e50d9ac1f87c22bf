//! An order of groups in which an import goes up only where a circle leaves no other way.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::cycles::circles;
use super::Groups;

/// Importers before what they import.
pub(super) fn ordered(groups: Groups) -> Groups {
    let mut out = vec![Vec::new(); groups.names.len()];
    groups.imports.keys().for_each(|(from, to)| out[*from].push(*to));
    // Circles as one stand in an order without exceptions; only within each of them a choice is left.
    let circle = circles(&out);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    circle.iter().enumerate().for_each(|(at, of)| members.entry(*of).or_default().push(at));
    let mut between: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (&(from, to), count) in &groups.imports {
        if circle[from] != circle[to] {
            *between.entry((circle[from], circle[to])).or_default() += count;
        }
    }
    let whole: Vec<usize> = members.keys().copied().collect();
    let mut order = Vec::new();
    for of in arranged(&whole, &between) {
        order.extend(arranged(&members[&of], &groups.imports));
    }
    let mut place = vec![0; groups.names.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let names = order.iter().map(|old| groups.names[*old].clone()).collect();
    let imports =
        groups.imports.iter().map(|((a, b), count)| ((place[*a], place[*b]), *count)).collect();
    Groups { names, imports, ..groups }
}

/// One after the other: always the one next whose remaining imports most outweigh those that import it.
fn arranged(of: &[usize], imports: &BTreeMap<(usize, usize), usize>) -> Vec<usize> {
    let mut left = of.to_vec();
    let (mut first, mut last) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let weight = |at: usize| {
            let (mut out, mut into) = (0_usize, 0_usize);
            for (&(from, to), count) in imports {
                if from == at && left.contains(&to) {
                    out = out.saturating_add(*count);
                } else if to == at && left.contains(&from) {
                    into = into.saturating_add(*count);
                }
            }
            (out, into)
        };
        let weights: Vec<(usize, usize)> = left.iter().map(|at| weight(*at)).collect();
        // What nothing left imports goes to the top, all of it at once; what imports nothing that is left to the end.
        let sources: Vec<usize> = left
            .iter()
            .zip(&weights)
            .filter(|(_, (_, into))| *into == 0)
            .map(|(at, _)| *at)
            .collect();
        if !sources.is_empty() {
            left.retain(|at| !sources.contains(at));
            first.extend(sources);
            continue;
        }
        let sink = weights.iter().position(|(out, _)| *out == 0);
        let most = || {
            let outweighs = |at: &usize| {
                let (out, into) = weights[*at];
                (i128::try_from(out).unwrap_or(0) - i128::try_from(into).unwrap_or(0), Reverse(*at))
            };
            (0..left.len()).max_by_key(outweighs).unwrap_or(0)
        };
        match sink {
            Some(at) => last.push(left.remove(at)),
            None => {
                let at = most();
                first.push(left.remove(at));
            }
        }
    }
    first.extend(last.into_iter().rev());
    first
}
