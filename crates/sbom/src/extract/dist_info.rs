//! What Python installed: the metadata beside each package of a `site-packages` or `dist-packages`.

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Id, Origin, Scope};
use crate::purl::pypi_name;
use crate::text::addresses::{folder, without_credentials};
use crate::text::requirement;
use crate::text::stanzas::stanzas;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "dist-info",
    files: &[
        "*.dist-info/METADATA",
        "dist-packages/*.egg-info",
        "dist-packages/*.egg-info/PKG-INFO",
        "site-packages/*.egg-info",
        "site-packages/*.egg-info/PKG-INFO",
    ],
    versions: "1.0 to 2.5",
    gives: Gives { edges: true, scopes: false, hashes: false, licences: true },
    unless: &[],
    reads: Reads::lossy(extract),
};

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let Some(headers) = stanzas(found.text).next() else {
        return Err(found.fault(Some(1), "has no headers"));
    };
    let (Some(name), Some(version)) = (headers.field("Name"), headers.field("Version")) else {
        return Err(found.fault(Some(1), "has no name or no version"));
    };
    let expression = headers.field("License-Expression").map(|text| vec![text.to_owned()]);
    let licences = expression.unwrap_or_else(|| declared(&headers));
    let people = ["Author-email", "Maintainer-email", "Author", "Maintainer"];
    let supplier = people.iter().filter_map(|key| headers.field(key));
    let supplier =
        supplier.filter(|text| !text.is_empty() && *text != "UNKNOWN").map(str::to_owned);
    let facts = Facts {
        version: Some(version.to_owned()),
        origin: origin(found)?,
        licences,
        supplier: supplier.into_iter().next(),
        line: headers.line,
        ..Facts::default()
    };
    let id = draft.add(found.component(Ecosystem::Pypi, name, facts), false);
    let asks = headers.fields("Requires-Dist").filter_map(requirement::read);
    let asks = asks.map(|ask| Ask {
        name: pypi_name(ask.name),
        scope: ask.extra().map_or(Scope::Runtime, Scope::Extra),
        marker: ask.marker_without_extra(),
        extras: ask.extras.iter().map(|extra| pypi_name(extra)).collect(),
    });
    let place = place_of(found.path);
    draft.python.entry(place.to_owned()).or_default().add(pypi_name(name), id, asks.collect());
    Ok(())
}

/// What a package of the distribution brings is there for others under its name for Python.
pub(super) fn owned(path: &str, owner: Id, draft: &mut Draft) {
    let place = place_of(path);
    let named = path[place.len()..].trim_start_matches('/');
    let name = named.split(['-', '/']).next().unwrap_or(named);
    draft.python.entry(place.to_owned()).or_default().by_name.insert(pypi_name(name), owner);
}

/// The folder that packages are installed in.
fn place_of(path: &str) -> &str {
    let inner = folder(path);
    if inner.ends_with(".dist-info") || inner.ends_with(".egg-info") {
        folder(inner)
    } else {
        inner
    }
}

/// A requirement of an installed package.
pub(crate) struct Ask {
    name: String,
    scope: Scope,
    marker: Option<String>,
    extras: Vec<String>,
}

/// What is installed in one folder.
#[derive(Default)]
pub(crate) struct Installed {
    by_name: BTreeMap<String, Id>,
    asks: Vec<(Id, Vec<Ask>)>,
}

impl Installed {
    fn add(&mut self, name: String, id: Id, asks: Vec<Ask>) {
        self.by_name.insert(name, id);
        self.asks.push((id, asks));
    }
}

/// The edges, once everything that is installed is known.
///
/// What a requirement names is looked for in the same folder, and then among all others of the tree: a virtual
/// environment may use what the system has. What is not there is not installed, and no marker is evaluated.
pub(super) fn connect(draft: &mut Draft) {
    let places = std::mem::take(&mut draft.python);
    let mut anywhere: BTreeMap<String, Id> = BTreeMap::new();
    for installed in places.values() {
        for (name, id) in &installed.by_name {
            anywhere.entry(name.clone()).or_insert(*id);
        }
    }
    for installed in places.into_values() {
        for (from, asks) in installed.asks {
            for ask in asks {
                let to = installed.by_name.get(&ask.name).or_else(|| anywhere.get(&ask.name));
                if let Some(to) = to.filter(|to| **to != from) {
                    draft.depend_if(from, *to, ask.scope, ask.marker, ask.extras);
                }
            }
        }
    }
}

/// Where pip was told to take it from, if not from an index.
fn origin(found: &Found<'_>) -> Result<Origin, Error> {
    let Some((text, path)) = found.beside("direct_url.json")? else { return Ok(Origin::Registry) };
    let said: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| Error::file(&path, u32::try_from(error.line()).ok(), error.to_string()))?;
    let url = without_credentials(said["url"].as_str().unwrap_or_default());
    if let Some(commit) = said["vcs_info"]["commit_id"].as_str() {
        return Ok(Origin::Git { url, commit: Some(commit.to_owned()) });
    }
    // A folder of the machine that built it says nothing to anybody else.
    if url.is_empty() || url.starts_with("file:") {
        return Ok(Origin::Registry);
    }
    Ok(Origin::Url(url))
}

/// The licence that a header names in few words, or those of the classifiers.
fn declared(headers: &crate::text::stanzas::Stanza<'_>) -> Vec<String> {
    let classified = headers.fields("Classifier").filter_map(|text| {
        let (_, name) = text.strip_prefix("License ::")?.rsplit_once("::")?;
        Some(name.trim().to_owned())
    });
    let said = headers.field("License").filter(|text| !text.is_empty() && *text != "UNKNOWN");
    match said {
        // Some put the whole text of their licence there.
        Some(text) if text.len() <= 100 && !text.contains('\n') => vec![text.to_owned()],
        _ => classified.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_installed_beside_each_other() {
        assert_eq!(place_of("x/site-packages/a-1.dist-info/METADATA"), "x/site-packages");
        assert_eq!(place_of("x/dist-packages/a-1.egg-info"), "x/dist-packages");
    }
}
