//! Taking over what was done: the host makes the commit, from the tree alone, without the queue's folder.

use leadforge_durable_fs::RelPath;
use leadforge_host_git::{Oid, Snapshot, Status, TreeEdit};

use crate::error::Error;
use crate::event::{Changed, What};
use crate::job::Coverage;
use crate::recovery::Found;

use super::attempt::{Attempt, Taken, moved};
use super::shared::Shared;
use super::trailer::{Mark, Outcome};
use super::unprovable::in_queue;
use super::{QUEUE, Setup, names, unprovable};

/// The files as they are after the work.
pub(crate) struct Seen<'a> {
    pub(crate) snapshot: Snapshot,
    /// Why the work counts as failed already; it is committed all the same.
    pub(crate) failed: Option<String>,
    /// The parent of the commit to make.
    pub(crate) on: &'a Oid,
    /// Where the attempt's branch is; it is made when absent.
    pub(crate) base: Option<Oid>,
    /// A branch that this one takes the place of.
    pub(crate) instead_of: Option<(String, Oid)>,
}

impl<'a> Seen<'a> {
    /// Work that is done and committed.
    fn done(snapshot: Snapshot, on: &'a Oid) -> Self {
        Self { snapshot, failed: None, on, base: None, instead_of: None }
    }
}

impl Attempt<'_> {
    /// Takes the branch of somebody who worked by hand: its files, checked like everybody's; its commits stay below.
    pub(crate) fn take_by_hand(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        mark: &Mark,
        tip: &Oid,
    ) -> Result<Taken, Error> {
        let tree = setup.git.tree_of(tip)?;
        let snapshot = Snapshot { tree, nested: Vec::new(), left_out: Vec::new() };
        self.take(setup, shared, mark, Seen::done(snapshot, tip))
    }

    /// Takes up the commit that an earlier session made for this very attempt: its files, checked once more, for a
    /// branch can be made by anybody and say anything.
    pub(crate) fn adopt(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        mark: &Mark,
        found: &Found,
    ) -> Result<Taken, Error> {
        let tree = setup.git.tree_of(&found.tip)?;
        let snapshot = Snapshot { tree, nested: Vec::new(), left_out: Vec::new() };
        let old = names::branch_ref(&found.mark.id, found.mark.epoch);
        let instead_of = Some((old, found.tip.clone()));
        self.take(setup, shared, mark, Seen { instead_of, ..Seen::done(snapshot, &self.base) })
    }

    /// Makes the work commit from whatever the agent left, also when it failed: nothing is lost.
    pub(crate) fn take(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        mark: &Mark,
        seen: Seen<'_>,
    ) -> Result<Taken, Error> {
        let start = mark.base.parse().expect("a mark's base is an id that git gave");
        let base_tree = setup.git.tree_of(&start)?;
        let Seen { snapshot, mut failed, on, base, instead_of } = seen;
        let (tree, discarded) = match without_queue(setup, &base_tree, &snapshot.tree)? {
            Ok(kept) => kept,
            Err(path) => {
                failed = Some(format!(
                    "it put {path:?} into the queue, a name that cannot be taken back"
                ));
                (base_tree.clone(), vec![path])
            }
        };
        if failed.is_none() && !snapshot.left_out.is_empty() {
            let names: Vec<_> =
                snapshot.left_out.iter().map(|p| String::from_utf8_lossy(p)).collect();
            failed = Some(format!("it left paths that git refuses to store: {}", names.join(", ")));
        }
        let files = setup.git.diff(&base_tree, &tree)?;
        let paths: Vec<String> =
            files.iter().map(|f| String::from_utf8_lossy(&f.path).into_owned()).collect();
        let (outside, collides) = self.scope(shared, &paths);
        if failed.is_none() && setup.config.run.strict && !outside.is_empty() {
            failed = Some(format!(
                "it changed files outside its `touches`, and [run] strict is on: {}",
                outside.join(", ")
            ));
        }
        if failed.is_none() {
            failed = unprovable::reason(setup.git, &base_tree, &tree, &files)?;
        }
        if failed.is_none() && files.is_empty() {
            // Who works by hand may have done it elsewhere: what is not on the branch would be called done without it.
            failed = if self.by_hand.is_some() {
                Some("it was said to be done, and no change is on the branch".to_owned())
            } else if self.job.verify.is_empty() {
                Some(
                    "nothing was changed, and the task has no `verify` of its own that could show it was done already"
                        .to_owned(),
                )
            } else {
                None
            };
        }
        let mut mark = mark.clone();
        if let Some(reason) = &failed {
            mark.outcome = Outcome::Failed(reason.clone());
        }
        let commit = self.commit(setup, &tree, on, &mark)?;
        let name = names::branch_ref(&mark.id, mark.epoch);
        let mut updates = vec![match base {
            Some(base) => names::update(name, commit.clone(), base),
            None => names::create(name, commit.clone()),
        }];
        updates.extend(instead_of.map(|(name, at)| names::delete(name, at)));
        if let Err(error) = setup.git.update_refs(&updates) {
            return moved(&mark, error.into()).map(Taken::Moved);
        }
        shared.record(What::WorkTaken {
            id: mark.id.clone(),
            epoch: mark.epoch,
            commit: commit.to_string(),
            tree: tree.to_string(),
            files: files
                .iter()
                .zip(&paths)
                .map(|(f, path)| Changed {
                    status: letter(f.status).to_owned(),
                    path: path.clone(),
                    added: f.added,
                    removed: f.removed,
                })
                .collect(),
            outside,
            collides,
            discarded,
        })?;
        Ok(match failed {
            Some(reason) => Taken::Failed(reason),
            None => Taken::Work { commit, tree },
        })
    }

    /// Paths outside the declared scope, and who else declared them.
    fn scope(&self, shared: &Shared<'_>, paths: &[String]) -> (Vec<String>, Vec<String>) {
        let board = shared.board();
        let outside: Vec<String> = paths
            .iter()
            .filter(|p| board.covers(&self.job.id, p) == Coverage::Outside)
            .cloned()
            .collect();
        let loose: Vec<&String> =
            paths.iter().filter(|p| board.covers(&self.job.id, p) != Coverage::Declared).collect();
        let collides = self
            .beside
            .iter()
            .filter(|other| loose.iter().any(|p| board.covers(other, p) == Coverage::Declared))
            .cloned()
            .collect();
        (outside, collides)
    }
}

/// Whatever an agent did below the queue's folder is taken back: only the landing gate writes there.
fn without_queue(
    setup: &Setup<'_>,
    base: &Oid,
    seen: &Oid,
) -> Result<Result<(Oid, Vec<String>), String>, Error> {
    let entries = setup.git.ls_tree(base, QUEUE)?;
    let specs: Vec<String> = entries.iter().map(|e| e.oid.to_string()).collect();
    let blobs = setup.git.cat(&specs)?;
    let originals: Vec<(Vec<u8>, Option<Vec<u8>>)> =
        entries.into_iter().map(|e| e.path).zip(blobs).collect();
    let mut edits = Vec::new();
    let mut paths = Vec::new();
    for change in setup.git.diff(seen, base)? {
        // Of a rename both ends count: git may see a file that was put here as one that came from elsewhere.
        for path in
            [Some(change.path), change.old_path].into_iter().flatten().filter(|p| in_queue(p))
        {
            let name = String::from_utf8_lossy(&path).into_owned();
            let exact = name.as_bytes() == path && RelPath::parse(&name).is_ok();
            if !exact || (name != QUEUE && !name.starts_with(&format!("{QUEUE}/"))) {
                return Ok(Err(name));
            }
            let old = originals.iter().find(|(p, _)| *p == path);
            edits.push(match old.and_then(|(_, bytes)| bytes.clone()) {
                Some(bytes) => TreeEdit::Put { path: name.clone(), bytes, executable: false },
                None => TreeEdit::Remove { path: name.clone() },
            });
            paths.push(name);
        }
    }
    // What was put back may need a folder that a removed file of that name stands for.
    edits.sort_by_key(|edit| matches!(edit, TreeEdit::Put { .. }));
    if edits.is_empty() {
        return Ok(Ok((seen.clone(), paths)));
    }
    Ok(Ok((setup.git.edit_tree(seen, &edits)?, paths)))
}

/// Git's letter for a kind of change.
fn letter(status: Status) -> &'static str {
    match status {
        Status::Added => "A",
        Status::Deleted => "D",
        Status::Modified => "M",
        Status::Renamed => "R",
        Status::Copied => "C",
        Status::TypeChanged => "T",
    }
}
