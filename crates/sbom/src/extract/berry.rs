//! `yarn.lock` of Yarn 2 and later; which of a project's requests are for development is in its `package.json`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Found};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Id, Origin, Scope};
use crate::text::addresses::without_credentials;
use crate::text::yaml::{self, Node};

/// An entry of the lock file.
struct Entry<'n> {
    id: Id,
    node: &'n Node<'n>,
    line: u32,
    /// The folder of a project.
    project: Option<String>,
}

pub(super) fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let documents = yaml::read(found.text)
        .map_err(|(line, reason)| found.fault(Some(line), format!("this line {reason}")))?;
    let mut by_pattern: BTreeMap<String, Id> = BTreeMap::new();
    let mut by_name: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    let mut entries = Vec::new();
    for entry in documents.iter().flat_map(Node::entries).filter(|e| e.key != "__metadata") {
        let Some((name, reference)) = entry.value.text("resolution").and_then(split) else {
            return Err(found.fault(Some(entry.line), "has an entry without a resolution"));
        };
        let project = reference.strip_prefix("workspace:").map(str::to_owned);
        let facts = Facts {
            version: entry
                .value
                .text("version")
                .filter(|v| !v.ends_with("-use.local"))
                .map(str::to_owned),
            origin: origin(found, reference),
            line: entry.line,
            ..Facts::default()
        };
        let id = draft.add(found.component(Ecosystem::Npm, name, facts), true);
        if project.as_deref() == Some(".") {
            draft.project(found.folder(), id);
        }
        for pattern in entry.key.split(", ") {
            // Another entry may be the same package, patched: what is patched is what is used.
            by_pattern.insert(pattern.to_owned(), id);
            by_name
                .entry(split(pattern).map_or(name, |(name, _)| name_of(&entry.key, name)))
                .or_default()
                .insert(id);
        }
        entries.push(Entry { id, node: &entry.value, line: entry.line, project });
    }
    if entries.is_empty() {
        return Err(found.fault(None, "has no entry"));
    }
    let resolve = |name: &str, range: &str| -> Option<Id> {
        let forms = [format!("{name}@{range}"), format!("{name}@npm:{range}")];
        let exact = forms.iter().find_map(|form| by_pattern.get(form)).copied();
        // A resolution of the project replaces a range and leaves no trace of it.
        exact.or_else(|| by_name.get(name).filter(|ids| ids.len() == 1)?.first().copied())
    };
    for entry in &entries {
        let dev = match &entry.project {
            Some(folder) => development(found, folder)?,
            None => BTreeSet::new(),
        };
        let optional = entry.node.get("dependenciesMeta");
        let optional =
            |name: &str| optional.and_then(|meta| meta.get(name)?.text("optional")) == Some("true");
        for ask in entry.node.get("dependencies").map_or(&[][..], Node::entries) {
            let (name, range) = (&*ask.key, ask.value.as_text().unwrap_or_default());
            let scope = match (dev.contains(name), optional(name)) {
                (true, _) => Scope::Dev("dev".to_owned()),
                (_, true) => Scope::Optional,
                _ => Scope::Runtime,
            };
            match resolve(name, range) {
                Some(to) if to != entry.id => draft.depend(entry.id, to, scope),
                Some(_) => {}
                None if scope == Scope::Optional => {}
                None => {
                    let message = format!("has no {name}@{range}, which an entry asks for");
                    draft.warn(found.warning(Some(entry.line), "lock.unmet", message));
                }
            }
        }
    }
    Ok(())
}

/// The name as a part of the key, which lives as long as the document.
fn name_of<'k>(key: &'k str, name: &str) -> &'k str {
    key.find(name).map_or(key, |at| &key[at..at + name.len()])
}

/// Name and reference of `@scope/name@npm:1.0.0`.
fn split(text: &str) -> Option<(&str, &str)> {
    let at = 1 + text.get(1..)?.find('@')?;
    Some((&text[..at], &text[at + 1..]))
}

fn origin(found: &Found<'_>, reference: &str) -> Origin {
    if let Some(folder) = reference.strip_prefix("workspace:") {
        return found.local(folder);
    }
    // A patched package is its original, and a link or portal a folder.
    if reference.starts_with("npm:") || reference.starts_with("patch:") {
        return Origin::Registry;
    }
    if let Some(folder) =
        reference.strip_prefix("link:").or_else(|| reference.strip_prefix("portal:"))
    {
        return found.local(folder.split("::").next().unwrap_or(folder));
    }
    if let Some((url, commit)) = reference.split_once("#commit=") {
        return Origin::Git { url: without_credentials(url), commit: Some(commit.to_owned()) };
    }
    Origin::Url(without_credentials(reference))
}

/// What a project asks for to work on it.
fn development(found: &Found<'_>, folder: &str) -> Result<BTreeSet<String>, Error> {
    #[derive(serde::Deserialize)]
    struct Manifest {
        #[serde(default, rename = "devDependencies")]
        dev: BTreeMap<String, serde::de::IgnoredAny>,
    }
    let Some((text, path)) = found.beside(&format!("{folder}/package.json"))? else {
        return Ok(BTreeSet::new());
    };
    let manifest: Manifest = serde_json::from_str(&text)
        .map_err(|error| Error::file(&path, u32::try_from(error.line()).ok(), error.to_string()))?;
    Ok(manifest.dev.into_keys().collect())
}
