//! `Cargo.lock`, versions 1 to 4.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::text::addresses::without_credentials;
use crate::text::lines::Lines;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "cargo",
    files: &["Cargo.lock"],
    versions: "1 to 4",
    gives: Gives { edges: true, scopes: false, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

/// A package of the lock, as other packages name it.
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    source: Option<&'a str>,
    dependencies: Vec<&'a str>,
    line: u32,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = Lines::of(found.text);
    let document = DeTable::parse(found.text).map_err(|error| {
        found.fault(error.span().map(|span| lines.at(span.start)), error.message().to_owned())
    })?;
    let document = document.get_ref();
    let old_hashes = document.get("metadata").and_then(|value| value.get_ref().as_table());
    let mut packages = Vec::new();
    // Versions 1 and 2 may hold the project itself beside the packages.
    let root = document.get("root").and_then(|v| Some((v.span(), v.get_ref().as_table()?)));
    let list = document.get("package").and_then(|value| value.get_ref().as_array());
    let list = list.into_iter().flatten().filter_map(|v| Some((v.span(), v.get_ref().as_table()?)));
    for (span, table) in root.into_iter().chain(list) {
        let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
        let line = lines.at(span.start);
        let (Some(name), Some(version)) = (text("name"), text("version")) else {
            return Err(found.fault(Some(line), "has a package without a name or a version"));
        };
        let dependencies = table.get("dependencies").and_then(|value| value.get_ref().as_array());
        let dependencies = dependencies.into_iter().flatten();
        let dependencies = dependencies.filter_map(|value| value.get_ref().as_str()).collect();
        let source = text("source");
        let key = format!("checksum {name} {version} ({})", source.unwrap_or_default());
        let old = old_hashes.and_then(|hashes| hashes.get(key.as_str())?.get_ref().as_str());
        let checksum = text("checksum").or(old).and_then(|hex| Hash::hex("sha256", hex));
        packages.push((Package { name, version, source, dependencies, line }, checksum));
    }
    if packages.is_empty() {
        return Err(found.fault(None, "has no package"));
    }
    let own = own_name(found)?;
    let projects = packages.iter().filter(|(package, _)| package.source.is_none()).count();
    let mut ids: BTreeMap<&str, Vec<(&Package<'_>, Id)>> = BTreeMap::new();
    for (package, checksum) in &packages {
        let origin = match package.source {
            Some(source) => origin(source),
            // The lock does not say where in the tree a project is.
            None => found.local(""),
        };
        let artifact = |hash: &Hash| Artifact {
            url: None,
            packaging: Packaging::Source,
            hashes: vec![hash.clone()],
        };
        let facts = Facts {
            version: Some(package.version.to_owned()),
            origin,
            artifacts: checksum.iter().map(artifact).collect(),
            line: package.line,
            ..Facts::default()
        };
        let id = draft.add(found.component(Ecosystem::Cargo, package.name, facts), false);
        let named = own.as_ref().map_or(projects == 1, |own| own.name == package.name);
        if package.source.is_none() && named {
            draft.project(found.folder(), id);
        }
        ids.entry(package.name).or_default().push((package, id));
    }
    for (package, from) in ids.values().flatten() {
        for dependency in &package.dependencies {
            let to = resolve(&ids, dependency).ok_or_else(|| {
                let reason = format!("has no package for the dependency {dependency:?}");
                found.fault(Some(package.line), reason)
            })?;
            draft.depend(*from, to, Scope::Runtime);
        }
    }
    if let Some(own) = own {
        stale(found, draft, &packages, &own);
    }
    Ok(())
}

/// The package that a dependency names: `name`, `name version` or `name version (source)`.
fn resolve(ids: &BTreeMap<&str, Vec<(&Package<'_>, Id)>>, dependency: &str) -> Option<Id> {
    let mut words = dependency.splitn(3, ' ');
    let named = ids.get(words.next()?)?;
    let version = words.next();
    let source = words.next().map(|word| word.trim_start_matches('(').trim_end_matches(')'));
    let fits = |package: &Package<'_>| {
        let same = |source: &str| package.source.is_some_and(|own| plain(own) == plain(source));
        version.is_none_or(|version| version == package.version) && source.is_none_or(same)
    };
    let mut found = named.iter().filter(|(package, _)| fits(package));
    let first = found.next()?.1;
    found.next().is_none().then_some(first)
}

/// A source without the commit, which only the package itself has to name.
fn plain(source: &str) -> &str {
    source.split('#').next().unwrap_or(source)
}

fn origin(source: &str) -> Origin {
    let (kind, url) = source.split_once('+').unwrap_or(("", source));
    match kind {
        "git" => {
            let (url, commit) = url.rsplit_once('#').unwrap_or((url, ""));
            let commit = (!commit.is_empty()).then(|| commit.to_owned());
            Origin::Git { url: without_credentials(plain_query(url)), commit }
        }
        _ if url == "https://github.com/rust-lang/crates.io-index" => Origin::Registry,
        "sparse" if url.trim_end_matches('/') == "https://index.crates.io" => Origin::Registry,
        _ => Origin::OtherRegistry(without_credentials(url)),
    }
}

/// The address without `?branch=…`: the commit says it all.
fn plain_query(url: &str) -> &str {
    url.split('?').next().unwrap_or(url)
}

/// What the `Cargo.toml` beside the lock says of its own package.
struct Own {
    path: String,
    name: String,
    version: Option<String>,
}

fn own_name(found: &Found<'_>) -> Result<Option<Own>, Error> {
    let Some((text, path)) = found.beside("Cargo.toml")? else {
        return Ok(None);
    };
    let manifest = DeTable::parse(&text)
        .map_err(|error| Error::file(&path, None, error.message().to_owned()))?;
    let package = manifest.get_ref().get("package").and_then(|v| v.get_ref().as_table());
    let of = |key: &str| package.and_then(|p| p.get(key)?.get_ref().as_str().map(str::to_owned));
    Ok(of("name").map(|name| Own { path, name, version: of("version") }))
}

/// Warns when the lock does not know the package beside it, or another version of it.
fn stale(
    found: &Found<'_>,
    draft: &mut Draft,
    packages: &[(Package<'_>, Option<Hash>)],
    own: &Own,
) {
    let mut locked = packages.iter().map(|(p, _)| p);
    match locked.find(|p| p.source.is_none() && p.name == own.name) {
        Some(package) => {
            let locked = (own.name.as_str(), Some(package.version), package.line);
            found.compare(draft, locked, (&own.path, own.version.as_deref()));
        }
        None => {
            let Own { path, name, .. } = own;
            let message = format!("is stale: {path} names {name}, which is not in it; lock again");
            draft.warn(found.warning(None, "lock.stale", message));
        }
    }
}
