//! What a contract forbids, as pairs of sets of modules.

use super::contract::{Contract, ContractError, Sort, items};
use super::graph::Graph;
use super::import::Language;
use super::select::{Package, is_there, outside, packages};

/// Some modules may not import some others.
pub(super) struct Ban {
    pub(super) names: (String, String),
    pub(super) language: Language,
    pub(super) from: Vec<bool>,
    pub(super) to: Vec<bool>,
    /// Modules through which a chain does not count, because it breaks another ban.
    pub(super) closed: Vec<bool>,
    /// Only direct imports count.
    pub(super) direct: bool,
}

/// Why there is no answer.
pub(super) enum Wrong {
    Contract(ContractError),
    /// The graph does not have what the contract speaks of.
    Nothing(String),
}

impl From<String> for Wrong {
    fn from(why: String) -> Self {
        Self::Nothing(why)
    }
}

impl From<ContractError> for Wrong {
    fn from(error: ContractError) -> Self {
        Self::Contract(error)
    }
}

/// All that a contract which is not about circles forbids.
pub(super) fn of(graph: &Graph, contract: &Contract, sort: Sort) -> Result<Vec<Ban>, Wrong> {
    match sort {
        Sort::Layers => layers(graph, contract),
        Sort::Independent => {
            let mut all = Vec::new();
            for name in &contract.independent {
                all.extend(packages(graph, name)?);
            }
            all.sort();
            all.dedup();
            if all.len() < 2 {
                return Err("independent stands for a single module".to_owned().into());
            }
            levels(graph, &[(all, true)])
        }
        Sort::Forbidden => forbidden(graph, contract),
        Sort::Protected => protected(graph, contract),
        Sort::Acyclic => Ok(Vec::new()),
    }
}

fn layers(graph: &Graph, contract: &Contract) -> Result<Vec<Ban>, Wrong> {
    let mut containers = Vec::new();
    for name in &contract.containers {
        containers.extend(packages(graph, name)?.into_iter().map(Some));
    }
    if containers.is_empty() {
        containers.push(None);
    }
    let mut bans = Vec::new();
    for container in containers {
        let mut stack = Vec::new();
        for layer in &contract.layers {
            let (items, independent) = items(layer)?;
            let mut level = Vec::new();
            for (name, optional) in items {
                let found = match &container {
                    None => packages(graph, name),
                    Some(container) => {
                        let package = container.child(name);
                        if package.members(graph).contains(&true) {
                            Ok(vec![package])
                        } else {
                            Err(format!("there is no module \"{}\"", package.name))
                        }
                    }
                };
                match found {
                    Ok(found) => level.extend(found),
                    // One that could be of two languages is there: to leave it out would be to look away.
                    Err(_) if optional && (container.is_some() || !is_there(graph, name)) => {}
                    Err(why) => return Err(why.into()),
                }
            }
            stack.push((level, independent));
        }
        if stack.iter().map(|(level, _)| level.len()).sum::<usize>() < 2 {
            return Err("fewer than two of the layers are there".to_owned().into());
        }
        bans.extend(levels(graph, &stack)?);
    }
    Ok(bans)
}

fn union(sets: &[&Vec<bool>], size: usize) -> Vec<bool> {
    (0..size).map(|at| sets.iter().any(|set| set[at])).collect()
}

/// Lower ones may not import higher ones, nor siblings each other where they are independent.
fn levels(graph: &Graph, stack: &[(Vec<Package>, bool)]) -> Result<Vec<Ban>, Wrong> {
    let size = graph.modules.len();
    let mut all = Vec::new();
    for (height, (level, independent)) in stack.iter().enumerate() {
        all.extend(
            level.iter().map(|package| (height, *independent, package, package.members(graph))),
        );
    }
    for (at, (_, _, package, members)) in all.iter().enumerate() {
        for (_, _, other, others) in &all[at + 1..] {
            if members.iter().zip(others).any(|(one, two)| *one && *two) {
                let (one, two) = (&package.name, &other.name);
                return Err(format!("\"{one}\" and \"{two}\" have modules in common").into());
            }
        }
    }
    let mut bans = Vec::new();
    for (lower, independent, package, from) in &all {
        for (upper, _, other, to) in &all {
            let banned = upper < lower || upper == lower && *independent && package != other;
            if !banned || package.language != other.language {
                continue;
            }
            let rest: Vec<&Vec<bool>> = all
                .iter()
                .filter(|(_, _, third, _)| third != package && third != other)
                .map(|(_, _, _, members)| members)
                .collect();
            bans.push(Ban {
                names: (package.name.clone(), other.name.clone()),
                language: package.language,
                from: from.clone(),
                to: to.clone(),
                closed: union(&rest, size),
                direct: false,
            });
        }
    }
    Ok(bans)
}

fn forbidden(graph: &Graph, contract: &Contract) -> Result<Vec<Ban>, Wrong> {
    let Some(forbidden) = &contract.forbidden else { return Ok(Vec::new()) };
    let size = graph.modules.len();
    let mut targets = Vec::new();
    for package in named(graph, &forbidden.to, "to")? {
        let members = package.members(graph);
        targets.push((package.name.clone(), Some(package), members));
    }
    for name in &forbidden.outside {
        targets.push((name.clone(), None, outside(graph, name)));
    }
    let mut bans = Vec::new();
    for package in named(graph, &forbidden.from, "from")? {
        let from = package.members(graph);
        for (name, target, to) in &targets {
            // A package may import its own parts, and a part its package.
            let shared = from.iter().zip(to).any(|(one, two)| *one && *two);
            let other = target.as_ref().is_some_and(|t| t.language != package.language);
            if shared || other {
                continue;
            }
            bans.push(Ban {
                names: (package.name.clone(), name.clone()),
                language: package.language,
                from: from.clone(),
                to: to.clone(),
                closed: vec![false; size],
                direct: contract.direct,
            });
        }
    }
    Ok(bans)
}

/// The packages that names stand for; one in parentheses need not be there, and of several one has to be.
fn named(graph: &Graph, names: &[String], key: &str) -> Result<Vec<Package>, Wrong> {
    let mut found = Vec::new();
    for name in names {
        let optional = name.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        match packages(graph, optional.unwrap_or(name).trim()) {
            Ok(packages) => found.extend(packages),
            // One that could be of two languages is there: to leave it out would be to look away.
            Err(_) if optional.is_some_and(|name| !is_there(graph, name.trim())) => {}
            Err(why) => return Err(why.into()),
        }
    }
    if found.is_empty() && !names.is_empty() {
        return Err(format!("nothing of `{key}` is there").into());
    }
    Ok(found)
}

fn protected(graph: &Graph, contract: &Contract) -> Result<Vec<Ban>, Wrong> {
    let Some(protected) = &contract.protected else { return Ok(Vec::new()) };
    let size = graph.modules.len();
    let mut allowed = vec![false; size];
    for name in &protected.importers {
        for package in packages(graph, name)? {
            let members = package.members(graph);
            allowed.iter_mut().zip(members).for_each(|(one, two)| *one |= two);
        }
    }
    let mut bans = Vec::new();
    for name in &protected.modules {
        for package in packages(graph, name)? {
            let to = package.members(graph);
            let others = graph.modules.iter().zip(&allowed).zip(&to);
            let from = others.map(|((module, allowed), own)| {
                module.language == package.language && !allowed && !own
            });
            bans.push(Ban {
                names: ("anything else".to_owned(), package.name.clone()),
                language: package.language,
                from: from.collect(),
                to,
                closed: vec![false; size],
                direct: true,
            });
        }
    }
    Ok(bans)
}
