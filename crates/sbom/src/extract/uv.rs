//! `uv.lock`: every package of every platform, extra and group.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::purl::pypi_name;
use crate::text::addresses::without_credentials;
use crate::text::lines::Lines;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "uv",
    files: &["uv.lock"],
    versions: "1",
    gives: Gives { edges: true, scopes: true, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

type Table<'a> = DeTable<'a>;
type ScopeOf = fn(String) -> Scope;

fn text<'t>(table: &'t Table<'_>, key: &str) -> Option<&'t str> {
    table.get(key).and_then(|value| value.get_ref().as_str())
}

fn tables<'t, 'a>(table: &'t Table<'a>, key: &str) -> impl Iterator<Item = &'t Table<'a>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flatten().filter_map(|value| value.get_ref().as_table())
}

struct Package<'t, 'a> {
    table: &'t Table<'a>,
    name: &'t str,
    version: Option<&'t str>,
    source: Option<&'t Table<'a>>,
    line: u32,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let document = DeTable::parse(found.text).map_err(|error| {
        found.fault(error.span().map(|span| lines.at(span.start)), error.message().to_owned())
    })?;
    let document = document.get_ref();
    let version = document.get("version").and_then(|value| value.get_ref().as_integer());
    if version.is_none_or(|version| version.as_str() != "1") {
        return Err(found.fault(None, "is of no version that is read: version = 1 is"));
    }
    let mut packages = Vec::new();
    let list = document.get("package").and_then(|value| value.get_ref().as_array());
    for value in list.into_iter().flatten() {
        let line = lines.at(value.span().start);
        let Some((table, name)) =
            value.get_ref().as_table().and_then(|t| Some((t, text(t, "name")?)))
        else {
            return Err(found.fault(Some(line), "has a package without a name"));
        };
        let source = table.get("source").and_then(|value| value.get_ref().as_table());
        packages.push(Package { table, name, version: text(table, "version"), source, line });
    }
    let mut ids: BTreeMap<&str, Vec<(&Package<'_, '_>, Id)>> = BTreeMap::new();
    for package in &packages {
        let facts = Facts {
            version: package.version.map(str::to_owned),
            origin: package.source.map_or(Origin::Registry, |source| origin(found, source)),
            artifacts: artifacts(package),
            line: package.line,
            ..Facts::default()
        };
        let own = facts.origin == found.local("");
        let id = draft.add(found.component(Ecosystem::Pypi, package.name, facts), true);
        if own {
            draft.project(found.folder(), id);
        }
        ids.entry(package.name).or_default().push((package, id));
    }
    for (package, from) in ids.values().flatten() {
        let mut groups: Vec<(Scope, &DeValue<'_>)> = Vec::new();
        if let Some(list) = package.table.get("dependencies") {
            groups.push((Scope::Runtime, list.get_ref()));
        }
        let kinds: [(&str, ScopeOf); 2] =
            [("optional-dependencies", Scope::Extra), ("dev-dependencies", Scope::Dev)];
        for (key, scope) in kinds {
            let named = package.table.get(key).and_then(|value| value.get_ref().as_table());
            for (group, list) in named.into_iter().flat_map(|table| table.iter()) {
                groups.push((scope(group.get_ref().to_string()), list.get_ref()));
            }
        }
        for (scope, list) in groups {
            for value in list.as_array().into_iter().flatten() {
                let line = lines.at(value.span().start);
                let to = value.get_ref().as_table().and_then(|table| resolve(&ids, table));
                let Some((table, to)) = to else {
                    return Err(found.fault(Some(line), "names a dependency that it does not hold"));
                };
                let extras = table.get("extra").and_then(|value| value.get_ref().as_array());
                let extras = extras.into_iter().flatten();
                let extras =
                    extras.filter_map(|v| Some(v.get_ref().as_str()?.to_owned())).collect();
                let marker = text(table, "marker").map(str::to_owned);
                draft.depend_if(*from, to, scope.clone(), marker, extras);
            }
        }
    }
    for package in &packages {
        stale(found, draft, package)?;
    }
    Ok(())
}

type Ids<'p, 't, 'a> = BTreeMap<&'t str, Vec<(&'p Package<'t, 'a>, Id)>>;

/// The package that a dependency names, by version and source where there are several.
fn resolve<'d, 'b>(
    ids: &Ids<'_, '_, '_>,
    dependency: &'d Table<'b>,
) -> Option<(&'d Table<'b>, Id)> {
    let named = ids.get(text(dependency, "name")?)?;
    let version = text(dependency, "version");
    let source = dependency.get("source").and_then(|value| value.get_ref().as_table());
    let mut fits = named.iter().filter(|(package, _)| {
        version.is_none_or(|version| package.version == Some(version))
            && source.is_none_or(|source| package.source.is_some_and(|own| same(own, source)))
    });
    let first = fits.next()?.1;
    fits.next().is_none().then_some((dependency, first))
}

fn same(a: &Table<'_>, b: &Table<'_>) -> bool {
    let words = |table: &Table<'_>| -> Vec<(String, Option<String>)> {
        let pair = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
            let key: &std::borrow::Cow<'_, str> = key.get_ref();
            (key.to_string(), value.get_ref().as_str().map(str::to_owned))
        };
        table.iter().map(pair).collect()
    };
    words(a) == words(b)
}

fn origin(found: &Found<'_>, source: &Table<'_>) -> Origin {
    for key in ["editable", "virtual", "directory"] {
        if let Some(path) = text(source, key) {
            return found.local(path);
        }
    }
    if let Some(url) = text(source, "git") {
        let (url, commit) = url.rsplit_once('#').unwrap_or((url, ""));
        let url = without_credentials(url.split('?').next().unwrap_or(url));
        return Origin::Git { url, commit: (!commit.is_empty()).then(|| commit.to_owned()) };
    }
    if let Some(url) = text(source, "url") {
        return Origin::Url(without_credentials(url));
    }
    if let Some(path) = text(source, "path") {
        return Origin::Url(format!("file:{path}"));
    }
    match text(source, "registry") {
        Some("https://pypi.org/simple" | "https://pypi.org/simple/") | None => Origin::Registry,
        Some(url) => Origin::OtherRegistry(without_credentials(url)),
    }
}

fn artifacts(package: &Package<'_, '_>) -> Vec<Artifact> {
    let one = |table: &Table<'_>, packaging| {
        let url = text(table, "url").map(without_credentials);
        let hashes = text(table, "hash").and_then(Hash::prefixed).into_iter().collect();
        Artifact { url, packaging, hashes }
    };
    let sdist = package.table.get("sdist").and_then(|value| value.get_ref().as_table());
    let sdist = sdist.map(|table| one(table, Packaging::Source));
    let wheels = tables(package.table, "wheels").map(|table| one(table, Packaging::Built));
    sdist.into_iter().chain(wheels).collect()
}

/// Compares a project of the lock with its `pyproject.toml`: its version, and what it asks for.
fn stale(found: &Found<'_>, draft: &mut Draft, package: &Package<'_, '_>) -> Result<(), Error> {
    let source = package.source;
    let path = source.and_then(|s| text(s, "editable").or_else(|| text(s, "virtual")));
    let Some(path) = path else {
        return Ok(());
    };
    let Some((manifest, at)) = found.beside(&format!("{path}/pyproject.toml"))? else {
        return Ok(());
    };
    let manifest = DeTable::parse(&manifest)
        .map_err(|error| Error::file(&at, None, error.message().to_owned()))?;
    let Some(project) = manifest.get_ref().get("project").and_then(|v| v.get_ref().as_table())
    else {
        return Ok(());
    };
    let locked = (package.name, package.version, package.line);
    found.compare(draft, locked, (&at, text(project, "version")));
    let metadata = package.table.get("metadata").and_then(|v| v.get_ref().as_table());
    let asked: BTreeSet<String> = metadata
        .into_iter()
        .flat_map(|metadata| tables(metadata, "requires-dist"))
        .filter_map(|table| Some(pypi_name(text(table, "name")?)))
        .collect();
    let lists = project.get("dependencies").map(|v| v.get_ref()).into_iter().chain(
        project
            .get("optional-dependencies")
            .and_then(|v| v.get_ref().as_table())
            .into_iter()
            .flat_map(|table| table.values().map(|v| v.get_ref())),
    );
    let now: BTreeSet<String> = lists
        .filter_map(|list| list.as_array())
        .flatten()
        .filter_map(|value| value.get_ref().as_str())
        .map(|requirement| {
            let stop = |c: char| !(c.is_alphanumeric() || "-_.".contains(c));
            pypi_name(requirement.trim().split(stop).next().unwrap_or_default())
        })
        .filter(|name| *name != pypi_name(package.name))
        .collect();
    for name in now.difference(&asked) {
        let message =
            format!("is stale: {at} asks for {name}, and the lock was made without it; lock again");
        draft.warn(found.warning(Some(package.line), "lock.stale", message));
    }
    Ok(())
}
