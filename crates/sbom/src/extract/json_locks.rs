//! `composer.lock`, `packages.lock.json` of NuGet and `Pipfile.lock`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Need, Origin, Packaging, Scope};
use crate::text::addresses::without_credentials;
use crate::text::entries::Entries;
use crate::text::lines::Lines;

pub(super) const COMPOSER: Extractor = Extractor {
    name: "composer",
    files: &["composer.lock"],
    versions: "1 and 2",
    gives: Gives { edges: true, scopes: true, hashes: true, licences: true },
    unless: &[],
    reads: Reads::text(composer),
};

pub(super) const NUGET: Extractor = Extractor {
    name: "nuget",
    files: &["packages.lock.json"],
    versions: "1 and 2",
    gives: Gives { edges: true, scopes: false, hashes: false, licences: false },
    reads: Reads::text(nuget),
    ..COMPOSER
};

pub(super) const PIPFILE: Extractor = Extractor {
    name: "pipfile",
    files: &["Pipfile.lock"],
    versions: "6",
    gives: Gives { edges: false, scopes: true, hashes: true, licences: false },
    reads: Reads::text(pipfile),
    ..COMPOSER
};

/// A part of the file, with the line at which it begins.
fn part<'a, T: Deserialize<'a>>(
    found: &Found<'_>,
    lines: &Lines<'_>,
    raw: &'a str,
) -> Result<(u32, T), Error> {
    let base = lines.of_part(raw);
    let value = serde_json::from_str(raw).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(1).max(1);
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        found.fault(Some(base + line - 1), reason)
    })?;
    Ok((base, value))
}

#[derive(Deserialize)]
struct Composer<'a> {
    #[serde(borrow)]
    packages: Vec<&'a RawValue>,
    #[serde(borrow, default, rename = "packages-dev")]
    dev: Option<Vec<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ComposerPackage {
    name: String,
    version: String,
    source: Option<Place>,
    dist: Option<Place>,
    #[serde(deserialize_with = "names")]
    require: Vec<String>,
    #[serde(deserialize_with = "names", rename = "require-dev")]
    require_dev: Vec<String>,
    #[serde(deserialize_with = "names")]
    provide: Vec<String>,
    #[serde(deserialize_with = "names")]
    replace: Vec<String>,
    license: serde_json::Value,
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    r#type: String,
    #[serde(default)]
    url: String,
    reference: Option<String>,
    shasum: Option<String>,
}

/// The keys of an object; PHP writes an empty one as a list.
fn names<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_object().map_or_else(Vec::new, |object| object.keys().cloned().collect()))
}

fn composer(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let (_, lock): (_, Composer<'_>) = part(found, &lines, found.text)?;
    let mut named: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    let mut asks = Vec::new();
    let dev = lock.dev.unwrap_or_default();
    let all = lock.packages.iter().map(|raw| (raw, Need::Required));
    for (raw, need) in all.chain(dev.iter().map(|raw| (raw, Need::Development))) {
        let (line, package): (_, ComposerPackage) = part(found, &lines, raw.get())?;
        if package.name.is_empty() {
            return Err(found.fault(Some(line), "has a package without a name"));
        }
        let licences = match &package.license {
            serde_json::Value::Array(list) => list.clone(),
            other => vec![other.clone()],
        };
        let dist = package.dist.as_ref().map(|dist| Artifact {
            url: Some(without_credentials(&dist.url)).filter(|url| !url.is_empty()),
            packaging: Packaging::Source,
            hashes: dist.shasum.iter().filter_map(|digits| Hash::hex("sha1", digits)).collect(),
        });
        let facts = Facts {
            version: Some(package.version.clone()).filter(|version| !version.is_empty()),
            origin: composer_origin(found, &package),
            need: Some(need),
            licences: licences.iter().filter_map(|l| l.as_str().map(str::to_owned)).collect(),
            artifacts: dist
                .into_iter()
                .filter(|d| d.url.is_some() || !d.hashes.is_empty())
                .collect(),
            line,
            ..Facts::default()
        };
        let id = draft.add(found.component(Ecosystem::Composer, &package.name, facts), true);
        for name in package.provide.iter().chain(&package.replace).chain([&package.name]) {
            named.entry(name.to_lowercase()).or_default().push(id);
        }
        asks.push((id, package.require));
    }
    let mut connect = |from: Id, names: Vec<String>, scope: &Scope| {
        for name in names {
            for to in
                named.get(&name.to_lowercase()).into_iter().flatten().filter(|to| **to != from)
            {
                draft.depend(from, *to, scope.clone());
            }
        }
    };
    for (from, names) in asks {
        connect(from, names, &Scope::Runtime);
    }
    let Some((text, path)) = found.beside("composer.json")? else { return Ok(()) };
    let own: ComposerPackage = serde_json::from_str(&text)
        .map_err(|error| Error::file(&path, u32::try_from(error.line()).ok(), error.to_string()))?;
    let name = if own.name.is_empty() { "." } else { &own.name };
    let version = Some(own.version).filter(|version| !version.is_empty());
    let facts = Facts { version, origin: found.local(""), line: 1, ..Facts::default() };
    let id = draft.add(found.component(Ecosystem::Composer, name, facts), true);
    draft.project(found.folder(), id);
    let kinds = [(own.require, Scope::Runtime), (own.require_dev, Scope::Dev("dev".to_owned()))];
    for (names, scope) in kinds {
        for name in names {
            for to in named.get(&name.to_lowercase()).into_iter().flatten() {
                draft.depend(id, *to, scope.clone());
            }
        }
    }
    Ok(())
}

fn composer_origin(found: &Found<'_>, package: &ComposerPackage) -> Origin {
    if let Some(dist) = package.dist.as_ref().filter(|dist| dist.r#type == "path") {
        return found.local(&dist.url);
    }
    match (&package.dist, &package.source) {
        // Without an archive it is a checkout.
        (None, Some(source)) => {
            Origin::Git { url: without_credentials(&source.url), commit: source.reference.clone() }
        }
        _ => Origin::Registry,
    }
}

#[derive(Deserialize)]
struct Nuget<'a> {
    version: Option<u64>,
    #[serde(borrow, default)]
    dependencies: Entries<Entries<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NugetPackage {
    r#type: String,
    resolved: Option<String>,
    dependencies: BTreeMap<String, String>,
}

fn nuget(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let (_, lock): (_, Nuget<'_>) = part(found, &lines, found.text)?;
    if !lock.version.is_some_and(|version| (1..=2).contains(&version)) {
        return Err(found.fault(None, "is of no version that is read: 1 and 2 are"));
    }
    // Each framework has a list of its own.
    for (_, packages) in lock.dependencies.0 {
        let mut named: BTreeMap<String, Id> = BTreeMap::new();
        let mut asks = Vec::new();
        for (name, raw) in packages.0 {
            let (line, package): (_, NugetPackage) = part(found, &lines, raw.get())?;
            let origin = match package.r#type.as_str() {
                "Project" => found.local(&name),
                _ => Origin::Registry,
            };
            let facts = Facts { version: package.resolved, origin, line, ..Facts::default() };
            let id = draft.add(found.component(Ecosystem::Nuget, &name, facts), false);
            named.insert(name.to_lowercase(), id);
            asks.push((id, package.dependencies));
        }
        for (from, names) in asks {
            for name in names.into_keys() {
                if let Some(to) = named.get(&name.to_lowercase()) {
                    draft.depend(from, *to, Scope::Runtime);
                }
            }
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Pipfile<'a> {
    #[serde(borrow, default)]
    default: Entries<&'a RawValue>,
    #[serde(borrow, default)]
    develop: Entries<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PipfilePackage {
    version: Option<String>,
    hashes: Vec<String>,
    git: Option<String>,
    r#ref: Option<String>,
    file: Option<String>,
    path: Option<String>,
}

fn pipfile(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let (_, lock): (_, Pipfile<'_>) = part(found, &lines, found.text)?;
    let kinds = [(lock.default, Need::Required), (lock.develop, Need::Development)];
    for (entries, need) in kinds {
        for (name, raw) in entries.0 {
            let (line, package): (_, PipfilePackage) = part(found, &lines, raw.get())?;
            let origin = match (&package.git, &package.file, &package.path) {
                (Some(url), ..) => {
                    Origin::Git { url: without_credentials(url), commit: package.r#ref.clone() }
                }
                (_, Some(url), _) => Origin::Url(without_credentials(url)),
                (.., Some(path)) => found.local(path),
                _ => Origin::Registry,
            };
            let hashes: Vec<Hash> =
                package.hashes.iter().filter_map(|h| Hash::prefixed(h)).collect();
            let artifact = Artifact { url: None, packaging: Packaging::Built, hashes };
            let facts = Facts {
                version: package.version.map(|version| version.trim_start_matches('=').to_owned()),
                origin,
                need: Some(need),
                artifacts: Some(artifact).filter(|a| !a.hashes.is_empty()).into_iter().collect(),
                line,
                ..Facts::default()
            };
            draft.add(found.component(Ecosystem::Pypi, &name, facts), true);
        }
    }
    Ok(())
}
