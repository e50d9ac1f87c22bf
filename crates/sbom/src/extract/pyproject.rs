//! `pyproject.toml`: the project of a lock file, or, where there is none, what it asks for by name.

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Id, Origin, Scope};
use crate::purl::pypi_name;
use crate::text::addresses::without_credentials;
use crate::text::lines::Lines;
use crate::text::requirement;
use crate::text::tables::{self, Table};

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "pyproject",
    files: &["pyproject.toml"],
    versions: "PEP 621, Poetry",
    gives: Gives { edges: true, scopes: true, hashes: false, licences: false },
    unless: &["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"],
    reads: Reads::text(extract),
};

/// What a project asks for.
pub(super) struct Ask {
    pub(super) name: String,
    pub(super) scope: Scope,
    pub(super) marker: Option<String>,
    pub(super) extras: Vec<String>,
    /// The one version that is asked for.
    pub(super) pinned: Option<String>,
    pub(super) origin: Origin,
    pub(super) line: u32,
}

/// A project.
pub(super) struct Project {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) line: u32,
    pub(super) asks: Vec<Ask>,
}

/// Reads the project of a file.
pub(super) fn project(text: &str) -> Result<Project, (Option<u32>, String)> {
    let lines = Lines::of(text);
    let document = tables::read(text, &lines)?;
    let document = document.get_ref();
    let mut project = Project { name: None, version: None, line: 1, asks: Vec::new() };
    let mut add = |texts: &mut dyn Iterator<Item = &str>, scope: &Scope| {
        for text in texts {
            project.asks.extend(of_text(text, scope.clone(), lines.of_part(text)));
        }
    };
    let tool = tables::table(document, "tool");
    let poetry = tool.and_then(|tool| tables::table(tool, "poetry"));
    if let Some(own) = tables::table(document, "project") {
        add(&mut tables::texts(own, "dependencies"), &Scope::Runtime);
        for (extra, list) in tables::entries(own, "optional-dependencies") {
            add(&mut tables::strings(list), &Scope::Extra(pypi_name(extra)));
        }
    }
    for (group, list) in tables::entries(document, "dependency-groups") {
        add(&mut tables::strings(list), &Scope::Dev(group.to_owned()));
    }
    if let Some(pdm) = tool.and_then(|tool| tables::table(tool, "pdm")) {
        for (group, list) in tables::entries(pdm, "dev-dependencies") {
            add(&mut tables::strings(list), &Scope::Dev(group.to_owned()));
        }
    }
    for own in [tables::table(document, "project"), poetry].into_iter().flatten() {
        project.name = project.name.or_else(|| tables::text(own, "name").map(str::to_owned));
        project.version =
            project.version.or_else(|| tables::text(own, "version").map(str::to_owned));
        if let Some(name) = own.get("name") {
            project.line = lines.at(name.span().start);
        }
    }
    if let Some(poetry) = poetry {
        of_poetry(poetry, &lines, &mut project.asks);
    }
    // An extra may be made of other extras of the project itself.
    let own = project.name.as_deref().map(pypi_name);
    project.asks.retain(|ask| Some(&ask.name) != own.as_ref());
    Ok(project)
}

fn of_text(text: &str, scope: Scope, line: u32) -> Option<Ask> {
    let read = requirement::read(text)?;
    let origin = read.url.map_or(Origin::Registry, origin);
    Some(Ask {
        name: pypi_name(read.name),
        scope,
        marker: read.marker.map(str::to_owned),
        extras: read.extras.iter().map(|extra| pypi_name(extra)).collect(),
        pinned: read.pinned().map(str::to_owned),
        origin,
        line,
    })
}

/// Where a requirement with an address is from.
pub(super) fn origin(url: &str) -> Origin {
    let clean = without_credentials(url);
    match clean.strip_prefix("git+") {
        Some(rest) => {
            let rest = rest.split('#').next().unwrap_or(rest);
            let path = rest.find("://").map_or(0, |at| at + 3);
            let commit = rest[path..].find('/').and_then(|slash| {
                let from = path + slash;
                rest[from..].rfind('@').map(|at| from + at)
            });
            match commit {
                Some(at) => Origin::Git {
                    url: rest[..at].to_owned(),
                    commit: Some(rest[at + 1..].to_owned()),
                },
                None => Origin::Git { url: rest.to_owned(), commit: None },
            }
        }
        None => Origin::Url(clean.split('#').next().unwrap_or(&clean).to_owned()),
    }
}

/// Poetry's own tables: names with versions that are no PEP 440.
fn of_poetry(poetry: &Table<'_>, lines: &Lines<'_>, asks: &mut Vec<Ask>) {
    let mut extras: BTreeMap<String, String> = BTreeMap::new();
    for (extra, list) in tables::entries(poetry, "extras") {
        for name in tables::strings(list) {
            extras.insert(pypi_name(name), pypi_name(extra));
        }
    }
    let mut add = |parent: &Table<'_>, key: &str, scope: &Scope| {
        let Some(list) = tables::table(parent, key) else { return };
        for (name, value) in list.iter() {
            let plain = pypi_name(name.get_ref());
            if plain == "python" {
                continue;
            }
            let optional =
                value.get_ref().as_table().is_some_and(|t| tables::is_true(t, "optional"));
            let scope = match extras.get(&plain) {
                Some(extra) => Scope::Extra(extra.clone()),
                None if optional => Scope::Optional,
                None => scope.clone(),
            };
            let marker = value.get_ref().as_table().and_then(|t| tables::text(t, "markers"));
            let wanted = value.get_ref().as_table().into_iter();
            let wanted = wanted.flat_map(|t| tables::texts(t, "extras")).map(pypi_name).collect();
            asks.push(Ask {
                name: plain,
                scope,
                marker: marker.map(str::to_owned),
                extras: wanted,
                pinned: None,
                origin: Origin::Registry,
                line: lines.at(name.span().start),
            });
        }
    };
    add(poetry, "dependencies", &Scope::Runtime);
    add(poetry, "dev-dependencies", &Scope::Dev("dev".to_owned()));
    for (group, value) in tables::entries(poetry, "group") {
        if let Some(table) = value.as_table() {
            add(table, "dependencies", &Scope::Dev(group.to_owned()));
        }
    }
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let project = project(found.text).map_err(|(line, reason)| found.fault(line, reason))?;
    // Many a pyproject.toml only configures tools.
    let Some(name) = &project.name else { return Ok(()) };
    let own = Facts {
        version: project.version.clone(),
        origin: found.local(""),
        line: project.line,
        ..Facts::default()
    };
    let own = draft.add(found.component(Ecosystem::Pypi, name, own), true);
    draft.project(found.folder(), own);
    for ask in project.asks {
        let facts =
            Facts { version: ask.pinned, origin: ask.origin, line: ask.line, ..Facts::default() };
        let id = draft.add(found.component(Ecosystem::Pypi, &ask.name, facts), true);
        draft.depend_if(own, id, ask.scope, ask.marker, ask.extras);
    }
    Ok(())
}

/// Puts the project beside a lock file into the draft, with edges to what the lock has of its requests.
pub(super) fn beside(
    found: &Found<'_>,
    draft: &mut Draft,
    resolve: &dyn Fn(&str) -> Vec<Id>,
) -> Result<(), Error> {
    let Some((text, path)) = found.beside("pyproject.toml")? else {
        let message = "does not say what the project itself asks for, and no pyproject.toml is \
                       beside it: there are no edges from the project";
        draft.warn(found.warning(None, "lock.no-root-edges", message.to_owned()));
        return Ok(());
    };
    let project = project(&text).map_err(|(line, reason)| Error::file(&path, line, reason))?;
    let name = project.name.as_deref().unwrap_or(".");
    let facts =
        Facts { version: project.version, origin: found.local(""), line: 1, ..Facts::default() };
    let own = draft.add(found.component(Ecosystem::Pypi, name, facts), true);
    draft.project(found.folder(), own);
    for ask in project.asks {
        let all = resolve(&ask.name);
        if all.is_empty() && ask.marker.is_none() && ask.scope == Scope::Runtime {
            let message =
                format!("is stale: {path} asks for {}, which is not in it; lock again", ask.name);
            draft.warn(found.warning(None, "lock.stale", message));
        }
        for to in all {
            draft.depend_if(own, to, ask.scope.clone(), ask.marker.clone(), ask.extras.clone());
        }
    }
    Ok(())
}
