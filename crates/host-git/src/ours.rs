//! Our own git directory: configuration by allow-list, everything else a link to the repository's.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use leadforge_durable_fs::{Lock, RealDisk, create_dir_all, replace};

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
\tfilesRefLockTimeout = 1000
\tpackedRefsTimeout = 3000
\tfsync = reference
[reftable]
\tlockTimeout = 1000
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
pub(crate) fn prepare(common: &Path, wait: Duration, config: &str) -> Result<PathBuf, Error> {
    let ours = common.join("leadforge/git");
    // Git makes and removes these two itself, so our links to them may dangle.
    for folder in [common.join("worktrees"), common.join("logs")] {
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    }
    if wrong(&ours, config).next().is_none() {
        return Ok(ours);
    }
    create_dir_all(&RealDisk, &ours.join("info"))?;
    let _lock = Lock::exclusive(&common.join("leadforge/git.lock"), wait)?;
    for (name, part) in wrong(&ours, config) {
        let path = ours.join(name);
        // A link or folder in its place is somebody's trick, and is removed rather than followed.
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&path).map_err(Error::io(&path))?,
            Ok(found) if !found.is_file() || matches!(part, Part::Link(_)) => {
                fs::remove_file(&path).map_err(Error::io(&path))?;
            }
            _ => {}
        }
        match part {
            Part::Link(target) => symlink(target, &path).map_err(Error::io(&path))?,
            Part::File(text) => replace(&RealDisk, &path, text.as_bytes())?,
        }
    }
    Ok(ours)
}

/// What one name in our git directory has to be.
enum Part<'t> {
    Link(&'t str),
    File(&'t str),
}

/// The parts that are not there or not as they have to be.
fn wrong<'t>(ours: &Path, config: &'t str) -> impl Iterator<Item = (&'t str, Part<'t>)> {
    let links = LINKS.iter().map(|&(name, target)| (name, Part::Link(target)));
    let files = [("HEAD", "ref: refs/heads/.invalid\n"), ("config", config)];
    let files = files.into_iter().map(|(name, text)| (name, Part::File(text)));
    links.chain(files).filter(move |(name, part)| {
        let path = ours.join(name);
        match part {
            Part::Link(target) => fs::read_link(&path).ok().as_deref() != Some(Path::new(target)),
            Part::File(text) => {
                let regular = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
                !regular || fs::read(&path).ok().as_deref() != Some(text.as_bytes())
            }
        }
    })
}

fn unsupported(key: &str, value: &str) -> Error {
    Error::Unsupported {
        what: format!("{key} = {value:?}"),
        advice: "this repository format is not known to us; use a clone without it".into(),
    }
}
