//! The extractors: each knows a kind of file and says what it gives.

mod apk;
mod berry;
mod bun;
mod cargo;
mod dist_info;
mod dpkg;
mod found;
mod gemfile;
mod go_mod;
mod gradle;
mod images;
mod json_locks;
mod node_modules;
mod npm;
mod pnpm;
mod programs;
mod pyproject;
mod python_locks;
mod release;
mod requirements;
mod route;
mod uv;
mod yarn;

use serde::Serialize;

use crate::Error;
use crate::inventory::{Draft, Inventory};
use crate::tree::Tree;
pub(crate) use dist_info::Installed;
use found::{Facts, Found};
pub(crate) use node_modules::Packages;
pub use programs::Program;
pub use route::{named, wants};

/// An extractor, as it describes itself.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Extractor {
    /// Its name.
    pub name: &'static str,
    /// The files it reads: names, or the ends of paths, in which one `*` stands for any text of a name.
    pub files: &'static [&'static str],
    /// The versions of the format that it reads, in words.
    pub versions: &'static str,
    /// What it gives.
    pub gives: Gives,
    /// Files beside its own that say the same better: its own is then not read.
    #[serde(skip)]
    unless: &'static [&'static str],
    #[serde(skip)]
    reads: Reads,
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

type Extract = fn(&Found<'_>, &mut Draft) -> Result<(), Error>;

/// How an extractor wants its file.
#[derive(Clone, Copy, Debug)]
struct Reads {
    extract: Extract,
    form: Form,
    /// Its packages own files of other packages, so that it comes first.
    owner: bool,
}

/// What is made of the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// UTF-8, and anything else is an error.
    Text,
    /// Text in which other bytes are replaced, for files that no package manager writes again.
    Lossy,
}

impl Reads {
    const fn text(extract: Extract) -> Self {
        Self { extract, form: Form::Text, owner: false }
    }

    const fn lossy(extract: Extract) -> Self {
        Self { extract, form: Form::Lossy, owner: false }
    }

    const fn owner(extract: Extract) -> Self {
        Self { extract, form: Form::Lossy, owner: true }
    }
}

/// All extractors.
pub const EXTRACTORS: &[Extractor] = &[
    uv::EXTRACTOR,
    cargo::EXTRACTOR,
    npm::EXTRACTOR,
    npm::SHRINKWRAP,
    pnpm::EXTRACTOR,
    yarn::EXTRACTOR,
    python_locks::POETRY,
    python_locks::PDM,
    python_locks::PYLOCK,
    requirements::EXTRACTOR,
    pyproject::EXTRACTOR,
    bun::EXTRACTOR,
    go_mod::EXTRACTOR,
    gemfile::EXTRACTOR,
    json_locks::COMPOSER,
    json_locks::NUGET,
    json_locks::PIPFILE,
    gradle::EXTRACTOR,
    images::WORKFLOWS,
    images::DOCKERFILES,
    images::COMPOSE,
    dpkg::EXTRACTOR,
    apk::EXTRACTOR,
    dist_info::EXTRACTOR,
    node_modules::EXTRACTOR,
    programs::RUST,
    programs::GO,
];

/// Files that say what is inside and that no extractor reads.
const KNOWN: &[(&str, &str)] = &[
    ("bun.lockb", "a lock file of Bun, binary"),
    ("deno.lock", "a lock file of Deno"),
    ("mix.lock", "a lock file of Mix"),
    ("pom.xml", "a project of Maven"),
    ("pubspec.lock", "a lock file of Dart"),
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
    let router = route::Router::new();
    let mut files: Vec<(&Extractor, &str)> = Vec::new();
    for path in &paths {
        if let Some(extractor) = router.of(path) {
            files.push((extractor, path));
        } else if let Some(what) = router.known(path) {
            draft.unread(path, what);
        }
    }
    // Packages of a distribution first: what they own is theirs.
    files.sort_by_key(|(extractor, _)| !extractor.reads.owner);
    for (extractor, path) in files {
        if extractor.unless.iter().any(|other| found::is_beside(&paths, path, other)) {
            continue;
        }
        if let Some(owner) = draft.owner(path) {
            draft.found_at(owner, found::place(path, 1));
            if extractor.name == dist_info::EXTRACTOR.name {
                dist_info::owned(path, owner, &mut draft);
            }
            draft.read(path, extractor.name);
            continue;
        }
        let Some(bytes) = tree.read(path, config.file_bytes)? else {
            continue;
        };
        let text = match extractor.reads.form {
            Form::Text => found::text_of(path, bytes)?,
            Form::Lossy => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let found = Found { tree, paths: &paths, path, text: &text, limit: config.file_bytes };
        (extractor.reads.extract)(&found, &mut draft)?;
        // An extractor may find a format under the name that it does not know.
        if !draft.is_unread(path) {
            draft.read(path, extractor.name);
        }
    }
    for (path, program) in tree.programs()? {
        let found = Found { tree, paths: &paths, path: &path, text: "", limit: config.file_bytes };
        programs::extract(&found, &mut draft, &program)?;
    }
    dist_info::connect(&mut draft);
    node_modules::connect(&mut draft);
    for place in draft.places() {
        place.layer = tree.layer(&place.path);
    }
    Ok(draft.finish())
}
