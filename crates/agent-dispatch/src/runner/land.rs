//! The landing gate: merge onto the tip, verify that very tree, write the evidence, move both refs at once.

use leadforge_host_git::{Git, Merge, Oid, RefUpdate, TreeEdit};

use crate::error::Error;
use crate::event::What;
use crate::evidence::{Evidence, Kept, SCHEMA};
use crate::job::{BoardError, Ending, Job};

use super::attempt::{Candidate, mark_branch, moved};
use super::audit::completion;
use super::shared::Shared;
use super::trailer::{Mark, Outcome};
use super::verify::{self, Subject, Verdict};
use super::{QUEUE, Setup, names};

/// What the gate said.
pub(crate) enum Gate {
    /// The new tip.
    Landed(Oid),
    /// Not landed, for this reason; the attempt's branch is kept and marked.
    Back(String),
    /// The lease or a branch of it is somebody else's by now, or nobody's, which says nothing about the work: it stays
    /// a candidate.
    Lost(String),
}

/// Why nothing was landed.
enum Refused {
    Back(String),
    Lost(String),
}

/// Lands one candidate on the tip, or sends it back.
pub(crate) fn land(
    setup: &Setup<'_>,
    shared: &Shared<'_>,
    job: &Job,
    candidate: &Candidate,
    tip: &Oid,
    others: &[Candidate],
) -> Result<Gate, Error> {
    let (id, epoch) = (candidate.grant.id.clone(), candidate.grant.epoch);
    shared.record(What::LandingStarted { id: id.clone(), epoch, tip: tip.to_string() })?;
    let mut result = try_land(setup, shared, job, candidate, tip)?;
    if let Err(Refused::Back(reason)) = &result {
        // All of the try ends at once: half of it would be taken up again as a try of its own.
        let mut marks = vec![sent_back(setup, job, candidate, reason)?];
        for other in others {
            marks.push(not_chosen(setup, job, other)?);
        }
        if let Err(error) = setup.git.update_refs(&marks) {
            result = Err(Refused::Lost(moved(&candidate.mark, error.into())?));
        }
    }
    let gate = match result {
        Ok(landed) => {
            shared.record(What::Landed {
                id,
                epoch,
                commit: landed.commit.to_string(),
                tree: landed.tree.to_string(),
                merged: landed.merged,
                reused: landed.reused,
                others: others.iter().map(|c| names::branch(&c.grant.id, c.grant.epoch)).collect(),
            })?;
            shared.end(&candidate.grant, &Ending::Landed { branch: setup.branch.clone() })?;
            Gate::Landed(landed.commit)
        }
        Err(Refused::Lost(reason)) => {
            for one in others.iter().chain([candidate]) {
                shared.end(&one.grant, &Ending::Released)?;
            }
            return Ok(Gate::Lost(reason));
        }
        Err(Refused::Back(reason)) => {
            shared.record(What::SentBack { id, epoch, reason: reason.clone() })?;
            shared.end(&candidate.grant, &Ending::Released)?;
            Gate::Back(reason)
        }
    };
    for other in others {
        if matches!(gate, Gate::Landed(_))
            && let Err(error) = setup.git.update_refs(&[not_chosen(setup, job, other)?])
        {
            // The task is landed all the same; what somebody does on that branch is theirs.
            moved(&other.mark, error.into())?;
        }
        shared.end(&other.grant, &Ending::Released)?;
    }
    Ok(gate)
}

struct Landed {
    commit: Oid,
    tree: Oid,
    merged: bool,
    reused: bool,
}

fn try_land(
    setup: &Setup<'_>,
    shared: &Shared<'_>,
    job: &Job,
    candidate: &Candidate,
    tip: &Oid,
) -> Result<Result<Landed, Refused>, Error> {
    let straight = candidate.mark.base == tip.to_string();
    let (commit, tree) = if straight {
        (candidate.work.clone(), candidate.tree.clone())
    } else {
        match merge(setup, tip, candidate, job)? {
            Ok(merged) => merged,
            Err(reason) => return Ok(Err(Refused::Back(reason))),
        }
    };
    let subject = Subject {
        id: &candidate.grant.id,
        epoch: candidate.grant.epoch,
        commit: &commit,
        tree: &tree,
        landing: true,
    };
    let verdict = verify::verify(setup, shared, &subject, &setup.checks(job))?;
    if let Some(reason) = verdict.red() {
        let where_ = if straight { "" } else { "on the merged tree, " };
        return Ok(Err(Refused::Back(format!("{where_}{reason}"))));
    }
    let beat = shared.board().beat(&candidate.grant);
    let lost = match beat {
        Ok(()) => shared.is_lost(&candidate.grant.id, candidate.grant.epoch),
        Err(BoardError::Lost(_)) => true,
        // A queue that cannot be asked says nothing about the work: the next session takes it up.
        Err(error) => return Err(error.into()),
    };
    if lost {
        let reason = "its lease was lost before it could land; the work is kept and taken up again";
        return Ok(Err(Refused::Lost(reason.to_owned())));
    }
    let on = (&commit, &tree, tip);
    let completion = complete(setup, shared, job, candidate, on, &verdict)?;
    setup.refuse_checked_out()?;
    let updated = setup.git.update_refs(&[
        names::update(setup.branch_ref(), completion.clone(), tip.clone()),
        names::update(
            names::branch_ref(&candidate.grant.id, candidate.grant.epoch),
            completion.clone(),
            candidate.work.clone(),
        ),
        RefUpdate {
            name: names::done_ref(&candidate.grant.id, candidate.grant.epoch),
            new: Some(completion.clone()),
            old: None,
        },
    ]);
    if let Err(error) = updated {
        // Tell a branch that somebody moved from a git that failed.
        return if setup.git.resolve(&setup.branch_ref())?.as_ref() == Some(tip) {
            moved(&candidate.mark, error.into()).map(|reason| Err(Refused::Lost(reason)))
        } else {
            Err(Error::BranchMoved { branch: setup.branch.clone() })
        };
    }
    Ok(Ok(Landed { commit: completion, tree, merged: !straight, reused: verdict.reused }))
}

/// The tree that git makes of two commits, or in words why there is none.
pub(crate) fn merged_tree(git: &Git, tip: &Oid, work: &Oid) -> Result<Result<Oid, String>, Error> {
    let merges = git.merge_trees(&[(tip.clone(), work.clone())])?;
    Ok(match merges.into_iter().next() {
        Some(Merge::Clean { tree }) => Ok(tree),
        Some(Merge::Conflict { paths, .. }) => {
            let paths: Vec<String> =
                paths.iter().map(|p| String::from_utf8_lossy(p).into_owned()).collect();
            Err(format!("conflict with what landed before it: {}", paths.join(", ")))
        }
        Some(Merge::Unknown { reason }) => {
            Err(format!("git could not tell whether it merges: {reason}"))
        }
        None => Err("git gave no answer about the merge".to_owned()),
    })
}

fn merge(
    setup: &Setup<'_>,
    tip: &Oid,
    candidate: &Candidate,
    job: &Job,
) -> Result<Result<(Oid, Oid), String>, Error> {
    let tree = match merged_tree(setup.git, tip, &candidate.work)? {
        Ok(tree) => tree,
        Err(reason) => return Ok(Err(reason)),
    };
    let message = format!(
        "Merge {}: {}\n",
        names::branch(&candidate.grant.id, candidate.grant.epoch),
        super::trailer::one_line(&job.title)
    );
    let commit = setup.commit(&tree, &[tip.clone(), candidate.work.clone()], &message, None)?;
    Ok(Ok((commit, tree)))
}

/// The completion commit: it moves the task's file, with its evidence, and touches nothing else.
fn complete(
    setup: &Setup<'_>,
    shared: &Shared<'_>,
    job: &Job,
    candidate: &Candidate,
    (commit, tree, tip): (&Oid, &Oid, &Oid),
    verdict: &Verdict,
) -> Result<Oid, Error> {
    let evidence = Evidence {
        schema: SCHEMA.to_owned(),
        id: candidate.grant.id.clone(),
        epoch: candidate.grant.epoch,
        session: candidate.grant.session.clone(),
        agent: candidate.mark.agent.clone(),
        commit: commit.to_string(),
        tree: tree.to_string(),
        base: shared.base.to_string(),
        sandbox: setup.sandbox.name().to_owned(),
        started_ms: candidate.mark.started_ms,
        // A clock that was set back meanwhile takes nothing of what was done.
        ended_ms: (setup.clock)().max(candidate.mark.started_ms),
        added: candidate.added,
        removed: candidate.removed,
        checks: verdict.checks.clone(),
    };
    let kept = evidence.kept();
    let bytes = shared.board().completed(&candidate.grant.id, &evidence)?;
    let with_move = setup.git.edit_tree(
        tree,
        &[
            TreeEdit::Remove { path: format!("{QUEUE}/pending/{}.md", job.id) },
            TreeEdit::Put {
                path: format!("{QUEUE}/completed/{}.md", job.id),
                bytes,
                executable: false,
            },
        ],
    )?;
    let mark = Mark {
        outcome: Outcome::Done,
        work: Some(candidate.work.to_string()),
        ..candidate.mark.clone()
    };
    let subject = format!("Complete {}: {}", job.id, super::trailer::one_line(&job.title));
    let made =
        setup.commit(&with_move, std::slice::from_ref(commit), &mark.message(&subject), None)?;
    sound(setup, &made, tip, &job.id, &kept, &setup.checks(job))?;
    Ok(made)
}

/// The gate believes itself no more than it believes others: what does not look like a completion moves no ref.
fn sound(
    setup: &Setup<'_>,
    made: &Oid,
    tip: &Oid,
    id: &str,
    kept: &Kept,
    commands: &[String],
) -> Result<(), Error> {
    let commits = completion::commits(setup.git, &format!("{tip}..{made}"))?;
    let commit = commits.get(made).expect("a commit is in the range that ends with it");
    let mut faults = kept.faults(commands);
    faults.extend(completion::faults(setup.git, &commits, commit, id, kept)?);
    match faults.first() {
        None => Ok(()),
        Some(fault) => Err(Error::Unsound { id: id.to_owned(), why: fault.message.clone() }),
    }
}

fn sent_back(
    setup: &Setup<'_>,
    job: &Job,
    one: &Candidate,
    reason: &str,
) -> Result<RefUpdate, Error> {
    let subject = format!("Sent back: {}", super::trailer::one_line(&job.title));
    let outcome = Outcome::SentBack(reason.to_owned());
    mark_branch(setup, &one.mark, &one.work, &one.tree, outcome, &subject)
}

fn not_chosen(setup: &Setup<'_>, job: &Job, other: &Candidate) -> Result<RefUpdate, Error> {
    let subject = format!("Not chosen: {}", super::trailer::one_line(&job.title));
    let (mark, work, tree) = (&other.mark, &other.work, &other.tree);
    mark_branch(setup, mark, work, tree, Outcome::NotChosen, &subject)
}
