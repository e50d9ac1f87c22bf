//! What other scanners claim, merged with what the index says: one vulnerability of one component is one finding,
//! under whichever of its names a scanner knows it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::entry::{Class, Entry, Severity};
use super::finding::Standing;
use super::mapping::Map;
use crate::inventory::{Component, Inventory, Kind, Need, Origin};

/// A vulnerability that a scanner claims of a package.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Claim {
    /// The scanner.
    pub by: String,
    /// The identifiers by which it knows the vulnerability, the one that it uses first.
    pub ids: Vec<String>,
    /// The package URL, if the scanner tells it.
    pub purl: String,
    /// The types of package URLs that the package can be of; none means any.
    pub kinds: Vec<String>,
    /// The package, as the scanner calls it.
    pub name: String,
    /// Its version; empty when the scanner does not tell it.
    pub version: String,
    /// The file in which the scanner found it, as it names it.
    pub file: String,
    /// The line in it; 0 when it is not told.
    pub line: u32,
    /// What it is about.
    pub class: Option<Class>,
    /// How bad it is, as the scanner sees it.
    pub severity: Option<Severity>,
    /// In one line.
    pub summary: String,
    /// Where more is written.
    pub url: String,
    /// The versions that have the fault no more.
    pub fixed: Vec<String>,
}

/// What is found of one vulnerability of one component, before it is told.
pub(super) struct Group {
    /// The component; nothing where a scanner means one that is not there.
    pub(super) place: Option<usize>,
    /// All identifiers, sorted.
    pub(super) ids: Vec<String>,
    /// What the index has of it, whether this version has it or not.
    pub(super) entries: Vec<Entry>,
    pub(super) standing: Standing,
    /// The claims that are about it, by their places.
    pub(super) claims: Vec<usize>,
    /// Why no component is meant.
    pub(super) unmapped: String,
}

/// What the index holds of the package of a component: nothing when it was not asked.
pub(super) type Ask<'a, E> = dyn FnMut(usize) -> Result<Option<Vec<Entry>>, E> + 'a;

/// Adds claims to what the index found: to the groups that they are about, and groups for what only they know.
pub(super) fn merge<E>(
    claims: &[Claim],
    inventory: &Inventory,
    groups: &mut Vec<Group>,
    ask: &mut Ask<'_, E>,
) -> Result<(), E> {
    if claims.is_empty() {
        return Ok(());
    }
    let map = Map::of(inventory);
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        found.entry(group.place.expect("the index knows of components")).or_default().push(at);
    }
    let mut alone: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut nowhere: BTreeMap<(String, String, String), Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        let places = match map.find(claim) {
            Ok(places) => places,
            Err(reason) => {
                let key = (claim.name.to_lowercase(), claim.version.clone(), reason);
                nowhere.entry(key).or_default().push(at);
                continue;
            }
        };
        for place in places {
            let known = found.get(&place).map_or(&[][..], Vec::as_slice);
            let mut hit = false;
            for group in known {
                let group = &mut groups[*group];
                if claim.ids.iter().any(|id| group.ids.binary_search(id).is_ok()) {
                    group.claims.push(at);
                    hit = true;
                }
            }
            if !hit {
                alone.entry(place).or_default().push(at);
            }
        }
    }
    // A claim may bring further names; those that another group of the component has are that one's.
    for known in found.values() {
        let taken: BTreeSet<String> =
            known.iter().flat_map(|group| groups[*group].ids.clone()).collect();
        for group in known {
            let group = &mut groups[*group];
            let names = group.claims.iter().flat_map(|at| &claims[*at].ids);
            group.ids.extend(names.filter(|id| !taken.contains(*id)).cloned());
            group.ids.sort_unstable();
            group.ids.dedup();
        }
    }
    for (place, members) in alone {
        let (entries, asked) = match ask(place)? {
            Some(entries) => (entries, true),
            None => (Vec::new(), false),
        };
        for set in same(claims, &members, &entries) {
            let standing = match set.entries.iter().all(|entry| entry.withdrawn) {
                _ if !asked => Standing::NotAsked,
                _ if set.entries.is_empty() => Standing::Unknown,
                true => Standing::Withdrawn,
                false => Standing::NotAffected,
            };
            groups.push(Group { place: Some(place), standing, ..set });
        }
    }
    for ((_, _, reason), members) in nowhere {
        for set in same(claims, &members, &[]) {
            groups.push(Group { unmapped: reason.clone(), ..set });
        }
    }
    Ok(())
}

/// Claims about the same vulnerability, by their identifiers and by what the index says means the same.
fn same(claims: &[Claim], members: &[usize], entries: &[Entry]) -> Vec<Group> {
    let mut sets: Vec<(BTreeSet<&str>, Vec<usize>, Vec<usize>)> = Vec::new();
    let claimed = members.iter().map(|at| {
        let ids: BTreeSet<&str> = claims[*at].ids.iter().map(String::as_str).collect();
        (ids, vec![*at], Vec::new())
    });
    let known = entries.iter().enumerate().map(|(at, entry)| {
        (entry.group.iter().map(String::as_str).collect(), Vec::new(), vec![at])
    });
    for mut one in claimed.chain(known) {
        let (joined, apart): (Vec<_>, Vec<_>) =
            sets.into_iter().partition(|set| !set.0.is_disjoint(&one.0));
        for set in joined {
            one.0.extend(set.0);
            one.1.extend(set.1);
            one.2.extend(set.2);
        }
        sets = apart;
        sets.push(one);
    }
    let claimed = sets.into_iter().filter(|set| !set.1.is_empty());
    let mut groups: Vec<Group> = claimed
        .map(|(ids, mut own, about)| {
            own.sort_unstable();
            Group {
                place: None,
                ids: ids.into_iter().map(str::to_owned).collect(),
                entries: about.into_iter().map(|at| entries[at].clone()).collect(),
                standing: Standing::NotAsked,
                claims: own,
                unmapped: String::new(),
            }
        })
        .collect();
    groups.sort_by(|a, b| a.claims.cmp(&b.claims));
    groups
}

/// The identifier by which a group is called: that of the ecosystem's own database, then GitHub's, then the world's.
pub(super) fn name(ids: &[String]) -> Option<&String> {
    let order = |id: &&String| {
        const FIRST: [&str; 6] = ["RUSTSEC-", "PYSEC-", "GO-", "MAL-", "GHSA-", "CVE-"];
        FIRST.iter().position(|begin| id.starts_with(begin)).unwrap_or(FIRST.len())
    };
    ids.iter().min_by_key(order)
}

/// What a scanner means, as a component, for decisions that are about it.
pub(super) fn meant(claim: &Claim) -> Component {
    Component {
        reference: claim.purl.clone(),
        kind: Kind::Library,
        ecosystem: crate::inventory::Ecosystem::Generic,
        name: claim.name.clone(),
        version: Some(claim.version.clone()).filter(|version| !version.is_empty()),
        purl: claim.purl.clone(),
        origin: Origin::Registry,
        need: None::<Need>,
        licences: Vec::new(),
        texts: Vec::new(),
        supplier: None,
        artifacts: Vec::new(),
        occurrences: Vec::new(),
    }
}
