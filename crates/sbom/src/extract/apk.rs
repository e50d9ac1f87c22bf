//! What apk installed: `lib/apk/db/installed`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Extractor, Facts, Found, Gives, Reads, release, route};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Id, Scope};

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "apk",
    files: &["lib/apk/db/installed", "usr/lib/apk/db/installed"],
    versions: "2 and 3",
    gives: Gives { edges: true, scopes: false, hashes: false, licences: true },
    unless: &[],
    reads: Reads::owner(extract),
};

#[derive(Default)]
struct Package<'a> {
    line: u32,
    fields: BTreeMap<u8, &'a str>,
    files: Vec<String>,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let root = found.path.trim_end_matches("lib/apk/db/installed").trim_end_matches("usr/");
    let release = release::of(found, root, "alpine")?;
    let mut packages = read(found);
    packages.retain(|package| !package.fields.is_empty());
    let mut provided: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    let mut all: Vec<(Id, &str)> = Vec::new();
    for package in &packages {
        let field = |key: u8| package.fields.get(&key).copied();
        let (Some(name), Some(version)) = (field(b'P'), field(b'V')) else {
            return Err(
                found.fault(Some(package.line), "has a package without a name or a version")
            );
        };
        let mut qualifiers = Vec::new();
        qualifiers.extend(field(b'A').map(|arch| ("arch", arch.to_owned())));
        qualifiers.extend(release.distro.clone().map(|distro| ("distro", distro)));
        let origin = field(b'o').filter(|origin| *origin != name);
        qualifiers.extend(origin.map(|origin| ("upstream", origin.to_owned())));
        let facts = Facts {
            version: Some(version.to_owned()),
            namespace: Some(release.id.clone()),
            qualifiers,
            licences: field(b'L').into_iter().map(str::to_owned).collect(),
            supplier: field(b'm').map(str::to_owned),
            line: package.line,
            ..Facts::default()
        };
        let id = draft.add(found.component(Ecosystem::Apk, name, facts), false);
        provided.entry(name).or_default().insert(id);
        for word in field(b'p').unwrap_or_default().split_whitespace() {
            provided.entry(plain(word)).or_default().insert(id);
        }
        all.push((id, field(b'D').unwrap_or_default()));
        for file in &package.files {
            draft.own(format!("{root}{file}"), id);
        }
    }
    for (from, asks) in all {
        for word in asks.split_whitespace().filter(|word| !word.starts_with('!')) {
            for to in provided.get(plain(word)).into_iter().flatten().filter(|to| **to != from) {
                draft.depend(from, *to, Scope::Runtime);
            }
        }
    }
    Ok(())
}

/// A name without the versions that are asked for: `so:libc.musl-x86_64.so.1=1` and `musl>=1.2`.
fn plain(word: &str) -> &str {
    word.split(['=', '<', '>', '~', '@']).next().unwrap_or(word)
}

fn read<'a>(found: &Found<'a>) -> Vec<Package<'a>> {
    let mut packages = vec![Package::default()];
    let mut folder = "";
    for (number, line) in (1..).zip(found.text.lines()) {
        let last = packages.len() - 1;
        let package = &mut packages[last];
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| key.len() == 1) else {
            if line.trim().is_empty() && !package.fields.is_empty() {
                packages.push(Package::default());
            }
            continue;
        };
        if package.fields.is_empty() {
            package.line = number;
        }
        match key.as_bytes()[0] {
            b'F' => folder = value,
            b'R' => {
                let path =
                    if folder.is_empty() { value.to_owned() } else { format!("{folder}/{value}") };
                if route::wants(&path) {
                    package.files.push(path);
                }
            }
            key => {
                package.fields.entry(key).or_insert(value);
            }
        }
    }
    packages
}
