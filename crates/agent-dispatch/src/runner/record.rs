//! The record: the queue's files as the first commit of the integration branch, from which all definitions come.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_host_git::{Oid, RefUpdate, TreeEdit};

use crate::error::Error;

use super::trailer::{Mark, Outcome};
use super::{QUEUE, Setup, names};

/// Marks a commit that recorded the queue.
const TRAILER: &str = "LeadForge-Record";

/// More commits than any branch has.
const ALL: usize = i32::MAX as usize;

/// Where a run stands before it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The user's commit that the branch grew from.
    pub base: Oid,
    /// The first commit that recorded the queue.
    pub start: Oid,
    /// The branch's tip, with the queue as it is now recorded.
    pub tip: Oid,
    /// Completion commits that are on the branch already, by task.
    pub landed: BTreeMap<String, Oid>,
}

/// A file below the queue's folder: its path there and its bytes.
pub type QueueFile = (String, Vec<u8>);

/// Creates the integration branch or takes it up, and records the queue on it where it changed.
pub(crate) fn record(
    setup: &Setup<'_>,
    head: &Oid,
    files: &[QueueFile],
) -> Result<Recorded, Error> {
    let old = setup.git.resolve(&setup.branch_ref())?;
    let owned = names::owned_ref(&setup.branch);
    if old.is_some() && setup.git.resolve(&owned)?.is_none() {
        return Err(Error::NotOurs { branch: setup.branch.clone() });
    }
    // A branch that the user has merged begins again from where the user stands.
    let tip = match &old {
        Some(tip) if !setup.git.is_ancestor(tip, head)? => tip.clone(),
        _ => head.clone(),
    };
    let base = match setup.git.merge_base(head, &tip)? {
        Some(base) => base,
        None => head.clone(),
    };
    let (mut start, landed) = history(setup, &base, &tip)?;
    let tree = setup.git.tree_of(&tip)?;
    let edits = edits(setup, &tree, files)?;
    let mut now = tip.clone();
    if !edits.is_empty() || start.is_none() {
        let recorded = setup.git.edit_tree(&tree, &edits)?;
        let message = format!("Record the queue\n\n{TRAILER}: {}\n", setup.branch);
        now = setup.commit(&recorded, std::slice::from_ref(&tip), &message, None)?;
        let name = setup.branch_ref();
        let moved = match old {
            Some(old) => names::update(name, now.clone(), old),
            None => names::create(name, now.clone()),
        };
        let mine = RefUpdate { name: owned, new: Some(now.clone()), old: None };
        setup.git.update_refs(&[moved, mine])?;
        start.get_or_insert_with(|| now.clone());
    }
    let start = start.expect("it was found or just made");
    Ok(Recorded { base, start, tip: now, landed })
}

/// The first record and the completions between base and tip.
fn history(
    setup: &Setup<'_>,
    base: &Oid,
    tip: &Oid,
) -> Result<(Option<Oid>, BTreeMap<String, Oid>), Error> {
    let mut start = None;
    let mut landed: BTreeMap<String, (u64, Oid)> = BTreeMap::new();
    // Newest first, so the last record met is the first one made.
    for commit in setup.git.log(&format!("{base}..{tip}"), ALL)? {
        let trailers = || commit.trailers.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        if trailers().any(|(k, v)| k == TRAILER && v == setup.branch) {
            start = Some(commit.oid.clone());
        }
        if let Some(mark) = Mark::read(trailers())
            && mark.outcome == Outcome::Done
            && mark.run == setup.branch
        {
            landed.entry(mark.id).or_insert((mark.epoch, commit.oid));
        }
    }
    Ok((start, confirmed(setup, tip, landed)?))
}

/// A message can say anything. A completion counts when the gate's own ref names that very commit, and the branch
/// still shows the task as completed: what was reverted there is to be done again.
fn confirmed(
    setup: &Setup<'_>,
    tip: &Oid,
    claimed: BTreeMap<String, (u64, Oid)>,
) -> Result<BTreeMap<String, Oid>, Error> {
    let refs: BTreeMap<String, Oid> = setup.git.refs(names::DONE)?.into_iter().collect();
    let listed = setup.git.ls_tree(tip, QUEUE)?;
    let files: BTreeSet<String> =
        listed.into_iter().filter_map(|e| String::from_utf8(e.path).ok()).collect();
    let is_in = |folder: &str, id: &str| files.contains(&format!("{QUEUE}/{folder}/{id}.md"));
    let holds = |id: &str, epoch: u64, oid: &Oid| {
        refs.get(&names::done_ref(id, epoch)) == Some(oid)
            && is_in("completed", id)
            && !is_in("pending", id)
    };
    let all = claimed.into_iter();
    Ok(all
        .filter(|(id, (epoch, oid))| holds(id, *epoch, oid))
        .map(|(id, (_, oid))| (id, oid))
        .collect())
}

/// What must change in the tip's tree so that its queue is the user's, completions on the branch kept.
fn edits(setup: &Setup<'_>, tree: &Oid, files: &[QueueFile]) -> Result<Vec<TreeEdit>, Error> {
    let prefix = format!("{QUEUE}/");
    let there: BTreeMap<String, Oid> = setup
        .git
        .ls_tree(tree, &prefix)?
        .into_iter()
        .filter_map(|e| {
            Some((String::from_utf8(e.path).ok()?.strip_prefix(&prefix)?.to_owned(), e.oid))
        })
        .collect();
    let specs: Vec<String> = there.values().map(ToString::to_string).collect();
    let blobs = setup.git.cat(&specs)?;
    let mut there: BTreeMap<String, Option<Vec<u8>>> = there.into_keys().zip(blobs).collect();
    let done: Vec<String> =
        there.keys().filter_map(|p| p.strip_prefix("completed/").map(str::to_owned)).collect();
    let mut edits = Vec::new();
    for (path, bytes) in files {
        let completed_here =
            path.strip_prefix("pending/").is_some_and(|name| done.iter().any(|d| d == name));
        let known = there.remove(path);
        if completed_here {
            // Landed on the branch, still pending where the user stands; nothing of it may be pending there too.
            if known.is_some() {
                edits.push(TreeEdit::Remove { path: format!("{prefix}{path}") });
            }
            continue;
        }
        if known.flatten().is_none_or(|old| old != *bytes) {
            edits.push(TreeEdit::Put {
                path: format!("{prefix}{path}"),
                bytes: bytes.clone(),
                executable: false,
            });
        }
    }
    // What the user no longer has pending is withdrawn; completions made on the branch stay.
    edits.extend(
        there
            .into_keys()
            .filter(|path| path.starts_with("pending/"))
            .map(|path| TreeEdit::Remove { path: format!("{prefix}{path}") }),
    );
    Ok(edits)
}
