//! Where Python's imports lead: packages with `__init__` and without, stubs, relative imports.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Paths, folder, join};
use super::{Found, Resolved};
use crate::arch::import::{Import, Kind, Language, What};
use crate::arch::read::Files;

struct Python<'p> {
    paths: &'p Paths<'p>,
    /// The modules by path of a file, without `/__init__.py` or the ending.
    modules: BTreeMap<String, usize>,
    roots: Vec<String>,
}

pub(super) fn resolve(paths: &Paths<'_>, files: &Files, roots: &[String], to: &mut Resolved) {
    let sources: Vec<(&str, &[Import])> = files
        .iter()
        .filter(|(_, file)| file.language() == Some(Language::Python))
        .filter_map(|(path, file)| Some((path.as_str()?, file.imports())))
        .collect();
    let given: Vec<String> = roots.iter().map(|root| root.trim_matches('/').to_owned()).collect();
    let roots = if given.is_empty() { found(paths, &sources) } else { given };
    let mut python = Python { paths, modules: BTreeMap::new(), roots };
    let mut taken = BTreeSet::new();
    let mut of = Vec::new();
    for (path, _) in &sources {
        let place = place(path);
        let known = python.modules.get(place).copied();
        of.push(known.unwrap_or_else(|| {
            let mut name = python.name(place);
            if !taken.insert(name.clone()) {
                name = place.replace('/', ".");
                taken.insert(name.clone());
            }
            let module = to.module(name, Language::Python, Some(path));
            python.modules.insert(place.to_owned(), module);
            module
        }));
        if known.is_some() && path.ends_with(".py") {
            // A package goes before a module of the same name, a module before its stub.
            to.modules[of[of.len() - 1]].path = Some((*path).into());
        }
    }
    for ((path, imports), from) in sources.iter().zip(of) {
        for import in *imports {
            let found = python.find(path, import);
            let stub = path.ends_with(".pyi");
            let kind = if stub { Kind::Types } else { import.kind };
            to.link(from, &Import { kind, ..import.clone() }, found);
        }
    }
}

/// The path of a module without what says how its file is called.
fn place(path: &str) -> &str {
    let stem = path.strip_suffix(".py").or_else(|| path.strip_suffix(".pyi")).unwrap_or(path);
    stem.strip_suffix("/__init__").unwrap_or(stem)
}

fn package(paths: &Paths<'_>, folder: &str) -> bool {
    !folder.is_empty()
        && (paths.has(&format!("{folder}/__init__.py"))
            || paths.has(&format!("{folder}/__init__.pyi")))
}

/// The folders above the outermost packages, the top of the tree, and `src` if it is no package.
fn found(paths: &Paths<'_>, sources: &[(&str, &[Import])]) -> Vec<String> {
    let mut roots = BTreeSet::from([""]);
    for (path, _) in sources {
        let mut above = folder(path);
        while package(paths, above) {
            above = folder(above);
        }
        if above != folder(path) || above == "src" {
            roots.insert(above);
        }
    }
    let mut roots: Vec<String> = roots.into_iter().map(str::to_owned).collect();
    roots.sort_by_key(|root| (root.matches('/').count(), root.len(), root.clone()));
    roots
}

impl Python<'_> {
    /// The innermost root that a path lies in.
    fn root(&self, place: &str) -> &str {
        let inside = |root: &&String| {
            root.is_empty() || place.strip_prefix(root.as_str()).is_some_and(|r| r.starts_with('/'))
        };
        self.roots.iter().filter(inside).max_by_key(|root| root.len()).map_or("", |root| root)
    }

    fn name(&self, place: &str) -> String {
        let root = self.root(place);
        let inner = place.strip_prefix(root).unwrap_or(place).trim_start_matches('/');
        if inner.is_empty() { place.to_owned() } else { inner.replace('/', ".") }
    }

    fn at(&self, base: &str, name: &str) -> Option<usize> {
        if base.is_empty() {
            return self.modules.get(name).copied();
        }
        let place = if name.is_empty() { base.to_owned() } else { format!("{base}/{name}") };
        self.modules.get(&place).copied()
    }

    fn find(&self, path: &str, import: &Import) -> Found {
        let What::Python { level, module, name } = &import.what else { return Found::Nothing };
        let inner = module.replace('.', "/");
        let name = name.as_deref().filter(|name| *name != "*");
        if *level > 0 {
            return self.relative(path, *level, &inner, name);
        }
        let own = self.root(path);
        let roots = std::iter::once(own).chain(self.roots.iter().map(String::as_str));
        let mut missing = false;
        // Beside a script, which is in no package, its neighbours can be imported too.
        let beside = Some(folder(path)).filter(|here| !package(self.paths, here));
        for root in roots.chain(beside) {
            let Some(base) = join(root, &inner) else { continue };
            let named = name.and_then(|name| self.at(&base, name));
            if let Some(module) = named.or_else(|| self.at(&base, "")) {
                return Found::Module(module);
            }
            if name.is_none()
                && inner.contains('/')
                && let Some(module) = self.at(folder(&base), "")
            {
                return Found::Module(module);
            }
            // A folder without `__init__` holds modules, and is none.
            let folder = name.map_or_else(|| Some(base.clone()), |name| join(&base, name));
            if folder.is_some_and(|folder| !folder.is_empty() && self.paths.folder(&folder)) {
                return Found::Nothing;
            }
            let first = inner.split('/').next().unwrap_or_default();
            missing |= join(root, first).is_some_and(|first| package(self.paths, &first));
        }
        if missing {
            return Found::Missing(format!("module {module}"));
        }
        Found::Outside(module.split('.').next().unwrap_or_default().to_owned())
    }

    fn relative(&self, path: &str, level: u32, inner: &str, name: Option<&str>) -> Found {
        let mut base = folder(path).to_owned();
        for _ in 1..level {
            if base.is_empty() {
                return Found::Missing("what lies above its top".to_owned());
            }
            base = folder(&base).to_owned();
        }
        let base = join(&base, inner).unwrap_or_default();
        let named = name.and_then(|name| self.at(&base, name));
        match named.or_else(|| self.at(&base, "")) {
            Some(module) => Found::Module(module),
            None if name.is_none() && self.paths.folder(&base) => Found::Nothing,
            None => {
                let inner = inner.replace('/', ".");
                let dots = ".".repeat(level.min(8) as usize);
                Found::Missing(format!("{dots}{inner} {}", name.unwrap_or("*")))
            }
        }
    }
}
