//! The record: the queue's files as the first commit of the integration branch, from which all definitions come.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_host_git::{Oid, RefUpdate, TreeEdit};

use crate::error::Error;

use super::trailer::{Mark, Outcome};
use super::{QUEUE, Setup, names};

/// Marks a commit that recorded the queue.
pub(crate) const TRAILER: &str = "LeadForge-Record";

/// In a later record: the first one, from which attempts start.
const START: &str = "LeadForge-Start";

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
    let mut start = started(setup, &base, &tip)?;
    let landed = landed(setup, &base, &tip)?;
    let tree = setup.git.tree_of(&tip)?;
    let believed = believed(setup, &base, &landed, files)?;
    let edits = edits(setup, &tree, files, &believed)?;
    let mut now = tip.clone();
    if !edits.is_empty() || start.is_none() {
        let recorded = setup.git.edit_tree(&tree, &edits)?;
        let mut message = format!("Record the queue\n\n{TRAILER}: {}\n", setup.branch);
        if let Some(start) = &start {
            message.push_str(&format!("{START}: {start}\n"));
        }
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

/// The first record between base and tip. A message can say anything, so it is the gate's own ref that counts: it names
/// the latest record, and that one the first.
fn started(setup: &Setup<'_>, base: &Oid, tip: &Oid) -> Result<Option<Oid>, Error> {
    let on_branch = |oid: &Oid| -> Result<bool, Error> {
        Ok(setup.git.is_ancestor(oid, tip)? && !setup.git.is_ancestor(oid, base)?)
    };
    let latest = setup.git.resolve(&names::owned_ref(&setup.branch))?;
    let Some(latest) = latest.filter(|oid| oid != base) else { return Ok(None) };
    if !on_branch(&latest)? {
        return Ok(None);
    }
    let said = setup.git.log(latest.as_str(), 1)?.into_iter().next();
    let trailers = said.map(|commit| commit.trailers).unwrap_or_default();
    let first = trailers.iter().find(|(key, _)| key == START).map(|(_, value)| value.clone());
    match first.and_then(|name| name.parse::<Oid>().ok()) {
        Some(first) if setup.git.resolve(first.as_str())?.is_some() && on_branch(&first)? => {
            Ok(Some(first))
        }
        _ => Ok(Some(latest)),
    }
}

/// The completions between base and tip.
fn landed(setup: &Setup<'_>, base: &Oid, tip: &Oid) -> Result<BTreeMap<String, Oid>, Error> {
    let mut landed: BTreeMap<String, (u64, Oid)> = BTreeMap::new();
    for commit in setup.git.log(&format!("{base}..{tip}"), ALL)? {
        let trailers = commit.trailers.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        if let Some(mark) = Mark::read(trailers)
            && mark.outcome == Outcome::Done
            && mark.run == setup.branch
        {
            landed.entry(mark.id).or_insert((mark.epoch, commit.oid));
        }
    }
    confirmed(setup, tip, landed)
}

/// The tasks whose completed file on the branch counts: the gate landed it, the branch grew from it, or the user has it.
/// Any other one was put there by hand, and is taken away.
fn believed(
    setup: &Setup<'_>,
    base: &Oid,
    landed: &BTreeMap<String, Oid>,
    files: &[QueueFile],
) -> Result<BTreeSet<String>, Error> {
    let name = |path: &str| Some(path.strip_prefix("completed/")?.to_owned());
    let mut all: BTreeSet<String> = landed.keys().map(|id| format!("{id}.md")).collect();
    all.extend(files.iter().filter_map(|(path, _)| name(path)));
    let prefix = format!("{QUEUE}/");
    for entry in setup.git.ls_tree(base, &prefix)? {
        let path = String::from_utf8(entry.path).ok();
        all.extend(path.and_then(|p| name(p.strip_prefix(&prefix)?)));
    }
    Ok(all)
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
fn edits(
    setup: &Setup<'_>,
    tree: &Oid,
    files: &[QueueFile],
    believed: &BTreeSet<String>,
) -> Result<Vec<TreeEdit>, Error> {
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
    let done: Vec<String> = there
        .keys()
        .filter_map(|p| p.strip_prefix("completed/"))
        .filter(|name| believed.contains(*name))
        .map(str::to_owned)
        .collect();
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
    let forged =
        |path: &str| path.strip_prefix("completed/").is_some_and(|n| !believed.contains(n));
    edits.extend(
        there
            .into_keys()
            .filter(|path| path.starts_with("pending/") || forged(path))
            .map(|path| TreeEdit::Remove { path: format!("{prefix}{path}") }),
    );
    Ok(edits)
}
