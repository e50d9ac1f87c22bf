//! Finding a repository by its files alone, because asking git would read planted configuration.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::look::{is_dir, look, look_at_itself};
use crate::run::path_from;
use crate::{Error, ini};

/// Where the parts of a repository lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The git directory of the checkout that the search began in.
    pub(crate) git_dir: PathBuf,
    /// The folder with objects and refs, shared by all worktrees.
    pub(crate) common: PathBuf,
    /// The main checkout, absent in a bare repository.
    pub(crate) main: Option<PathBuf>,
    /// The checkout that the search began in, absent inside a git directory.
    pub(crate) here: Option<PathBuf>,
    /// The common configuration as data.
    pub(crate) settings: Vec<ini::Setting>,
}

/// Looks at `start` and its parents for `.git`, or for a git directory itself.
pub(crate) fn locate(start: &Path) -> Result<Layout, Error> {
    let real = start.canonicalize().map_err(Error::io(start))?;
    for folder in real.ancestors() {
        let dot = folder.join(".git");
        if let Some(found) = look(&dot)? {
            if found.is_file() {
                return layout(follow(&dot, folder)?, Some(folder));
            }
            if looks_like_git(&dot)? {
                return layout(dot.canonicalize().map_err(Error::io(&dot))?, Some(folder));
            }
        }
        if looks_like_git(folder)? {
            return layout(folder.to_owned(), None);
        }
    }
    Err(Error::NotARepository { start: start.to_owned() })
}

/// The folder that a `.git` file names.
fn follow(file: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let bad = |reason: &str| Error::BadLayout { path: file.to_owned(), reason: reason.into() };
    let text = read_small(file)?;
    let target = text.strip_prefix(b"gitdir: ").ok_or_else(|| bad("no `gitdir: ` line"))?;
    let target = folder.join(path_from(trim_newlines(target)));
    if looks_like_git(&target)? {
        target.canonicalize().map_err(Error::io(&target))
    } else {
        Err(bad(&format!("it names {}, which is no git directory", target.display())))
    }
}

fn layout(git_dir: PathBuf, here: Option<&Path>) -> Result<Layout, Error> {
    let pointer = git_dir.join("commondir");
    let common = if look(&pointer)?.is_some() {
        let target = git_dir.join(path_from(trim_newlines(&read_small(&pointer)?)));
        target.canonicalize().map_err(Error::io(&target))?
    } else {
        git_dir.clone()
    };
    if !is_dir(&common.join("objects"))? {
        return Err(Error::BadLayout { path: common, reason: "no `objects` folder".into() });
    }
    let settings = read_settings(&common)?;
    let main = main_worktree(&common, &settings);
    let here = here.map(Path::to_owned).or_else(|| main.clone().filter(|_| git_dir == common));
    Ok(Layout { git_dir, common, main, here, settings })
}

/// The common configuration, with what `git config --worktree` moved into its own file.
fn read_settings(common: &Path) -> Result<Vec<ini::Setting>, Error> {
    let read = |name: &str| {
        let path = common.join(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(source) => return Err(Error::Io { path, source }),
        };
        ini::parse(&bytes)
            .map_err(|line| Error::BadLayout { path, reason: format!("line {line} is not valid") })
    };
    let mut settings = read("config")?;
    if ini::last(&settings, "extensions.worktreeconfig").and_then(ini::boolean) == Some(true) {
        settings.extend(read("config.worktree")?);
    }
    Ok(settings)
}

fn main_worktree(common: &Path, settings: &[ini::Setting]) -> Option<PathBuf> {
    if ini::last(settings, "core.bare").and_then(ini::boolean) == Some(true) {
        return None;
    }
    match ini::last(settings, "core.worktree") {
        Some(folder) => common.join(folder).canonicalize().ok(),
        None if common.file_name() == Some(OsStr::new(".git")) => {
            common.parent().map(Path::to_owned)
        }
        None => None,
    }
}

/// Git's own test: a `HEAD`, and objects and refs here or in the common directory.
fn looks_like_git(folder: &Path) -> Result<bool, Error> {
    let head = folder.join("HEAD");
    if look_at_itself(&head)?.is_none() {
        return Ok(false);
    }
    Ok(look(&folder.join("commondir"))?.is_some_and(|found| found.is_file())
        || is_dir(&folder.join("objects"))? && is_dir(&folder.join("refs"))?)
}

/// Reads a file that git keeps to one line; a larger one is not git's.
fn read_small(path: &Path) -> Result<Vec<u8>, Error> {
    let size = fs::metadata(path).map_err(Error::io(path))?.len();
    if size > 64 << 10 {
        return Err(Error::BadLayout {
            path: path.to_owned(),
            reason: "larger than 64 KiB".into(),
        });
    }
    fs::read(path).map_err(Error::io(path))
}

fn trim_newlines(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|b| !matches!(b, b'\n' | b'\r')).map_or(0, |at| at + 1);
    &bytes[..end]
}
