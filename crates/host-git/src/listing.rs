//! What the index of a worktree hides and what lies beside it, read before anything is added.

use std::collections::BTreeMap;
use std::path::Path;
use std::str;

use leadforge_durable_fs::RelPath;

use crate::run::{path_from, records};
use crate::worktree::Worktree;
use crate::{Error, Git, Oid};

/// The mode of a submodule link.
pub(crate) const GITLINK: u32 = 0o160_000;

/// The parts of an index and its worktree that need care.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Submodule links in the index.
    pub(crate) gitlinks: BTreeMap<Vec<u8>, Oid>,
    /// Entries marked assume-unchanged or skip-worktree: git would not look at the file.
    pub(crate) flagged: Vec<(u32, Oid, Vec<u8>)>,
    /// Files that are neither in the index nor ignored.
    pub(crate) others: Vec<Vec<u8>>,
    /// Folders with a repository of their own, without the final slash.
    pub(crate) nested: Vec<Vec<u8>>,
}

impl Git {
    pub(crate) fn listing(&self, at: &Worktree, index: &Path) -> Result<Listing, Error> {
        let args = ["-z", "-t", "-v", "-s", "-c", "-o", "--exclude-standard"];
        let answer = self.run_in("ls-files", at, index)?.args(args).answer()?;
        if !answer.status.success() || answer.said("could not open directory") {
            return Err(answer.error());
        }
        parse(&answer.stdout)
    }
}

/// `? PATH` for what is not in the index, else `TAG MODE OID STAGE TAB PATH`.
pub(crate) fn parse(output: &[u8]) -> Result<Listing, Error> {
    let mut found = Listing::default();
    for record in records(output) {
        let bad = || Error::output("ls-files", String::from_utf8_lossy(record));
        if let Some(path) = record.strip_prefix(b"? ") {
            match path.strip_suffix(b"/") {
                Some(folder) => found.nested.push(folder.to_vec()),
                None => found.others.push(path.to_vec()),
            }
            continue;
        }
        let tab = record.iter().position(|&b| b == b'\t').ok_or_else(bad)?;
        let (head, path) = (str::from_utf8(&record[..tab]).map_err(|_| bad())?, &record[tab + 1..]);
        let mut parts = head.split(' ');
        let tag = parts.next().ok_or_else(bad)?;
        let mode = parts.next().and_then(|mode| u32::from_str_radix(mode, 8).ok());
        let mode = mode.ok_or_else(bad)?;
        let oid = Oid::parse(parts.next().ok_or_else(bad)?)?;
        if mode == GITLINK {
            found.gitlinks.insert(path.to_vec(), oid);
        } else if matches!(tag, "h" | "S" | "s") {
            found.flagged.push((mode, oid, path.to_vec()));
        }
    }
    Ok(found)
}

/// Whether git refuses to store this path: a spelling of `.git`, or a link in place of `.gitmodules`.
pub(crate) fn refused(root: &Path, path: &[u8]) -> bool {
    let text = String::from_utf8_lossy(path).replace('\\', "/");
    let suspect = |part: &str| {
        let plain: String = part.chars().filter(char::is_ascii_alphabetic).collect();
        let plain = plain.to_ascii_lowercase();
        plain.starts_with("git") && RelPath::parse(part).is_err()
            || plain.starts_with("gi") && plain.len() < 6 && part.contains('~')
    };
    let is_link = || root.join(path_from(path)).is_symlink();
    text.split('/').any(suspect)
        || text.rsplit('/').next().is_some_and(|name| name.to_ascii_lowercase().contains("gitm"))
            && is_link()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_git_refuses() {
        let root = Path::new("/nonexistent");
        for bad in
            [".GIT/x", "a/.Git", "git~1/x", ".git /x", ".git./x", "a/.g\u{200c}it/b", ".git::$DATA"]
        {
            assert!(refused(root, bad.as_bytes()), "{bad}");
        }
        for good in [".gitignore", "git/x", "a.git", "digit~1", "legit", ".github/x", "a\\b"] {
            assert!(!refused(root, good.as_bytes()), "{good}");
        }
    }

    #[test]
    fn reads_both_kinds_of_record() {
        let zero = "0".repeat(40);
        let text = format!(
            "? a\nb\0? n/\0H 100644 {zero} 0\tc\0h 100755 {zero} 0\td\0H 160000 {zero} 0\ts\0"
        );
        let found = parse(text.as_bytes()).unwrap();
        assert_eq!(found.others, [b"a\nb"]);
        assert_eq!(found.nested, [b"n"]);
        assert_eq!(found.flagged.len(), 1);
        assert_eq!(found.gitlinks.keys().collect::<Vec<_>>(), [b"s"]);
        assert!(parse(b"H nonsense\0").is_err());
    }
}
