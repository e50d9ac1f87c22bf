//! Asks an index about every component, and says what came of what was decided before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::claims::{self, Claim, Group};
use super::decisions::Used;
use super::entry::{Class, Entry, Severity};
use super::finding::{Finding, Standing};
use super::ignore::Ignore;
use super::index::{Index, IndexError};
use super::paths::Paths;
use super::vex::Statement;
use super::{Covered, names, ranges};
use crate::inventory::Inventory;
use crate::versions::Scheme;

/// What was decided before.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// What is ignored.
    pub ignore: Vec<Ignore>,
    /// What makers say.
    pub statements: Vec<Statement>,
    /// The day on which it is asked, as `2026-01-31`.
    pub today: String,
    /// A statement said before this day counts no more; empty means that none is too old.
    pub statements_since: String,
    /// What other scanners claim of the same.
    pub claims: Vec<Claim>,
}

/// What an index says of an inventory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The day up to which advisories were asked: of ecosystems that were, the one whose newest is oldest.
    pub database: String,
    /// The ecosystems whose advisories the index holds.
    pub covered: Vec<Covered>,
    /// What was found: the worst first.
    pub findings: Vec<Finding>,
    /// How many components were asked about.
    pub checked: usize,
    /// What was not asked about, and why.
    pub unchecked: Vec<Unchecked>,
    /// What was decided and had no effect, or has none any more.
    pub unused: Vec<Unused>,
}

/// Components that were not asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unchecked {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: usize,
    /// The first of them by name.
    pub example: String,
}

/// A decision that had no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unused {
    /// Where it stands, in words.
    pub source: String,
    /// What it is about.
    pub about: String,
    /// The last day on which it counted; empty when it counts and nothing is as it says.
    pub expired: String,
}

/// Asks an index about every component of an inventory, and merges what other scanners claim.
///
/// # Errors
/// When the index is broken.
pub fn scan(
    inventory: &Inventory,
    index: &Index<'_>,
    config: &Config,
) -> Result<Report, IndexError> {
    let mut unchecked: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut checked = 0;
    let mut asked = BTreeSet::new();
    let mut groups = Vec::new();
    for (place, component) in inventory.components.iter().enumerate() {
        let (covered, key, scheme) = match question(inventory, index, place) {
            Ok(question) => question,
            Err(reason) => {
                let known = unchecked.entry(reason).or_insert_with(|| (0, component.name.clone()));
                known.0 += 1;
                continue;
            }
        };
        asked.insert(covered.newest.as_str());
        checked += 1;
        let version = component.version.as_deref().expect("what has none has no name there");
        let mut hit: BTreeMap<Vec<String>, Vec<Entry>> = BTreeMap::new();
        for entry in index.get(&key)? {
            if !entry.withdrawn && ranges::hit(&entry, scheme, version) {
                hit.entry(entry.group.clone()).or_default().push(entry);
            }
        }
        groups.extend(hit.into_iter().map(|(ids, entries)| Group {
            place: Some(place),
            ids,
            entries,
            standing: Standing::Found,
            claims: Vec::new(),
            unmapped: String::new(),
        }));
    }
    let mut ask = |place| match question(inventory, index, place) {
        Ok((_, key, _)) => index.get(&key).map(Some),
        Err(_) => Ok(None),
    };
    claims::merge(&config.claims, inventory, &mut groups, &mut ask)?;
    let paths = Paths::of(inventory);
    let mut used = Used::of(config);
    let mut findings: Vec<Finding> = groups
        .into_iter()
        .map(|group| finding(inventory, &paths, group, config, &mut used))
        .collect();
    findings.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let unchecked = unchecked.into_iter();
    let unchecked =
        unchecked.map(|(reason, (count, example))| Unchecked { reason, count, example });
    Ok(Report {
        database: (*asked.first().unwrap_or(&index.date())).to_owned(),
        covered: index.covered().to_vec(),
        findings,
        checked,
        unchecked: unchecked.collect(),
        unused: used.rest(config),
    })
}

/// The ecosystems whose advisories are about something in an inventory, as OSV spells them.
#[must_use]
pub fn ecosystems(inventory: &Inventory) -> BTreeSet<String> {
    let named = inventory.components.iter().filter_map(|component| names::of(component).ok());
    named.map(|(ecosystem, _)| ecosystem).collect()
}

/// Under what the index has a component, or why it is not asked.
fn question<'i>(
    inventory: &Inventory,
    index: &'i Index<'_>,
    place: usize,
) -> Result<(&'i Covered, String, Option<Scheme>), String> {
    let (ecosystem, name) = names::of(&inventory.components[place])?;
    let covered = index.covered().iter().find(|covered| covered.ecosystem == ecosystem);
    let covered = covered.ok_or_else(|| format!("the database has nothing of {ecosystem}"))?;
    Ok((covered, names::key(&ecosystem, &name), Scheme::of_osv(&ecosystem)))
}

/// What a newer answer has that an older one has not, and what it has no more: by any identifier and the package,
/// whatever its version.
#[must_use]
pub fn changes(old: &Report, new: &Report) -> (Vec<Finding>, Vec<Finding>) {
    let keys = |report: &Report| {
        let mut keys = BTreeSet::new();
        for finding in &report.findings {
            for id in std::iter::once(&finding.id).chain(&finding.aliases) {
                keys.insert((id.clone(), package(finding)));
            }
        }
        keys
    };
    let (before, after) = (keys(old), keys(new));
    let missing = |report: &Report, keys: &BTreeSet<(String, String)>| {
        let is_new = |finding: &&Finding| {
            let mut ids = std::iter::once(&finding.id).chain(&finding.aliases);
            !ids.any(|id| keys.contains(&(id.clone(), package(finding))))
        };
        report.findings.iter().filter(is_new).cloned().collect()
    };
    (missing(new, &before), missing(old, &after))
}

/// The package of a finding, whatever its version.
fn package(finding: &Finding) -> String {
    let kind = finding.purl.split('/').next().unwrap_or_default();
    format!("{kind}/{}", finding.name)
}

/// The worst first, then by name.
fn rank(finding: &Finding) -> (bool, Class, std::cmp::Reverse<i64>, &str, &str, &str) {
    // A hundredth of a point is more than any score tells apart.
    #[expect(clippy::cast_possible_truncation, reason = "scores are between 0 and 10")]
    let points = |severity: &Severity| {
        let least = [0.1, 4.0, 7.0, 9.0][severity.level as usize];
        (severity.score.unwrap_or(least) * 100.0) as i64
    };
    let points = finding.severity.as_ref().map_or(0, points);
    (
        !finding.open(),
        finding.class,
        std::cmp::Reverse(points),
        &finding.name,
        &finding.version,
        &finding.id,
    )
}

fn finding(
    inventory: &Inventory,
    paths: &Paths,
    group: Group,
    config: &Config,
    used: &mut Used,
) -> Finding {
    let claims: Vec<&Claim> = group.claims.iter().map(|at| &config.claims[*at]).collect();
    let mut found_by: Vec<String> = claims.iter().map(|claim| claim.by.clone()).collect();
    found_by.sort_unstable();
    found_by.dedup();
    let root = inventory.root.map(|root| &inventory.components[root]);
    let meant = match group.place {
        Some(_) => None,
        None => Some(claims::meant(claims[0])),
    };
    let component = meant
        .as_ref()
        .unwrap_or_else(|| &inventory.components[group.place.expect("what is not meant is there")]);
    let version = component.version.clone().unwrap_or_default();
    let scheme = component.ecosystem.versions();
    // The database of the ecosystem itself knows best what it is.
    let own = |entry: &&Entry| entry.id.starts_with("RUSTSEC-") || entry.id.starts_with("PYSEC-");
    let first = group.entries.iter().find(own).or(group.entries.first());
    let told = first.and_then(|first| first.severity.as_ref());
    let told = told.or_else(|| group.entries.iter().find_map(|entry| entry.severity.as_ref()));
    // What only scanners say is as bad as the worst of them says.
    let worst = claims.iter().filter_map(|claim| claim.severity.as_ref()).max_by(|a, b| {
        a.level
            .cmp(&b.level)
            .then_with(|| a.score.partial_cmp(&b.score).unwrap_or(std::cmp::Ordering::Equal))
    });
    let entries = first.into_iter().chain(&group.entries);
    let fixed = entries.map(|entry| ranges::fixed(entry, scheme, &version));
    let fixed = fixed.chain(claims.iter().map(|claim| claim.fixed.clone()));
    let summaries = first.into_iter().chain(&group.entries).map(|entry| &entry.summary);
    let summaries = summaries.chain(claims.iter().map(|claim| &claim.summary));
    let urls = first.into_iter().map(|entry| &entry.url);
    let urls = urls.chain(claims.iter().map(|claim| &claim.url));
    let said = |mut texts: Box<dyn Iterator<Item = &String> + '_>| {
        texts.find(|text| !text.is_empty()).cloned().unwrap_or_default()
    };
    let named = match first {
        Some(first) if group.standing == Standing::Found => Some(&first.id),
        _ => claims::name(&group.ids),
    };
    let id = named.cloned().unwrap_or_default();
    let place = component.occurrences.first();
    let (file, line) = match (place, claims.first()) {
        (Some(place), _) => (place.path.clone(), place.line),
        (None, Some(claim)) => (claim.file.clone(), claim.line),
        (None, None) => (String::new(), 0),
    };
    let step = |index: &usize| {
        let component = &inventory.components[*index];
        match &component.version {
            Some(version) => format!("{}@{version}", component.name),
            None => component.name.clone(),
        }
    };
    let way = group.place.map_or_else(Vec::new, |place| paths.to(place));
    let claimed = claims.iter().find_map(|claim| claim.class);
    Finding {
        class: first.map(|first| first.class).or(claimed).unwrap_or(Class::Vulnerability),
        severity: told.or(worst).cloned(),
        summary: said(Box::new(summaries)),
        url: said(Box::new(urls)),
        component: group.place.map_or_else(String::new, |_| component.reference.clone()),
        purl: component.purl.clone(),
        name: component.name.clone(),
        fixed: fixed.into_iter().find(|fixed| !fixed.is_empty()).unwrap_or_default(),
        path: way.iter().map(step).collect(),
        file,
        line,
        status: used.status(config, &group.ids, component, root),
        found_by,
        database: group.standing,
        unmapped: group.unmapped,
        aliases: group.ids.into_iter().filter(|other| *other != id).collect(),
        version,
        id,
    }
}
