//! What changed between two commits, whole, and the files of each as a review reads them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use leadforge_cli_kit::Failure;
use leadforge_host_git::{Git, Oid, Status};
use leadforge_review_rules::Tree;
use leadforge_review_rules::change::{Change, Kind, RepoPath, read_diff};

/// What is between two commits: git's own list of files and counts has to agree with its diff.
pub(super) fn change(git: &Git, base: &Oid, tip: &Oid) -> Result<Change, Failure> {
    let failed = |error| Failure::git(&error);
    let wrong = |what: String| Failure::cannot_look("review.diff", what);
    let text = git.patch(base, tip, 3).map_err(failed)?;
    let change = read_diff(&text).map_err(|error| wrong(error.to_string()))?;
    let listed = git.diff(base, tip).map_err(failed)?;
    let told: BTreeMap<&[u8], _> =
        change.files.iter().map(|file| (file.path.as_bytes(), file)).collect();
    for entry in &listed {
        let path = String::from_utf8_lossy(&entry.path);
        let file = told.get(&entry.path[..]);
        let file = file.ok_or_else(|| wrong(format!("the diff lacks {path}, which git lists")))?;
        let counts = (Some(u64::from(file.added.len())), Some(u64::from(file.removed)));
        let turned = file.kind == Kind::TypeChanged || entry.status == Status::TypeChanged;
        let counted = file.binary || entry.added.is_none() || turned;
        if !counted && counts != (entry.added, entry.removed) {
            return Err(wrong(format!("git counts other lines of {path} than its diff has")));
        }
    }
    if listed.len() != change.files.len() {
        let (list, diff) = (listed.len(), change.files.len());
        return Err(wrong(format!("git lists {list} files and its diff has {diff}")));
    }
    Ok(change)
}

/// The files of a commit; those that are named beforehand are read with one call of git.
pub(super) struct Files<'g> {
    git: &'g Git,
    blobs: BTreeMap<RepoPath, Oid>,
    kept: BTreeMap<RepoPath, Vec<u8>>,
}

impl<'g> Files<'g> {
    pub(super) fn of(git: &'g Git, commit: &Oid) -> Result<Self, Failure> {
        let entries = git.ls_paths(commit, "").map_err(|error| Failure::git(&error))?;
        let files = entries.into_iter().filter(|one| matches!(one.mode, 0o100_644 | 0o100_755));
        let blobs = files.map(|one| (RepoPath::new(one.path), one.oid)).collect();
        Ok(Self { git, blobs, kept: BTreeMap::new() })
    }

    /// Takes these into memory, as far as they are there.
    pub(super) fn with(mut self, paths: impl Iterator<Item = RepoPath>) -> Result<Self, Failure> {
        let wanted: Vec<(RepoPath, Oid)> =
            paths.filter_map(|path| Some((path.clone(), self.blobs.get(&path)?.clone()))).collect();
        let names: Vec<&str> = wanted.iter().map(|(_, blob)| blob.as_str()).collect();
        let contents = self.git.cat(&names).map_err(|error| Failure::git(&error))?;
        for ((path, blob), content) in wanted.iter().zip(contents) {
            let gone =
                || Failure::cannot_look("git", format!("{path}: {} is not there", blob.as_str()));
            self.kept.insert(path.clone(), content.ok_or_else(gone)?);
        }
        Ok(self)
    }

    /// A file as text, nothing when there is none.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, Failure> {
        let wrong = |what: String| Failure::cannot_look("review", what);
        let Some(bytes) = self.read(&RepoPath::from(path)).map_err(wrong)? else { return Ok(None) };
        let text = String::from_utf8(bytes.into_owned());
        text.map(Some).map_err(|_| wrong(format!("{path} is not text in UTF-8")))
    }
}

impl Tree for Files<'_> {
    fn paths(&self) -> Result<Vec<RepoPath>, String> {
        Ok(self.blobs.keys().cloned().collect())
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Cow<'_, [u8]>>, String> {
        if let Some(content) = self.kept.get(path) {
            return Ok(Some(Cow::Borrowed(content)));
        }
        let Some(blob) = self.blobs.get(path) else { return Ok(None) };
        let found = self.git.cat(&[blob.as_str()]).map_err(|error| error.to_string())?;
        let content = found.into_iter().next().flatten();
        content.map(|content| Some(content.into())).ok_or_else(|| format!("{path} is not there"))
    }
}
