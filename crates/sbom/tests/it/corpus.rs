//! Lock files of others: packages and edges exactly as an independent script finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use leadforge_sbom::{
    Component, Config, EXTRACTORS, Ecosystem, Gives, Inventory, Origin, inventory, wants,
};
use serde_json::Value;

use crate::programs::OneProgram;

fn folder(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is set by xtask")).into()
}

const NOTHING: Gives = Gives { edges: false, scopes: false, hashes: false, licences: false };

/// What the script found, by file.
fn truth() -> BTreeMap<String, Value> {
    let text = std::fs::read(folder("LEADFORGE_SBOM_TRUTH")).expect("xtask made it");
    serde_json::from_slice(&text).expect("it is JSON")
}

/// The file and what lies beside it.
fn read(corpora: &Path, file: &str) -> Inventory {
    if let Some(path) = file.strip_prefix("program:") {
        let program = OneProgram(std::fs::read(path).expect("setup put it there"));
        return inventory(&program, &Config::default()).expect("it is read");
    }
    if let Some(top) = file.strip_prefix("modules:") {
        let mut tree = BTreeMap::new();
        modules(Path::new(top), "node_modules", &mut tree);
        return inventory(&tree, &Config::default()).expect("it is read");
    }
    if let Some(root) = file.strip_prefix("installed:") {
        return installed(Path::new(root));
    }
    const OURS: &str = "tests/corpora/locks/";
    // Below the folder of each, a file of this repository lies where it lies in its own.
    let (root, inner) = match file.strip_prefix(OURS).and_then(|rest| rest.split_once('/')) {
        Some((name, inner)) => (repository().join(OURS).join(name), inner),
        None => {
            let path = corpora.join(file);
            let name = file.rsplit('/').next().unwrap_or(file);
            (path.parent().expect("it is in a folder").to_owned(), name)
        }
    };
    let mut tree = BTreeMap::new();
    for name in ["Cargo.toml", "composer.json", "package.json", "pyproject.toml"] {
        if let Ok(bytes) = std::fs::read(root.join(name)) {
            tree.insert(name.to_owned(), bytes);
        }
    }
    let bytes = std::fs::read(root.join(inner)).unwrap_or_else(|error| panic!("{file}: {error}"));
    tree.insert(inner.to_owned(), bytes);
    inventory(&tree, &Config::default()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The `package.json` of all folders below one.
fn modules(folder: &Path, name: &str, tree: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("a type").is_dir() {
            modules(&entry.path(), &inner, tree);
        } else if inner.ends_with("/package.json") {
            tree.insert(inner, std::fs::read(entry.path()).expect("it is read"));
        }
    }
}

/// What an environment of Python or this machine has installed, by the files that say so.
fn installed(root: &Path) -> Inventory {
    let mut tree = BTreeMap::new();
    let machine = root == Path::new("/");
    let folders =
        ["var/lib/dpkg", "var/lib/dpkg/info", "usr/lib/python3/dist-packages", "usr/share/doc"];
    for folder in if machine { &folders[..] } else { &[""] } {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            for file in
                [path.clone(), path.join("METADATA"), path.join("PKG-INFO"), path.join("copyright")]
            {
                let inner = file.strip_prefix(root).expect("it is below").to_string_lossy();
                let name =
                    if machine { inner.into_owned() } else { format!("site-packages/{inner}") };
                if wants(&name) && file.is_file() {
                    tree.insert(name, std::fs::read(file).expect("it is read"));
                }
            }
        }
    }
    inventory(&tree, &Config::default()).expect("it is read")
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The extractor that a file is there for.
fn extractor(file: &str, found: &Inventory) -> &'static str {
    // The machine has packages of Python too, which some of its own are.
    if file == "installed:/" { "dpkg" } else { found.sources[0].extractor }
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
    let truth = truth();
    let mut locks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (file, truth) in &truth {
        let found = read(&corpora, file);
        *locks.entry(extractor(file, &found)).or_default() += 1;
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
    let mut given: BTreeMap<&str, Gives> = BTreeMap::new();
    for file in truth().keys() {
        let found = read(&corpora, file);
        let gives = given.entry(extractor(file, &found)).or_insert(NOTHING);
        let components = &found.components;
        gives.edges |= !found.edges.is_empty();
        gives.scopes |= components.iter().any(|c| c.need.is_some());
        gives.hashes |= components.iter().any(|c| c.artifacts.iter().any(|a| !a.hashes.is_empty()));
        gives.licences |= components.iter().any(|c| !c.licences.is_empty());
    }
    for (name, gives) in given {
        let declared = EXTRACTORS.iter().find(|e| e.name == name).expect("it is there").gives;
        assert_eq!(gives, declared, "{name}");
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
