//! Builds an index of OSV records: aliases merged, names in order, one block for each package.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::entry::{Class, Entry, Event, Level, Severity};
use super::groups::Groups;
use super::index::{MAGIC, Meta};
use super::osv::{Affected, Record};
use super::{Covered, names};

/// Why a record is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct RecordError {
    /// The name of the file.
    pub name: String,
    /// What is wrong with it, in words.
    pub reason: String,
}

/// An index in the making.
#[derive(Default)]
pub struct Builder {
    groups: Groups,
    /// The newest version of each record, by its identifier.
    records: BTreeMap<String, Record>,
}

impl Builder {
    /// Takes in a file: an OSV record in JSON or YAML, by the ending of its name. A file with another
    /// ending is passed over, and the answer is whether it was taken.
    ///
    /// # Errors
    /// When it has the ending of a record and is none.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<bool, RecordError> {
        let fault = |reason: String| RecordError { name: name.to_owned(), reason };
        let record: Record = if name.ends_with(".json") {
            serde_json::from_slice(bytes).map_err(|error| fault(error.to_string()))?
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            let text = std::str::from_utf8(bytes).map_err(|error| fault(error.to_string()))?;
            serde_saphyr::from_str(text).map_err(|error| {
                let line = error.to_string();
                fault(line.lines().next().unwrap_or_default().to_owned())
            })?
        } else {
            return Ok(false);
        };
        if record.id.is_empty() {
            return Err(fault("has no id".to_owned()));
        }
        match self.records.get(&record.id) {
            Some(known) if known.modified >= record.modified => {}
            _ => drop(self.records.insert(record.id.clone(), record)),
        }
        Ok(true)
    }

    /// Writes the index: the same records give the same bytes, in whatever order they came.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<Vec<Covered>> {
        for record in self.records.values() {
            for alias in &record.aliases {
                self.groups.join(&record.id, alias);
            }
        }
        let mut packages: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut covered: BTreeMap<String, Covered> = BTreeMap::new();
        for record in self.records.values() {
            let group = self.groups.of(&record.id);
            for affected in &record.affected {
                let package = &affected.package;
                if package.ecosystem.is_empty() || package.name.is_empty() {
                    continue;
                }
                let ecosystem = package.ecosystem.as_str();
                let known = covered.entry(ecosystem.to_owned()).or_insert_with(|| Covered {
                    ecosystem: ecosystem.to_owned(),
                    advisories: 0,
                    newest: String::new(),
                });
                known.newest = std::mem::take(&mut known.newest).max(day(&record.modified));
                let list = packages.entry(names::key(ecosystem, &package.name)).or_default();
                if list.last().is_none_or(|last| last.id != record.id) {
                    known.advisories += 1;
                }
                list.push(entry(record, affected, &group));
            }
        }
        let covered: Vec<Covered> = covered.into_values().collect();
        let meta = Meta { covered: covered.clone(), records: self.records.len() };
        let meta = serde_json::to_vec(&meta)?;
        let mut table = Vec::new();
        let mut blob = Vec::new();
        let number = |value: usize| {
            u32::try_from(value).map_err(|_| io::Error::other("the index is larger than 4 GB"))
        };
        for (key, entries) in &packages {
            let body = serde_json::to_vec(entries)?;
            for value in [blob.len(), key.len(), body.len()] {
                table.extend_from_slice(&number(value)?.to_le_bytes());
            }
            blob.extend_from_slice(key.as_bytes());
            blob.extend_from_slice(&body);
        }
        number(blob.len())?;
        out.write_all(MAGIC)?;
        out.write_all(&number(meta.len())?.to_le_bytes())?;
        out.write_all(&number(packages.len())?.to_le_bytes())?;
        out.write_all(&meta)?;
        out.write_all(&table)?;
        out.write_all(&blob)?;
        Ok(covered)
    }
}

/// The day of a time.
fn day(time: &str) -> String {
    time.get(..10).unwrap_or_default().to_owned()
}

fn entry(record: &Record, affected: &Affected, group: &[String]) -> Entry {
    let informational = affected.database_specific.informational.as_deref();
    let class = match informational.or(record.database_specific.informational.as_deref()) {
        _ if record.id.starts_with("MAL-") => Class::Malicious,
        None => Class::Vulnerability,
        Some("unsound") => Class::Unsound,
        Some("unmaintained") => Class::Unmaintained,
        Some(_) => Class::Notice,
    };
    let first = record.details.lines().map(str::trim).find(|line| !line.is_empty());
    let summary =
        if record.summary.is_empty() { first.unwrap_or_default() } else { &record.summary };
    let url = |kind: &str| record.references.iter().find(|reference| reference.kind == kind);
    let url = url("ADVISORY").or_else(|| url("WEB")).or_else(|| record.references.first());
    // GIT ranges name commits, which nothing here can order.
    let ranges = affected.ranges.iter().filter(|range| range.kind != "GIT");
    Entry {
        id: record.id.clone(),
        group: group.to_vec(),
        class,
        withdrawn: !record.withdrawn.is_empty(),
        summary: summary.chars().take(200).collect(),
        url: url.map(|reference| reference.url.clone()).unwrap_or_default(),
        severity: severity(record, affected),
        ranges: ranges.map(|range| range.events.iter().flat_map(events).collect()).collect(),
        versions: affected.versions.clone(),
    }
}

/// The highest severity that is given, that of the package before that of the record.
fn severity(record: &Record, affected: &Affected) -> Option<Severity> {
    let highest = |all: &[super::osv::Severity]| {
        let all = all.iter().filter_map(|one| Severity::of_vector(&one.score));
        all.max_by(|a, b| a.score.unwrap_or_default().total_cmp(&b.score.unwrap_or_default()))
    };
    let word = |specific: &super::osv::Specific| {
        let level = Level::of(specific.severity.as_ref()?.as_str()?)?;
        Some(Severity { level, score: None, vector: None })
    };
    highest(&affected.severity)
        .or_else(|| highest(&record.severity))
        .or_else(|| word(&affected.database_specific))
        .or_else(|| word(&record.database_specific))
}

fn events(event: &super::osv::Event) -> impl Iterator<Item = Event> {
    let introduced = event.introduced.clone().map(Event::Introduced);
    let fixed = event.fixed.clone().map(Event::Fixed);
    let last = event.last_affected.clone().map(Event::Last);
    let limit = event.limit.clone().map(Event::Limit);
    [introduced, fixed, last, limit].into_iter().flatten()
}
