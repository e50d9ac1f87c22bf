//! The files of a worktree as a tree object, without touching its index and without running anything
//! that a nested repository configures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::listing::{GITLINK, Listing, refused};
use crate::run::path_from;
use crate::scratch::Scratch;
use crate::worktree::{Worktree, open_up};
use crate::{Error, Git, Oid};

/// How deep nested repositories are followed; a deeper one is an error, never dropped.
const DEPTH: usize = 16;

/// The state of a worktree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The tree.
    pub tree: Oid,
    /// Folders that hold a git repository of their own, or files in a submodule's place, sorted.
    ///
    /// Their files are in the tree as plain files. A submodule whose files are those of the
    /// recorded commit stays a submodule and is not named here.
    pub nested: Vec<Vec<u8>>,
    /// Paths that git refuses to store, such as other spellings of `.git`, sorted; not in the tree.
    pub left_out: Vec<Vec<u8>>,
}

impl Git {
    /// Records the files of a worktree as they are: modified, new and deleted, ignored ones left out.
    ///
    /// The worktree's index is copied, never written. Files marked assume-unchanged are looked at
    /// like all others. `.git` is never stored; whether it is there does not matter.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn snapshot(&self, at: &Worktree) -> Result<Snapshot, Error> {
        let scratch = Scratch::new(self)?;
        let index = scratch.join("index");
        match self.try_snapshot(at, &scratch, &index, true) {
            Ok(snapshot) => Ok(snapshot),
            Err(error @ (Error::GitMissing { .. } | Error::Timeout { .. })) => Err(error),
            // A damaged index, unreadable files or a file that went away meanwhile: once more,
            // from the commit instead of the index, and with access where we may give it.
            Err(_) => {
                if at.ours {
                    open_up(&at.path);
                }
                self.try_snapshot(at, &scratch, &index, false)
            }
        }
    }

    fn try_snapshot(
        &self,
        at: &Worktree,
        scratch: &Scratch,
        index: &Path,
        copy: bool,
    ) -> Result<Snapshot, Error> {
        let own = at.git_dir.join("index");
        if copy && own.exists() {
            copy_index(&own, index)?;
        } else {
            let head = self.verify(&at.git_dir, "HEAD^{commit}")?;
            let base = head.as_ref().map_or("--empty", Oid::as_str);
            drop(fs::remove_file(index));
            self.with_index("read-tree", index)?.arg(base).ok()?;
        }
        let mut capture = Capture { git: self, scratch, nested: Vec::new(), left_out: Vec::new() };
        let tree = capture.tree(at, index, b"", 0)?;
        capture.nested.sort();
        capture.left_out.sort();
        Ok(Snapshot { tree, nested: capture.nested, left_out: capture.left_out })
    }
}

/// The copy keeps its time: by it git knows which entries are too young to be trusted.
pub(crate) fn copy_index(from: &Path, to: &Path) -> Result<(), Error> {
    let time = fs::metadata(from).and_then(|found| found.modified()).map_err(Error::io(from))?;
    fs::copy(from, to).map_err(Error::io(from))?;
    let file = fs::File::options().write(true).open(to).map_err(Error::io(to))?;
    file.set_modified(time).map_err(Error::io(to))
}

/// One snapshot being taken, with what it found on the way.
struct Capture<'g> {
    git: &'g Git,
    scratch: &'g Scratch,
    nested: Vec<Vec<u8>>,
    left_out: Vec<Vec<u8>>,
}

impl Capture<'_> {
    /// The tree of one folder, whose paths are reported below `prefix`.
    fn tree(
        &mut self,
        at: &Worktree,
        index: &Path,
        prefix: &[u8],
        depth: usize,
    ) -> Result<Oid, Error> {
        if depth > DEPTH {
            let path = String::from_utf8_lossy(prefix).into_owned();
            return Err(Error::refused(&path, "repositories nested too deeply"));
        }
        let mut listing = self.git.listing(at, index)?;
        let links = self.forget(at, index, &mut listing)?;
        let mut inner: BTreeSet<Vec<u8>> = listing.nested.into_iter().collect();
        let repository = |path: &&Vec<u8>| matches!(place_of(&at.path, path), Place::Repository);
        inner.extend(links.keys().filter(repository).cloned());
        let bad: Vec<_> =
            listing.others.into_iter().filter(|path| refused(&at.path, path)).collect();
        self.add_all(at, index, inner.iter().chain(&bad))?;
        for path in links.keys() {
            if matches!(place_of(&at.path, path), Place::Filled) {
                self.nested.push(join(prefix, path));
            }
        }
        let mut kept = Vec::new();
        for path in inner {
            let below = join(prefix, &path);
            let reported = self.nested.len();
            let tree = self.nested_tree(at, &path, &below, depth)?;
            match links.get(&path) {
                Some(commit) if self.is_clean(&at.path, &path, commit, &tree)? => {
                    self.nested.truncate(reported);
                    kept.push((GITLINK, commit.clone(), path));
                }
                _ => {
                    self.nested.push(below);
                    self.read_below(at, index, &path, &tree)?;
                }
            }
        }
        self.left_out.extend(bad.iter().map(|path| join(prefix, path)));
        if !kept.is_empty() {
            self.index_info(at, index, &kept)?;
        }
        let tree = self.git.run_in("write-tree", at, index)?.ok()?;
        Oid::from_bytes(tree.trim_ascii())
    }

    /// Takes out of the index what would mislead git, and gives the submodules among it.
    ///
    /// Git looks into a populated submodule by running git there, with that repository's own
    /// configuration; without the link in the index it has no reason to. An empty folder in a
    /// submodule's place is left alone. Entries that are marked not to be looked at are made anew.
    fn forget(
        &self,
        at: &Worktree,
        index: &Path,
        listing: &mut Listing,
    ) -> Result<BTreeMap<Vec<u8>, Oid>, Error> {
        let mut links = std::mem::take(&mut listing.gitlinks);
        links.retain(|path, _| !matches!(place_of(&at.path, path), Place::Untouched));
        let present = |path: &[u8]| fs::symlink_metadata(at.path.join(path_from(path))).is_ok();
        let mut fresh = std::mem::take(&mut listing.flagged);
        fresh.retain(|(_, _, path)| present(path));
        for (path, oid) in &links {
            let zero = Oid::parse(&"0".repeat(oid.as_str().len())).expect("zeros are digits");
            fresh.push((0, zero, path.clone()));
        }
        if !fresh.is_empty() {
            self.index_info(at, index, &fresh)?;
        }
        if !links.is_empty() {
            // What lay below a link was hidden from the first listing.
            *listing = self.git.listing(at, index)?;
        }
        Ok(links)
    }

    fn add_all<'p>(
        &self,
        at: &Worktree,
        index: &Path,
        without: impl Iterator<Item = &'p Vec<u8>>,
    ) -> Result<(), Error> {
        let mut input = b".\0".to_vec();
        for path in without {
            input.extend_from_slice(b":(exclude,top,literal)");
            input.extend_from_slice(path);
            input.push(0);
        }
        let answer = self
            .git
            .run_in("add", at, index)?
            .without("GIT_LITERAL_PATHSPECS")
            .args(["-A", "--pathspec-from-file=-", "--pathspec-file-nul"])
            .input(input)
            .answer()?;
        // A folder that cannot be opened is only a warning to git; to us it is work lost.
        if !answer.status.success() || answer.said("could not open directory") {
            return Err(answer.error());
        }
        Ok(())
    }

    /// The files of a nested repository, by its own ignore rules, as a tree.
    fn nested_tree(
        &mut self,
        at: &Worktree,
        path: &[u8],
        below: &[u8],
        depth: usize,
    ) -> Result<Oid, Error> {
        let inside = Worktree { path: at.path.join(path_from(path)), ..at.clone() };
        let index = self.scratch.join(&format!("nested-{depth}"));
        drop(fs::remove_file(&index));
        self.tree(&inside, &index, below, depth + 1)
    }

    fn read_below(
        &self,
        at: &Worktree,
        index: &Path,
        path: &[u8],
        tree: &Oid,
    ) -> Result<(), Error> {
        let mut prefix = b"--prefix=".to_vec();
        prefix.extend_from_slice(path);
        prefix.push(b'/');
        self.git.run_in("read-tree", at, index)?.arg(path_from(&prefix)).arg(tree.as_str()).ok()?;
        Ok(())
    }

    /// Whether a populated submodule holds exactly the files of the commit that is recorded for it.
    fn is_clean(&self, root: &Path, path: &[u8], commit: &Oid, tree: &Oid) -> Result<bool, Error> {
        let Ok(layout) = crate::layout::locate(&root.join(path_from(path))) else {
            return Ok(false);
        };
        let recorded = self
            .git
            .run("rev-parse")?
            .env("GIT_ALTERNATE_OBJECT_DIRECTORIES", layout.common.join("objects"))
            .args(["--verify", "--quiet", "--end-of-options", &format!("{commit}^{{tree}}")])
            .answer()?;
        Ok(recorded.code() == 0 && recorded.stdout.trim_ascii() == tree.as_str().as_bytes())
    }

    fn index_info(
        &self,
        at: &Worktree,
        index: &Path,
        entries: &[(u32, Oid, Vec<u8>)],
    ) -> Result<(), Error> {
        let mut input = Vec::new();
        for (mode, oid, path) in entries {
            input.extend_from_slice(format!("{mode:o} {oid}\t").as_bytes());
            input.extend_from_slice(path);
            input.push(0);
        }
        let args = ["--add", "--replace", "-z", "--index-info"];
        self.git.run_in("update-index", at, index)?.args(args).input(input).ok().map(drop)
    }
}

/// What stands where the index has a submodule.
enum Place {
    /// An empty folder, as git leaves it.
    Untouched,
    /// Files without a repository.
    Filled,
    /// A repository of its own.
    Repository,
    /// Nothing, a file or a link.
    Gone,
}

fn place_of(root: &Path, path: &[u8]) -> Place {
    let Some(folder) = real_folder(root, path) else { return Place::Gone };
    if fs::symlink_metadata(folder.join(".git")).is_ok() {
        return Place::Repository;
    }
    match fs::read_dir(&folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Place::Untouched,
        Ok(false) => Place::Filled,
        Err(_) => Place::Gone,
    }
}

/// The folder at `path`, unless a link stands on the way: that would lead out of the worktree.
fn real_folder(root: &Path, path: &[u8]) -> Option<PathBuf> {
    let mut folder = root.to_owned();
    for part in path_from(path).components() {
        folder.push(part);
        if !fs::symlink_metadata(&folder).ok()?.is_dir() {
            return None;
        }
    }
    Some(folder)
}

fn join(prefix: &[u8], path: &[u8]) -> Vec<u8> {
    if prefix.is_empty() { path.to_vec() } else { [prefix, b"/", path].concat() }
}
