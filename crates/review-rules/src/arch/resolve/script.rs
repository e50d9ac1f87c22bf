//! Where imports of TypeScript and JavaScript lead: files, folders, aliases, packages of the workspace.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{Paths, folder, join};
use super::tsconfig::{self, Aliases};
use super::{Found, Resolved};
use crate::arch::import::{Import, Kind, Language, What};
use crate::arch::read::{Content, Files};

/// The endings that may be left out, in the order in which they are tried.
const ENDINGS: &[&str] =
    &["ts", "tsx", "d.ts", "mts", "cts", "d.mts", "d.cts", "js", "jsx", "mjs", "cjs"];
/// Endings that stand for another one in the source.
const BUILT: &[(&str, &[&str])] = &[
    (".js", &[".ts", ".tsx", ".d.ts", ".jsx"]),
    (".jsx", &[".tsx"]),
    (".mjs", &[".mts", ".d.mts"]),
    (".cjs", &[".cts", ".d.cts"]),
];
/// Conditions of `exports` and `imports`, in the order in which they are tried.
const CONDITIONS: &[&str] = &[
    "source",
    "development",
    "types",
    "import",
    "module",
    "node",
    "browser",
    "require",
    "default",
];

struct Script<'p> {
    paths: &'p Paths<'p>,
    modules: BTreeMap<&'p str, usize>,
    aliases: BTreeMap<String, Aliases>,
    /// The packages of the repository: folder and what their `package.json` says.
    packages: BTreeMap<&'p str, &'p Value>,
    /// The folder of each package, by its name.
    named: BTreeMap<&'p str, &'p str>,
}

pub(super) fn resolve(paths: &Paths<'_>, files: &Files, to: &mut Resolved) {
    let mut script = Script {
        paths,
        modules: BTreeMap::new(),
        aliases: tsconfig::read(paths, files),
        packages: BTreeMap::new(),
        named: BTreeMap::new(),
    };
    let mut sources: Vec<(&str, usize, &[Import])> = Vec::new();
    for (path, file) in files {
        let Some(path) = path.as_str() else { continue };
        match &file.content {
            Content::Source(Language::Script, imports) => {
                let module = to.module(path.to_owned(), Language::Script, Some(path));
                script.modules.insert(path, module);
                sources.push((path, module, imports));
            }
            Content::Json(value) if path.rsplit('/').next() == Some("package.json") => {
                script.packages.insert(folder(path), value);
                if let Some(name) = value.get("name").and_then(Value::as_str) {
                    script.named.entry(name).or_insert(folder(path));
                }
            }
            _ => {}
        }
    }
    for (path, module, imports) in sources {
        for import in imports {
            let What::Script(specifier) = &import.what else { continue };
            let found = script.find(path, specifier);
            let types = [".d.ts", ".d.mts", ".d.cts"].iter().any(|end| path.ends_with(end));
            let kind = if types { Kind::Types } else { import.kind };
            to.link(module, &Import { kind, ..import.clone() }, found);
        }
    }
}

/// The values of a map for a folder and those above it, the nearest first.
fn above<'m, K: Ord + std::borrow::Borrow<str>, V>(
    map: &'m BTreeMap<K, V>,
    from: &'m str,
) -> impl Iterator<Item = (&'m str, &'m V)> {
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let here = next?;
        next = (!here.is_empty()).then(|| folder(here));
        Some((here, map.get(here)))
    })
    .filter_map(|(here, found)| Some((here, found?)))
}

impl Script<'_> {
    fn find(&self, path: &str, specifier: &str) -> Found {
        // What bundlers are told behind a `?` is not a part of the name.
        let name = specifier.split('?').next().unwrap_or_default();
        let here = folder(path);
        let missing = || Found::Missing(format!("\"{}\"", cut(specifier)));
        if name.starts_with("./") || name.starts_with("../") || name == "." || name == ".." {
            let place = join(here, name);
            return place.and_then(|place| self.at(&place)).unwrap_or_else(missing);
        }
        if name.is_empty() || name.starts_with('/') || name.contains("://") {
            return Found::Nothing;
        }
        if name.starts_with('#')
            && let Some((root, package)) = above(&self.packages, here).next()
        {
            match package.get("imports").and_then(|imports| mapped(imports, name)) {
                Some(target) if target.starts_with('.') => {
                    return join(root, &target).and_then(|p| self.at(&p)).unwrap_or_else(missing);
                }
                Some(target) => return Found::Outside(top(&target).to_owned()),
                None => {}
            }
        }
        let mut matched = false;
        if let Some((_, aliases)) = above(&self.aliases, here).next() {
            for (pattern, targets) in &aliases.patterns {
                let Some(middle) = fits(pattern, name) else { continue };
                matched |= pattern != "*";
                let places = targets.iter().map(|target| target.replacen('*', middle, 1));
                if let Some(found) = places.filter_map(|place| self.at(&place)).next() {
                    return found;
                }
            }
            let based = aliases.base.as_ref().and_then(|base| join(base, name));
            if let Some(found) = based.and_then(|place| self.at(&place)) {
                return found;
            }
        }
        self.workspace(name).unwrap_or_else(|| {
            // An alias such as `@/` can be no package; one such as `lib/` may be.
            let alias = name.starts_with("@/") || name.starts_with("~/") || name.starts_with('#');
            if alias || matched && !name.starts_with('@') && !self.named.contains_key(top(name)) {
                missing()
            } else {
                Found::Outside(top(name).to_owned())
            }
        })
    }

    /// A module of this repository's own packages, by the package's name.
    fn workspace(&self, name: &str) -> Option<Found> {
        let package = top(name);
        let root = *self.named.get(package)?;
        let value = self.packages.get(root)?;
        let inner = name[package.len()..].trim_start_matches('/');
        let mut targets = Vec::new();
        if let Some(exports) = value.get("exports") {
            let key = if inner.is_empty() { ".".to_owned() } else { format!("./{inner}") };
            targets.extend(mapped(exports, &key));
        }
        if inner.is_empty() {
            let field = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
            targets.extend(["source", "types", "module", "main"].into_iter().filter_map(field));
            targets.extend(["src/index", "src/main", "index"].map(str::to_owned));
        } else {
            targets.extend([inner.to_owned(), format!("src/{inner}")]);
        }
        // What is built is not in the tree; its source is named alike.
        let sources = targets.iter().filter_map(|target| {
            let target = target.trim_start_matches("./");
            let (first, rest) = target.split_once('/')?;
            matches!(first, "dist" | "lib" | "build" | "out").then(|| format!("src/{rest}"))
        });
        let sources: Vec<String> = sources.collect();
        let places = targets.iter().chain(&sources).filter_map(|target| join(root, target));
        let found = places.filter_map(|place| self.at(&place)).next();
        Some(found.unwrap_or_else(|| Found::Missing(format!("\"{}\" of {root}", cut(name)))))
    }

    /// The module that a path stands for, its ending, or that of an index, left out.
    fn at(&self, place: &str) -> Option<Found> {
        let module = |path: &str| self.modules.get(path).copied().map(Found::Module);
        if let Some(found) = module(place) {
            return Some(found);
        }
        for (built, sources) in BUILT {
            if let Some(stem) = place.strip_suffix(built) {
                let source = sources.iter().find_map(|ending| module(&format!("{stem}{ending}")));
                if source.is_some() {
                    return source;
                }
            }
        }
        if self.paths.has(place) {
            return Some(Found::Nothing);
        }
        let ended = |stem: &str| ENDINGS.iter().find_map(|end| module(&format!("{stem}.{end}")));
        let index = if place.is_empty() { "index".to_owned() } else { format!("{place}/index") };
        let read = |path: String| self.paths.has(&path).then_some(Found::Nothing);
        ended(place)
            .or_else(|| read(format!("{place}.json")))
            .or_else(|| self.entry(place))
            .or_else(|| ended(&index))
    }

    /// The entry of a folder that is a package of its own.
    fn entry(&self, place: &str) -> Option<Found> {
        let value = self.packages.get(place)?;
        let main = ["types", "module", "main"].into_iter().filter_map(|name| value.get(name));
        let places = main.filter_map(Value::as_str).filter_map(|main| join(place, main));
        places
            .filter(|main| main != place)
            .find_map(|main| self.modules.get(main.as_str()).copied().map(Found::Module))
    }
}

/// The text that `*` stands for when a name fits a pattern.
fn fits<'n>(pattern: &str, name: &'n str) -> Option<&'n str> {
    match pattern.split_once('*') {
        Some((start, end)) => name.strip_prefix(start)?.strip_suffix(end),
        None => (pattern == name).then_some(""),
    }
}

/// What `exports` or `imports` of a package make of a name.
fn mapped(map: &Value, name: &str) -> Option<String> {
    let Some(entries) = map.as_object() else {
        return (name == ".").then(|| target(map, 0)).flatten();
    };
    if !entries.keys().any(|key| key.starts_with(['.', '#'])) {
        return (name == ".").then(|| target(map, 0)).flatten();
    }
    if let Some(exact) = entries.get(name) {
        return target(exact, 0);
    }
    let patterns = entries.iter().filter(|(key, _)| key.contains('*'));
    let best = patterns
        .filter_map(|(key, value)| Some((key, value, fits(key, name)?)))
        .max_by_key(|(key, _, _)| key.split('*').next().map_or(0, str::len))?;
    target(best.1, 0).map(|target| target.replace('*', best.2))
}

/// The first target that a condition leads to.
fn target(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(target) => Some(target.clone()),
        Value::Array(targets) if depth < 8 => targets.iter().find_map(|t| target(t, depth + 1)),
        Value::Object(conditions) if depth < 8 => {
            let known = CONDITIONS.iter().filter_map(|condition| conditions.get(*condition));
            known.filter_map(|value| target(value, depth + 1)).next()
        }
        _ => None,
    }
}

/// The name of a package in a bare import.
fn top(name: &str) -> &str {
    let parts = if name.starts_with('@') { 2 } else { 1 };
    let end = name.match_indices('/').nth(parts - 1).map_or(name.len(), |(at, _)| at);
    &name[..end]
}

/// A specifier short enough for a message.
fn cut(specifier: &str) -> &str {
    let end = specifier.char_indices().nth(120).map_or(specifier.len(), |(at, _)| at);
    &specifier[..end]
}
