//! What a lock file of npm says of one package.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use crate::inventory::Scope;
use crate::text::entries::Entries;

type Names = BTreeMap<String, IgnoredAny>;

/// A package as versions 2 and 3 describe it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Entry {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) resolved: Option<String>,
    pub(super) integrity: Option<String>,
    pub(super) link: bool,
    pub(super) optional: bool,
    license: Option<Licence>,
    dependencies: Names,
    dev_dependencies: Names,
    optional_dependencies: Names,
    peer_dependencies: Names,
    peer_dependencies_meta: BTreeMap<String, PeerMeta>,
}

#[derive(Deserialize)]
struct PeerMeta {
    #[serde(default)]
    optional: bool,
}

/// A licence as packages have written it over the years.
#[derive(Deserialize)]
#[serde(untagged)]
enum Licence {
    Text(String),
    Named {
        #[serde(rename = "type")]
        name: String,
    },
    Many(Vec<Self>),
    Other(IgnoredAny),
}

/// A `package.json`, as far as it speaks of the project itself.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Manifest {
    pub(super) version: Option<String>,
    dependencies: Names,
    dev_dependencies: Names,
    optional_dependencies: Names,
}

/// A package as version 1 describes it.
#[derive(Deserialize)]
pub(super) struct Old<'a> {
    version: Option<String>,
    resolved: Option<String>,
    integrity: Option<String>,
    #[serde(default)]
    optional: bool,
    requires: Option<Requires>,
    #[serde(borrow, default)]
    dependencies: Entries<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Requires {
    Names(Names),
    Flag(IgnoredAny),
}

impl<'a> Old<'a> {
    /// The package as later versions describe it, and what is installed below it.
    pub(super) fn into_entry(self) -> (Entry, Entries<&'a RawValue>) {
        let mut entry = Entry {
            resolved: self.resolved,
            integrity: self.integrity,
            optional: self.optional,
            ..Entry::default()
        };
        let version = self.version.unwrap_or_default();
        match version.strip_prefix("npm:").and_then(|alias| alias.rsplit_once('@')) {
            Some((name, version)) => {
                entry.name = Some(name.to_owned());
                entry.version = Some(version.to_owned());
            }
            // A package that no registry holds has its address for a version.
            None if version.contains(':') => entry.resolved = Some(version),
            None => entry.version = Some(version).filter(|version| !version.is_empty()),
        }
        if let Some(Requires::Names(names)) = self.requires {
            entry.dependencies = names;
        }
        (entry, self.dependencies)
    }
}

impl Entry {
    /// The project of a lock of version 1, which leaves what it asks for to its `package.json`.
    pub(super) fn project(
        name: Option<String>,
        version: Option<String>,
        manifest: Option<Manifest>,
    ) -> Self {
        let manifest = manifest.unwrap_or_default();
        Self {
            name,
            version,
            dependencies: manifest.dependencies,
            dev_dependencies: manifest.dev_dependencies,
            optional_dependencies: manifest.optional_dependencies,
            ..Self::default()
        }
    }

    /// The licences as they are written.
    pub(super) fn licences(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut left: Vec<&Licence> = self.license.iter().collect();
        while let Some(licence) = left.pop() {
            match licence {
                Licence::Text(text) | Licence::Named { name: text } => found.push(text.clone()),
                Licence::Many(many) => left.extend(many),
                Licence::Other(_) => {}
            }
        }
        found
    }

    /// What it asks for: the name, on what terms, and whether it may be missing.
    pub(super) fn asks(&self, project: bool) -> Vec<(&str, Scope, bool)> {
        let mut asks = Vec::new();
        for name in self.dependencies.keys() {
            // npm writes an optional dependency in both places, and optional is what counts.
            if !self.optional_dependencies.contains_key(name) {
                asks.push((name.as_str(), Scope::Runtime, false));
            }
        }
        asks.extend(self.optional_dependencies.keys().map(|n| (n.as_str(), Scope::Optional, true)));
        for name in self.peer_dependencies.keys() {
            let may_miss = self.peer_dependencies_meta.get(name).is_some_and(|meta| meta.optional);
            asks.push((name, Scope::Peer, may_miss));
        }
        if project {
            let dev = |name| (name, Scope::Dev("dev".to_owned()), false);
            asks.extend(self.dev_dependencies.keys().map(|name| dev(name.as_str())));
        }
        asks
    }
}
