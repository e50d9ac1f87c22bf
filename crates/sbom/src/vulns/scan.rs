//! Asks an index about every component, and says what came of what was decided before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::entry::{Class, Entry, Severity};
use super::ignore::Ignore;
use super::index::{Index, IndexError};
use super::paths::Paths;
use super::vex::{Statement, Vex};
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

/// An advisory about a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its identifier, that of the ecosystem's own database where it has one.
    pub id: String,
    /// The other identifiers of the same thing, sorted.
    pub aliases: Vec<String>,
    /// What it is about.
    pub class: Class,
    /// How bad it is, if anybody said.
    pub severity: Option<Severity>,
    /// In one line.
    pub summary: String,
    /// Where more is written.
    pub url: String,
    /// The reference of the component.
    pub component: String,
    /// Its package URL.
    pub purl: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The versions above it that have the fault no more, the lowest first.
    pub fixed: Vec<String>,
    /// The shortest way from a project to it, as `name@version`; empty when no project needs it.
    pub path: Vec<String>,
    /// The first file that names it.
    pub file: String,
    /// The line in it.
    pub line: u32,
    /// What was decided about it.
    pub status: Status,
}

/// What was decided about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Status {
    /// Nothing.
    Open,
    /// The project ignores it.
    Ignored {
        /// Why.
        reason: String,
        /// Up to which day; empty means for ever.
        until: String,
    },
    /// A maker says something of it.
    Said {
        /// What.
        says: Vex,
        /// Why.
        reason: String,
        /// In which document.
        source: String,
    },
}

impl Finding {
    /// Whether something has to be done about it: nobody decided otherwise.
    #[must_use]
    pub const fn open(&self) -> bool {
        match &self.status {
            Status::Open => true,
            Status::Ignored { .. } => false,
            Status::Said { says, .. } => matches!(says, Vex::Affected | Vex::UnderInvestigation),
        }
    }
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

/// Asks an index about every component of an inventory.
///
/// # Errors
/// When the index is broken.
pub fn scan(
    inventory: &Inventory,
    index: &Index<'_>,
    config: &Config,
) -> Result<Report, IndexError> {
    let paths = Paths::of(inventory);
    let mut unchecked: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut checked = 0;
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    let mut used = Used {
        ignore: vec![false; config.ignore.len()],
        said: vec![false; config.statements.len()],
    };
    for (place, component) in inventory.components.iter().enumerate() {
        let mut not = |reason: String| {
            let known = unchecked.entry(reason).or_insert_with(|| (0, component.name.clone()));
            known.0 += 1;
        };
        let (ecosystem, name) = match names::of(component) {
            Ok(found) => found,
            Err(reason) => {
                not(reason.to_owned());
                continue;
            }
        };
        let covered = index.covered().iter().find(|covered| covered.ecosystem == ecosystem);
        let Some(covered) = covered else {
            not(format!("the database has nothing of {ecosystem}"));
            continue;
        };
        asked.insert(covered.newest.as_str());
        checked += 1;
        let version = component.version.as_deref().expect("what has none has no name there");
        let scheme = Scheme::of_osv(&ecosystem);
        let mut groups: BTreeMap<Vec<String>, Vec<Entry>> = BTreeMap::new();
        for entry in index.get(&names::key(&ecosystem, &name))? {
            if !entry.withdrawn && ranges::hit(&entry, scheme, version) {
                groups.entry(entry.group.clone()).or_default().push(entry);
            }
        }
        for (group, entries) in groups {
            let way = paths.to(place);
            let status = used.status(config, &group, inventory, place);
            findings.push(finding(inventory, place, &way, group, &entries, scheme, status));
        }
    }
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
    place: usize,
    way: &[usize],
    group: Vec<String>,
    entries: &[Entry],
    scheme: Option<Scheme>,
    status: Status,
) -> Finding {
    let component = &inventory.components[place];
    let version = component.version.clone().unwrap_or_default();
    // The database of the ecosystem itself knows best what it is.
    let own = |entry: &&Entry| entry.id.starts_with("RUSTSEC-") || entry.id.starts_with("PYSEC-");
    let first = entries.iter().find(own).unwrap_or(&entries[0]);
    let severity = first.severity.as_ref().or_else(|| {
        let mut others = entries.iter().filter_map(|entry| entry.severity.as_ref());
        others.next()
    });
    let mut fixed = ranges::fixed(first, scheme, &version);
    if fixed.is_empty() {
        fixed = entries
            .iter()
            .map(|entry| ranges::fixed(entry, scheme, &version))
            .find(|f| !f.is_empty())
            .unwrap_or_default();
    }
    let summary = entries.iter().map(|entry| &entry.summary).find(|text| !text.is_empty());
    let step = |index: &usize| {
        let component = &inventory.components[*index];
        match &component.version {
            Some(version) => format!("{}@{version}", component.name),
            None => component.name.clone(),
        }
    };
    let (file, line) = component
        .occurrences
        .first()
        .map_or_else(|| (String::new(), 0), |place| (place.path.clone(), place.line));
    Finding {
        id: first.id.clone(),
        aliases: group.into_iter().filter(|id| *id != first.id).collect(),
        class: first.class,
        severity: severity.cloned(),
        summary: summary.filter(|_| first.summary.is_empty()).unwrap_or(&first.summary).clone(),
        url: first.url.clone(),
        component: component.reference.clone(),
        purl: component.purl.clone(),
        name: component.name.clone(),
        version,
        fixed,
        path: way.iter().map(step).collect(),
        file,
        line,
        status,
    }
}

/// Which decisions were about something.
struct Used {
    ignore: Vec<bool>,
    said: Vec<bool>,
}

impl Used {
    fn status(
        &mut self,
        config: &Config,
        group: &[String],
        inventory: &Inventory,
        place: usize,
    ) -> Status {
        let component = &inventory.components[place];
        let mut status = Status::Open;
        for (statement, used) in config.statements.iter().zip(&mut self.said) {
            if too_old(statement, config) || !statement.covers(group, inventory, place) {
                continue;
            }
            *used = true;
            // Of several statements the last one counts, as the last word of the maker.
            status = Status::Said {
                says: statement.says,
                reason: statement.reason.clone(),
                source: statement.source.clone(),
            };
        }
        for (entry, used) in config.ignore.iter().zip(&mut self.ignore) {
            if entry.expired(&config.today) || !entry.covers(group, component) {
                continue;
            }
            *used = true;
            let (reason, until) = (entry.reason.clone(), entry.until.clone());
            status = Status::Ignored { reason, until };
        }
        status
    }

    fn rest(self, config: &Config) -> Vec<Unused> {
        let mut found = Vec::new();
        for (entry, used) in config.ignore.iter().zip(self.ignore) {
            let expired = entry.expired(&config.today);
            if !used {
                let expired = if expired { entry.until.clone() } else { String::new() };
                let source = "the list of what is ignored".to_owned();
                found.push(Unused { source, about: entry.words(), expired });
            }
        }
        for (statement, used) in config.statements.iter().zip(self.said) {
            if !used {
                let old = too_old(statement, config);
                let products: Vec<&str> =
                    statement.products.iter().map(|p| p.name.as_str()).collect();
                let about = format!("{} of {}", statement.ids.join(", "), products.join(", "));
                let expired = if old { statement.day.clone() } else { String::new() };
                found.push(Unused { source: statement.source.clone(), about, expired });
            }
        }
        found
    }
}

fn too_old(statement: &Statement, config: &Config) -> bool {
    !config.statements_since.is_empty() && statement.day < config.statements_since
}
