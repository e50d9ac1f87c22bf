//! What a completion is made of, by ids alone: the landing gate asks before it moves a ref, `verify` whenever it likes.

use std::collections::BTreeMap;

use leadforge_host_git::{Commit, Git, Oid, Status};

use crate::error::Error;
use crate::evidence::{Fault, Kept};
use crate::runner::trailer::{Mark, Outcome};
use crate::runner::unprovable::in_queue;
use crate::runner::{QUEUE, land};

/// Commits by name, as one run of git told them.
pub(crate) type Commits = BTreeMap<Oid, Commit>;

/// The commits of a range by name; all of them.
pub(crate) fn commits(git: &Git, range: &str) -> Result<Commits, Error> {
    Ok(git.log(range, 0)?.into_iter().map(|c| (c.oid.clone(), c)).collect())
}

/// What a commit says about itself.
pub(crate) fn mark(commit: &Commit) -> Option<Mark> {
    Mark::read(commit.trailers.iter().map(|(k, v)| (k.as_str(), v.as_str())))
}

/// The commits that a completion stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Below {
    /// The verified commit.
    pub(crate) verified: Oid,
    /// The commit with the work: the verified one itself, or a parent of the merge that it is.
    pub(crate) work: Oid,
    /// The integration branch as it was.
    pub(crate) tip: Oid,
}

/// What a completion commit stands on, read from the commits and not from what the evidence says.
pub(crate) fn below(commits: &Commits, completion: &Commit) -> Result<Below, Fault> {
    let odd = |what: &str| Fault::new("completion.parents", format!("{}: {what}", completion.oid));
    let [verified] = completion.parents.as_slice() else {
        return Err(odd("a completion has one parent, the verified commit"));
    };
    let parents = commits.get(verified).map(|c| c.parents.as_slice());
    let work = mark(completion).and_then(|m| m.work?.parse::<Oid>().ok());
    let (work, tip) = match (parents, work) {
        (Some([tip, theirs]), Some(work)) if *theirs == work => (work, tip.clone()),
        (Some(_), Some(work)) if work == *verified => {
            let base = commits.get(&work).and_then(mark).and_then(|m| m.base.parse().ok());
            (work, base.ok_or_else(|| odd("its work does not say where it began"))?)
        }
        _ => return Err(odd("the verified commit is neither the work nor its merge")),
    };
    Ok(Below { verified: verified.clone(), work, tip })
}

/// What is not as the gate makes it, apart from the commands.
pub(crate) fn faults(
    git: &Git,
    commits: &Commits,
    completion: &Commit,
    id: &str,
    kept: &Kept,
) -> Result<Vec<Fault>, Error> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, rule, message: String| {
        if !holds {
            faults.push(Fault::new(rule, message));
        }
    };
    let below = match below(commits, completion) {
        Ok(below) => below,
        Err(fault) => return Ok(vec![fault]),
    };
    let at = completion.oid.short(12);
    must(
        below.verified.as_str() == kept.commit,
        "completion.commit",
        format!("{at} stands on {}, and its evidence is about {}", below.verified, kept.commit),
    );
    let tree = git.tree_of(&below.verified)?;
    must(
        tree.as_str() == kept.tree,
        "completion.tree",
        format!(
            "the tree of {} is {tree}, and the evidence is about {}",
            below.verified, kept.tree
        ),
    );
    let said = mark(completion);
    let agrees = said.as_ref().is_some_and(|m| {
        (m.outcome == Outcome::Done, &m.id[..], m.epoch, &m.agent)
            == (true, id, kept.epoch, &kept.agent)
    });
    must(agrees, "completion.trailers", format!("the trailers of {at} tell of another completion"));
    if let Some(more) = moved_more(git, &below.verified, completion, id)? {
        must(false, "completion.touches", format!("{at} {more}"));
    }
    let work = commits.get(&below.work).and_then(|c| Some((c, mark(c)?)));
    let made = work.as_ref().is_some_and(|(_, m)| {
        let of =
            said.as_ref().is_some_and(|s| (&s.base, &s.run, s.slot) == (&m.base, &m.run, m.slot));
        of && m.outcome == Outcome::Candidate && m.id == id && m.epoch == kept.epoch
    });
    must(made, "work.trailers", format!("{} is no work commit of this attempt", below.work));
    if let Some(base) = work.and_then(|(_, m)| m.base.parse::<Oid>().ok()) {
        let grown = known(git, &base)?
            && git.is_ancestor(&base, &below.work)?
            && git.is_ancestor(&base, &below.tip)?;
        must(grown, "work.base", format!("{} did not begin on the branch", below.work));
    }
    if !known(git, &below.tip)? {
        must(false, "work.base", format!("{} is not here", below.tip));
        return Ok(faults);
    }
    for change in git.diff(&below.tip, &below.verified)? {
        let paths = [Some(&change.path), change.old_path.as_ref()];
        if paths.into_iter().flatten().any(|path| in_queue(path)) {
            let path = String::from_utf8_lossy(&change.path);
            must(
                false,
                "work.queue",
                format!("the work changed {path:?}, which the gate alone may"),
            );
        }
    }
    Ok(faults)
}

/// What the completion commit changes besides moving the task's file, if anything.
fn moved_more(
    git: &Git,
    from: &Oid,
    completion: &Commit,
    id: &str,
) -> Result<Option<String>, Error> {
    let pending = format!("{QUEUE}/pending/{id}.md").into_bytes();
    let done = format!("{QUEUE}/completed/{id}.md").into_bytes();
    let (mut gone, mut made) = (false, false);
    for change in git.diff(from, &completion.tree)? {
        // A plain file, so that what is read is what was written.
        let plain = change.new_mode == 0o100_644;
        match change.status {
            Status::Deleted if change.path == pending => gone = true,
            Status::Added if change.path == done && plain => made = true,
            Status::Renamed
                if change.path == done && change.old_path.as_ref() == Some(&pending) && plain =>
            {
                (gone, made) = (true, true);
            }
            _ => {
                let path = String::from_utf8_lossy(&change.path).into_owned();
                return Ok(Some(format!("touches {path:?} besides the task's file")));
            }
        }
    }
    Ok((!(gone && made)).then(|| "does not move the task's file to completed/".to_owned()))
}

fn known(git: &Git, oid: &Oid) -> Result<bool, Error> {
    Ok(git.resolve(oid.as_str())?.is_some())
}

/// Whether a merge is what git makes of its parents.
pub(crate) fn merged(git: &Git, below: &Below) -> Result<Option<Fault>, Error> {
    if below.work == below.verified {
        return Ok(None);
    }
    let tree = git.tree_of(&below.verified)?;
    Ok(match land::merged_tree(git, &below.tip, &below.work)? {
        Ok(same) if same == tree => None,
        Ok(_) => Some(Fault::new(
            "merge.tree",
            format!("{} is not what git makes of its parents", below.verified),
        )),
        Err(reason) => Some(Fault::new("merge.tree", format!("{}: {reason}", below.verified))),
    })
}
