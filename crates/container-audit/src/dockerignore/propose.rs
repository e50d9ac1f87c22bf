//! A `.dockerignore` for the Dockerfiles of a context.

use std::collections::BTreeSet;

use super::pattern::Ignore;
use super::sources::{Source, sources};

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// The file.
    pub text: String,
    /// The files of the context that it leaves out.
    pub left_out: Vec<String>,
    /// The files that stay.
    pub kept: Vec<String>,
}

/// What no image needs wherever it lies: made by tools, for one machine.
const CACHES: &[&str] = &[
    "**/__pycache__",
    "**/*.pyc",
    "**/.DS_Store",
    "**/.mypy_cache",
    "**/.pytest_cache",
    "**/.ruff_cache",
];

/// What a copy of everything takes and no image needs, with what must be there for it to be so.
const WHOLE: &[&str] = &[
    ".git",
    ".github",
    ".gitignore",
    ".idea",
    ".vscode",
    ".env",
    ".dockerignore",
    "Dockerfile*",
    "docker-compose*.yml",
    "compose*.yaml",
    "compose*.yml",
];

/// The first line of a file that was made here.
pub(crate) const MARK: &str = "# Made by `lead-sbom dockerignore --write`; made anew by it.";

/// A `.dockerignore` that keeps whatever a `COPY`, an `ADD` or a bind mount takes.
///
/// Where everything that is taken has a name, all else is left out. Where a Dockerfile copies the whole context, only what
/// no image needs is: caches, version control, secrets, and what its own `RUN` installs anew.
pub fn propose(dockerfiles: &[&str], files: &[String]) -> Proposal {
    let all: Vec<Source> = dockerfiles.iter().flat_map(|text| sources(text)).collect();
    let named: Vec<&Source> = all.iter().filter(|source| !source.is_whole()).collect();
    let whole = all.len() > named.len();
    let mut lines: Vec<String> = Vec::new();
    if whole {
        let installed = installed(dockerfiles, files);
        let candidates = WHOLE.iter().map(|line| (*line).to_owned()).chain(installed);
        lines
            .extend(candidates.filter(|line| is_there(line, files) && !drops(line, &named, files)));
    } else {
        lines.push("*".to_owned());
        let kept: BTreeSet<String> = named.iter().map(|source| back(&source.pattern)).collect();
        lines.extend(kept);
    }
    // A cache that is copied by its name stays.
    let free = |line: &&&str| !named.iter().any(|source| names(&source.pattern, line));
    lines.extend(CACHES.iter().filter(free).map(|line| (**line).to_owned()));
    let text = format!("{MARK}\n{}\n", lines.join("\n"));
    let ignore = Ignore::read(&text);
    let (left_out, kept) = files.iter().cloned().partition(|file| ignore.excludes(file));
    Proposal { text, left_out, kept }
}

/// A line that takes a source back.
fn back(pattern: &str) -> String {
    // A name that begins or ends with what means something in the file is not written as it is.
    format!("!{pattern}")
}

/// Whether a pattern leaves out a file of the context.
fn is_there(line: &str, files: &[String]) -> bool {
    let ignore = Ignore::read(line);
    line == ".git" || files.iter().any(|file| ignore.excludes(file))
}

/// Whether a pattern would drop a file that is taken by its own name.
fn drops(line: &str, named: &[&Source], files: &[String]) -> bool {
    let ignore = Ignore::read(line);
    files.iter().any(|file| ignore.excludes(file) && named.iter().any(|source| source.takes(file)))
}

/// Whether a source names what a pattern of a cache means.
fn names(source: &str, cache: &str) -> bool {
    let word = cache.trim_start_matches("**/").trim_start_matches('*');
    source.split('/').any(|part| part == word || (word.starts_with('.') && part.ends_with(word)))
}

/// Folders that the Dockerfiles make anew by an install of their own.
fn installed(dockerfiles: &[&str], files: &[String]) -> Vec<String> {
    let mut found = BTreeSet::new();
    let says =
        |words: &[&str]| dockerfiles.iter().any(|text| words.iter().any(|w| text.contains(w)));
    let modules =
        says(&["npm ci", "npm install", "yarn install", "pnpm install", "pnpm i ", "bun install"]);
    for file in files {
        for (at, _) in file.match_indices("node_modules/").filter(|_| modules) {
            if at == 0 || file[..at].ends_with('/') {
                found.insert("**/node_modules".to_owned());
            }
        }
        // A virtual environment names the machine it was made on.
        if let Some(folder) = file.strip_suffix("/pyvenv.cfg") {
            found.insert(folder.to_owned());
        }
        if let Some(folder) = file.strip_suffix("/CACHEDIR.TAG") {
            found.insert(folder.to_owned());
        }
    }
    found
        .into_iter()
        .filter(|folder| {
            !folder.contains(['*', '?', '[', '\\', '!', '#']) || folder.starts_with("**/")
        })
        .collect()
}
