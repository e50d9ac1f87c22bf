//! Reads the files of a tree that import something, or say how imports are meant; each one alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::import::{Import, Language};
use super::{ArchError, python, rust, script};
use crate::change::RepoPath;
use crate::tree::Tree;

/// Larger files are not read: no one wrote them.
const LARGEST: usize = 8 << 20;
/// More imports than this in one file are no work of people either.
const MOST: usize = 20_000;

/// What one file says, and where it stops being readable.
#[derive(Debug)]
pub(super) struct File {
    pub(super) content: Content,
    /// How many lines it has.
    pub(super) lines: u32,
    pub(super) broken: Option<(u32, &'static str)>,
}

/// The content of a file as far as it matters.
#[derive(Debug)]
pub(super) enum Content {
    Source(Language, Vec<Import>),
    Rust(Vec<Import>, rust::Items),
    Json(serde_json::Value),
    Toml(toml::Table),
}

impl File {
    pub(super) fn imports(&self) -> &[Import] {
        match &self.content {
            Content::Source(_, imports) | Content::Rust(imports, _) => imports,
            _ => &[],
        }
    }

    pub(super) fn language(&self) -> Option<Language> {
        match &self.content {
            Content::Source(language, _) => Some(*language),
            Content::Rust(..) => Some(Language::Rust),
            _ => None,
        }
    }
}

/// What a file is read for, by its name.
enum Wanted {
    Source(Language),
    Json,
    Toml,
}

/// Whether a file was put there by a package manager.
fn foreign(path: &RepoPath) -> bool {
    let parts = path.as_str().into_iter().flat_map(|text| text.split('/'));
    parts
        .into_iter()
        .any(|part| matches!(part, "node_modules" | ".venv" | "venv" | "site-packages"))
}

/// Files that import modules of a language and are not read, by their ending: how many, and the first.
pub(super) fn unread(paths: &[RepoPath]) -> BTreeMap<(Language, &str), (usize, &RepoPath)> {
    let mut unread = BTreeMap::new();
    for path in paths.iter().filter(|path| !foreign(path)) {
        let (language, ending) = match path.extension() {
            Some(ending @ ("vue" | "svelte" | "astro")) => (Language::Script, ending),
            Some(ending @ "pyx") => (Language::Python, ending),
            _ => continue,
        };
        unread.entry((language, ending)).or_insert((0, path)).0 += 1;
    }
    unread
}

fn wanted(path: &RepoPath) -> Option<Wanted> {
    let text = path.as_str()?;
    if foreign(path) {
        return None;
    }
    let name = text.rsplit('/').next()?;
    let config = |stem: &str| name.starts_with(stem) && name.ends_with(".json");
    match name {
        "Cargo.toml" => Some(Wanted::Toml),
        "package.json" => Some(Wanted::Json),
        _ if config("tsconfig") || config("jsconfig") => Some(Wanted::Json),
        _ => Language::of(path).map(Wanted::Source),
    }
}

/// Files by path, those of an earlier reading kept when they did not change.
pub(super) type Files = BTreeMap<RepoPath, Arc<File>>;

/// Reads what `keeps` lets through, with so many threads.
pub(super) fn read(
    tree: &dyn Tree,
    paths: &[RepoPath],
    threads: usize,
    known: &Files,
    changed: &BTreeSet<RepoPath>,
) -> Result<Files, ArchError> {
    let mut files = Files::new();
    let mut fresh = Vec::new();
    for path in paths {
        let Some(wanted) = wanted(path) else { continue };
        match known.get(path).filter(|_| !changed.contains(path)) {
            Some(file) => drop(files.insert(path.clone(), Arc::clone(file))),
            None => fresh.push((path, wanted)),
        }
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((path, wanted)) = fresh.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bytes = tree.read(path).map_err(ArchError::Tree)?;
            let bytes = bytes.ok_or_else(|| ArchError::Gone((*path).clone()))?;
            done.push(((*path).clone(), Arc::new(one(path, wanted, &bytes))));
        }
        Ok(done)
    };
    let count = threads.clamp(1, 64).min(fresh.len());
    let results: Result<Vec<_>, ArchError> = std::thread::scope(|scope| {
        let spawn = |_| {
            let builder = std::thread::Builder::new().stack_size(script::STACK);
            builder.spawn_scoped(scope, work).map_err(|error| ArchError::Thread(error.to_string()))
        };
        let handles: Result<Vec<_>, _> = (0..count).map(spawn).collect();
        let join = |handle: std::thread::ScopedJoinHandle<'_, _>| {
            handle.join().map_err(|_| ArchError::Thread("it panicked".to_owned()))
        };
        handles?.into_iter().map(|handle| join(handle).and_then(|done| done)).collect()
    });
    files.extend(results?.into_iter().flatten());
    Ok(files)
}

fn one(path: &RepoPath, wanted: &Wanted, bytes: &[u8]) -> File {
    let lines = u32::try_from(bytes.split_inclusive(|byte| *byte == b'\n').count());
    let lines = lines.unwrap_or(u32::MAX);
    let none = |content, why| File { content, lines, broken: Some((1, why)) };
    match wanted {
        Wanted::Source(language) if bytes.len() > LARGEST => {
            none(Content::Source(*language, Vec::new()), "it is larger than 8 MiB")
        }
        Wanted::Source(language) => File { lines, ..source(*language, path, bytes) },
        Wanted::Json if bytes.len() > LARGEST => {
            none(Content::Json(serde_json::Value::Null), "it is larger than 8 MiB")
        }
        Wanted::Json => match serde_json::from_slice(&super::jsonc::plain(bytes)) {
            Ok(value) => File { content: Content::Json(value), lines, broken: None },
            Err(error) => File {
                content: Content::Json(serde_json::Value::Null),
                lines,
                broken: Some((u32::try_from(error.line()).unwrap_or(1), "it is no JSON")),
            },
        },
        Wanted::Toml => match str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()) {
            Some(table) => File { content: Content::Toml(table), lines, broken: None },
            None => none(Content::Toml(toml::Table::new()), "it is no TOML"),
        },
    }
}

fn source(language: Language, path: &RepoPath, bytes: &[u8]) -> File {
    let (content, mut broken) = match language {
        Language::Rust => {
            let (imports, items, broken) = rust::scan(bytes);
            (Content::Rust(imports, items), broken)
        }
        _ => {
            let (imports, broken) = scan(language, path.extension().unwrap_or_default(), bytes);
            (Content::Source(language, imports), broken)
        }
    };
    let mut file = File { content, lines: 0, broken: None };
    if file.imports().len() > MOST {
        broken = Some((1, "it has more than 20,000 imports"));
        file.content = Content::Source(language, Vec::new());
    }
    file.broken = broken;
    file
}

/// The imports that a source has, and the line from which on it could not be read.
///
/// A nested script is parsed on the caller's stack; [`super::Graph::read`] brings one that is large
/// enough for any.
#[must_use]
pub fn scan(
    language: Language,
    extension: &str,
    source: &[u8],
) -> (Vec<Import>, Option<(u32, &'static str)>) {
    match language {
        Language::Python => python::scan(source),
        Language::Script => script::scan(source, extension),
        Language::Rust => {
            let (imports, _, broken) = rust::scan(source);
            (imports, broken)
        }
    }
}
