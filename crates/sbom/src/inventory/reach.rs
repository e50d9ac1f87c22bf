//! How a component is needed, from the ways on which the projects reach it.

use serde::Serialize;
use std::collections::BTreeSet;

use super::{Component, Edge, Origin, Scope};

/// How the projects of a tree need a component, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// It is there whenever the project runs.
    Required,
    /// It is there when an extra is asked for, or where it can be installed.
    Optional,
    /// It is there for who works on the project.
    Development,
}

const ORDER: [Need; 3] = [Need::Required, Need::Optional, Need::Development];

/// How each component is needed; nothing for one that no project reaches, or whose file does not
/// tell scopes apart.
pub(super) fn needs(
    components: &[Component],
    edges: &[Edge],
    scoped: &[bool],
) -> Vec<Option<Need>> {
    let mut out = vec![Vec::new(); components.len()];
    for (index, edge) in edges.iter().enumerate() {
        out[edge.from].push(index);
    }
    let project = |index: usize| matches!(components[index].origin, Origin::Local(_));
    let mut need: Vec<Option<Need>> = vec![None; components.len()];
    // Extras of a component that somebody asked for, with how strongly.
    let mut asked: BTreeSet<(usize, &str)> = BTreeSet::new();
    for level in ORDER {
        let mut queue: Vec<usize> = Vec::new();
        for (index, seen) in need.iter_mut().enumerate() {
            // Projects are where it begins; what stronger needs reached is gone through again,
            // now by the edges that only this need follows.
            if project(index) && seen.is_none() {
                *seen = Some(Need::Required);
            }
            if seen.is_some() {
                queue.push(index);
            }
        }
        while let Some(from) = queue.pop() {
            for &index in &out[from] {
                let edge = &edges[index];
                let least = match &edge.scope {
                    Scope::Runtime | Scope::Peer => Need::Required,
                    Scope::Optional => Need::Optional,
                    Scope::Dev(_) => Need::Development,
                    Scope::Extra(_) if project(from) => Need::Optional,
                    Scope::Extra(name) if asked.contains(&(from, name)) => Need::Required,
                    Scope::Extra(_) => continue,
                };
                if least > level {
                    continue;
                }
                let mut news = need[edge.to].is_none();
                for extra in &edge.extras {
                    news |= asked.insert((edge.to, extra));
                }
                if news {
                    need[edge.to].get_or_insert(level);
                    queue.push(edge.to);
                }
            }
        }
    }
    need.into_iter().zip(scoped).map(|(need, scoped)| need.filter(|_| *scoped)).collect()
}
