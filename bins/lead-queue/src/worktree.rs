//! A worktree for who works by hand: made with the claim, on the branch of the lease, and removed
//! with it; what is in it and on no branch is saved first.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::host::current_dir;
use leadforge_cli_kit::{Context, Failure};
use leadforge_host_git::{NewWorktree, Worktree};
use leadforge_markup::terminal;
use leadforge_task_queue::Lease;

use crate::claim::branch;
use crate::place::Place;

/// What to do about a folder that is not where it was.
const MISSING: &str = "bring it back, or forget it: git worktree prune";

/// Makes the worktree of a lease at the commit of the main checkout.
pub(crate) fn make(place: &Place, lease: &Lease, path: &Path) -> Result<PathBuf, Failure> {
    let path = current_dir()?.join(path);
    let head = place.git.main_checkout().map_err(|e| Failure::git(&e))?;
    let at = head.and_then(|main| main.head).ok_or_else(|| {
        Failure::usage("repository.empty", "the repository has no commit to work on")
            .hint("make one first")
    })?;
    let new = NewWorktree { path, branch: Some(branch(lease)), at };
    let tree = place.git.worktree_add(&new).map_err(|e| Failure::git(&e))?;
    Ok(std::fs::canonicalize(&tree.path).unwrap_or(tree.path))
}

/// Refuses to call work done that is in the worktree of a claim and not on the branch of the lease.
pub(crate) fn committed(place: &Place, lease: &Lease) -> Result<(), Failure> {
    let Some(tree) = made(place, lease)? else { return Ok(()) };
    let (shown, wanted) = (tree.path.display(), branch(lease));
    if tree.missing {
        let message = format!("{shown} is gone, with whatever is not committed there");
        return Err(Failure::refused("queue.moved", terminal(&message)).hint(MISSING));
    }
    let (true, Some(head)) = (tree.branch.as_ref() == Some(&wanted), &tree.head) else {
        let message = format!("{shown} does not stand on {wanted}");
        return Err(Failure::refused("queue.off-branch", terminal(&message))
            .hint("bring the work onto that branch, and check it out there"));
    };
    let seen = place.git.snapshot(&tree).map_err(|e| Failure::git(&e))?;
    if seen.tree == place.git.tree_of(head).map_err(|e| Failure::git(&e))? {
        return Ok(());
    }
    let message = format!("{shown} holds work that is not committed");
    Err(Failure::refused("queue.uncommitted", terminal(&message))
        .hint(format!("commit it on {wanted}")))
}

/// Removes the worktree of a lease that is over, if the claim made one; `keep_branch` says whether
/// a branch without a commit of its own stays.
///
/// The lease is over whatever comes of this, so what fails here is a warning.
pub(crate) fn clear(place: &Place, lease: &Lease, keep_branch: bool, ctx: &Context) {
    if let Err(failure) = try_clear(place, lease, keep_branch, ctx) {
        ctx.warn(&format!("the worktree of {} stays: {failure}", branch(lease)));
    }
}

fn try_clear(
    place: &Place,
    lease: &Lease,
    keep_branch: bool,
    ctx: &Context,
) -> Result<(), Failure> {
    let Some(tree) = made(place, lease)? else { return Ok(()) };
    let shown = tree.path.display().to_string();
    if tree.missing {
        // It was moved, or its disk is not there: what git knows of it belongs to it.
        ctx.note(&format!("{} is gone; git still knows it: {MISSING}", terminal(&shown)));
        return Ok(());
    }
    if current_dir()?.starts_with(&tree.path) {
        let shown = terminal(&shown);
        ctx.note(&format!("the worktree stays, for you stand in it: git worktree remove {shown}"));
        return Ok(());
    }
    let label = format!("{}/{}", lease.task, lease.epoch);
    let git = &place.git;
    let saved = git.worktree_remove(&tree, &label).map_err(|e| Failure::git(&e))?;
    if saved.is_some() {
        ctx.warn(&format!(
            "what was not committed in {} is saved as refs/leadforge/rescue/{label}",
            terminal(&shown)
        ));
    }
    let main = git.main_checkout().map_err(|e| Failure::git(&e))?.and_then(|main| main.head);
    if let (false, Some(tip), Some(head)) = (keep_branch, &tree.head, main)
        && git.is_ancestor(tip, &head).map_err(|e| Failure::git(&e))?
    {
        git.delete_branch(&branch(lease), tip).map_err(|e| Failure::git(&e))?;
    }
    Ok(())
}

/// The worktree that a claim made for this lease, wherever it stands now.
fn made(place: &Place, lease: &Lease) -> Result<Option<Worktree>, Failure> {
    let found = place.git.worktree_for(&branch(lease)).map_err(|e| Failure::git(&e))?;
    let runs = place.git.state_dir();
    Ok(found.filter(|tree| !tree.path.starts_with(&runs)))
}
