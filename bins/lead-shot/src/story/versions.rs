//! Versions of a repository: its tags by their days, each with the range that the graph gives it.

use std::cmp::Ordering;

use leadforge_cli_kit::Failure;
use leadforge_host_git::{Oid, Tag};

use super::graph::Graph;
use crate::place::Place;

/// A version and where it begins.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// The tag; empty for what is not released yet.
    pub(crate) name: String,
    pub(crate) seconds: Option<i64>,
    pub(crate) tip: Oid,
    /// Where its pictures are compared from; none for the first version.
    pub(crate) base: Option<Oid>,
    /// What stands before it, for people.
    pub(crate) since: String,
    /// What its commits are not reached from.
    pub(crate) older: Vec<Oid>,
    /// The main line, when it does not hold the tag.
    pub(crate) off: Option<String>,
}

/// The main line: its name and its tip.
pub(crate) type Line = (String, Oid);

/// The line that tags are measured by: the one that is named, the branch that is checked out, the
/// remote's own choice, or `HEAD`.
pub(crate) fn main_line(place: &Place, named: Option<&str>) -> Result<Line, Failure> {
    if let Some(name) = named.or(place.shot.main.as_deref()) {
        return Ok((name.to_owned(), place.commit(name)?));
    }
    let head = place.git.head().map_err(|e| Failure::git(&e))?;
    if let (Some(branch), Some(commit)) = (head.branch, head.commit) {
        return Ok((branch, commit));
    }
    let remote = "refs/remotes/origin/HEAD";
    if let Some(commit) = place.git.resolve(remote).map_err(|e| Failure::git(&e))? {
        return Ok(("origin".to_owned(), commit));
    }
    Ok(("HEAD".to_owned(), place.commit("HEAD")?))
}

/// Every version, the oldest first, and last what the main line holds beyond them, if anything.
///
/// A commit belongs to the version that first held it, in the order of the tags' days.
pub(crate) fn all(place: &Place, line: &Line) -> Result<Vec<Version>, Failure> {
    let git = |e| Failure::git(&e);
    let mut tags = place.git.tags().map_err(git)?;
    tags.sort_by(by_day);
    let tips = tags.iter().map(|tag| tag.commit.clone()).chain([line.1.clone()]);
    let graph = place.git.graph(&tips.collect::<Vec<_>>()).map_err(git)?;
    Ok(ranges(&tags, line, Graph::new(graph)))
}

fn ranges(tags: &[Tag], line: &Line, mut graph: Graph) -> Vec<Version> {
    let main = graph.reached(&line.1);
    let mut found = Vec::with_capacity(tags.len() + 1);
    for tag in tags {
        let off = !graph.within(&main, &tag.commit);
        let (_, version) = version(&tag.name, &tag.commit, tags, &mut graph);
        let off = off.then(|| line.0.clone());
        found.push(Version { seconds: Some(tag.seconds), off, ..version });
    }
    let (own, rest) = version("", &line.1, tags, &mut graph);
    if own > 0 {
        found.push(rest);
    }
    found
}

fn version(name: &str, tip: &Oid, tags: &[Tag], graph: &mut Graph) -> (usize, Version) {
    let step = graph.take(tip);
    let base = step.edge.first().cloned();
    let since = base.as_ref().map_or_else(String::new, |base| {
        let exact = tags.iter().find(|tag| tag.commit == *base && tag.name != name);
        let owner = graph.owner(base).and_then(|owner| tags.get(owner - 1));
        match (exact, owner) {
            (Some(tag), _) => tag.name.clone(),
            (None, Some(tag)) => format!("{} ({})", tag.name, base.short(7)),
            (None, None) => base.short(7).to_owned(),
        }
    });
    let version = Version {
        name: name.to_owned(),
        seconds: None,
        tip: tip.clone(),
        base,
        since,
        older: step.edge,
        off: None,
    };
    (step.own, version)
}

/// The version that `FROM..TO` spells out.
pub(crate) fn between(place: &Place, range: &str, line: &Line) -> Result<Version, Failure> {
    let git = |e| Failure::git(&e);
    let wrong = || {
        Failure::usage("notes.range", format!("{range} is no range"))
            .hint("write FROM..TO, or one tag")
    };
    let (from, to) = range.split_once("..").ok_or_else(wrong)?;
    if to.starts_with('.') || from.is_empty() {
        return Err(wrong());
    }
    let to = if to.is_empty() { "HEAD" } else { to };
    let (older, tip) = (place.commit(from)?, place.commit(to)?);
    let tag = place.git.tags().map_err(git)?.into_iter().find(|tag| tag.name == to);
    let on = place.git.is_ancestor(&tip, &line.1).map_err(git)?;
    Ok(Version {
        base: place.git.merge_base(&older, &tip).map_err(git)?,
        off: (tag.is_some() && !on).then(|| line.0.clone()),
        seconds: tag.as_ref().map(|tag| tag.seconds),
        name: tag.map_or_else(String::new, |tag| tag.name),
        tip,
        since: from.to_owned(),
        older: vec![older],
    })
}

/// By day, and on one second by version, and at last by name.
fn by_day(a: &Tag, b: &Tag) -> Ordering {
    a.seconds
        .cmp(&b.seconds)
        .then_with(|| natural(&a.name, &b.name))
        .then_with(|| a.name.cmp(&b.name))
}

/// Compares texts with runs of digits as numbers: `v0.9.0` before `v0.14.0`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (m, n) = (digits(&mut a), digits(&mut b));
            let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n));
            if order != Ordering::Equal {
                return order;
            }
        } else if x != y {
            return x.cmp(y);
        } else {
            (a, b) = (&a[1..], &b[1..]);
        }
    }
    a.len().cmp(&b.len())
}

/// Takes a run of digits off, without leading zeros.
fn digits<'t>(text: &mut &'t [u8]) -> &'t [u8] {
    let end = text.iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    *text = rest;
    let zeros = run.iter().take_while(|b| **b == b'0').count();
    &run[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_people_read_them() {
        for (a, b) in [("v0.9.0", "v0.14.0"), ("v0.14.9", "v0.14.10"), ("1", "1.1"), ("a01", "a2")]
        {
            assert_eq!(natural(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(natural(b, a), Ordering::Greater, "{b} {a}");
        }
        assert_eq!(natural("v1.0", "v1.0"), Ordering::Equal);
        assert_eq!(natural("v01", "v1"), Ordering::Equal);
    }
}
