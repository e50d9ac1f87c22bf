//! The extractors: each knows a kind of file and says what it gives.

mod cargo;
mod npm;
mod pnpm;
mod uv;
mod yarn;

use serde::Serialize;

use crate::Error;
use crate::inventory::{
    Artifact, Component, Draft, Ecosystem, Inventory, Kind, Occurrence, Origin, Warning,
};
use crate::purl::{purl, pypi_name};
use crate::tree::Tree;

/// An extractor, as it describes itself.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Extractor {
    /// Its name.
    pub name: &'static str,
    /// The names of the files it reads.
    pub files: &'static [&'static str],
    /// The versions of the format that it reads, in words.
    pub versions: &'static str,
    /// What it gives.
    pub gives: Gives,
    #[serde(skip)]
    extract: fn(&Found<'_>, &mut Draft) -> Result<(), Error>,
}

/// What the files of an extractor hold and it takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gives {
    /// Which component depends on which.
    pub edges: bool,
    /// Runtime, optional, extra, peer and development told apart.
    pub scopes: bool,
    /// Digests of what is installed.
    pub hashes: bool,
    /// Declared licences.
    pub licences: bool,
}

/// All extractors, in the order in which their files are read.
pub const EXTRACTORS: &[Extractor] = &[
    uv::EXTRACTOR,
    cargo::EXTRACTOR,
    npm::EXTRACTOR,
    npm::SHRINKWRAP,
    pnpm::EXTRACTOR,
    yarn::EXTRACTOR,
];

/// Files that say what is inside and that no extractor reads.
const KNOWN: &[(&str, &str)] = &[
    ("Gemfile.lock", "a lock file of Bundler"),
    ("Pipfile.lock", "a lock file of Pipenv"),
    ("bun.lock", "a lock file of Bun"),
    ("bun.lockb", "a lock file of Bun, binary"),
    ("composer.lock", "a lock file of Composer"),
    ("deno.lock", "a lock file of Deno"),
    ("go.mod", "the modules of a Go project"),
    ("gradle.lockfile", "a lock file of Gradle"),
    ("mix.lock", "a lock file of Mix"),
    ("packages.lock.json", "a lock file of NuGet"),
    ("pdm.lock", "a lock file of PDM"),
    ("poetry.lock", "a lock file of Poetry"),
    ("pom.xml", "a project of Maven"),
    ("pubspec.lock", "a lock file of Dart"),
    ("pylock.toml", "a lock file of Python"),
    ("requirements.txt", "requirements of Python"),
];

/// How to take an inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The most bytes of one file; a larger one is refused.
    pub file_bytes: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { file_bytes: 256 << 20 }
    }
}

/// Takes the inventory of a tree: every file that an extractor knows is read.
///
/// # Errors
/// When a file cannot be read, or is not what its name says; nothing is left out silently.
pub fn inventory(tree: &dyn Tree, config: &Config) -> Result<Inventory, Error> {
    let mut draft = Draft::default();
    let paths = tree.paths()?;
    for path in &paths {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some(extractor) = EXTRACTORS.iter().find(|e| e.files.contains(&name)) {
            // npm itself reads the shrinkwrap and not the lock beside it.
            if extractor.name == npm::EXTRACTOR.name && shrinkwrapped(&paths, path) {
                continue;
            }
            let Some(bytes) = tree.read(path, config.file_bytes)? else {
                continue;
            };
            let text = text_of(path, bytes)?;
            let found = Found { tree, path, text: &text, limit: config.file_bytes };
            (extractor.extract)(&found, &mut draft)?;
            // An extractor may find a format under the name that it does not know.
            if !draft.is_unread(path) {
                draft.read(path, extractor.name);
            }
        } else if let Some((_, what)) = KNOWN.iter().find(|(known, _)| *known == name) {
            draft.unread(path, what);
        }
    }
    Ok(draft.finish())
}

fn shrinkwrapped(paths: &[String], lock: &str) -> bool {
    let beside = lock.replace("package-lock.json", "npm-shrinkwrap.json");
    paths.binary_search(&beside).is_ok()
}

fn text_of(path: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        Error::file(path, u32::try_from(line).ok(), "is not UTF-8")
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// A file that an extractor is to read.
struct Found<'a> {
    tree: &'a dyn Tree,
    path: &'a str,
    text: &'a str,
    limit: u64,
}

impl Found<'_> {
    /// The file is not what its name says.
    fn fault(&self, line: Option<u32>, reason: impl Into<String>) -> Error {
        Error::file(self.path, line, reason)
    }

    /// The folder it lies in.
    fn folder(&self) -> &str {
        crate::text::addresses::folder(self.path)
    }

    /// The text of a file beside it or below it, if there is one.
    fn beside(&self, path: &str) -> Result<Option<(String, String)>, Error> {
        let Some(path) = crate::text::addresses::walk(self.folder(), path) else {
            return Ok(None);
        };
        match self.tree.read(&path, self.limit)? {
            Some(bytes) => Ok(Some((text_of(&path, bytes)?, path))),
            None => Ok(None),
        }
    }

    /// A folder of the tree, named from where the file lies; a folder above the tree keeps its words.
    fn local(&self, path: &str) -> Origin {
        let walked = crate::text::addresses::walk(self.folder(), path);
        Origin::Local(walked.unwrap_or_else(|| path.to_owned()))
    }

    fn warning(&self, line: Option<u32>, rule: &'static str, message: String) -> Warning {
        Warning { path: self.path.to_owned(), line, rule, message }
    }

    /// Warns when the project's own file gives it another version than the lock.
    fn compare(
        &self,
        draft: &mut Draft,
        (name, locked, line): (&str, Option<&str>, u32),
        (manifest, now): (&str, Option<&str>),
    ) {
        if let (Some(locked), Some(now)) = (locked, now)
            && locked != now
        {
            let message =
                format!("is stale: it has {name} {locked}, and {manifest} says {now}; lock again");
            draft.warn(self.warning(Some(line), "lock.stale", message));
        }
    }

    /// A component found in this file.
    fn component(&self, ecosystem: Ecosystem, name: &str, facts: Facts) -> Component {
        let name = match ecosystem {
            Ecosystem::Pypi => pypi_name(name),
            _ => name.to_owned(),
        };
        let purl = purl(ecosystem, &name, facts.version.as_deref(), &facts.origin);
        let (kind, reference) = match &facts.origin {
            // Two folders may hold projects of one name, and a registry a third.
            Origin::Local(path) => (Kind::Application, format!("{purl}#{path}")),
            _ => (Kind::Library, purl.clone()),
        };
        Component {
            reference,
            kind,
            ecosystem,
            name,
            version: facts.version,
            purl,
            origin: facts.origin,
            need: None,
            licences: facts.licences,
            artifacts: facts.artifacts,
            occurrences: vec![Occurrence { path: self.path.to_owned(), line: facts.line }],
        }
    }
}

/// What a file says of a component beside its name.
struct Facts {
    version: Option<String>,
    origin: Origin,
    licences: Vec<String>,
    artifacts: Vec<Artifact>,
    line: u32,
}
