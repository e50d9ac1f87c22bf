//! What tidy looks at: packages from `cargo metadata`, and the text of every file.

use super::lexer;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The repository as tidy sees it.
#[derive(Default)]
pub(crate) struct Workspace {
    /// Our packages, sorted by folder.
    pub(crate) packages: Vec<Package>,
    /// Packages of others that a default build reaches, sorted by name.
    pub(crate) external: Vec<External>,
    /// Text files by path, with `/`.
    pub(crate) files: BTreeMap<String, File>,
}

/// One of our packages.
#[derive(Clone, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Relative to the root, such as `crates/markup`.
    pub(crate) folder: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) publish: bool,
    pub(crate) dependencies: Vec<Dependency>,
    /// The main files of its integration tests, relative to the folder.
    pub(crate) tests: Vec<String>,
    /// The names of its library and binaries.
    pub(crate) targets: Vec<String>,
}

/// A line of a manifest.
#[derive(Clone)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `normal`, `dev` or `build`.
    pub(crate) kind: String,
}

/// A package from the registry.
#[derive(Clone)]
pub(crate) struct External {
    pub(crate) name: String,
    pub(crate) license: String,
    /// Whether a build of ours links it, tests left aside.
    pub(crate) linked: bool,
}

/// A text file.
pub(crate) struct File {
    pub(crate) text: String,
    /// Rust code without comments, literals and tests; empty for other files.
    pub(crate) code: String,
}

impl File {
    pub(crate) fn new(path: &str, text: String) -> Self {
        let code = if path.ends_with(".rs") { lexer::code(&text) } else { String::new() };
        Self { text, code }
    }
}

impl Workspace {
    /// Reads the repository at `root`.
    pub(crate) fn load(root: &Path) -> Result<Self> {
        let root = root.canonicalize()?;
        let mut metadata = sh::cargo();
        metadata.args(["metadata", "--format-version", "1", "--quiet"]);
        if root == sh::root() {
            // A scratch copy with a planted dependency may lock it.
            metadata.arg("--locked");
        }
        let text = sh::capture(metadata.current_dir(&root))?;
        let metadata: Value = serde_json::from_str(&text)
            .map_err(|error| Fail::gate(format!("cargo metadata: {error}")))?;
        let mut files = BTreeMap::new();
        read(&root, &root, &mut files)?;
        let mut workspace =
            Self { packages: packages(&metadata, &root), external: external(&metadata), files };
        workspace.forget_tests();
        Ok(workspace)
    }

    /// The package with this name, if it is ours.
    pub(crate) fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }

    /// Our Rust files, with their paths.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &File)> {
        let rust = |(path, _): &(&String, &File)| path.ends_with(".rs");
        self.files.iter().filter(rust).map(|(path, file)| (path.as_str(), file))
    }

    /// Empties the code of files that are modules for tests only.
    pub(crate) fn forget_tests(&mut self) {
        let mut tests = Vec::new();
        for (path, file) in self.rust() {
            for name in lexer::test_modules(&file.text) {
                let (dir, stem) = path.rsplit_once('/').unwrap_or(("", path));
                let dir = match stem {
                    "lib.rs" | "main.rs" | "mod.rs" => dir.to_owned(),
                    _ => format!("{dir}/{}", stem.trim_end_matches(".rs")),
                };
                tests.push(format!("{dir}/{name}"));
            }
        }
        for (path, file) in &mut self.files {
            let module = |test: &String| {
                path.strip_prefix(test.as_str())
                    .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            if tests.iter().any(module) {
                file.code.clear();
            }
        }
    }
}

/// Folders that hold no source of ours.
const SKIP: &[&str] = &[".git", "target", "corpus", "artifacts"];

fn read(root: &Path, dir: &Path, files: &mut BTreeMap<String, File>) -> Result {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        if kind.is_dir() && !SKIP.contains(&&*entry.file_name().to_string_lossy()) {
            read(root, &path, files)?;
        } else if kind.is_file() {
            let inside = path.strip_prefix(root).expect("it was found under the root");
            let name = inside.to_string_lossy().into_owned();
            if let Ok(text) = std::fs::read_to_string(&path) {
                files.insert(name.clone(), File::new(&name, text));
            }
        }
    }
    Ok(())
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

fn packages(metadata: &Value, root: &Path) -> Vec<Package> {
    let inside = |path: &str| {
        let path = Path::new(path).strip_prefix(root).unwrap_or(Path::new(path));
        path.display().to_string()
    };
    let ours = list(metadata, "packages").filter(|package| package["source"].is_null());
    let mut packages: Vec<Package> = ours
        .map(|package| {
            let folder = inside(text(package, "manifest_path").trim_end_matches("/Cargo.toml"));
            let of_kind = |kind: &'static str| {
                list(package, "targets").filter(move |t| list(t, "kind").any(|k| k == kind))
            };
            let tests = of_kind("test").map(|test| {
                let path = inside(text(test, "src_path"));
                path.trim_start_matches(&folder).trim_start_matches('/').to_owned()
            });
            let targets = of_kind("lib").chain(of_kind("bin")).map(|t| text(t, "name").to_owned());
            let dependencies = list(package, "dependencies").map(|dependency| Dependency {
                name: text(dependency, "name").to_owned(),
                kind: dependency["kind"].as_str().unwrap_or("normal").to_owned(),
            });
            Package {
                name: text(package, "name").to_owned(),
                version: text(package, "version").to_owned(),
                description: text(package, "description").to_owned(),
                publish: package["publish"].is_null(),
                dependencies: dependencies.collect(),
                tests: tests.collect(),
                targets: targets.collect(),
                folder,
            }
        })
        .collect();
    packages.sort_by(|a, b| a.folder.cmp(&b.folder));
    packages
}

fn external(metadata: &Value) -> Vec<External> {
    let resolve = &metadata["resolve"];
    let nodes: BTreeMap<&str, &Value> =
        list(resolve, "nodes").map(|node| (text(node, "id"), node)).collect();
    let mut linked = BTreeSet::new();
    let mut todo: Vec<&str> =
        list(metadata, "workspace_members").filter_map(Value::as_str).collect();
    while let Some(id) = todo.pop() {
        if linked.insert(id) {
            let deps = nodes.get(id).into_iter().flat_map(|node| list(node, "deps"));
            let normal =
                deps.filter(|dep| list(dep, "dep_kinds").any(|kind| kind["kind"].is_null()));
            todo.extend(normal.map(|dep| text(dep, "pkg")));
        }
    }
    let theirs = list(metadata, "packages")
        .filter(|package| !package["source"].is_null() && nodes.contains_key(text(package, "id")));
    let mut external: Vec<External> = theirs
        .map(|package| External {
            name: text(package, "name").to_owned(),
            license: text(package, "license").to_owned(),
            linked: linked.contains(text(package, "id")),
        })
        .collect();
    external.sort_by(|a, b| a.name.cmp(&b.name));
    external
}
