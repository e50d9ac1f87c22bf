//! `pnpm-lock.yaml`, lock file versions 5, 6 and 9.

mod key;

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::text::addresses::{walk, without_credentials};
use crate::text::yaml::{self, Entry, Node};
use key::{Format, Package};

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "pnpm",
    files: &["pnpm-lock.yaml"],
    versions: "5, 6 and 9",
    gives: Gives { edges: true, scopes: true, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let documents = yaml::read(found.text)
        .map_err(|(line, reason)| found.fault(Some(line), format!("this line {reason}")))?;
    // pnpm 10 and later may write a document of its own tools before that of the project.
    for document in &documents {
        let version = document.text("lockfileVersion").unwrap_or_default();
        let Some(format) = Format::of(version) else {
            let reason = format!("has lockfileVersion {version:?}, and 5, 6 and 9 are read");
            return Err(found.fault(Some(1), reason));
        };
        Lock { found, format, document, keys: BTreeMap::new() }.put(draft)?;
    }
    if documents.is_empty() {
        return Err(found.fault(Some(1), "is empty"));
    }
    Ok(())
}

/// One document of a lock file.
struct Lock<'a> {
    found: &'a Found<'a>,
    format: Format,
    document: &'a Node<'a>,
    /// Packages by the keys that others name them with; those of version 9 with their peers.
    keys: BTreeMap<&'a str, Id>,
}

impl<'a> Lock<'a> {
    fn put(mut self, draft: &mut Draft) -> Result<(), Error> {
        let packages = self.document.get("packages").map_or(&[][..], Node::entries);
        let described: BTreeMap<&str, &Entry<'_>> =
            packages.iter().map(|entry| (&*entry.key, entry)).collect();
        let nodes = match self.format {
            Format::Nine => self.document.get("snapshots").map_or(&[][..], Node::entries),
            _ => packages,
        };
        for node in nodes {
            let Some(package) = self.format.package(&node.key, &node.value) else {
                let reason = format!("has the package {:?}, which names none", node.key);
                return Err(self.found.fault(Some(node.line), reason));
            };
            // What a key with its peers stands for is described once, under the key without.
            let entry = described.get(package.described).copied().unwrap_or(node);
            let id = self.package(draft, &package, entry);
            self.keys.insert(&node.key, id);
        }
        let projects = self.projects(draft)?;
        for node in nodes {
            let from = self.keys[&*node.key];
            let package = self.format.package(&node.key, &node.value);
            let described = package.and_then(|p| described.get(p.described).copied());
            let peers = described.unwrap_or(node).value.get("peerDependencies");
            let kinds =
                [("dependencies", Scope::Runtime), ("optionalDependencies", Scope::Optional)];
            for (part, scope) in kinds {
                for entry in node.value.get(part).map_or(&[][..], Node::entries) {
                    let peer = peers.is_some_and(|peers| peers.get(&entry.key).is_some());
                    let scope = if peer { Scope::Peer } else { scope.clone() };
                    self.depend(draft, from, "", entry, scope, &projects)?;
                }
            }
        }
        for (folder, id, importer) in &projects {
            let kinds = [
                ("dependencies", Scope::Runtime),
                ("optionalDependencies", Scope::Optional),
                ("devDependencies", Scope::Dev("dev".to_owned())),
            ];
            for (part, scope) in kinds {
                for entry in importer.get(part).map_or(&[][..], Node::entries) {
                    self.depend(draft, *id, folder, entry, scope.clone(), &projects)?;
                }
            }
        }
        Ok(())
    }

    fn package(&self, draft: &mut Draft, package: &Package<'_>, entry: &Entry<'_>) -> Id {
        let resolution = entry.value.get("resolution");
        let text = |key: &str| resolution.and_then(|resolution| resolution.text(key));
        let tarball = text("tarball").filter(|url| url.contains("://")).map(without_credentials);
        let origin = if let Some(repository) = text("repo") {
            let commit = text("commit").map(str::to_owned);
            Origin::Git { url: without_credentials(repository), commit }
        } else if let Some(folder) = text("directory") {
            self.found.local(folder)
        } else {
            match &tarball {
                Some(url) if !url.contains("/-/") && !package.registry => Origin::Url(url.clone()),
                _ => Origin::Registry,
            }
        };
        let hashes = text("integrity").map(Hash::integrity).unwrap_or_default();
        let artifacts = if tarball.is_none() && hashes.is_empty() {
            Vec::new()
        } else {
            vec![Artifact { url: tarball, packaging: Packaging::Built, hashes }]
        };
        let version = entry.value.text("version").or(package.version).map(str::to_owned);
        let facts = Facts { version, origin, artifacts, line: entry.line, ..Facts::default() };
        let name = entry.value.text("name").unwrap_or(package.name);
        draft.add(self.found.component(Ecosystem::Npm, name, facts), true)
    }

    /// The projects of the workspace: their folders, and what they ask for.
    fn projects(&self, draft: &mut Draft) -> Result<Vec<(String, Id, &'a Node<'a>)>, Error> {
        let mut importers = Vec::new();
        match self.document.get("importers") {
            Some(node) => {
                for entry in node.entries() {
                    importers.push((entry.key.to_string(), entry.line, &entry.value));
                }
            }
            // A lock file of one project has no list of projects.
            None => importers.push((".".to_owned(), 1, self.document)),
        }
        let mut projects = Vec::new();
        for (path, line, node) in importers {
            let folder = walk("", &path).unwrap_or_else(|| path.clone());
            let (name, version) = self.manifest(&folder)?;
            let facts =
                Facts { version, origin: self.found.local(&path), line, ..Facts::default() };
            let name = name.unwrap_or(path);
            let id = draft.add(self.found.component(Ecosystem::Npm, &name, facts), true);
            if folder.is_empty() {
                draft.project(self.found.folder(), id);
            }
            projects.push((folder, id, node));
        }
        Ok(projects)
    }

    /// Name and version of a project; the lock file knows its folder only.
    fn manifest(&self, folder: &str) -> Result<(Option<String>, Option<String>), Error> {
        #[derive(serde::Deserialize)]
        struct Manifest {
            name: Option<String>,
            version: Option<String>,
        }
        let Some((text, path)) = self.found.beside(&format!("{folder}/package.json"))? else {
            return Ok((None, None));
        };
        let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
            Error::file(&path, u32::try_from(error.line()).ok(), error.to_string())
        })?;
        Ok((manifest.name, manifest.version))
    }

    fn depend(
        &self,
        draft: &mut Draft,
        from: Id,
        folder: &str,
        entry: &Entry<'_>,
        scope: Scope,
        projects: &[(String, Id, &Node<'_>)],
    ) -> Result<(), Error> {
        // Versions 6 and 9 write what a project asks for beside what it got.
        let version = entry.value.as_text().or_else(|| entry.value.text("version"));
        let Some(version) = version else {
            let reason = format!("has no version for {}", entry.key);
            return Err(self.found.fault(Some(entry.line), reason));
        };
        if let Some(path) = version.strip_prefix("link:") {
            let target = walk(folder, path);
            let known = projects.iter().find(|(folder, ..)| Some(folder) == target.as_ref());
            match known {
                Some((_, to, _)) => draft.depend(from, *to, scope),
                None => {
                    let message = format!("links {} to {path}, which it does not hold", entry.key);
                    draft.warn(self.found.warning(Some(entry.line), "lock.unmet", message));
                }
            }
            return Ok(());
        }
        let mut candidates = self.format.candidates(&entry.key, version);
        match candidates.find_map(|key| self.keys.get(key.as_str())) {
            Some(to) => {
                draft.depend(from, *to, scope);
                Ok(())
            }
            None => {
                let reason = format!("has no package for {} {version}", entry.key);
                Err(self.found.fault(Some(entry.line), reason))
            }
        }
    }
}
