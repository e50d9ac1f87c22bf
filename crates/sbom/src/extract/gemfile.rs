//! `Gemfile.lock`: gems of registries, of git repositories and of folders, with what each asks for.

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::text::addresses::without_credentials;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "gemfile",
    files: &["Gemfile.lock", "gems.locked"],
    versions: "Bundler 1 to 4",
    gives: Gives { edges: true, scopes: false, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

/// Where the gems of a section are from.
#[derive(Default)]
struct Section<'a> {
    kind: &'a str,
    remote: &'a str,
    revision: Option<&'a str>,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let mut section = Section::default();
    let mut gems: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    let mut asks: Vec<(Id, &str)> = Vec::new();
    let mut last = None;
    let checksums = checksums(found.text);
    for (number, line) in (1..).zip(found.text.lines()) {
        let inner = line.trim_start();
        let indent = line.len() - inner.len();
        if inner.starts_with("<<<<<<<") || inner.starts_with(">>>>>>>") {
            return Err(found.fault(Some(number), "holds a conflict that nobody resolved"));
        }
        match indent {
            0 => section = Section { kind: inner.trim_end(), ..Section::default() },
            2 if inner.starts_with("remote: ") => section.remote = inner[8..].trim(),
            2 if inner.starts_with("revision: ") => section.revision = Some(inner[10..].trim()),
            4 if matches!(section.kind, "GEM" | "GIT" | "PATH" | "PLUGIN SOURCE") => {
                let Some((name, version)) = spec(inner) else {
                    return Err(found.fault(Some(number), "has a gem without a version"));
                };
                let id = gem(found, draft, &section, (name, version, number), &checksums);
                let same = gems.entry(name).or_default();
                if !same.contains(&id) {
                    same.push(id);
                }
                last = Some(id);
            }
            6 => {
                let name = inner.split([' ', '!']).next().unwrap_or(inner);
                asks.extend(last.map(|id| (id, name)));
            }
            _ => {}
        }
    }
    if gems.is_empty() && !found.text.contains("DEPENDENCIES") {
        return Err(found.fault(None, "has no gem and no dependencies"));
    }
    for (from, name) in asks {
        // A gem may be there once for each platform.
        for to in gems.get(name).into_iter().flatten().filter(|to| **to != from) {
            draft.depend(from, *to, Scope::Runtime);
        }
    }
    Ok(())
}

/// `name (version)`.
fn spec(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(" (")?;
    Some((name, rest.split(')').next()?))
}

/// The digests of the section at the end, by `name (version)`.
fn checksums(text: &str) -> BTreeMap<&str, Vec<Hash>> {
    let lines = text.lines().skip_while(|line| *line != "CHECKSUMS").skip(1);
    let lines = lines.take_while(|line| line.starts_with("  "));
    let one = |line: &'_ str| -> Option<(usize, Vec<Hash>)> {
        let end = line.find(')')? + 1;
        let hashes = line[end..].split([' ', ',']).filter_map(|word| {
            let (function, digits) = word.split_once('=')?;
            Hash::hex(function, digits)
        });
        Some((end, hashes.collect()))
    };
    lines.filter_map(|line| one(line).map(|(end, hashes)| (line[..end].trim(), hashes))).collect()
}

fn gem(
    found: &Found<'_>,
    draft: &mut Draft,
    section: &Section<'_>,
    (name, version, line): (&str, &str, u32),
    checksums: &BTreeMap<&str, Vec<Hash>>,
) -> Id {
    // What stands behind the version is the platform: versions have no hyphen.
    let (plain, platform) = match version.split_once('-') {
        Some((plain, platform)) => (plain, Some(platform)),
        None => (version, None),
    };
    let origin = match section.kind {
        "GIT" => Origin::Git {
            url: without_credentials(section.remote),
            commit: section.revision.map(str::to_owned),
        },
        "PATH" => found.local(section.remote),
        _ if section.remote.is_empty() || section.remote.starts_with("https://rubygems.org") => {
            Origin::Registry
        }
        _ => Origin::OtherRegistry(without_credentials(section.remote)),
    };
    let hashes = checksums.get(format!("{name} ({version})").as_str()).cloned().unwrap_or_default();
    let artifact = Artifact { url: None, packaging: Packaging::Built, hashes };
    let facts = Facts {
        version: Some(plain.to_owned()),
        origin,
        qualifiers: platform
            .map(|platform| ("platform", platform.to_owned()))
            .into_iter()
            .collect(),
        artifacts: Some(artifact)
            .filter(|artifact| !artifact.hashes.is_empty())
            .into_iter()
            .collect(),
        line,
        ..Facts::default()
    };
    draft.add(found.component(Ecosystem::Gem, name, facts), false)
}
