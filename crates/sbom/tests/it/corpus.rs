//! Lock files of others: packages and edges exactly as an independent script finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use leadforge_sbom::{Component, Config, EXTRACTORS, Ecosystem, Inventory, Origin, inventory};
use serde_json::Value;

fn folder(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is set by xtask")).into()
}

/// The file and what lies beside it.
fn read(corpora: &Path, file: &str) -> Inventory {
    let path = corpora.join(file);
    let mut tree = BTreeMap::new();
    for name in ["Cargo.toml", "package.json", "pyproject.toml"] {
        if let Ok(bytes) = std::fs::read(path.with_file_name(name)) {
            tree.insert(name.to_owned(), bytes);
        }
    }
    let name = path.file_name().expect("it has one").to_string_lossy().into_owned();
    tree.insert(name, std::fs::read(&path).unwrap_or_else(|error| panic!("{file}: {error}")));
    inventory(&tree, &Config::default()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A component as the script names it.
fn label(component: &Component, pnpm: bool) -> String {
    match &component.origin {
        Origin::Local(path) if pnpm && component.ecosystem == Ecosystem::Npm => {
            format!("project:{path}")
        }
        _ => format!("{}@{}", component.name, component.version.as_deref().unwrap_or("")),
    }
}

#[test]
#[ignore = "reads lock files of others: run by cargo xtask conform sbom"]
fn packages_and_edges_are_those_of_the_script() {
    let corpora = folder("LEADFORGE_CORPORA");
    let text = std::fs::read(folder("LEADFORGE_SBOM_TRUTH")).expect("xtask made it");
    let truth: BTreeMap<String, Value> = serde_json::from_slice(&text).expect("it is JSON");
    let mut locks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (file, truth) in &truth {
        let found = read(&corpora, file);
        *locks.entry(found.sources[0].extractor).or_default() += 1;
        let pnpm = file.ends_with("pnpm-lock.yaml");
        let names: Vec<String> = found.components.iter().map(|c| label(c, pnpm)).collect();
        let packages: BTreeSet<String> = names.iter().cloned().collect();
        let edges: BTreeSet<String> =
            found.pairs().iter().map(|(a, b)| format!("{} -> {}", names[*a], names[*b])).collect();
        let list = |key: &str| truth[key].as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().expect("a name").to_owned();
        let right: BTreeSet<String> = list("packages").iter().map(text).collect();
        let arrow = |pair: &Value| format!("{} -> {}", text(&pair[0]), text(&pair[1]));
        let right_edges: BTreeSet<String> = list("edges").iter().map(arrow).collect();
        for (what, ours, theirs) in [("package", &packages, &right), ("edge", &edges, &right_edges)]
        {
            let missing: Vec<_> = theirs.difference(ours).take(5).collect();
            let extra: Vec<_> = ours.difference(theirs).take(5).collect();
            if !missing.is_empty() || !extra.is_empty() {
                faults.push(format!("{file}: {what}s missing {missing:?}, extra {extra:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // The shrinkwrap is a package-lock under another name.
    for extractor in EXTRACTORS.iter().filter(|extractor| extractor.name != "npm-shrinkwrap") {
        let count = locks.get(extractor.name).copied().unwrap_or_default();
        assert!(count >= 3, "{} has {count} real lock files, and 3 are asked for", extractor.name);
    }
}

#[test]
#[ignore = "reads lock files of others: run by cargo xtask conform sbom"]
fn every_extractor_gives_what_it_declares() {
    let corpora = folder("LEADFORGE_CORPORA");
    let files = [
        ("uv", "job-lead-finder/uv.lock"),
        ("cargo", "sbom/locks/uv/Cargo.lock"),
        ("npm", "sbom/locks/claude-task-master/package-lock.json"),
        ("pnpm", "sbom/locks/growthbook/pnpm-lock.yaml"),
        ("yarn", "sbom-locks/vuejs-core@75264b2ae/yarn.lock"),
    ];
    for (name, file) in files {
        let found = read(&corpora, file);
        let gives = EXTRACTORS.iter().find(|e| e.name == name).expect("it is there").gives;
        let components = &found.components;
        let hashes = components.iter().any(|c| c.artifacts.iter().any(|a| !a.hashes.is_empty()));
        assert_eq!(!found.edges.is_empty(), gives.edges, "{name}: edges");
        assert_eq!(components.iter().any(|c| c.need.is_some()), gives.scopes, "{name}: scopes");
        assert_eq!(hashes, gives.hashes, "{name}: hashes");
        let licences = components.iter().any(|c| !c.licences.is_empty());
        assert_eq!(licences, gives.licences, "{name}: licences");
    }
}

#[test]
#[ignore = "reads lock files of others: run by cargo xtask conform sbom"]
fn what_npm_marks_as_development_is_what_our_edges_reach_so() {
    let corpora = folder("LEADFORGE_CORPORA");
    let file = "sbom/locks/claude-task-master/package-lock.json";
    let found = read(&corpora, file);
    let lock: Value =
        serde_json::from_slice(&std::fs::read(corpora.join(file)).expect("read")).expect("JSON");
    // A package is installed in several folders, and each has marks of its own: the weakest counts.
    let mut dev: BTreeMap<String, bool> = BTreeMap::new();
    for (path, entry) in lock["packages"].as_object().expect("an object") {
        let Some((_, folder)) = path.rsplit_once("node_modules/") else { continue };
        if entry["link"] == true {
            continue;
        }
        let name = entry["name"].as_str().unwrap_or(folder);
        let key = format!("{name}@{}", entry["version"].as_str().unwrap_or(""));
        *dev.entry(key).or_insert(true) &= entry["dev"] == true;
    }
    let ours = |component: &&Component| component.need == Some(leadforge_sbom::Need::Development);
    let ours: BTreeSet<String> =
        found.components.iter().filter(ours).map(|c| label(c, false)).collect();
    let theirs: BTreeSet<String> =
        dev.into_iter().filter(|(_, dev)| *dev).map(|(key, _)| key).collect();
    let missing: Vec<_> = theirs.difference(&ours).collect();
    let extra: Vec<_> = ours.difference(&theirs).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}, extra {extra:?}");
}
