//! `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3.

mod entry;
mod tree;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::text::addresses::without_credentials;
use crate::text::entries::Entries;
use crate::text::lines::Lines;
use entry::{Entry, Manifest};
use tree::{Installed, Place};

const GIVES: Gives = Gives { edges: true, scopes: true, hashes: true, licences: true };

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "npm",
    files: &["package-lock.json"],
    versions: "1 to 3",
    gives: GIVES,
    // npm itself reads the shrinkwrap and not the lock beside it.
    unless: &["npm-shrinkwrap.json"],
    reads: Reads::text(extract),
};

pub(super) const SHRINKWRAP: Extractor =
    Extractor { name: "npm-shrinkwrap", files: &["npm-shrinkwrap.json"], unless: &[], ..EXTRACTOR };

/// The lock as a whole; the parts stay as they are written, so that each has its line.
#[derive(Deserialize)]
struct Lock<'a> {
    #[serde(rename = "lockfileVersion")]
    format: Option<u64>,
    name: Option<String>,
    version: Option<String>,
    #[serde(borrow)]
    packages: Option<Entries<&'a RawValue>>,
    #[serde(borrow)]
    dependencies: Option<Entries<&'a RawValue>>,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let wrong = |error: serde_json::Error, base: u32| {
        let line = u32::try_from(error.line()).unwrap_or(1).max(1);
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        found.fault(Some(base + line - 1), reason)
    };
    if !found.text.trim_start().starts_with('{') {
        return Err(found.fault(Some(1), "is no JSON object"));
    }
    let lock: Lock<'_> = serde_json::from_str(found.text).map_err(|error| wrong(error, 1))?;
    if !lock.format.is_some_and(|format| (1..=3).contains(&format)) {
        let said = lock.format.map_or("none".to_owned(), |format| format.to_string());
        let reason = format!("has as its lockfileVersion {said}, and 1 to 3 are read");
        return Err(found.fault(None, reason));
    }
    let manifest = match found.beside("package.json")? {
        Some((text, path)) => {
            let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
                Error::file(&path, u32::try_from(error.line()).ok(), error.to_string())
            })?;
            Some((manifest, path))
        }
        None => None,
    };
    let mut installed = Installed::default();
    let old = lock.packages.is_none();
    if let Some(packages) = lock.packages {
        for (path, raw) in packages.0 {
            let line = lines.of_part(raw.get());
            let entry = serde_json::from_str(raw.get()).map_err(|error| wrong(error, line))?;
            installed.insert(path, entry, line);
        }
    } else {
        let beside = manifest.as_ref().map(|(manifest, _)| manifest.clone());
        let own = Entry::project(lock.name, lock.version, beside);
        installed.insert(String::new(), own, 1);
        let mut nested = vec![(String::new(), lock.dependencies.unwrap_or_default())];
        while let Some((at, dependencies)) = nested.pop() {
            for (name, raw) in dependencies.0 {
                let line = lines.of_part(raw.get());
                let old: entry::Old<'_> =
                    serde_json::from_str(raw.get()).map_err(|error| wrong(error, line))?;
                let path = tree::below(&at, &name);
                if path.len() > tree::LONGEST {
                    return Err(found.fault(Some(line), "is nested too deep"));
                }
                let (entry, inner) = old.into_entry();
                installed.insert(path.clone(), entry, line);
                nested.push((path, inner));
            }
        }
        if manifest.is_none() {
            let message = "does not say what the project itself asks for, and no package.json is \
                           beside it: the project has no edges";
            draft.warn(found.warning(None, "lock.no-root-edges", message.to_owned()));
        }
    }
    put(found, draft, &installed, old);
    if let (Some((manifest, path)), Some(own)) = (&manifest, installed.get("")) {
        let name = own.entry.name.as_deref().unwrap_or("the project");
        let locked = (name, own.entry.version.as_deref(), own.line);
        found.compare(draft, locked, (path, manifest.version.as_deref()));
    }
    Ok(())
}

/// Puts what is installed into the draft, and what each of it resolves to.
fn put(found: &Found<'_>, draft: &mut Draft, installed: &Installed, old: bool) {
    let mut ids: Vec<Option<Id>> = Vec::new();
    for place in installed.places() {
        if place.entry.link {
            ids.push(None);
            continue;
        }
        let own = is_project(&place.path);
        let facts = Facts {
            version: place.entry.version.clone(),
            origin: if own { found.local(&place.path) } else { origin(found, &place.entry) },
            licences: place.entry.licences(),
            artifacts: artifacts(&place.entry),
            line: place.line,
            ..Facts::default()
        };
        let name = installed.name(place);
        let id = draft.add(found.component(Ecosystem::Npm, &name, facts), true);
        if place.path.is_empty() {
            draft.project(found.folder(), id);
        }
        ids.push(Some(id));
    }
    for (place, from) in installed.places().zip(&ids) {
        let Some(from) = from else {
            continue;
        };
        let project = is_project(&place.path);
        for (name, mut scope, may_miss) in place.entry.asks(project) {
            match installed.resolve(&place.path, name, scope == Scope::Peer) {
                Some(index) => {
                    // Version 1 marks packages and not edges: a package that is only optional is
                    // an optional dependency of everything that is not.
                    let target = installed.at(index);
                    if old && scope == Scope::Runtime && target.optional && !place.entry.optional {
                        scope = Scope::Optional;
                    }
                    if let Some(to) = ids[index] {
                        draft.depend(*from, to, scope);
                    }
                }
                None if may_miss => {}
                None => {
                    let who = installed.name(place);
                    let message =
                        format!("has no {name}, which {who} asks for ({})", scope.words());
                    draft.warn(found.warning(Some(place.line), "lock.unmet", message));
                }
            }
        }
    }
}

/// Whether a folder holds a project of the tree, and nothing that npm put there.
fn is_project(path: &str) -> bool {
    !path.starts_with("node_modules/") && !path.contains("/node_modules/")
}

fn origin(found: &Found<'_>, entry: &Entry) -> Origin {
    let Some(resolved) = entry.resolved.as_deref() else {
        return Origin::Registry;
    };
    if let Some(path) = resolved.strip_prefix("file:") {
        let archive = path.ends_with(".tgz") || path.ends_with(".tar.gz");
        return if archive { Origin::Url(resolved.to_owned()) } else { found.local(path) };
    }
    if resolved.starts_with("git") || resolved.starts_with("ssh:") {
        let (url, commit) = resolved.rsplit_once('#').unwrap_or((resolved, ""));
        let commit = (!commit.is_empty()).then(|| commit.to_owned());
        return Origin::Git { url: without_credentials(url), commit };
    }
    // Registries, mirrors among them, keep archives at `NAME/-/FILE`.
    if resolved.contains("/-/") {
        Origin::Registry
    } else {
        Origin::Url(without_credentials(resolved))
    }
}

fn artifacts(entry: &Entry) -> Vec<Artifact> {
    let hashes = entry.integrity.as_deref().map(Hash::integrity).unwrap_or_default();
    let url = entry.resolved.as_deref().filter(|url| url.starts_with("http"));
    let url = url.map(without_credentials);
    if url.is_none() && hashes.is_empty() {
        return Vec::new();
    }
    vec![Artifact { url, packaging: Packaging::Built, hashes }]
}

impl Installed {
    /// What is installed at a place is called what it says, or what its folder is called.
    fn name(&self, place: &Place) -> String {
        let named = place.entry.name.clone();
        let by_folder = || place.path.rsplit_once("node_modules/").map(|(_, name)| name.to_owned());
        let linked = || {
            let mut links = self.places().filter(|other| other.entry.link);
            let link = links.find(|link| link.entry.resolved.as_deref() == Some(&place.path))?;
            link.path.rsplit_once("node_modules/").map(|(_, name)| name.to_owned())
        };
        named.or_else(by_folder).or_else(linked).unwrap_or_else(|| match place.path.as_str() {
            "" => ".".to_owned(),
            path => path.rsplit('/').next().unwrap_or(path).to_owned(),
        })
    }
}
