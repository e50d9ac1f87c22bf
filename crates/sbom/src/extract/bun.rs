//! `bun.lock`: JSON with comments; what is nested has the names of the packages it is nested in.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::text::addresses::without_credentials;
use crate::text::entries::Entries;
use crate::text::jsonc;
use crate::text::lines::Lines;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "bun",
    files: &["bun.lock"],
    versions: "0 and 1",
    gives: Gives { edges: true, scopes: true, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

#[derive(Deserialize)]
struct Lock<'a> {
    #[serde(rename = "lockfileVersion")]
    version: Option<u64>,
    #[serde(borrow, default)]
    workspaces: Entries<&'a RawValue>,
    #[serde(borrow, default)]
    packages: Entries<&'a RawValue>,
}

/// What a package or a project asks for.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asks {
    name: Option<String>,
    version: Option<String>,
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
    optional_dependencies: BTreeMap<String, String>,
    peer_dependencies: BTreeMap<String, String>,
    optional_peers: Vec<String>,
}

impl Asks {
    /// The names, each with its terms and whether it may be missing.
    fn each(&self, project: bool) -> Vec<(&str, Scope, bool)> {
        let mut all = Vec::new();
        let mut add = |asked: &'_ BTreeMap<String, String>, scope: &Scope, may_miss: bool| {
            let names: Vec<String> = asked.keys().cloned().collect();
            all.extend(names.into_iter().map(|name| (name, scope.clone(), may_miss)));
        };
        add(&self.dependencies, &Scope::Runtime, false);
        add(&self.optional_dependencies, &Scope::Optional, true);
        if project {
            add(&self.dev_dependencies, &Scope::Dev("dev".to_owned()), false);
        }
        add(&self.peer_dependencies, &Scope::Peer, false);
        let own = |name: &str| {
            let lists = [
                &self.dependencies,
                &self.optional_dependencies,
                &self.dev_dependencies,
                &self.peer_dependencies,
            ];
            lists.iter().find_map(|list| list.get_key_value(name)).map(|(key, _)| key.as_str())
        };
        all.into_iter()
            .filter_map(|(name, scope, may_miss)| {
                let miss = may_miss || self.optional_peers.contains(&name);
                Some((own(&name)?, scope, miss))
            })
            .collect()
    }
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let text = jsonc::plain(found.text);
    let lines = Lines::of(&text);
    let wrong = |error: serde_json::Error, base: u32| {
        let line = u32::try_from(error.line()).unwrap_or(1).max(1);
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        found.fault(Some(base + line - 1), reason)
    };
    let lock: Lock<'_> = serde_json::from_str(&text).map_err(|error| wrong(error, 1))?;
    if lock.version.is_none_or(|version| version > 1) {
        return Err(found.fault(None, "is of no version that is read: lockfileVersion 0 and 1 are"));
    }
    let mut ids: BTreeMap<String, Id> = BTreeMap::new();
    let mut asks: Vec<(String, Id, Asks, bool, u32)> = Vec::new();
    let mut projects: BTreeMap<String, Id> = BTreeMap::new();
    for (path, raw) in lock.workspaces.0 {
        let line = lines.of_part(raw.get());
        let own: Asks = serde_json::from_str(raw.get()).map_err(|error| wrong(error, line))?;
        let name = own.name.clone().unwrap_or_else(|| ".".to_owned());
        let facts = Facts {
            version: own.version.clone(),
            origin: found.local(&path),
            line,
            ..Facts::default()
        };
        let id = draft.add(found.component(Ecosystem::Npm, &name, facts), true);
        if path.is_empty() {
            draft.project(found.folder(), id);
        }
        projects.insert(path.clone(), id);
        asks.push((if path.is_empty() { String::new() } else { name }, id, own, true, line));
    }
    for (key, raw) in lock.packages.0 {
        let line = lines.of_part(raw.get());
        let parts: Vec<serde_json::Value> =
            serde_json::from_str(raw.get()).map_err(|error| wrong(error, line))?;
        let said = parts.first().and_then(serde_json::Value::as_str).unwrap_or_default();
        let Some((name, version)) = split(said) else {
            return Err(found.fault(Some(line), "has a package without a name and a version"));
        };
        if let Some(path) = version.strip_prefix("workspace:") {
            if let Some(id) = projects.get(path) {
                ids.insert(key, *id);
            }
            continue;
        }
        let detail = parts.iter().find(|part| part.is_object()).cloned().unwrap_or_default();
        let own: Asks = match detail.is_object() {
            true => serde_json::from_value(detail).map_err(|error| wrong(error, line))?,
            false => Asks::default(),
        };
        let integrity = parts.last().and_then(serde_json::Value::as_str).unwrap_or_default();
        let facts = facts(found, version, integrity, line);
        let id = draft.add(found.component(Ecosystem::Npm, name, facts), true);
        ids.insert(key.clone(), id);
        asks.push((key, id, own, false, line));
    }
    for (key, from, own, project, line) in &asks {
        for (name, scope, may_miss) in own.each(*project) {
            match resolve(&ids, key, name) {
                Some(to) => draft.depend(*from, to, scope),
                None if may_miss => {}
                None => {
                    let message = format!("has no {name}, which {key:?} asks for");
                    draft.warn(found.warning(Some(*line), "lock.unmet", message));
                }
            }
        }
    }
    Ok(())
}

/// Name and version of `@scope/name@1.0.0`.
fn split(text: &str) -> Option<(&str, &str)> {
    let at = 1 + text.get(1..)?.find('@')?;
    Some((&text[..at], &text[at + 1..]))
}

fn facts(found: &Found<'_>, version: &str, integrity: &str, line: u32) -> Facts {
    let hashes = Hash::integrity(integrity);
    let artifact = |url: Option<String>, hashes: Vec<Hash>| match (&url, hashes.is_empty()) {
        (None, true) => Vec::new(),
        _ => vec![Artifact { url, packaging: Packaging::Built, hashes }],
    };
    let (origin, version) = match version.split_once(':') {
        Some(("link" | "file", path)) if !path.ends_with(".tgz") => (found.local(path), None),
        Some(("github", rest)) => {
            let (path, commit) = rest.rsplit_once('#').unwrap_or((rest, ""));
            let commit = Some(commit.to_owned()).filter(|commit| !commit.is_empty());
            (Origin::Git { url: format!("https://github.com/{path}"), commit }, None)
        }
        Some((kind, _)) if kind.starts_with("git") => {
            let (url, commit) = version.rsplit_once('#').unwrap_or((version, ""));
            let commit = Some(commit.to_owned()).filter(|commit| !commit.is_empty());
            (Origin::Git { url: without_credentials(url), commit }, None)
        }
        Some(("npm", version)) => (Origin::Registry, Some(version.to_owned())),
        Some(_) => (Origin::Url(without_credentials(version)), None),
        None => (Origin::Registry, Some(version.to_owned())),
    };
    let url = match &origin {
        Origin::Url(url) if url.starts_with("http") => Some(url.clone()),
        _ => None,
    };
    Facts { version, origin, artifacts: artifact(url, hashes), line, ..Facts::default() }
}

/// What a package gets when it asks for a name: what is nested in it, then in what it is nested in.
fn resolve(ids: &BTreeMap<String, Id>, key: &str, name: &str) -> Option<Id> {
    let mut folder = key;
    loop {
        let candidate =
            if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        if let Some(id) = ids.get(&candidate) {
            return Some(*id);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, last)| {
            // The scope is a part of the name.
            match above.rsplit_once('/') {
                Some((above, scope)) if scope.starts_with('@') && !last.starts_with('@') => above,
                None if above.starts_with('@') => "",
                _ => above,
            }
        });
    }
}
