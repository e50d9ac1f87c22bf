//! `yarn.lock` of Yarn 1, and the way to that of later ones; what the projects ask for is in their `package.json`.

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Id, Origin, Packaging, Scope};
use crate::text::addresses::without_credentials;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "yarn",
    files: &["yarn.lock"],
    versions: "1, and 2 to 4",
    gives: Gives { edges: true, scopes: true, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

/// What a later Yarn writes, which is another format under the same name.
const LATER: &str = "\n__metadata:";

/// An entry: the patterns that it stands for, and what they got.
#[derive(Default)]
struct Entry<'a> {
    patterns: Vec<&'a str>,
    line: u32,
    version: Option<&'a str>,
    resolved: Option<&'a str>,
    integrity: Option<&'a str>,
    asks: Vec<(&'a str, &'a str, Scope)>,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    if found.text.starts_with(LATER.trim_start()) || found.text.contains(LATER) {
        return super::berry::extract(found, draft);
    }
    let entries = read(found)?;
    if entries.is_empty() && !found.text.contains("# yarn lockfile v1") {
        return Err(found.fault(None, "has no entry"));
    }
    let mut patterns: BTreeMap<&str, Id> = BTreeMap::new();
    let mut names: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    let mut ids = Vec::new();
    for entry in &entries {
        let name = entry.patterns.first().and_then(|pattern| real_name(pattern));
        let (Some(name), Some(version)) = (name, entry.version) else {
            return Err(found.fault(Some(entry.line), "has an entry without a name or a version"));
        };
        let facts = Facts {
            version: Some(version.to_owned()),
            origin: origin(entry.resolved),
            artifacts: artifacts(entry),
            line: entry.line,
            ..Facts::default()
        };
        let id = draft.add(found.component(Ecosystem::Npm, name, facts), true);
        patterns.extend(entry.patterns.iter().map(|pattern| (*pattern, id)));
        let same = names.entry(name).or_default();
        if !same.contains(&id) {
            same.push(id);
        }
        ids.push(id);
    }
    let resolve = |name: &str, range: &str| {
        let exact = patterns.get(format!("{name}@{range}").as_str()).copied();
        // A resolution of the project replaces a range and leaves no trace of it.
        exact.or_else(|| match names.get(name).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        })
    };
    for (entry, from) in entries.iter().zip(&ids) {
        for (name, range, scope) in &entry.asks {
            match resolve(name, range) {
                Some(to) => draft.depend(*from, to, scope.clone()),
                None if *scope == Scope::Optional => {}
                None => {
                    let message =
                        format!("has no {name}@{range}, which {} asks for", entry.patterns[0]);
                    draft.warn(found.warning(Some(entry.line), "lock.unmet", message));
                }
            }
        }
    }
    project(found, draft, &resolve)
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Manifest {
    name: Option<String>,
    version: Option<String>,
    workspaces: Option<serde::de::IgnoredAny>,
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
    optional_dependencies: BTreeMap<String, String>,
}

/// The project beside the lock file, and what it asks for.
fn project(
    found: &Found<'_>,
    draft: &mut Draft,
    resolve: &dyn Fn(&str, &str) -> Option<Id>,
) -> Result<(), Error> {
    let Some((text, path)) = found.beside("package.json")? else {
        let message = "does not say what the project itself asks for, and no package.json is \
                       beside it: there are no edges from the project";
        draft.warn(found.warning(None, "lock.no-root-edges", message.to_owned()));
        return Ok(());
    };
    let manifest: Manifest = serde_json::from_str(&text)
        .map_err(|error| Error::file(&path, u32::try_from(error.line()).ok(), error.to_string()))?;
    let facts = Facts {
        version: manifest.version,
        origin: found.local(""),
        artifacts: Vec::new(),
        line: 1,
        ..Facts::default()
    };
    let name = manifest.name.as_deref().unwrap_or(".");
    let id = draft.add(found.component(Ecosystem::Npm, name, facts), true);
    draft.project(found.folder(), id);
    if manifest.workspaces.is_some() {
        let message =
            format!("is of a workspace: what its members ask for is not read, only {path}");
        draft.warn(found.warning(None, "lock.no-member-edges", message));
    }
    let kinds = [
        (manifest.dependencies, Scope::Runtime),
        (manifest.optional_dependencies, Scope::Optional),
        (manifest.dev_dependencies, Scope::Dev("dev".to_owned())),
    ];
    for (asked, scope) in kinds {
        for (name, range) in asked {
            match resolve(&name, &range) {
                Some(to) => draft.depend(id, to, scope.clone()),
                // Folders, and members of the workspace, are in no lock file of Yarn 1.
                None if range.starts_with("link:") || manifest.workspaces.is_some() => {}
                None => {
                    let message = format!(
                        "is stale: {path} asks for {name}@{range}, which is not in it; lock again"
                    );
                    draft.warn(found.warning(None, "lock.stale", message));
                }
            }
        }
    }
    Ok(())
}

fn read<'a>(found: &Found<'a>) -> Result<Vec<Entry<'a>>, Error> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut part: Option<Scope> = None;
    for (line, text) in (1..).zip(found.text.lines()) {
        let inner = text.trim_start_matches(' ').trim_end();
        if inner.is_empty() || inner.starts_with('#') {
            continue;
        }
        let fault = || found.fault(Some(line), "is no line of a lock file of Yarn 1");
        let indent = text.len() - text.trim_start_matches(' ').len();
        if indent == 0 {
            let patterns = inner.strip_suffix(':').ok_or_else(fault)?;
            let patterns = patterns.split(", ").map(unquoted).collect();
            entries.push(Entry { patterns, line, ..Entry::default() });
            part = None;
            continue;
        }
        let entry = entries.last_mut().ok_or_else(fault)?;
        if indent == 2 {
            part = match inner {
                "dependencies:" => Some(Scope::Runtime),
                "optionalDependencies:" => Some(Scope::Optional),
                _ => None,
            };
            if part.is_none() {
                let (key, value) = inner.split_once(' ').ok_or_else(fault)?;
                let value = Some(unquoted(value));
                match key {
                    "version" => entry.version = value,
                    "resolved" => entry.resolved = value,
                    "integrity" => entry.integrity = value,
                    _ => {}
                }
            }
        } else if let Some(scope) = &part {
            // A quoted name may hold a blank as little as any other.
            let (name, range) = inner.split_once(' ').ok_or_else(fault)?;
            entry.asks.push((unquoted(name), unquoted(range), scope.clone()));
        }
    }
    Ok(entries)
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// The name of the package that a pattern stands for: `alias@npm:name@^1` is of `name`.
fn real_name(pattern: &str) -> Option<&str> {
    let at = 1 + pattern.get(1..)?.find('@')?;
    match pattern[at + 1..].strip_prefix("npm:") {
        Some(real) => Some(real.get(1..)?.find('@').map_or(real, |end| &real[..=end])),
        None => Some(&pattern[..at]),
    }
}

fn origin(resolved: Option<&str>) -> Origin {
    let Some(resolved) = resolved else {
        return Origin::Registry;
    };
    let (url, fragment) = resolved.rsplit_once('#').unwrap_or((resolved, ""));
    let clean = without_credentials(url);
    if url.starts_with("git") || url.starts_with("ssh:") || url.ends_with(".git") {
        return Origin::Git {
            url: clean,
            commit: Some(fragment.to_owned()).filter(|c| !c.is_empty()),
        };
    }
    if url.contains("/-/") { Origin::Registry } else { Origin::Url(clean) }
}

fn artifacts(entry: &Entry<'_>) -> Vec<Artifact> {
    let mut hashes = entry.integrity.map(Hash::integrity).unwrap_or_default();
    let (url, fragment) = match entry.resolved {
        Some(resolved) => resolved.rsplit_once('#').unwrap_or((resolved, "")),
        None => return Vec::new(),
    };
    if !url.starts_with("http") || url.ends_with(".git") {
        return Vec::new();
    }
    hashes.extend(Hash::hex("sha1", fragment));
    vec![Artifact { url: Some(without_credentials(url)), packaging: Packaging::Built, hashes }]
}
