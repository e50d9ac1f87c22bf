//! Locks that a killed git left on refs: git itself never removes one.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::{Error, Git};

/// Refs that only these tools write.
const OWNED: &[&str] = &["refs/heads/lf/", "refs/leadforge/"];

/// The lock that the user's git takes as well.
const SHARED: &str = "packed-refs.lock";

/// What tells a lock file from its successor.
type Identity = (u64, i64, i64);

/// Whether only these tools write a ref.
pub(crate) fn is_ours(name: &str) -> bool {
    OWNED.iter().any(|folder| name.starts_with(folder))
}

/// Runs `work`; when a ref stays locked by the same file, that file is a leftover, and `work` runs
/// once more without it.
///
/// It is one when it stays through two waits of git, a second each, three for the packed refs: git
/// holds a lock for milliseconds, and every writer of ours, its git included, holds one of the
/// kernel meanwhile. That of the packed refs is the user's too, so it goes only while nobody's git
/// works in the repository.
pub(crate) fn past_leftovers<T>(
    git: &Git,
    ours: &[&str],
    work: impl Fn() -> Result<T, Error>,
) -> Result<T, Error> {
    let mut seen = None;
    for _ in 0..8 {
        let error = match work() {
            Err(error @ Error::Locked { .. }) => error,
            other => return other,
        };
        let Some(path) = lock_of(git.common_dir(), &error, ours) else { return Err(error) };
        let now = identity(&path).map(|identity| (path.clone(), identity));
        let stayed = now.is_some() && now == seen;
        if stayed && (!path.ends_with(SHARED) || !git_works_in(git)) {
            fs::remove_file(&path).map_err(Error::io(&path))?;
        }
        seen = now;
    }
    work()
}

/// The lock file that git names, if we may ever take it away.
fn lock_of(common: &Path, error: &Error, ours: &[&str]) -> Option<PathBuf> {
    let Error::Locked { line, .. } = error else { return None };
    let (_, rest) = line.split_once("Unable to create '")?;
    let path = PathBuf::from(rest.split_once(".lock'")?.0.to_owned() + ".lock");
    let inside = path.strip_prefix(common).ok()?.to_str()?;
    let plain = !path.components().any(|part| part.as_os_str() == "..");
    let name = inside.strip_suffix(".lock")?;
    (plain && (inside == SHARED || is_ours(name) || ours.contains(&name))).then_some(path)
}

fn identity(path: &Path) -> Option<Identity> {
    let found = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((found.ino(), found.mtime(), found.mtime_nsec()))
}

/// Whether any git of anybody stands in the repository; one that cannot be looked at may.
fn git_works_in(git: &Git) -> bool {
    let Ok(processes) = fs::read_dir("/proc") else { return true };
    let Ok(linked) = git.listed() else { return true };
    let mut roots = vec![git.common_dir().to_owned()];
    roots.extend(git.main_worktree().map(Path::to_owned));
    roots.extend(linked.into_iter().map(|tree| tree.path.canonicalize().unwrap_or(tree.path)));
    processes.flatten().map(|process| process.path()).any(|process| {
        let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
        if !name.starts_with("git") {
            return false;
        }
        stands_in(&roots, fs::read_link(process.join("cwd")))
    })
}

/// Whether a process with this working folder may stand in one of these; one that has ended does not.
fn stands_in(roots: &[PathBuf], at: io::Result<PathBuf>) -> bool {
    match at {
        Ok(at) => roots.iter().any(|root| at.starts_with(root)),
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_git_whose_folder_is_hidden_may_stand_anywhere() {
        let roots = [PathBuf::from("/repo"), PathBuf::from("/linked")];
        for (at, stands) in [
            (Ok("/linked/src".into()), true),
            (Ok("/linked-not".into()), false),
            (Err(ErrorKind::PermissionDenied.into()), true),
            (Err(ErrorKind::NotFound.into()), false),
        ] {
            let shown = format!("{at:?}");
            assert_eq!(stands_in(&roots, at), stands, "{shown}");
        }
    }
}
