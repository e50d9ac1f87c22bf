//! Our own git directory: configuration by allow-list, everything else a link to the repository's.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

use leadforge_durable_fs::{RealDisk, replace};

use crate::{Error, ini};

/// Settings that change how bytes are stored or named, and can run nothing.
const COPIED: &[&str] = &[
    "core.autocrlf",
    "core.bigfilethreshold",
    "core.eol",
    "core.filemode",
    "core.ignorecase",
    "core.logallrefupdates",
    "core.precomposeunicode",
    "core.sharedrepository",
    "core.symlinks",
    "extensions.objectformat",
    "extensions.partialclone",
    "extensions.refstorage",
    "extensions.relativeworktrees",
];

/// Extensions that are known to need nothing from us.
const HARMLESS: &[&str] = &[
    "extensions.noop",
    "extensions.noop-v1",
    "extensions.preciousobjects",
    "extensions.worktreeconfig",
];

/// What is always set, so that no default of any git version starts a program.
const FIXED: &str = "\
[core]
\tbare = false
\thooksPath = /dev/null
\tattributesFile = /dev/null
\texcludesFile = /dev/null
\tfsmonitor = false
\tuntrackedCache = false
\tsplitIndex = false
\tuseReplaceRefs = false
\tpager = cat
\teditor = false
\taskPass = false
\tsshCommand = false
\tprotectHFS = true
\tprotectNTFS = true
\tfilesRefLockTimeout = 3000
\tpackedRefsTimeout = 3000
\tfsync = objects,reference
\tfsyncMethod = batch
[reftable]
\tlockTimeout = 3000
[gc]
\tauto = 0
[maintenance]
\tauto = false
[protocol]
\tallow = never
[credential]
\thelper =
[submodule]
\trecurse = false
[diff]
\tignoreSubmodules = all
[status]
\tsubmoduleSummary = false
[commit]
\tgpgSign = false
[tag]
\tgpgSign = false
[log]
\tshowSignature = false
[rerere]
\tenabled = false
[advice]
\taddEmbeddedRepo = false
";

/// The links, each with its target seen from our git directory.
const LINKS: &[(&str, &str)] = &[
    ("info/exclude", "../../../info/exclude"),
    ("logs", "../../logs"),
    ("objects", "../../objects"),
    ("packed-refs", "../../packed-refs"),
    ("refs", "../../refs"),
    ("reftable", "../../reftable"),
    ("shallow", "../../shallow"),
    ("worktrees", "../../worktrees"),
];

/// The configuration that our git reads for a repository with these settings.
///
/// # Errors
/// [`Error::Unsupported`] for a repository format that we do not know.
pub(crate) fn config_for(settings: &[ini::Setting]) -> Result<String, Error> {
    let version = ini::last(settings, "core.repositoryformatversion").unwrap_or("0");
    if !matches!(version, "0" | "1") {
        return Err(unsupported("core.repositoryformatversion", version));
    }
    let mut text = format!("[core]\n\trepositoryformatversion = {version}\n");
    for (key, _) in settings.iter().filter(|(key, _)| key.starts_with("extensions.")) {
        if version == "1" && !COPIED.contains(&key.as_str()) && !HARMLESS.contains(&key.as_str()) {
            return Err(unsupported(key, ini::last(settings, key).unwrap_or_default()));
        }
    }
    for key in COPIED {
        let Some(value) = ini::last(settings, key) else { continue };
        if !value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
            return Err(unsupported(key, value));
        }
        let (section, name) = key.split_once('.').unwrap_or((key, ""));
        text.push_str(&format!("[{section}]\n\t{name} = \"{value}\"\n"));
    }
    text.push_str(FIXED);
    Ok(text)
}

/// Makes our git directory, or puts it right; does nothing when it is right already.
pub(crate) fn prepare(common: &Path, ours: &Path, config: &str) -> Result<(), Error> {
    for folder in [ours.join("info"), common.join("worktrees"), common.join("logs")] {
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    }
    for (name, target) in LINKS {
        link(&ours.join(name), Path::new(target))?;
    }
    for (name, text) in [("HEAD", "ref: refs/heads/.invalid\n"), ("config", config)] {
        let path = ours.join(name);
        let kind = fs::symlink_metadata(&path).map(|found| found.file_type());
        let regular = kind.as_ref().is_ok_and(fs::FileType::is_file);
        if regular && fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
            continue;
        }
        // A link or folder in its place is somebody's trick, and is removed rather than followed.
        match kind {
            Ok(kind) if kind.is_dir() => fs::remove_dir_all(&path).map_err(Error::io(&path))?,
            Ok(_) if !regular => fs::remove_file(&path).map_err(Error::io(&path))?,
            _ => {}
        }
        replace(&RealDisk, &path, text.as_bytes())?;
    }
    Ok(())
}

/// Points `path` to `target`; a wrong link or a file in its place is replaced in one step.
fn link(path: &Path, target: &Path) -> Result<(), Error> {
    if fs::read_link(path).is_ok_and(|found| found == target) {
        return Ok(());
    }
    match symlink(target, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => return other.map_err(Error::io(path)),
    }
    // Another process may be here too: each makes its own name and renames it over the old one.
    let new = path.with_extension(format!("{}.new", std::process::id()));
    drop(fs::remove_file(&new));
    symlink(target, &new).map_err(Error::io(&new))?;
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) {
        fs::remove_dir_all(path).map_err(Error::io(path))?;
    }
    fs::rename(&new, path).map_err(Error::io(path))
}

fn unsupported(key: &str, value: &str) -> Error {
    Error::Unsupported {
        what: format!("{key} = {value:?}"),
        advice: "this repository format is not known to us; use a clone without it".into(),
    }
}
