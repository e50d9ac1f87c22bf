//! What a tsconfig says about where imports lead: `paths`, `baseUrl`, `extends`, `references`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{Paths, folder, join};
use crate::arch::read::{Content, Files};
use crate::change::RepoPath;

/// Configurations that extend each other further than this are circular.
const DEEPEST: usize = 16;

/// The aliases that hold for a folder and those below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    /// Where bare imports are looked up, too.
    pub(super) base: Option<String>,
    /// Patterns with at most one `*`, the longest beginning first, each with its folder-based targets.
    pub(super) patterns: Vec<(String, Vec<String>)>,
}

/// The aliases of each folder with a configuration.
pub(super) fn read(paths: &Paths<'_>, files: &Files) -> BTreeMap<String, Aliases> {
    let mut all = BTreeMap::new();
    for name in ["jsconfig.json", "tsconfig.json"] {
        for path in files.keys().filter_map(RepoPath::as_str) {
            if path.rsplit('/').next() == Some(name) {
                let mut aliases = of(paths, files, path, 0);
                aliases.patterns.sort_by_key(|(pattern, _)| {
                    let stem = pattern.split('*').next().map_or(0, str::len);
                    (pattern.contains('*'), usize::MAX - stem, pattern.clone())
                });
                all.insert(folder(path).to_owned(), aliases);
            }
        }
    }
    all
}

fn value<'f>(files: &'f Files, path: &str) -> Option<&'f Value> {
    match &files.get(&RepoPath::from(path))?.content {
        Content::Json(value) => Some(value),
        _ => None,
    }
}

fn of(paths: &Paths<'_>, files: &Files, path: &str, depth: usize) -> Aliases {
    let Some(config) = value(files, path).filter(|_| depth < DEEPEST) else {
        return Aliases::default();
    };
    let here = folder(path);
    let mut aliases = Aliases::default();
    // The later ones go before the earlier ones, and the configuration itself before all.
    for parent in texts(config.get("extends")) {
        let near = parent.starts_with('.').then(|| file(paths, here, parent)).flatten();
        if let Some(parent) = near.or_else(|| installed(paths, here, parent)) {
            let found = of(paths, files, &parent, depth + 1);
            aliases.base = found.base.or(aliases.base);
            if !found.patterns.is_empty() {
                aliases.patterns = found.patterns;
            }
        }
    }
    let options = config.get("compilerOptions");
    let option = |name| options.and_then(|options| options.get(name));
    let base = option("baseUrl").and_then(Value::as_str).and_then(|base| join(here, base));
    aliases.base = base.or(aliases.base);
    if let Some(patterns) = option("paths").and_then(Value::as_object) {
        // What is inherited stays relative to where it was written: only our own follow our base.
        let from = aliases.base.clone().unwrap_or_else(|| here.to_owned());
        let targets = |targets| texts(Some(targets)).filter_map(|to| join(&from, to)).collect();
        aliases.patterns =
            patterns.iter().map(|(pattern, to)| (pattern.clone(), targets(to))).collect();
    }
    // A configuration that only refers to others speaks through them.
    if aliases.patterns.is_empty() && aliases.base.is_none() {
        for other in config.get("references").and_then(Value::as_array).into_iter().flatten() {
            let other = other.get("path").and_then(Value::as_str);
            if let Some(other) = other.and_then(|other| file(paths, here, other)) {
                let found = of(paths, files, &other, depth + 1);
                aliases.base = aliases.base.or(found.base);
                aliases.patterns.extend(found.patterns);
            }
        }
    }
    aliases
}

fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let one = value.and_then(Value::as_str);
    let many = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(many)
}

/// The configuration that a relative path names.
fn file(paths: &Paths<'_>, here: &str, name: &str) -> Option<String> {
    let path = join(here, name)?;
    [path.clone(), format!("{path}.json"), format!("{path}/tsconfig.json")]
        .into_iter()
        .find(|path| paths.has(path))
}

/// The configuration that a package of the same repository holds, if its folder is named so.
fn installed(paths: &Paths<'_>, here: &str, name: &str) -> Option<String> {
    let mut above = here;
    loop {
        let found = file(paths, above, &format!("node_modules/{name}"));
        if found.is_some() || above.is_empty() {
            return found;
        }
        above = folder(above);
    }
}
