//! Where Rust's paths lead: crates of the workspace, module files, re-exports.

use std::collections::BTreeMap;

use super::names::{Paths, folder, join};
use super::{Found, Resolved};
use crate::arch::import::{Import, Kind, Language, What};
use crate::arch::read::{Content, Files};
use crate::arch::rust::Items;
use crate::change::RepoPath;
use crate::looked::Missed;

/// How many steps one path may take over re-exports.
const STEPS: usize = 64;

/// What every crate can use without saying so.
const STANDARD: [&str; 4] = ["alloc", "core", "proc_macro", "std"];

/// A module that a file holds.
struct Node<'f> {
    module: usize,
    parent: usize,
    root: usize,
    tests: bool,
    children: BTreeMap<String, usize>,
    imports: &'f [Import],
    items: &'f Items,
    /// The package that it belongs to.
    package: usize,
}

/// A package of the workspace.
struct Package {
    folder: String,
    /// Names of crates of the workspace as this package calls them.
    renamed: BTreeMap<String, String>,
    /// Names of all that it depends on.
    depends: Vec<String>,
}

struct Rust<'f> {
    paths: &'f Paths<'f>,
    files: &'f Files,
    nodes: Vec<Node<'f>>,
    of_file: BTreeMap<String, usize>,
    /// The root of each library, by its crate's name.
    libraries: BTreeMap<String, usize>,
    packages: Vec<Package>,
}

pub(super) fn resolve(paths: &Paths<'_>, files: &Files, to: &mut Resolved) {
    let mut rust = Rust {
        paths,
        files,
        nodes: Vec::new(),
        of_file: BTreeMap::new(),
        libraries: BTreeMap::new(),
        packages: Vec::new(),
    };
    for (path, file) in files {
        if let (Some(path), Content::Toml(manifest)) = (path.as_str(), &file.content) {
            rust.package(folder(path), manifest, to);
        }
    }
    for node in 0..rust.nodes.len() {
        let Node { module, tests, imports, .. } = rust.nodes[node];
        for import in imports {
            let What::Rust(path) = &import.what else { continue };
            let kind = if tests { Kind::Tests } else { import.kind };
            let found = rust.find(node, path);
            to.link(module, &Import { kind, ..import.clone() }, found);
        }
    }
    // A source that no crate declares was not looked at.
    for path in files.keys().filter_map(RepoPath::as_str).filter(|path| path.ends_with(".rs")) {
        let source = |package: &Package| {
            let rest = path.strip_prefix(package.folder.as_str());
            rest.is_some_and(|rest| rest.trim_start_matches('/').starts_with("src/"))
        };
        if !rust.of_file.contains_key(path) && rust.packages.iter().any(source) {
            let why = "no crate declares it as a module; its imports are not known";
            to.missed.push((Some(Language::Rust), Missed::new(path, why)));
        }
    }
}

fn text<'t>(table: &'t toml::Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(toml::Value::as_str)
}

fn tables<'t>(table: &'t toml::Table, key: &str) -> Vec<&'t toml::Table> {
    match table.get(key) {
        Some(toml::Value::Table(one)) => vec![one],
        Some(toml::Value::Array(many)) => many.iter().filter_map(toml::Value::as_table).collect(),
        _ => Vec::new(),
    }
}

impl<'f> Rust<'f> {
    /// A package with its targets, each a crate of its own.
    fn package(&mut self, at: &str, manifest: &toml::Table, to: &mut Resolved) {
        let Some(name) = tables(manifest, "package").first().and_then(|p| text(p, "name")) else {
            return;
        };
        let mut package =
            Package { folder: at.to_owned(), renamed: BTreeMap::new(), depends: Vec::new() };
        let targets = tables(manifest, "target")
            .into_iter()
            .flat_map(|all| all.values().filter_map(toml::Value::as_table).collect::<Vec<_>>());
        for table in std::iter::once(manifest).chain(targets) {
            for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
                for (key, value) in tables(table, kind).into_iter().flatten() {
                    let real = value.as_table().and_then(|value| text(value, "package"));
                    let key = key.replace('-', "_");
                    if let Some(real) = real {
                        package.renamed.insert(key.clone(), real.replace('-', "_"));
                    }
                    package.depends.push(key);
                }
            }
        }
        let index = self.packages.len();
        self.packages.push(package);
        let library = tables(manifest, "lib");
        let option = |key| library.first().and_then(|lib| text(lib, key));
        let krate = option("name").unwrap_or(name).replace('-', "_");
        let at_root = |path: &str| join(at, path).unwrap_or_default();
        let lib = at_root(option("path").unwrap_or("src/lib.rs"));
        if let Some(root) = self.target(&krate, &lib, index, false, to) {
            self.libraries.insert(krate.clone(), root);
            self.libraries.entry(name.replace('-', "_")).or_insert(root);
        }
        // Its other targets are named below it, so that a rule for the package holds for them.
        let main = at_root("src/main.rs");
        if self.libraries.contains_key(&krate) {
            self.target(&format!("{krate}::bin::main"), &main, index, false, to);
        } else {
            self.target(&krate, &main, index, false, to);
        }
        self.target(&format!("{krate}::build"), &at_root("build.rs"), index, false, to);
        for (key, within, tests) in [
            ("bin", "src/bin", false),
            ("test", "tests", true),
            ("example", "examples", true),
            ("bench", "benches", true),
        ] {
            for target in tables(manifest, key) {
                if let (Some(name), Some(path)) = (text(target, "name"), text(target, "path")) {
                    let name = name.replace('-', "_");
                    let name = format!("{krate}::{key}::{name}");
                    self.target(&name, &at_root(path), index, tests, to);
                }
            }
            let folder = at_root(within);
            let found: Vec<&str> = self.files.keys().filter_map(RepoPath::as_str).collect();
            for path in found {
                let inner = path.strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/'));
                let Some(stem) = inner.and_then(|inner| inner.strip_suffix(".rs")) else {
                    continue;
                };
                let name = stem.strip_suffix("/main").unwrap_or(stem);
                if !name.contains('/') && !self.of_file.contains_key(path) {
                    let name = format!("{krate}::{key}::{}", name.replace('-', "_"));
                    self.target(&name, path, index, tests, to);
                }
            }
        }
    }

    /// A crate from its root file, with all modules below it.
    fn target(
        &mut self,
        name: &str,
        path: &str,
        package: usize,
        tests: bool,
        to: &mut Resolved,
    ) -> Option<usize> {
        let root = self.node(name.to_owned(), path, None, package, tests, to)?;
        let mut open = vec![(root, folder(path).to_owned())];
        while let Some((parent, inner)) = open.pop() {
            let items = self.nodes[parent].items;
            for declared in &items.modules {
                let below =
                    declared.within.iter().fold(inner.clone(), |at, name| format!("{at}/{name}"));
                let below = below.trim_start_matches('/');
                let own = self.nodes[parent].module;
                let file =
                    to.modules[own].path.as_ref().map(ToString::to_string).unwrap_or_default();
                let places = match &declared.path {
                    Some(given) if declared.within.is_empty() => {
                        join(folder(&file), given).into_iter().collect()
                    }
                    Some(given) => join(below, given).into_iter().collect(),
                    None => vec![
                        join(below, &format!("{}.rs", declared.name)).unwrap_or_default(),
                        join(below, &format!("{}/mod.rs", declared.name)).unwrap_or_default(),
                    ],
                };
                let Some(place) = places.iter().find(|place| self.paths.has(place)) else {
                    let why = format!(
                        "line {}: module {} is not in the tree",
                        declared.line, declared.name
                    );
                    to.missed.push((Some(Language::Rust), Missed::new(file, why)));
                    continue;
                };
                let mut name = to.modules[own].name.clone();
                declared.within.iter().for_each(|part| name = format!("{name}::{part}"));
                let name = format!("{name}::{}", declared.name);
                let tests = tests || declared.tests || self.nodes[parent].tests;
                let Some(child) = self.node(name, place, Some(parent), package, tests, to) else {
                    continue;
                };
                let key = declared.within.iter().fold(String::new(), |key, part| key + part + "::");
                self.nodes[parent].children.insert(key + &declared.name, child);
                let named_mod = declared.path.is_some() || place.ends_with("/mod.rs");
                let inner = if named_mod {
                    folder(place).to_owned()
                } else {
                    place.trim_end_matches(".rs").to_owned()
                };
                open.push((child, inner));
            }
        }
        Some(root)
    }

    /// The module of a file; nothing when the file was not read, or is a module already.
    fn node(
        &mut self,
        name: String,
        path: &str,
        parent: Option<usize>,
        package: usize,
        tests: bool,
        to: &mut Resolved,
    ) -> Option<usize> {
        let file = self.files.get(&RepoPath::from(path))?;
        let Content::Rust(imports, items) = &file.content else { return None };
        let index = self.nodes.len();
        if self.of_file.contains_key(path) {
            return None;
        }
        self.of_file.insert(path.to_owned(), index);
        let module = to.module(name, Language::Rust, Some(path));
        self.nodes.push(Node {
            module,
            parent: parent.unwrap_or(index),
            root: parent.map_or(index, |parent| self.nodes[parent].root),
            tests,
            children: BTreeMap::new(),
            imports,
            items,
            package,
        });
        Some(index)
    }

    fn find(&self, from: usize, path: &[String]) -> Found {
        let mut steps = STEPS;
        match self.walk(from, path, &mut steps) {
            Some(Ok(node)) => Found::Module(self.nodes[node].module),
            Some(Err(name)) => Found::Outside(name),
            None => Found::Nothing,
        }
    }

    /// The module that has what a path names, or the package outside that does.
    fn walk(
        &self,
        from: usize,
        path: &[String],
        steps: &mut usize,
    ) -> Option<Result<usize, String>> {
        *steps = steps.checked_sub(1)?;
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => self.nodes[from].root,
            "self" => from,
            "super" => self.nodes[from].parent,
            name => match self.first(from, name, steps)? {
                Ok(node) => node,
                Err(outside) => return Some(Err(part(outside, rest.first()))),
            },
        };
        while let Some((next, after)) = rest.split_first() {
            let node = &self.nodes[at];
            if next == "super" {
                at = node.parent;
            } else if let Some(child) = node.children.get(next) {
                at = *child;
            } else if next == "*" || next == "self" || node.items.defines.contains(next) {
                return Some(Ok(at));
            } else {
                return match self.re_exported(at, next, steps) {
                    Some(Ok(target)) if target != at && !after.is_empty() => {
                        let whole: Vec<String> = std::iter::once("self".to_owned())
                            .chain(after.iter().cloned())
                            .collect();
                        self.walk(target, &whole, steps).or(Some(Ok(target)))
                    }
                    Some(found) => Some(found),
                    None => Some(Ok(at)),
                };
            }
            rest = after;
        }
        Some(Ok(at))
    }

    /// What the first name of a path stands for.
    fn first(&self, from: usize, name: &str, steps: &mut usize) -> Option<Result<usize, String>> {
        let node = &self.nodes[from];
        if let Some(child) = node.children.get(name) {
            return Some(Ok(*child));
        }
        let used = node.items.uses.iter().find(|(alias, path)| alias == name && path != name);
        if let Some((_, path)) = used {
            let path: Vec<String> = path.split("::").map(str::to_owned).collect();
            return self.walk(from, &path, steps);
        }
        if node.items.defines.contains(name) {
            return None;
        }
        let package = &self.packages[node.package];
        let real = package.renamed.get(name).map_or(name, String::as_str);
        let known = package.depends.iter().any(|dependency| dependency == name);
        let own =
            self.nodes[self.libraries.get(real).copied().unwrap_or(from)].package == node.package;
        match self.libraries.get(real) {
            Some(root) if known || own => Some(Ok(*root)),
            _ if known || STANDARD.contains(&name) => Some(Err(real.to_owned())),
            _ => None,
        }
    }

    /// Where a name comes from that a module takes from elsewhere.
    fn re_exported(
        &self,
        at: usize,
        name: &str,
        steps: &mut usize,
    ) -> Option<Result<usize, String>> {
        let uses = &self.nodes[at].items.uses;
        let split = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
        if let Some((_, path)) = uses.iter().find(|(alias, path)| alias == name && path != name) {
            return self.walk(at, &split(path), steps);
        }
        for (_, path) in uses.iter().filter(|(alias, _)| alias == "*") {
            let mut whole = split(path);
            whole.pop();
            let Some(Ok(node)) = self.walk(at, &whole, steps) else { continue };
            let items = &self.nodes[node].items;
            if node != at
                && (items.defines.contains(name) || self.nodes[node].children.contains_key(name))
            {
                whole.push(name.to_owned());
                return self.walk(at, &whole, steps);
            }
            if node != at
                && items.uses.iter().any(|(alias, _)| alias == name || alias == "*")
                && let found @ Some(Ok(_)) = self.re_exported(node, name, steps)
            {
                return found;
            }
        }
        None
    }
}

/// What outside is meant: the parts of the standard library are told apart, because they do so different things.
fn part(name: String, next: Option<&String>) -> String {
    match next {
        Some(next) if STANDARD.contains(&&*name) && next != "*" && next != "self" => {
            format!("{name}::{next}")
        }
        _ => name,
    }
}
