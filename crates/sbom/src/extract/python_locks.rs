//! `poetry.lock`, `pdm.lock` and `pylock.toml`: lists of packages, whose project is beside them.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use pep440_rs::{Version, VersionSpecifiers};
use toml::de::DeValue;

use super::{Extractor, Facts, Found, Gives, Reads, pyproject};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Need, Origin, Packaging, Scope};
use crate::purl::pypi_name;
use crate::text::addresses::without_credentials;
use crate::text::lines::Lines;
use crate::text::requirement;
use crate::text::tables::{self, Table};

pub(super) const POETRY: Extractor = Extractor {
    name: "poetry",
    files: &["poetry.lock"],
    versions: "1 and 2",
    gives: Gives { edges: true, scopes: true, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(poetry),
};

pub(super) const PDM: Extractor = Extractor {
    name: "pdm",
    files: &["pdm.lock"],
    versions: "3 and 4",
    reads: Reads::text(pdm),
    ..POETRY
};

pub(super) const PYLOCK: Extractor = Extractor {
    name: "pylock",
    files: &["pylock.toml", "pylock.*.toml"],
    versions: "1.0",
    gives: Gives { edges: true, scopes: false, hashes: true, licences: false },
    reads: Reads::text(pylock),
    ..POETRY
};

/// The packages of a lock file by name.
#[derive(Default)]
struct Packages {
    by_name: BTreeMap<String, Vec<(String, Id)>>,
}

impl Packages {
    fn add(&mut self, name: &str, version: &str, id: Id) {
        let same = self.by_name.entry(pypi_name(name)).or_default();
        if !same.iter().any(|(_, known)| *known == id) {
            same.push((version.to_owned(), id));
        }
    }

    /// The packages of a name; of several those whose version fits.
    fn fitting(&self, name: &str, versions: &str) -> Vec<Id> {
        let Some(all) = self.by_name.get(&pypi_name(name)) else { return Vec::new() };
        let fits = |version: &str| {
            let specifiers = VersionSpecifiers::from_str(versions).ok()?;
            Some(specifiers.contains(&Version::from_str(version).ok()?))
        };
        let right: Vec<Id> = all
            .iter()
            .filter(|(version, _)| all.len() == 1 || fits(version) == Some(true))
            .map(|(_, id)| *id)
            .collect();
        if right.is_empty() { all.iter().map(|(_, id)| *id).collect() } else { right }
    }
}

fn document<'a>(found: &Found<'a>, lines: &Lines<'_>) -> Result<toml::Spanned<Table<'a>>, Error> {
    tables::read(found.text, lines).map_err(|(line, reason)| found.fault(line, reason))
}

/// The packages of a list by name, and each with its table.
type Listed<'t, 'a> = (Packages, Vec<(Id, &'t Table<'a>)>);

/// Takes the packages of a list in.
fn packages<'t, 'a>(
    found: &Found<'_>,
    draft: &mut Draft,
    (document, list, lines): (&'t Table<'a>, &str, &Lines<'_>),
    facts: impl Fn(&'t Table<'a>) -> Facts,
    scoped: bool,
) -> Result<Listed<'t, 'a>, Error> {
    let (mut known, mut all) = (Packages::default(), Vec::new());
    for (at, table) in tables::tables(document, list) {
        let line = lines.at(at);
        let Some(name) = tables::text(table, "name") else {
            return Err(found.fault(Some(line), "has a package without a name"));
        };
        let version = tables::text(table, "version");
        let facts = Facts { version: version.map(str::to_owned), line, ..facts(table) };
        let id = draft.add(found.component(Ecosystem::Pypi, name, facts), scoped);
        known.add(name, version.unwrap_or_default(), id);
        all.push((id, table));
    }
    Ok((known, all))
}

/// How a package is needed by the groups that hold it.
fn need<'g>(groups: impl Iterator<Item = &'g str>) -> Option<Need> {
    groups.fold(None, |need, group| {
        let this = match group {
            "main" | "default" => Need::Required,
            _ => Need::Development,
        };
        Some(need.map_or(this, |need: Need| need.min(this)))
    })
}

fn poetry(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let document = document(found, &lines)?;
    let document = document.get_ref();
    let metadata = tables::table(document, "metadata");
    if metadata.is_none() {
        return Err(found.fault(None, "has no metadata, as every lock file of Poetry has"));
    }
    // Before version 2 the files of all packages stand together at the end.
    let old = metadata.and_then(|metadata| tables::table(metadata, "files"));
    let facts = |table: &Table<'_>| {
        let own = tables::tables(table, "files").map(|(_, file)| file);
        let name = tables::text(table, "name").unwrap_or_default();
        let other = old.into_iter().flat_map(|old| tables::tables(old, name)).map(|(_, file)| file);
        let category = tables::text(table, "category").into_iter();
        let mut need = need(tables::texts(table, "groups").chain(category));
        if tables::is_true(table, "optional") {
            need = need.map(|need| need.max(Need::Optional));
        }
        Facts {
            origin: tables::table(table, "source").map_or(Origin::Registry, poetry_source),
            need,
            artifacts: own.chain(other).map(artifact).collect(),
            ..Facts::default()
        }
    };
    let (known, all) = packages(found, draft, (document, "package", &lines), facts, true)?;
    for (from, table) in all {
        for (name, value) in tables::entries(table, "dependencies") {
            let one = |value: &DeValue<'_>, draft: &mut Draft| {
                let detail = value.as_table();
                let text = |key| detail.and_then(|table| tables::text(table, key));
                let versions = value.as_str().or_else(|| text("version")).unwrap_or_default();
                let condition = format!("{name} ; {}", text("markers").unwrap_or_default());
                let read = requirement::read(&condition);
                let optional = detail.is_some_and(|table| tables::is_true(table, "optional"));
                let extra = read.as_ref().and_then(requirement::Requirement::extra);
                let scope = match extra {
                    Some(extra) => Scope::Extra(extra),
                    None if optional => Scope::Optional,
                    None => Scope::Runtime,
                };
                let marker = read.and_then(|read| read.marker_without_extra());
                let extras = detail.into_iter().flat_map(|table| tables::texts(table, "extras"));
                let extras: Vec<String> = extras.map(pypi_name).collect();
                for to in known.fitting(name, versions) {
                    draft.depend_if(from, to, scope.clone(), marker.clone(), extras.clone());
                }
            };
            match value.as_array() {
                Some(several) => several.iter().for_each(|value| one(value.get_ref(), draft)),
                None => one(value, draft),
            }
        }
    }
    pyproject::beside(found, draft, &|name| known.fitting(name, ""))
}

fn poetry_source(source: &Table<'_>) -> Origin {
    let url = without_credentials(tables::text(source, "url").unwrap_or_default());
    match tables::text(source, "type") {
        Some("git") => {
            let commit = tables::text(source, "resolved_reference");
            Origin::Git { url, commit: commit.map(str::to_owned) }
        }
        Some("legacy") => Origin::OtherRegistry(url),
        Some("directory") => Origin::Local(url),
        Some("file") => Origin::Url(format!("file:{url}")),
        _ => Origin::Url(url),
    }
}

fn artifact(file: &Table<'_>) -> Artifact {
    let url = tables::text(file, "url").map(without_credentials);
    let name = tables::text(file, "file").or(url.as_deref()).unwrap_or_default();
    let packaging = if name.ends_with(".whl") { Packaging::Built } else { Packaging::Source };
    let prefixed = tables::text(file, "hash").and_then(Hash::prefixed);
    let named = tables::entries(file, "hashes")
        .filter_map(|(function, digits)| Hash::hex(function, digits.as_str()?));
    Artifact { packaging, hashes: prefixed.into_iter().chain(named).collect(), url }
}

fn pdm(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let document = document(found, &lines)?;
    let document = document.get_ref();
    let metadata = tables::table(document, "metadata");
    let version = metadata.and_then(|metadata| tables::text(metadata, "lock_version"));
    if !version.is_some_and(|version| version.starts_with("3") || version.starts_with("4")) {
        return Err(found.fault(None, "is of no version that is read: 3 and 4 are"));
    }
    // Once the files of all packages stood together at the end, by `name version`.
    let old = metadata.and_then(|metadata| tables::table(metadata, "files"));
    let facts = |table: &Table<'_>| {
        let text = |key| tables::text(table, key).unwrap_or_default();
        let key = format!("{} {}", text("name"), text("version"));
        let other: Vec<_> = old.into_iter().flat_map(|old| tables::tables(old, &key)).collect();
        let files = tables::tables(table, "files").chain(other);
        Facts {
            origin: pdm_origin(table),
            need: need(tables::texts(table, "groups")),
            artifacts: files.map(|(_, file)| artifact(file)).collect(),
            ..Facts::default()
        }
    };
    let (known, all) = packages(found, draft, (document, "package", &lines), facts, true)?;
    for (from, table) in all {
        // A package with extras stands a second time, and asks for itself without them.
        let extra = tables::texts(table, "extras").next().map(pypi_name);
        for text in tables::texts(table, "dependencies") {
            let Some(read) = requirement::read(text) else { continue };
            let scope = extra.clone().map_or(Scope::Runtime, Scope::Extra);
            let extras: Vec<String> = read.extras.iter().map(|extra| pypi_name(extra)).collect();
            for to in known.fitting(read.name, read.versions).into_iter().filter(|to| *to != from) {
                let marker = read.marker.map(str::to_owned);
                draft.depend_if(from, to, scope.clone(), marker, extras.clone());
            }
        }
    }
    pyproject::beside(found, draft, &|name| known.fitting(name, ""))
}

fn pdm_origin(table: &Table<'_>) -> Origin {
    if let Some(url) = tables::text(table, "git") {
        let commit = tables::text(table, "revision").map(str::to_owned);
        return Origin::Git { url: without_credentials(url), commit };
    }
    if let Some(path) = tables::text(table, "path") {
        return Origin::Local(path.trim_start_matches("./").to_owned());
    }
    let url = tables::text(table, "url").map(without_credentials);
    url.map_or(Origin::Registry, Origin::Url)
}

fn pylock(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let document = document(found, &lines)?;
    let document = document.get_ref();
    if !tables::text(document, "lock-version").is_some_and(|version| version.starts_with("1.")) {
        return Err(found.fault(None, "is of no version that is read: lock-version 1 is"));
    }
    let facts = |table: &Table<'_>| {
        let kinds = ["sdist", "archive"].map(|key| tables::table(table, key));
        let wheels = tables::tables(table, "wheels").map(|(_, file)| file);
        let files = kinds.into_iter().flatten().chain(wheels);
        Facts {
            origin: pylock_origin(found, table),
            artifacts: files.map(artifact).collect(),
            ..Facts::default()
        }
    };
    let (known, all) = packages(found, draft, (document, "packages", &lines), facts, false)?;
    for (from, table) in all {
        for (_, ask) in tables::tables(table, "dependencies") {
            let version = tables::text(ask, "version").map_or(String::new(), |v| format!("=={v}"));
            let name = tables::text(ask, "name").unwrap_or_default();
            for to in known.fitting(name, &version) {
                draft.depend(from, to, Scope::Runtime);
            }
        }
        // PDM keeps what a package asks for in a table of its own.
        let own = tables::table(table, "tool").and_then(|tool| tables::table(tool, "pdm"));
        for text in own.into_iter().flat_map(|own| tables::texts(own, "dependencies")) {
            let Some(read) = requirement::read(text) else { continue };
            for to in known.fitting(read.name, read.versions).into_iter().filter(|to| *to != from) {
                draft.depend_if(
                    from,
                    to,
                    Scope::Runtime,
                    read.marker.map(str::to_owned),
                    Vec::new(),
                );
            }
        }
    }
    Ok(())
}

fn pylock_origin(found: &Found<'_>, table: &Table<'_>) -> Origin {
    if let Some(vcs) = tables::table(table, "vcs") {
        let url = tables::text(vcs, "url").or_else(|| tables::text(vcs, "path"));
        let commit = tables::text(vcs, "commit-id").map(str::to_owned);
        return Origin::Git { url: without_credentials(url.unwrap_or_default()), commit };
    }
    if let Some(folder) = tables::table(table, "directory") {
        return found.local(tables::text(folder, "path").unwrap_or_default());
    }
    if let Some(url) = tables::table(table, "archive").and_then(|a| tables::text(a, "url")) {
        return Origin::Url(without_credentials(url));
    }
    match tables::text(table, "index") {
        None | Some("https://pypi.org/simple" | "https://pypi.org/simple/") => Origin::Registry,
        Some(index) => Origin::OtherRegistry(without_credentials(index)),
    }
}
