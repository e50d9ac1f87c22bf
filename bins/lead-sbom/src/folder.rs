//! A folder of the disk as a tree: links are not followed, and what was installed is not looked at.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use leadforge_cli_kit::{Failure, Gauge};
use leadforge_sbom::{Program, Tree, TreeError};

/// A folder and what is left out of it.
pub(crate) struct Folder {
    root: PathBuf,
    skip: Skip,
    programs: bool,
    told: RefCell<(u64, Gauge)>,
}

/// What is left out.
pub(crate) struct Skip(GlobSet);

/// Folders that hold no sources of the project: git's own, and what package managers installed.
const INSTALLED: &[&str] = &[".git", "node_modules"];
/// Files that mark a folder as made by a tool: caches such as cargo's `target`, and Python's environments.
const MARKS: &[&str] = &["CACHEDIR.TAG", "pyvenv.cfg"];
/// How deep folders may be nested.
const DEPTH: usize = 256;
/// A program with more bytes is not looked into, because it is looked at as a whole.
pub(crate) const PROGRAM: u64 = 256 << 20;
pub(crate) const TOO_LARGE: &str = "a program of more than 256 MiB";

impl Skip {
    /// Reads patterns.
    pub(crate) fn parse(patterns: &[String]) -> Result<Self, Failure> {
        let mut set = GlobSetBuilder::new();
        let wrong = |error| Failure::usage("usage.glob", format!("--exclude: {error}"));
        for pattern in patterns {
            set.add(Glob::new(pattern.trim_end_matches('/')).map_err(wrong)?);
        }
        Ok(Self(set.build().map_err(wrong)?))
    }
}

impl Skip {
    /// Whether a file is left out, by its own path or by that of a folder it lies in.
    pub(crate) fn leaves_out(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.chain([path]).any(|part| self.0.is_match(part))
    }
}

impl Folder {
    /// A folder, which has to be there.
    pub(crate) fn open(root: &Path, skip: Skip, gauge: Gauge) -> Result<Self, Failure> {
        let shown = root.display();
        match fs::metadata(root) {
            Ok(found) if found.is_dir() => {
                let (root, told) = (root.to_owned(), RefCell::new((0, gauge)));
                Ok(Self { root, skip, programs: false, told })
            }
            Ok(_) => {
                let message = format!("{shown} is a file, and a folder is asked for");
                Err(Failure::usage("usage.folder", message).hint("name the folder it lies in"))
            }
            Err(error) => Err(Failure::cannot_look("io", format!("{shown}: {error}"))),
        }
    }

    /// The same folder, in which programs are looked into.
    pub(crate) fn with_programs(self, programs: bool) -> Self {
        Self { programs, ..self }
    }

    /// Says how far the work is.
    fn tell(&self, what: &str) {
        let (count, gauge) = &mut *self.told.borrow_mut();
        *count += 1;
        gauge.tell(|| format!("{count} files and folders, {what}"));
    }

    fn walk(&self, below: &str, depth: usize, found: &mut Vec<String>) -> Result<(), TreeError> {
        let fault = |reason: String| TreeError { path: shown(below).to_owned(), reason };
        if depth > DEPTH {
            return Err(fault(format!("folders are nested more than {DEPTH} deep")));
        }
        let io = |error: std::io::Error| fault(error.to_string());
        self.tell(below);
        let mut folders = Vec::new();
        let mut files = Vec::new();
        for entry in fs::read_dir(self.root.join(below)).map_err(io)? {
            let entry = entry.map_err(io)?;
            let kind = entry.file_type().map_err(io)?;
            let Ok(name) = entry.file_name().into_string() else {
                // No file that is read has such a name; a folder might hold one.
                if kind.is_dir() {
                    let name = entry.file_name();
                    let reason = format!("{name:?} is a folder whose name is not UTF-8");
                    return Err(fault(reason));
                }
                continue;
            };
            if depth > 0 && MARKS.contains(&name.as_str()) {
                return Ok(());
            }
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if self.skip.0.is_match(&path) {
                continue;
            }
            if kind.is_dir() {
                if !INSTALLED.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if kind.is_file() {
                files.push(path);
            }
        }
        found.append(&mut files);
        folders.iter().try_for_each(|folder| self.walk(folder, depth + 1, found))
    }
}

/// Whether a file begins as a program does: of others nothing more is read.
fn begins(path: &Path) -> bool {
    let mut head = [0; Program::BEGINS.len()];
    let file = File::open(path);
    file.and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == Program::BEGINS
}

/// The path as errors name it.
fn shown(path: &str) -> &str {
    if path.is_empty() { "." } else { path }
}

impl Tree for Folder {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        let mut found = Vec::new();
        self.walk("", 0, &mut found)?;
        found.sort_unstable();
        Ok(found)
    }

    fn programs(&self) -> Result<Vec<(String, Program)>, TreeError> {
        use std::os::unix::fs::PermissionsExt as _;
        let mut found = Vec::new();
        if !self.programs {
            return Ok(found);
        }
        for path in self.paths()? {
            let Ok(file) = fs::symlink_metadata(self.root.join(&path)) else { continue };
            if file.permissions().mode() & 0o111 == 0 || !begins(&self.root.join(&path)) {
                continue;
            }
            let program = if file.len() > PROGRAM {
                Some(Program::unread(TOO_LARGE))
            } else {
                self.read(&path, PROGRAM)?.and_then(|bytes| Program::of(&bytes))
            };
            found.extend(program.map(|program| (path, program)));
        }
        Ok(found)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        let fault = |reason: String| TreeError { path: path.to_owned(), reason };
        let full = self.root.join(path);
        self.tell(path);
        // A link beside a lock file may lead out of the tree.
        match fs::symlink_metadata(&full) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Ok(None),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(fault(error.to_string())),
        }
        let file = File::open(&full).map_err(|error| fault(error.to_string()))?;
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| fault(error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(fault(format!("has more than the {limit} bytes that are read")));
        }
        Ok(Some(bytes))
    }
}
