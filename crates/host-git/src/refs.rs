//! Names for commits: resolving, listing, and moving several at once or none.

use crate::run::one_line;
use crate::scratch::ref_lock;
use crate::stale::{is_ours, past_leftovers};
use crate::{Error, Git, Oid};

/// One change of a ref inside a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefUpdate {
    /// The full name, such as `refs/heads/lf/ID/1`.
    pub name: String,
    /// The new value; `None` deletes.
    pub new: Option<Oid>,
    /// What the ref must be before; `None` takes anything.
    pub old: Option<Expected>,
}

/// What a ref must be for a transaction to go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It must not exist.
    Missing,
    /// It must be exactly here.
    At(Oid),
}

impl Git {
    /// The commit that an expression names (`HEAD`, a branch, a tag, an abbreviation), if it does.
    ///
    /// `HEAD` is that of the checkout the search began in.
    ///
    /// # Errors
    /// When git itself fails; an expression that names nothing is `None`.
    pub fn resolve(&self, spec: &str) -> Result<Option<Oid>, Error> {
        self.verify(&self.layout.git_dir, &format!("{spec}^{{commit}}"))
    }

    /// The tree of a commit; a tree is its own.
    ///
    /// # Errors
    /// [`Error::MissingObject`] when it cannot be read.
    pub fn tree_of(&self, commit: &Oid) -> Result<Oid, Error> {
        self.verify(&self.layout.common, &format!("{commit}^{{tree}}"))?
            .ok_or_else(|| self.missing(commit))
    }

    /// The refs below a prefix such as `refs/heads/lf/`, sorted by name; `""` gives all.
    ///
    /// Names that are not UTF-8 are left out: nothing of ours has one.
    ///
    /// # Errors
    /// When git cannot list them.
    pub fn refs(&self, prefix: &str) -> Result<Vec<(String, Oid)>, Error> {
        if !prefix.is_empty() && (!prefix.starts_with("refs/") || prefix.contains(['*', '?', '[']))
        {
            return Err(Error::refused(
                prefix,
                "a prefix of refs begins with refs/, without globs",
            ));
        }
        let mut run = self.run("for-each-ref")?.arg("--format=%(objectname) %(refname)");
        if !prefix.is_empty() {
            run = run.arg(prefix);
        }
        parse(&run.ok()?)
    }

    /// Moves all of these refs, or none of them; what they name is on disk before they move.
    ///
    /// # Errors
    /// [`Error::RefMoved`] when one is not where it was expected, [`Error::Locked`] when a lock of
    /// git stayed, [`Error::Refused`] for a name that is no ref.
    pub fn update_refs(&self, updates: &[RefUpdate]) -> Result<(), Error> {
        if updates.is_empty() {
            return Ok(());
        }
        let zero = "0".repeat(if self.object_format() == "sha256" { 64 } else { 40 });
        let mut input = Vec::new();
        for update in updates {
            check_ref(&update.name)?;
            let old = match &update.old {
                None => "",
                Some(Expected::Missing) => &zero,
                Some(Expected::At(oid)) => oid.as_str(),
            };
            let line = match &update.new {
                Some(new) => format!("option no-deref\0update {}\0{new}\0{old}\0", update.name),
                None => format!("option no-deref\0delete {}\0{old}\0", update.name),
            };
            input.extend_from_slice(line.as_bytes());
        }
        let tips: Vec<&Oid> = updates.iter().filter_map(|update| update.new.as_ref()).collect();
        self.sync_objects(&tips)?;
        let names: Vec<&str> = updates.iter().map(|update| update.name.as_str()).collect();
        // What moves together with a ref of ours is written by nobody else either.
        let ours = if names.iter().any(|name| is_ours(name)) { names.as_slice() } else { &[] };
        let lock = ref_lock(self)?;
        past_leftovers(self, ours, || {
            let run = self.run("update-ref")?.args(["-m", "leadforge", "-z", "--stdin"]);
            run.silent(&lock)?.input(input.as_slice()).ok().map(drop)
        })
    }

    /// The best common ancestor of two commits; `None` for unrelated histories.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn merge_base(&self, a: &Oid, b: &Oid) -> Result<Option<Oid>, Error> {
        let answer = self.run("merge-base")?.args([a.as_str(), b.as_str()]).answer()?;
        match answer.code() {
            0 => Oid::parse(&one_line("merge-base", &answer.stdout)?).map(Some),
            1 => Ok(None),
            _ => Err(answer.error()),
        }
    }

    /// Whether `older` is reachable from `newer`; a commit reaches itself.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn is_ancestor(&self, older: &Oid, newer: &Oid) -> Result<bool, Error> {
        let args = ["--is-ancestor", older.as_str(), newer.as_str()];
        let answer = self.run("merge-base")?.args(args).answer()?;
        match answer.code() {
            0 => Ok(true),
            1 => Ok(false),
            _ => Err(answer.error()),
        }
    }

    /// Deletes a branch that is checked out nowhere, if it is still where the caller saw it.
    ///
    /// # Errors
    /// [`Error::BranchInUse`] when a worktree has it checked out, [`Error::RefMoved`] when it is
    /// elsewhere than `at`.
    pub fn delete_branch(&self, branch: &str, at: &Oid) -> Result<(), Error> {
        let name = format!("refs/heads/{branch}");
        check_ref(&name)?;
        if let Some(path) = self.checked_out(branch)? {
            let why = format!("checked out at {}", path.display());
            return Err(Error::BranchInUse { branch: branch.into(), why });
        }
        let old = Some(Expected::At(at.clone()));
        self.update_refs(&[RefUpdate { name, new: None, old }])
    }
}

/// `OID NAME`, a line each, sorted by name.
pub(crate) fn parse(output: &[u8]) -> Result<Vec<(String, Oid)>, Error> {
    let mut found = Vec::new();
    for line in output.split(|&b| b == b'\n').filter(|line| !line.is_empty()) {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let (oid, name) =
            line.split_once(' ').ok_or_else(|| Error::output("for-each-ref", line))?;
        found.push((name.to_owned(), Oid::parse(oid)?));
    }
    found.sort();
    Ok(found)
}

/// Git's rules for ref names, so that a bad one is refused with a reason before git runs.
pub(crate) fn check_ref(name: &str) -> Result<(), Error> {
    let bad = |reason: &str| Err(Error::refused(name, reason));
    if !name.starts_with("refs/") || name.split('/').count() < 3 {
        return bad("a full ref name begins with refs/ and a category");
    }
    if name.bytes().any(|b| b < b' ' || b == 0x7f || b" ~^:?*[\\".contains(&b)) {
        return bad("control characters, spaces and ~^:?*[\\ are not allowed in ref names");
    }
    if name.contains("..") || name.contains("@{") || name.ends_with('.') {
        return bad("`..`, `@{` and a final dot are not allowed in ref names");
    }
    if name
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.') || part.ends_with(".lock"))
    {
        return bad("a part of a ref name is empty, begins with a dot or ends with .lock");
    }
    Ok(())
}
