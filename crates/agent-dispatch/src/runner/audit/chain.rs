//! From a completion down the integration branch: who wrote the task's definition, and where the branch began.

use leadforge_host_git::{Commit, Git, Oid};

use crate::error::Error;
use crate::evidence::Fault;
use crate::runner::QUEUE;
use crate::runner::record::TRAILER;
use crate::runner::trailer::Outcome;
use crate::runner::unprovable::in_queue;

use super::completion::{self, Below, Commits};
use super::{Audit, CONFIG, Completed, Files, Found, Question, done_ref};

/// The commits down to the base that the evidence names: what lies below it may be long, and is nobody's claim.
fn above_base(git: &Git, completion: &Commit, base: Option<&str>) -> Result<Commits, Error> {
    let base = match base {
        Some(name) => git.resolve(name)?.filter(|oid| oid.as_str() == name),
        None => None,
    };
    let Some(base) = base else { return completion::commits(git, completion.oid.as_str()) };
    let mut commits = completion::commits(git, &format!("{base}..{}", completion.oid))?;
    commits.extend(git.log(base.as_str(), 1)?.into_iter().map(|c| (c.oid.clone(), c)));
    Ok(commits)
}

/// One step of the branch, newest first.
struct Step {
    at: Oid,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Completion,
    Record,
    Other,
}

/// Fills in everything about a completion that was found.
pub(super) fn follow(
    git: &Git,
    files: &dyn Files,
    question: &Question<'_>,
    found: &Found,
    completion: &Commit,
    out: &mut Audit,
) -> Result<(), Error> {
    let commits = above_base(git, completion, out.evidence.base.as_deref())?;
    let faults = completion::faults(git, &commits, completion, &found.id, &out.evidence)?;
    out.faults.extend(faults);
    let below = match completion::below(&commits, completion) {
        Ok(below) => below,
        // It is among the faults already.
        Err(_) => return Ok(()),
    };
    out.faults.extend(completion::merged(git, &below)?);
    out.faults.extend(done_ref(git, &found.id, out.evidence.epoch, &completion.oid)?);
    let steps = steps(git, &commits, &below.tip, out.evidence.base.as_deref())?;
    let base = begun(git, &commits, &steps, (question, completion), out)?;
    let record = definition(git, files, found, &commits, &below, &steps, out)?;
    out.completed = Some(Completed {
        completion: completion.oid.to_string(),
        verified: below.verified.to_string(),
        tree: git.tree_of(&below.verified)?.to_string(),
        work: below.work.to_string(),
        record: record.map(|r| r.to_string()),
    });
    earlier(&commits, &steps, &found.id, out);
    let anchor = match question.base {
        Some(named) => match git.resolve(named)? {
            Some(oid) => Some(oid),
            None => return Err(Error::NoRevision { name: named.to_owned() }),
        },
        None => base,
    };
    let mut named = vec![completion.oid.clone(), below.verified.clone(), below.work.clone()];
    named.extend(steps.iter().map(|step| step.at.clone()));
    let mut trees = vec![below.verified.clone(), completion.oid.clone()];
    if let Some(anchor) = anchor {
        commands(git, files, question, (found, &below), &anchor, out)?;
        out.base = Some(anchor.to_string());
        // It decides the commands, so it must be what its name says too.
        named.push(anchor.clone());
        trees.push(anchor);
    }
    // Objects that are not here have no bytes.
    if !out.unseen.is_empty() {
        return Ok(());
    }
    for oid in git.rehash(&named, &trees)? {
        let what = format!("the object {oid} holds other bytes than its name says");
        out.faults.push(Fault::new("object.poisoned", what));
    }
    Ok(())
}

/// The branch from a tip down to the commit that it grew from, work and merges left out.
fn steps(git: &Git, commits: &Commits, tip: &Oid, base: Option<&str>) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    let mut at = tip.clone();
    let mut recorded = false;
    while let Some(commit) = commits.get(&at).filter(|_| base != Some(at.as_str())) {
        let done = completion::mark(commit).is_some_and(|m| m.outcome == Outcome::Done);
        let below = done.then(|| completion::below(commits, commit).ok()).flatten();
        let (kind, next) = match below {
            Some(below) => (Kind::Completion, Some(below.tip)),
            None if is_record(git, commit)? => (Kind::Record, commit.parents.first().cloned()),
            // Evidence that does not say where the branch began: below the first record.
            None if recorded && base.is_none() => break,
            None => (Kind::Other, commit.parents.first().cloned()),
        };
        recorded |= kind == Kind::Record;
        steps.push(Step { at, kind });
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(steps)
}

/// Whether a commit says that it records the queue, and touches nothing else.
fn is_record(git: &Git, commit: &Commit) -> Result<bool, Error> {
    let [parent] = commit.parents.as_slice() else { return Ok(false) };
    if !commit.trailers.iter().any(|(key, _)| key == TRAILER) {
        return Ok(false);
    }
    let ours = |path: &Vec<u8>| in_queue(path);
    let touched = git.diff(parent, &commit.oid)?;
    Ok(touched.iter().all(|c| ours(&c.path) && c.old_path.as_ref().is_none_or(ours)))
}

/// The commit that the branch grew from, if all below the completion leads there.
fn begun(
    git: &Git,
    commits: &Commits,
    steps: &[Step],
    (question, completion): (&Question<'_>, &Commit),
    out: &mut Audit,
) -> Result<Option<Oid>, Error> {
    let last = steps.last().map_or(completion, |step| &commits[&step.at]);
    let last = match steps.last().map(|s| &s.kind) {
        Some(Kind::Completion) => completion::below(commits, last).ok().map(|b| b.tip),
        _ => last.parents.first().cloned(),
    };
    let named = out.evidence.base.clone();
    let reached = last.filter(|oid| named.as_deref().is_none_or(|name| name == oid.as_str()));
    let recorded = steps.iter().any(|step| step.kind == Kind::Record);
    let Some(base) = reached.filter(|_| recorded) else {
        let what = match named {
            Some(base) => {
                format!("the branch does not lead from a recorded queue down to {base:?}")
            }
            None => "no recorded queue is below it".to_owned(),
        };
        if git.is_cut() {
            out.unseen.push(format!("{what}; this clone is cut (shallow or partial)"));
        } else {
            out.faults.push(Fault::new("base.elsewhere", what));
        }
        return Ok(None);
    };
    foreign(git, question, completion, &base, out)?;
    for step in steps.iter().filter(|step| step.kind == Kind::Other) {
        out.notes.push(format!("{} on the branch was made by hand", step.at));
    }
    Ok(Some(base))
}

/// Whoever stands beside the branch knows what it grew from: it is a commit of theirs. Who stands on it knows nothing
/// that the branch did not say, and asks the default branches of the remotes.
fn foreign(
    git: &Git,
    question: &Question<'_>,
    completion: &Commit,
    base: &Oid,
    out: &mut Audit,
) -> Result<(), Error> {
    let beside = match git.resolve("HEAD")? {
        Some(head) if git.is_ancestor(&completion.oid, &head)? => None,
        head => head,
    };
    let (who, known): (_, Vec<Oid>) = match beside {
        Some(head) => ("HEAD", vec![head]),
        None => {
            let remotes = git.refs("refs/remotes/")?.into_iter();
            let heads = remotes.filter(|(name, _)| name.ends_with("/HEAD"));
            ("the default branch of the remote", heads.map(|(_, oid)| oid).collect())
        }
    };
    for head in &known {
        if git.is_ancestor(base, head)? {
            return Ok(());
        }
    }
    if !known.is_empty() {
        let what = format!("the branch says that it grew from {base}, which {who} does not have");
        out.faults.push(Fault::new("base.foreign", what));
    } else if question.base.is_none() {
        out.unseen.push(format!(
            "HEAD has the completion already, so the branch alone says that it grew from {base}: name the base with --base"
        ));
    }
    Ok(())
}

/// The record that wrote the task's definition; `None` when the base has it already.
fn definition(
    git: &Git,
    files: &dyn Files,
    found: &Found,
    commits: &Commits,
    below: &Below,
    steps: &[Step],
    out: &mut Audit,
) -> Result<Option<Oid>, Error> {
    let path = format!("{QUEUE}/pending/{}.md", found.id);
    let mut specs: Vec<String> = steps.iter().map(|s| format!("{}:{path}", s.at)).collect();
    specs.push(format!("{}:{path}", below.verified));
    specs.extend(out.base_below(commits, steps).map(|oid| format!("{oid}:{path}")));
    let mut blobs = git.cat(&specs)?;
    let rest = blobs.split_off(steps.len());
    let (recorded, base) = (rest[0].clone(), rest.get(1).cloned().flatten());
    let Some(recorded) = recorded else {
        if !lacks(git, &below.verified, &path, out)? {
            out.faults.push(Fault::new("definition.missing", format!("{path} was not below it")));
        }
        return Ok(None);
    };
    if !files.completes(&found.path, &recorded, &found.bytes) {
        let what = format!("{} is not the recorded {path} with evidence", found.path);
        out.faults.push(Fault::new("completed.changed", what));
    }
    // From the tip down: the step after which it is another file, or none, wrote it.
    for (n, step) in steps.iter().enumerate() {
        let before = blobs.get(n + 1).map_or(&base, |blob| blob);
        if before.as_ref() == Some(&recorded) {
            continue;
        }
        let parent =
            steps.get(n + 1).map(|s| s.at.clone()).or_else(|| out.base_below(commits, steps));
        if let (None, Some(parent)) = (before, parent)
            && lacks(git, &parent, &path, out)?
        {
            return Ok(None);
        }
        if step.kind != Kind::Record {
            let what = format!("{} changed {path}, and is no record of the queue", step.at);
            out.faults.push(Fault::new("definition.changed", what));
            return Ok(None);
        }
        return Ok(Some(step.at.clone()));
    }
    Ok(None)
}

/// An earlier completion of the same task must have an older epoch.
fn earlier(commits: &Commits, steps: &[Step], id: &str, out: &mut Audit) {
    let marks = steps.iter().filter_map(|step| completion::mark(&commits[&step.at]));
    let same = marks.filter(|m| m.outcome == Outcome::Done && m.id == id);
    for mark in same.filter(|m| m.epoch >= out.evidence.epoch) {
        let what =
            format!("epoch {} was completed before epoch {}", mark.epoch, out.evidence.epoch);
        out.faults.push(Fault::new("evidence.epoch-order", what));
    }
}

/// The commands that count: those of the anchor, and of the task's record where the anchor does not know the task.
fn commands(
    git: &Git,
    files: &dyn Files,
    question: &Question<'_>,
    (found, below): (&Found, &Below),
    anchor: &Oid,
    out: &mut Audit,
) -> Result<(), Error> {
    let pending = format!("{QUEUE}/pending/{}.md", found.id);
    let specs = [
        format!("{anchor}:{pending}"),
        format!("{}:{pending}", below.verified),
        format!("{anchor}:{CONFIG}"),
    ];
    let mut blobs = git.cat(&specs)?.into_iter();
    let (here, recorded, config) =
        (blobs.next().flatten(), blobs.next().flatten(), blobs.next().flatten());
    let listed = [
        (here.is_none(), anchor, &pending[..]),
        (recorded.is_none(), &below.verified, &pending),
        (config.is_none() && question.config.is_none(), anchor, CONFIG),
    ];
    for (_, at, path) in listed.into_iter().filter(|(absent, ..)| *absent) {
        if lacks(git, at, path, out)? {
            return Ok(());
        }
    }
    let (task, from) = match here {
        Some(bytes) => (bytes, format!("{pending} in {}", anchor.short(12))),
        None => (recorded.unwrap_or_default(), format!("{pending} as it was recorded")),
    };
    match files.commands(&pending, &task) {
        Ok(lines) => out.commands.extend(lines.into_iter().map(|line| (line, from.clone()))),
        Err(why) => out.faults.push(Fault::new("definition.unreadable", why)),
    }
    let own = out.commands.len();
    let (name, bytes) = match (question.config, config) {
        (Some((name, bytes)), _) => (name.to_owned(), Some(bytes.to_vec())),
        (None, bytes) => (format!("{CONFIG} in {}", anchor.short(12)), bytes),
    };
    let absent = bytes.is_none();
    out.config = bytes.unwrap_or_default();
    match files.always(&name, &out.config) {
        Ok(lines) => out.commands.extend(lines.into_iter().map(|line| (line, name.clone()))),
        Err(why) => out.faults.push(Fault::new("config.unreadable", why)),
    }
    if absent && out.evidence.checks.len() > own {
        out.unseen.push(format!(
            "{} has no {CONFIG}, and more ran than the task asks for: give the configuration with --config",
            anchor.short(12)
        ));
        return Ok(());
    }
    let lines: Vec<String> = out.commands.iter().map(|(line, _)| line.clone()).collect();
    let mut faults = out.evidence.faults(&lines);
    if question.base.is_none() && question.config.is_none() {
        for fault in faults.iter_mut().filter(|f| f.rule.starts_with("evidence.command-")) {
            fault.message.push_str(" (where the run had other files on purpose: --base, --config)");
        }
    }
    out.faults.extend(faults);
    Ok(())
}

/// Whether a commit lists a file whose content is not here; that is told, for it is not the same as no file.
fn lacks(git: &Git, commit: &Oid, path: &str, out: &mut Audit) -> Result<bool, Error> {
    let listed = git.ls_tree(commit, path)?.iter().any(|entry| entry.path == path.as_bytes());
    if listed {
        out.lacking(&format!("{path} of {}", commit.short(12)));
    }
    Ok(listed)
}

impl Audit {
    /// The commit right below the lowest step.
    fn base_below(&self, commits: &Commits, steps: &[Step]) -> Option<Oid> {
        let last = commits.get(&steps.last()?.at)?;
        match completion::below(commits, last)
            .ok()
            .filter(|_| steps.last().is_some_and(|s| s.kind == Kind::Completion))
        {
            Some(below) => Some(below.tip),
            None => last.parents.first().cloned(),
        }
    }
}
