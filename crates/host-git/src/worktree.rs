//! Worktrees: added, listed and removed one at a time, however many callers there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use leadforge_durable_fs::{Lock, RealDisk, create_dir_all, replace};

use crate::held::held;
use crate::look::{is_dir, look, present};
use crate::run::{path_from, records};
use crate::scratch::{Scratch, list, ref_lock, worktree_lock};
use crate::stale::past_leftovers;
use crate::{Error, Git, Oid};

/// A file that we leave in the administrative folder of each worktree of ours: `added`, or
/// `adding NAME` with the scratch folder of the process that is about it; then its branch, as a line.
pub(crate) const MARK: &str = "leadforge";

/// A file in a scratch folder with the path of the worktree that is being added.
pub(crate) const ADDING: &str = "adding";

/// A file in a scratch folder with the administrative folder of the worktree that is being removed.
pub(crate) const REMOVING: &str = "removing";

/// A checkout, with its directories spelled out so that git never has to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worktree {
    /// The folder with the files.
    pub path: PathBuf,
    /// The git directory of this checkout: `COMMON/worktrees/NAME`, or COMMON for the main one.
    pub git_dir: PathBuf,
    /// The branch without `refs/heads/`; `None` when detached.
    pub branch: Option<String>,
    /// Branches that an unfinished rebase or bisection there comes back to.
    pub held: Vec<String>,
    /// The commit; `None` on a branch without commits.
    pub head: Option<Oid>,
    /// Whether we added it.
    pub ours: bool,
    /// Whether its folder is gone.
    pub missing: bool,
}

impl Worktree {
    /// Where its index lies. While git commits only a part of it (`git commit -a`, `git commit PATH`), another one is
    /// committed, which git names to its hooks in `GIT_INDEX_FILE`.
    #[must_use]
    pub fn index(&self) -> PathBuf {
        self.git_dir.join("index")
    }

    /// Whether this branch is checked out here, or comes back here when a rebase or bisection ends.
    #[must_use]
    pub fn holds(&self, branch: &str) -> bool {
        self.branch.as_deref() == Some(branch) || self.held.iter().any(|held| held == branch)
    }
}

/// A worktree to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWorktree {
    /// The folder, absent or empty.
    pub path: PathBuf,
    /// The branch without `refs/heads/`, made at `at` unless it is there already; `None` detaches.
    pub branch: Option<String>,
    /// The commit.
    pub at: Oid,
}

impl Git {
    /// Adds a worktree and checks the commit out; hooks and filters of the repository stay inert.
    ///
    /// # Errors
    /// [`Error::BranchInUse`] when the branch is checked out somewhere or at another commit,
    /// [`Error::Refused`] when the folder holds something. Then, on any other error and after a
    /// kill, nothing is left behind that [`Git::sweep`] does not remove.
    pub fn worktree_add(&self, new: &NewWorktree) -> Result<Worktree, Error> {
        if fs::read_dir(&new.path).is_ok_and(|mut entries| entries.next().is_some()) {
            let path = new.path.display().to_string();
            return Err(Error::refused(&path, "the folder is not empty"));
        }
        self.sync_objects(&[&new.at])?;
        let scratch = Scratch::new(self)?;
        scratch.note(ADDING, &new.path)?;
        let git_dir = {
            let _lock = worktree_lock(self)?;
            let refs = ref_lock(self)?;
            past_leftovers(self, &[], || patient(|| self.register(new, &scratch, &refs)))?
        };
        let head = Some(new.at.clone());
        let (path, branch) = (new.path.clone(), new.branch.clone());
        let held = Vec::new();
        let added = Worktree { path, git_dir, branch, held, head, ours: true, missing: false };
        // The long part needs no lock: the index and the folder are this worktree's own.
        self.run_in("read-tree", &added, &added.git_dir.join("index"))?
            .silent(scratch.lock())?
            .args(["-u", "--reset", "--no-sparse-checkout", new.at.as_str()])
            .ok()?;
        write_mark(&added.git_dir, "added", new)?;
        Ok(added)
    }

    /// The worktrees beside the main checkout, sorted by path.
    ///
    /// # Errors
    /// When git cannot list them.
    pub fn worktrees(&self) -> Result<Vec<Worktree>, Error> {
        let _lock = worktree_lock(self)?;
        self.listed()
    }

    /// The worktree that we added for this branch, whatever is checked out there by now; found without
    /// waiting for who adds or removes others.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub fn worktree_for(&self, branch: &str) -> Result<Option<Worktree>, Error> {
        for git_dir in list(&self.layout.common.join("worktrees"))? {
            if made_for(&git_dir)?.as_deref() != Some(branch) {
                continue;
            }
            // One that is just being removed is none.
            let Some(path) = checkout_of(&git_dir)? else { continue };
            let (head, held, missing) = (self.head_in(&git_dir)?, held(&git_dir)?, !is_dir(&path)?);
            let (branch, head) = (head.branch, head.commit);
            return Ok(Some(Worktree { path, git_dir, branch, held, head, ours: true, missing }));
        }
        Ok(None)
    }

    /// The main checkout as a [`Worktree`]; `None` in a bare repository.
    ///
    /// # Errors
    /// When git cannot read `HEAD`.
    pub fn main_checkout(&self) -> Result<Option<Worktree>, Error> {
        let Some(path) = self.layout.main.clone() else { return Ok(None) };
        let head = self.head_in(&self.layout.common)?;
        Ok(Some(Worktree {
            missing: !is_dir(&path)?,
            path,
            git_dir: self.layout.common.clone(),
            branch: head.branch,
            held: held(&self.layout.common)?,
            head: head.commit,
            ours: false,
        }))
    }

    /// Removes a worktree of ours; what it holds beyond its branch is rescued first.
    ///
    /// Gives the rescue commit, or `None` when there was nothing to save. Files that `.gitignore`
    /// excludes are not saved.
    ///
    /// # Errors
    /// [`Error::NotOurs`] for other people's worktrees, [`Error::NotRescued`] when saving failed:
    /// then nothing was removed.
    pub fn worktree_remove(&self, at: &Worktree, label: &str) -> Result<Option<Oid>, Error> {
        if !self.owns(at)? {
            return Err(Error::NotOurs { path: at.path.clone() });
        }
        if let Some(adder) = adder(&at.git_dir)? {
            if crate::scratch::is_alive(self, &adder)? {
                let path = at.path.display().to_string();
                return Err(Error::refused(&path, "another process is still adding it"));
            }
            // Half a checkout, which nobody has worked in: there is nothing to save.
            return self.discard(at).map(|()| None);
        }
        let path = at.path.clone();
        let failed = |source| Error::NotRescued { path, source: Box::new(source) };
        let rescued = self.rescue(at, label).map_err(failed)?;
        self.discard(at)?;
        Ok(rescued)
    }

    /// Where a branch is checked out, the main checkout included.
    pub(crate) fn checked_out(&self, branch: &str) -> Result<Option<PathBuf>, Error> {
        let _lock = worktree_lock(self)?;
        self.holder_of(branch)
    }

    fn holder_of(&self, branch: &str) -> Result<Option<PathBuf>, Error> {
        let mut all = self.main_checkout()?.into_iter().chain(self.listed()?);
        Ok(all.find(|tree| tree.holds(branch)).map(|tree| tree.path))
    }

    /// The administrative part of adding, under the lock.
    fn register(
        &self,
        new: &NewWorktree,
        scratch: &Scratch,
        refs: &Lock,
    ) -> Result<PathBuf, Error> {
        let worktrees = self.layout.common.join("worktrees");
        // The user's git removes this folder with its last worktree.
        fs::create_dir_all(&worktrees).map_err(Error::io(&worktrees))?;
        if let Some(parent) = new.path.parent().filter(|parent| !parent.is_dir()) {
            create_dir_all(&RealDisk, parent)?;
        }
        let run = self.run("worktree")?.keep(Some(scratch.lock().copy()?)).silent(refs)?;
        let mut run = run.args(["add", "-q", "--no-checkout"]);
        run = match &new.branch {
            None => run.arg("--detach").arg("--").arg(&new.path).arg(new.at.as_str()),
            Some(branch) => {
                crate::refs::check_ref(&format!("refs/heads/{branch}"))?;
                match self.branch_at(branch)? {
                    None => run
                        .args(["--no-track", "-b", branch, "--"])
                        .arg(&new.path)
                        .arg(new.at.as_str()),
                    Some(at) => {
                        self.may_check_out(branch, &at, &new.at)?;
                        run.arg("--").arg(&new.path).arg(branch)
                    }
                }
            }
        };
        run.ok()?;
        let pointer = new.path.join(".git");
        let text = fs::read(&pointer).map_err(Error::io(&pointer))?;
        let named = path_from(text.strip_prefix(b"gitdir: ").unwrap_or(&text).trim_ascii_end());
        let git_dir = worktrees.join(named.file_name().unwrap_or_default());
        write_mark(&git_dir, &format!("adding {}", scratch.name()), new)?;
        // Git wrote the path through our links; the user's git should not depend on them.
        let mut direct = b"gitdir: ".to_vec();
        direct.extend_from_slice(git_dir.as_os_str().as_encoded_bytes());
        direct.push(b'\n');
        replace(&RealDisk, &pointer, &direct)?;
        Ok(git_dir)
    }

    fn branch_at(&self, branch: &str) -> Result<Option<Oid>, Error> {
        self.verify(&self.layout.common, &format!("refs/heads/{branch}"))
    }

    fn may_check_out(&self, branch: &str, found: &Oid, wanted: &Oid) -> Result<(), Error> {
        let in_use = |why: String| Err(Error::BranchInUse { branch: branch.into(), why });
        if found != wanted {
            return in_use(format!("it is at {found}, not at {wanted}"));
        }
        match self.holder_of(branch)? {
            Some(path) => in_use(format!("checked out at {}", path.display())),
            None => Ok(()),
        }
    }

    pub(crate) fn listed(&self) -> Result<Vec<Worktree>, Error> {
        let folders = list(&self.layout.common.join("worktrees"))?;
        if folders.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for git_dir in folders {
            let Some(path) = checkout_of(&git_dir)? else { continue };
            let ours = look(&git_dir.join(MARK))?.is_some();
            let (missing, held) = (!is_dir(&path)?, held(&git_dir)?);
            let (branch, head) = (None, None);
            found.push(Worktree { path, git_dir, branch, held, head, ours, missing });
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        let output = patient(|| self.run("worktree")?.args(["list", "--porcelain", "-z"]).ok())?;
        fill(&mut found, &output);
        Ok(found)
    }

    fn owns(&self, at: &Worktree) -> Result<bool, Error> {
        let registered = at.git_dir.parent() == Some(&self.layout.common.join("worktrees"))
            && checkout_of(&at.git_dir)?.as_deref() == Some(&at.path);
        let marked =
            at.path.starts_with(self.state_dir()) || look(&at.git_dir.join(MARK))?.is_some();
        Ok(registered && marked)
    }

    /// Deletes both folders, each moved out of the way in one step first: a kill leaves no half of
    /// one, and one without the other is noted for the sweep.
    fn discard(&self, at: &Worktree) -> Result<(), Error> {
        let scratch = Scratch::new(self)?;
        scratch.note(REMOVING, &at.git_dir)?;
        let trash = scratch.join("worktree");
        if fs::rename(&at.path, &trash).is_err() {
            // Another file system, or gone already.
            remove_tree(&at.path)?;
        }
        {
            let _lock = worktree_lock(self)?;
            scratch.swallow(&at.git_dir)?;
        }
        remove_tree(&trash)
    }
}

/// Gives these worktrees the heads and branches that `worktree list --porcelain -z` tells of them.
pub(crate) fn fill(found: &mut [Worktree], output: &[u8]) {
    let mut current = None;
    for field in records(output) {
        let (key, value) = match field.iter().position(|&b| b == b' ') {
            Some(at) => (&field[..at], &field[at + 1..]),
            None => (field, &b""[..]),
        };
        if key == b"worktree" {
            let path = path_from(value);
            current = found.iter_mut().find(|tree| tree.path == path);
        } else if let Some(tree) = current.as_deref_mut() {
            let text = String::from_utf8_lossy(value);
            match key {
                b"HEAD" => tree.head = Oid::parse(&text).ok().filter(|oid| !oid.is_zero()),
                b"branch" => {
                    tree.branch = Some(text.trim_start_matches("refs/heads/").to_owned());
                }
                _ => {}
            }
        }
    }
}

/// Tries again when the user's own git is in the middle of adding or removing a worktree.
fn patient<T>(work: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
    let mut pause = Duration::from_millis(10);
    loop {
        match work() {
            Err(Error::Command { line, .. })
                if line.contains("worktrees") && pause < Duration::from_secs(1) =>
            {
                thread::sleep(pause);
                pause *= 2;
            }
            other => return other,
        }
    }
}

/// Who has not finished adding a worktree, if nobody has.
pub(crate) fn adder(git_dir: &Path) -> Result<Option<String>, Error> {
    let mark = read_mark(git_dir)?;
    Ok(mark.lines().next().and_then(|line| line.strip_prefix("adding ")).map(str::to_owned))
}

/// The branch that we added a worktree for, if we did and there was one.
pub(crate) fn made_for(git_dir: &Path) -> Result<Option<String>, Error> {
    Ok(read_mark(git_dir)?.lines().nth(1).filter(|name| !name.is_empty()).map(str::to_owned))
}

fn write_mark(git_dir: &Path, state: &str, new: &NewWorktree) -> Result<(), Error> {
    let text = format!("{state}\n{}\n", new.branch.as_deref().unwrap_or_default());
    Ok(replace(&RealDisk, &git_dir.join(MARK), text.as_bytes())?)
}

fn read_mark(git_dir: &Path) -> Result<String, Error> {
    let file = git_dir.join(MARK);
    let mark = present(&file, fs::read(&file))?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&mark).into_owned())
}

/// The checkout that an administrative folder belongs to.
pub(crate) fn checkout_of(git_dir: &Path) -> Result<Option<PathBuf>, Error> {
    let file = git_dir.join("gitdir");
    Ok(present(&file, fs::read(&file))?.and_then(|text| {
        let pointer = git_dir.join(path_from(text.trim_ascii_end()));
        pointer.parent().map(Path::to_owned)
    }))
}

/// Deletes a folder; links in it are deleted, not followed. One that is gone is fine.
pub(crate) fn remove_tree(path: &Path) -> Result<(), Error> {
    use std::io::ErrorKind;
    let mut opened = false;
    let mut pause = Duration::from_millis(5);
    loop {
        match fs::remove_dir_all(path) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied && !opened => {
                open_up(path);
                opened = true;
            }
            // The git of a killed process may still be writing into it for a moment.
            Err(error)
                if error.kind() == ErrorKind::DirectoryNotEmpty
                    && pause < Duration::from_secs(1) =>
            {
                thread::sleep(pause);
                pause *= 2;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            other => return other.map_err(Error::io(path)),
        }
    }
}

/// Gives ourselves access to folders that an agent made unreadable, as far as we may.
pub(crate) fn open_up(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::symlink_metadata(path) else { return };
    let mut mode = found.permissions();
    if found.is_dir() {
        mode.set_mode(mode.mode() | 0o700);
        drop(fs::set_permissions(path, mode));
        for entry in list(path).unwrap_or_default() {
            open_up(&entry);
        }
    } else if found.is_file() && mode.mode() & 0o400 == 0 {
        mode.set_mode(mode.mode() | 0o400);
        drop(fs::set_permissions(path, mode));
    }
}
