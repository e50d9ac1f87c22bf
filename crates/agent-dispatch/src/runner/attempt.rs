//! One attempt: lease, worktree, agent, work commit, verification.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use leadforge_host_git::{NewCommit, NewWorktree, Oid, RefUpdate, Signature, Worktree};

use crate::agent::{self, Fill, SHELL};
use crate::config::{Best, PromptVia};
use crate::error::Error;
use crate::event::What;
use crate::job::{Claimed, Ending, Grant, Job};
use crate::machine::Attempted;
use crate::recovery::{BY_HAND, Found};
use crate::sandbox::Reason;

use super::cell::{Cell, word};
use super::shared::Shared;
use super::trailer::{Mark, Outcome, one_line};
use super::verify::{self, Subject};
use super::work::Seen;
use super::{Setup, names, prepare, scratch};

/// One attempt that the machine asked for.
pub(crate) struct Attempt<'a> {
    pub(crate) job: &'a Job,
    pub(crate) round: u8,
    pub(crate) slot: u8,
    pub(crate) base: Oid,
    pub(crate) before: Option<String>,
    pub(crate) lane: usize,
    /// Ids that may be running beside this one.
    pub(crate) beside: Vec<String>,
    /// The branch of somebody who claimed the task by hand and said that it is done.
    pub(crate) by_hand: Option<Oid>,
}

/// A finished attempt, as the landing gate needs it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) grant: Grant,
    pub(crate) mark: Mark,
    pub(crate) work: Oid,
    pub(crate) tree: Oid,
    pub(crate) added: u64,
    pub(crate) removed: u64,
}

impl Attempt<'_> {
    /// Work by hand as it is now: between the look at the branches and the news that it is done
    /// there was time for another commit, and the last one was that news' subject.
    pub(crate) fn up_to_date(mut self, setup: &Setup<'_>) -> Result<Self, Error> {
        if self.by_hand.is_some() {
            let name = names::branch_ref(&self.job.id, self.job.done_by_hand);
            self.by_hand = setup.git.resolve(&name)?.or(self.by_hand);
        }
        Ok(self)
    }

    /// Runs the attempt to its end. An error ends the run; a failed attempt is a result.
    pub(crate) fn run(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        found: Option<&Found>,
    ) -> Result<(Attempted, Option<Candidate>), Error> {
        if let Some(reason) = found.and_then(|found| found.mark.outcome.failure()) {
            return Ok((Attempted::Failed { reason: reason.to_owned() }, None));
        }
        let name = match self.agent_name(setup) {
            Ok(name) => name,
            Err(reason) => return Ok((Attempted::Held { reason }, None)),
        };
        let base = self.start(setup)?;
        let floor = names::floor(setup.git, &self.job.id)?;
        // Who did it by hand was asked at the claim by hand; this one is for the gate.
        let claimer = if self.by_hand.is_some() { "" } else { name.as_str() };
        let claimed = shared.board().claim(&self.job.id, self.slot, claimer, floor)?;
        let grant = match claimed {
            Claimed::Granted(grant) => grant,
            Claimed::Refused(reason) => return Ok((Attempted::Held { reason }, None)),
        };
        shared.hold(grant.clone());
        let mark = Mark {
            id: self.job.id.clone(),
            epoch: grant.epoch,
            round: self.round,
            slot: self.slot,
            agent: name,
            run: setup.branch.clone(),
            base: base.to_string(),
            started_ms: found.map_or_else(|| (setup.clock)(), |f| f.mark.started_ms),
            outcome: Outcome::Candidate,
            work: None,
        };
        shared.record(What::AttemptStarted {
            id: self.job.id.clone(),
            round: self.round,
            slot: self.slot,
            epoch: grant.epoch,
            agent: mark.agent.clone(),
            branch: names::branch(&self.job.id, grant.epoch),
            base: mark.base.clone(),
            lane: self.lane,
            adopted: found.is_some() || self.by_hand.is_some(),
        })?;
        let taken = match (found, &self.by_hand) {
            (Some(found), _) => self.adopt(setup, shared, &mark, found)?,
            (None, Some(tip)) => self.take_by_hand(setup, shared, &mark, tip)?,
            (None, None) => self.work(setup, shared, &grant, &mark)?,
        };
        let result = match taken {
            Taken::Failed(reason) => (Attempted::Failed { reason }, None),
            Taken::Moved(reason) => (Attempted::Held { reason }, None),
            Taken::Work { commit, tree } => {
                self.judge(setup, shared, &grant, mark, commit, tree)?
            }
        };
        if result.1.is_none() {
            shared.end(&grant, &Ending::Released)?;
        }
        self.report(shared, &grant, &result.0)?;
        Ok(result)
    }

    fn agent_name(&self, setup: &Setup<'_>) -> Result<String, String> {
        if self.by_hand.is_some() {
            return Ok(BY_HAND.to_owned());
        }
        agent::choose(self.job, self.slot, setup.agents, setup.config.run.agent.as_deref())
    }

    /// Where the work begins: for work by hand, where its branch left what the run stands on.
    fn start(&self, setup: &Setup<'_>) -> Result<Oid, Error> {
        let Some(tip) = &self.by_hand else { return Ok(self.base.clone()) };
        Ok(setup.git.merge_base(tip, &self.base)?.unwrap_or_else(|| self.base.clone()))
    }

    fn work(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        grant: &Grant,
        mark: &Mark,
    ) -> Result<Taken, Error> {
        let place = scratch::make(&setup.scratch().join(format!("{}.{}", grant.id, grant.epoch)))?;
        let worktree = setup.git.worktree_add(&NewWorktree {
            path: place.join("tree"),
            branch: Some(names::branch(&grant.id, grant.epoch)),
            at: self.base.clone(),
        })?;
        let ended = self.agent(setup, shared, grant, mark, &place, &worktree)?;
        let seen = setup.git.snapshot(&worktree)?;
        let base = Some(self.base.clone());
        let mut taken = self.take(
            setup,
            shared,
            mark,
            Seen { snapshot: seen, failed: ended, on: &self.base, base, instead_of: None },
        )?;
        let label = format!("{}/{}", grant.id, grant.epoch);
        let saved = setup.git.worktree_remove(&worktree, &label)?;
        if let (Taken::Moved(reason), Some(_)) = (&mut taken, saved) {
            reason
                .push_str(&format!("; the agent's work is kept as refs/leadforge/rescue/{label}"));
        }
        scratch::remove(&place)?;
        Ok(taken)
    }

    /// Runs the agent; `Some` says why it failed.
    fn agent(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        grant: &Grant,
        mark: &Mark,
        place: &Path,
        worktree: &Worktree,
    ) -> Result<Option<String>, Error> {
        let tree = &worktree.path;
        let git = place.join("git");
        let index = worktree.git_dir.join("index");
        setup.private_git(&git, tree, &self.base, &mark.id, Some(index))?;
        let caches = prepare::ready(setup, shared, &setup.git.tree_of(&self.base)?)?;
        let file = place.join("task.md");
        let text = agent::prompt(self.job, &setup.checks(self.job), self.before.as_deref());
        scratch::write(&file, text.as_bytes())?;
        let logs = scratch::make(&setup.folder().join("logs"))?;
        let log = logs.join(format!("{}.{}.agent.log", grant.id, grant.epoch));
        let call = self.call(setup, mark, tree, &file, &text);
        let (argv, stdin, mut env, mut read, hosts) = match call {
            Ok(call) => call,
            Err(reason) => return Ok(Some(reason)),
        };
        if let Some(reason) = agent::unfit(&argv) {
            return Ok(Some(format!("the agent cannot be started: {reason}")));
        }
        env.extend(verify::env(&grant.id, &caches));
        env.insert("LEADFORGE_TASK_FILE".into(), file.to_string_lossy().into_owned());
        env.insert("LEADFORGE_SLOT".into(), self.slot.to_string());
        env.insert("LEADFORGE_ROUND".into(), self.round.to_string());
        read.extend(caches);
        read.push(file);
        let outcome = Cell {
            argv,
            tree,
            git: Some(&git),
            scratch: place,
            log: &log,
            stdin,
            env,
            read,
            write: Vec::new(),
            hosts,
            wall: Duration::from_secs(setup.config.sandbox.agent_seconds),
        }
        .run(setup)?;
        let tail = scratch::tail(&log, 4_096);
        shared.record(What::AgentEnded {
            id: grant.id.clone(),
            epoch: grant.epoch,
            exit: outcome.exit,
            ended: word(outcome.reason).to_owned(),
            wall_ms: outcome.wall_ms,
            cpu_ms: outcome.cpu_ms,
            max_rss: outcome.peak_memory_bytes,
            output_bytes: outcome.output_bytes,
            log_sha256: outcome.log_sha256.clone(),
            log_tail: tail.clone(),
            survivors: outcome.stragglers + outcome.survivors,
        })?;
        Ok(match (outcome.reason, outcome.exit) {
            (Reason::Exited, Some(0)) => None,
            (Reason::Exited, Some(code)) => {
                Some(format!("the agent failed (exit {code})\n{}", tail.trim_end()))
            }
            (reason, _) => {
                Some(format!("the agent was ended: {}\n{}", word(reason), tail.trim_end()))
            }
        })
    }

    /// The parts of the agent's call; the error says in words what of it is not there.
    #[expect(clippy::type_complexity, reason = "five parts of one call, used once, right above")]
    fn call(
        &self,
        setup: &Setup<'_>,
        mark: &Mark,
        tree: &Path,
        file: &Path,
        text: &str,
    ) -> Result<
        (Vec<String>, Option<PathBuf>, BTreeMap<String, String>, Vec<PathBuf>, Vec<String>),
        String,
    > {
        let hosts = self.job.hosts.clone();
        let Some(agent) = setup.agents.get(&mark.agent).filter(|_| mark.agent != SHELL) else {
            let run = self.job.run.clone().unwrap_or_default();
            return Ok((verify::shell(&run), None, BTreeMap::new(), Vec::new(), hosts));
        };
        let argv = agent.argv(Fill {
            prompt: text,
            prompt_file: &file.to_string_lossy(),
            tree: &tree.to_string_lossy(),
            id: &self.job.id,
        });
        let env = agent
            .env
            .iter()
            .filter_map(|name| Some((name.clone(), setup.host.vars.get(name)?.clone())))
            .collect();
        let read = agent.readable(setup.host.home.as_deref())?;
        let stdin = (agent.prompt == PromptVia::Stdin).then(|| file.to_owned());
        // A task's own hosts are for its `run`; an agent reaches its preset's hosts and no others.
        Ok((argv, stdin, env, read, agent.hosts.clone()))
    }

    fn judge(
        &self,
        setup: &Setup<'_>,
        shared: &Shared<'_>,
        grant: &Grant,
        mark: Mark,
        commit: Oid,
        tree: Oid,
    ) -> Result<(Attempted, Option<Candidate>), Error> {
        let subject = Subject {
            id: &grant.id,
            epoch: grant.epoch,
            commit: &commit,
            tree: &tree,
            landing: false,
        };
        let verdict = verify::verify(setup, shared, &subject, &setup.checks(self.job))?;
        if let Some(reason) = verdict.red() {
            let failed = fail(setup, &mark, &commit, &tree, &reason, &self.job.title);
            let result = match failed {
                Ok(()) => Attempted::Failed { reason },
                Err(error) => Attempted::Held { reason: moved(&mark, error)? },
            };
            return Ok((result, None));
        }
        let base = mark.base.parse().expect("a mark's base is an id that git gave");
        let files = setup.git.diff(&setup.git.tree_of(&base)?, &tree)?;
        let added: u64 = files.iter().filter_map(|f| f.added).sum();
        let removed: u64 = files.iter().filter_map(|f| f.removed).sum();
        let score = match setup.config.run.best {
            Best::SmallestDiff => added + removed,
            Best::FewestFiles => ((files.len() as u64) << 32).saturating_add(added + removed),
            Best::FirstSlot => 0,
        };
        let candidate =
            Candidate { grant: grant.clone(), mark, work: commit, tree, added, removed };
        Ok((Attempted::Verified { score }, Some(candidate)))
    }

    pub(crate) fn commit(
        &self,
        setup: &Setup<'_>,
        tree: &Oid,
        on: &Oid,
        mark: &Mark,
    ) -> Result<Oid, Error> {
        let message = mark.message(&self.job.title);
        // Work by hand has its author in the commits below.
        let author = (mark.agent != BY_HAND).then_some(mark.agent.as_str());
        setup.commit(tree, std::slice::from_ref(on), &message, author)
    }

    fn report(&self, shared: &Shared<'_>, grant: &Grant, result: &Attempted) -> Result<(), Error> {
        let (verified, score, reason) = match result {
            Attempted::Verified { score } => (true, Some(*score), None),
            Attempted::Failed { reason } | Attempted::Held { reason } => {
                (false, None, Some(reason.clone()))
            }
        };
        shared.record(What::AttemptEnded {
            id: grant.id.clone(),
            epoch: grant.epoch,
            verified,
            score,
            reason,
        })
    }
}

/// What became of the work: a commit to verify, a failure that is on its branch, or neither, for the branch is
/// somebody's by now.
pub(crate) enum Taken {
    Failed(String),
    Moved(String),
    Work { commit: Oid, tree: Oid },
}

/// An outcome on top of an attempt's branch, on the same tree, so that it outlives every database.
pub(crate) fn mark_branch(
    setup: &Setup<'_>,
    mark: &Mark,
    work: &Oid,
    tree: &Oid,
    outcome: Outcome,
    subject: &str,
) -> Result<RefUpdate, Error> {
    let mark = Mark { outcome, work: Some(work.to_string()), ..mark.clone() };
    let commit = setup.commit(tree, std::slice::from_ref(work), &mark.message(subject), None)?;
    Ok(names::update(names::branch_ref(&mark.id, mark.epoch), commit, work.clone()))
}

/// Why an attempt is left alone whose branch is not where it was put; any other error stays one.
pub(crate) fn moved(mark: &Mark, error: Error) -> Result<String, Error> {
    match error {
        Error::Git(leadforge_host_git::Error::RefMoved { line }) => {
            let branch = names::branch(&mark.id, mark.epoch);
            Ok(format!("somebody works on its branch {branch}: {line}"))
        }
        other => Err(other),
    }
}

/// Marks an attempt as failed.
pub(crate) fn fail(
    setup: &Setup<'_>,
    mark: &Mark,
    work: &Oid,
    tree: &Oid,
    reason: &str,
    title: &str,
) -> Result<(), Error> {
    let subject = format!("Failed: {}", one_line(title));
    let outcome = Outcome::Failed(reason.to_owned());
    setup.git.update_refs(&[mark_branch(setup, mark, work, tree, outcome, &subject)?])?;
    Ok(())
}

impl Setup<'_> {
    /// Makes a commit; `agent` is named as its author, the user as its committer.
    pub(crate) fn commit(
        &self,
        tree: &Oid,
        parents: &[Oid],
        message: &str,
        agent: Option<&str>,
    ) -> Result<Oid, Error> {
        let seconds = i64::try_from((self.clock)() / 1_000).expect("milliseconds / 1000 fit");
        let sign = |name: &str, email: &str| Signature {
            name: name.to_owned(),
            email: email.to_owned(),
            seconds,
            offset: 0,
        };
        let (name, email) = &self.user;
        let committer = sign(name, email);
        let author = match agent {
            Some(agent) => {
                // `.invalid` is reserved: the address can never be somebody's.
                sign(&format!("{agent} (agent)"), &format!("{agent}@agents.leadforge.invalid"))
            }
            None => committer.clone(),
        };
        Ok(self.git.commit_tree(&NewCommit {
            tree: tree.clone(),
            parents: parents.to_vec(),
            message: message.to_owned(),
            author,
            committer,
        })?)
    }
}
