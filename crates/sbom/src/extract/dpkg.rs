//! What dpkg installed: `status`, or one file for each package in `status.d` as distroless images have it.

use std::collections::BTreeMap;

use super::release::{self, Release};
use super::{Extractor, Facts, Found, Gives, Reads, route};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Id, Scope};
use crate::text::stanzas::{Stanza, stanzas};

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "dpkg",
    files: &["var/lib/dpkg/status", "var/lib/dpkg/status.d/*"],
    versions: "any",
    gives: Gives { edges: true, scopes: false, hashes: false, licences: true },
    unless: &[],
    reads: Reads::owner(extract),
};

struct Package<'a> {
    name: &'a str,
    arch: &'a str,
    id: Id,
    stanza: Stanza<'a>,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let (root, single) = match found.path.rsplit_once("var/lib/dpkg/status") {
        Some((root, rest)) => (root, !rest.is_empty()),
        None => return Ok(()),
    };
    if single {
        return status_d(found, draft, root);
    }
    let release = release::of(found, root, "debian")?;
    let mut packages = Vec::new();
    for stanza in stanzas(found.text) {
        if is_there(&stanza) {
            packages.push(package(found, draft, &release, root, stanza)?);
        }
    }
    if packages.is_empty() && !found.text.trim().is_empty() && stanzas(found.text).next().is_none()
    {
        return Err(found.fault(Some(1), "is no list of packages"));
    }
    depend(draft, &packages);
    let info = format!("{root}var/lib/dpkg/info/");
    if others(found, root) {
        let by_name: BTreeMap<&str, Id> = packages.iter().map(|p| (p.name, p.id)).collect();
        for list in found.below(&info).iter().filter(|path| path.ends_with(".list")) {
            let name = list[info.len()..].trim_end_matches(".list");
            let name = name.split(':').next().unwrap_or(name);
            let (Some(id), Some(text)) = (by_name.get(name), found.lossy(list)?) else { continue };
            own(draft, root, text.lines(), *id);
        }
    }
    Ok(())
}

/// All files of the folder at once, when its first one comes; the others are then known.
fn status_d(found: &Found<'_>, draft: &mut Draft, root: &str) -> Result<(), Error> {
    let folder = format!("{root}var/lib/dpkg/status.d/");
    let files = found.below(&folder);
    if files.first().is_none_or(|first| first != found.path) {
        return Ok(());
    }
    let release = release::of(found, root, "debian")?;
    let (sums, lists): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|path| path.ends_with(".md5sums"));
    let mut texts = Vec::new();
    for path in lists {
        let text = found.lossy(path)?.unwrap_or_default();
        texts.push((path.as_str(), text));
    }
    let mut packages = Vec::new();
    for (path, text) in &texts {
        let at = Found { path, text, ..*found };
        for stanza in stanzas(text).filter(is_there) {
            packages.push(package(&at, draft, &release, root, stanza)?);
        }
    }
    depend(draft, &packages);
    if others(found, root) {
        let by_name: BTreeMap<&str, Id> = packages.iter().map(|p| (p.name, p.id)).collect();
        for path in sums {
            let name = path[folder.len()..].trim_end_matches(".md5sums");
            let (Some(id), Some(text)) = (by_name.get(name), found.lossy(path)?) else { continue };
            let files = text.lines().filter_map(|line| Some(line.split_once(' ')?.1.trim_start()));
            own(draft, root, files, *id);
        }
    }
    Ok(())
}

/// Whether a package is installed; configuration that a removed one left behind is not the package.
fn is_there(stanza: &Stanza<'_>) -> bool {
    const THERE: [&str; 5] =
        ["installed", "triggers-awaited", "triggers-pending", "half-configured", "unpacked"];
    // In a distroless image there is nothing else, and no status.
    let state = stanza.field("Status").map(|status| status.split(' ').nth(2).unwrap_or_default());
    state.is_none_or(|state| THERE.contains(&state))
}

/// Whether the tree holds anything that a package of the distribution could own and an extractor reads.
fn others(found: &Found<'_>, root: &str) -> bool {
    let router = route::Router::new();
    found.below(root).iter().any(|path| router.of(path).is_some_and(|e| !e.reads.owner))
}

fn own<'l>(draft: &mut Draft, root: &str, files: impl Iterator<Item = &'l str>, id: Id) {
    for file in files {
        let path = file.trim_start_matches("./").trim_start_matches('/');
        if route::wants(path) {
            draft.own(format!("{root}{path}"), id);
        }
    }
}

fn package<'a>(
    found: &Found<'_>,
    draft: &mut Draft,
    release: &Release,
    root: &str,
    stanza: Stanza<'a>,
) -> Result<Package<'a>, Error> {
    let line = stanza.line;
    let needed = (stanza.field("Package"), stanza.field("Version"));
    let (Some(name), Some(version)) = needed else {
        return Err(found.fault(Some(line), "has a package without a name or a version"));
    };
    let arch = stanza.field("Architecture").unwrap_or("all");
    let mut qualifiers = vec![("arch", arch.to_owned())];
    qualifiers.extend(release.distro.clone().map(|distro| ("distro", distro)));
    if let Some(source) = stanza.field("Source") {
        // `name (version)`, the version only where it differs.
        let (source, of) = source.split_once(' ').unwrap_or((source, ""));
        let of = of.trim_matches(['(', ')']);
        let at = if of.is_empty() { String::new() } else { format!("@{of}") };
        qualifiers.push(("upstream", format!("{source}{at}")));
    }
    let facts = Facts {
        version: Some(version.to_owned()),
        namespace: Some(release.id.clone()),
        qualifiers,
        licences: licences(found, root, name)?,
        supplier: stanza.field("Maintainer").map(str::to_owned),
        line,
        ..Facts::default()
    };
    let id = draft.add(found.component(Ecosystem::Deb, name, facts), false);
    Ok(Package { name, arch, id, stanza })
}

/// The licences of a `copyright` file that machines can read, as it names them.
fn licences(found: &Found<'_>, root: &str, name: &str) -> Result<Vec<String>, Error> {
    let path = format!("{root}usr/share/doc/{name}/copyright");
    let Some(text) = found.lossy(&path)? else { return Ok(Vec::new()) };
    if !text.starts_with("Format:") {
        return Ok(Vec::new());
    }
    let named = text.lines().filter_map(|line| line.strip_prefix("License:"));
    let mut names: Vec<String> =
        named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// Edges to every installed alternative, by its own name or by one that it provides.
fn depend(draft: &mut Draft, packages: &[Package<'_>]) {
    let mut named: BTreeMap<&str, Vec<&Package<'_>>> = BTreeMap::new();
    let mut provided: BTreeMap<&str, Vec<&Package<'_>>> = BTreeMap::new();
    for package in packages {
        named.entry(package.name).or_default().push(package);
        for name in package.stanza.field("Provides").into_iter().flat_map(relations) {
            provided.entry(name).or_default().push(package);
        }
    }
    for package in packages {
        for field in ["Pre-Depends", "Depends"] {
            for name in package.stanza.field(field).into_iter().flat_map(relations) {
                let Some(fits) = named.get(name).or_else(|| provided.get(name)) else { continue };
                let same = |other: &&&Package<'_>| {
                    other.arch == package.arch || other.arch == "all" || package.arch == "all"
                };
                let mut own: Vec<_> = fits.iter().filter(same).collect();
                if own.is_empty() {
                    own = fits.iter().collect();
                }
                for other in own.into_iter().filter(|other| other.id != package.id) {
                    draft.depend(package.id, other.id, Scope::Runtime);
                }
            }
        }
    }
}

/// The names of a field of relations: `a (>= 1), b:any | c`.
fn relations(field: &str) -> impl Iterator<Item = &str> {
    let names = field.split([',', '|']).map(|relation| {
        let stop = relation.trim_start().find([' ', '(', '[', ':', '<', '\n', '\t']);
        let relation = relation.trim_start();
        stop.map_or(relation.trim_end(), |stop| &relation[..stop])
    });
    names.filter(|name| !name.is_empty())
}
