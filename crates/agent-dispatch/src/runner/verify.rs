//! Verification: the recorded commands, in a clean checkout of one commit, in the sandbox.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use leadforge_host_git::Oid;

use crate::error::Error;
use crate::event::What;
use crate::evidence::{Check, sha256_hex};
use crate::sandbox::Outcome;

use super::cell::{Cell, word};
use super::{Setup, expect, prepare, scratch, shared::Shared};

/// How much of a log the journal and the dossier carry.
const TAIL: u64 = 4_096;

/// What is verified, and for whom.
pub(crate) struct Subject<'a> {
    pub(crate) id: &'a str,
    pub(crate) epoch: u64,
    pub(crate) commit: &'a Oid,
    pub(crate) tree: &'a Oid,
    /// True for the merged tree at the gate.
    pub(crate) landing: bool,
}

/// The checks that ran: all of them, or up to the first red one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) checks: Vec<Check>,
    /// Taken from an earlier verification of the same tree by the same commands.
    pub(crate) reused: bool,
    /// Why no check could be run at all.
    pub(crate) unprepared: Option<String>,
}

impl Verdict {
    /// Why it is red, if it is. No check at all is red: nothing proves the change.
    pub(crate) fn red(&self) -> Option<String> {
        if let Some(reason) = &self.unprepared {
            return Some(format!("verification could not be prepared: {reason}"));
        }
        if self.checks.is_empty() {
            return Some("no verification command ran, so nothing proves the change".to_owned());
        }
        let bad = self.checks.iter().find(|c| !c.passed())?;
        let how = match bad.exit {
            Some(code) if bad.ended == "exited" => format!("exit {code}"),
            _ => bad.ended.clone(),
        };
        Some(format!("verification red: `{}` ({how})\n{}", bad.command, bad.log_tail.trim_end()))
    }
}

/// Runs the commands on the subject's tree, or answers from this run's earlier verification of the very same.
pub(crate) fn verify(
    setup: &Setup<'_>,
    shared: &Shared<'_>,
    subject: &Subject<'_>,
    commands: &[String],
) -> Result<Verdict, Error> {
    let key = (subject.tree.to_string(), sha256_hex(commands.join("\0").as_bytes()));
    if let Some(checks) = shared.verified(&key) {
        return Ok(Verdict { checks, reused: true, unprepared: None });
    }
    let stage = if subject.landing { "landing" } else { "attempt" };
    let place = scratch::make(
        &setup.scratch().join(format!("{}.{}.{stage}-check", subject.id, subject.epoch)),
    )?;
    let result = run_all(setup, shared, subject, commands, &place, stage);
    scratch::remove(&place)?;
    let verdict = result?;
    if verdict.red().is_none() {
        shared.remember(key, verdict.checks.clone());
    }
    Ok(verdict)
}

fn run_all(
    setup: &Setup<'_>,
    shared: &Shared<'_>,
    subject: &Subject<'_>,
    commands: &[String],
    place: &Path,
    stage: &str,
) -> Result<Verdict, Error> {
    let caches = match prepare::ready(setup, shared, subject.tree) {
        Ok(caches) => caches,
        // Lock files that cannot be prepared are the change's fault, not the run's.
        Err(error @ (Error::NoLock { .. } | Error::Prepare { .. })) => {
            return Ok(Verdict { unprepared: Some(error.to_string()), ..Verdict::default() });
        }
        Err(error) => return Err(error),
    };
    let mut checks = Vec::new();
    for (n, command) in commands.iter().enumerate() {
        let log = log_path(setup, subject, stage, n)?;
        let bench = Bench {
            id: subject.id,
            commit: subject.commit,
            tree: subject.tree,
            caches: &caches,
            place,
        };
        let check = bench.check(setup, n, command, &log)?;
        shared.record(What::Checked {
            id: subject.id.to_owned(),
            epoch: subject.epoch,
            tree: subject.tree.to_string(),
            landing: subject.landing,
            check: check.clone(),
        })?;
        let red = !check.passed();
        checks.push(check);
        if red {
            break;
        }
    }
    Ok(Verdict { checks, ..Verdict::default() })
}

/// Where the checks of one tree run.
pub(crate) struct Bench<'a> {
    pub(crate) id: &'a str,
    pub(crate) commit: &'a Oid,
    pub(crate) tree: &'a Oid,
    pub(crate) caches: &'a [PathBuf],
    pub(crate) place: &'a Path,
}

impl Bench<'_> {
    /// Runs the `n`th command in a checkout of its own: what one check runs, the agent's code included, must not
    /// prepare the next one's.
    pub(crate) fn check(
        &self,
        setup: &Setup<'_>,
        n: usize,
        command: &str,
        log: &Path,
    ) -> Result<Check, Error> {
        let tree = self.place.join(format!("tree-{n}"));
        let git = self.place.join(format!("git-{n}"));
        setup.git.export(self.tree, &tree)?;
        setup.private_git(&git, &tree, self.commit, self.id, None)?;
        let outcome = Cell {
            argv: shell(command),
            tree: &tree,
            git: Some(&git),
            scratch: self.place,
            log,
            stdin: None,
            env: env(self.id, self.caches),
            read: self.caches.to_vec(),
            write: Vec::new(),
            hosts: Vec::new(),
            wall: Duration::from_secs(setup.config.sandbox.check_seconds),
        }
        .run(setup)?;
        scratch::remove(&tree)?;
        scratch::remove(&git)?;
        let mut check = check(command, &outcome, scratch::tail(log, TAIL));
        if check.passed()
            && let Some(why) = expect::broken(&setup.config.verify.expect, command, log)?
        {
            check.ended = "output-refused".to_owned();
            check.log_tail.push_str(&format!("\n{why}\n"));
        }
        Ok(check)
    }
}

/// A command line as an argument vector: the one place where a shell is asked for.
pub(crate) fn shell(command: &str) -> Vec<String> {
    vec!["/bin/sh".to_owned(), "-c".to_owned(), command.to_owned()]
}

/// The variables that every command of a task gets.
pub(crate) fn env(id: &str, caches: &[PathBuf]) -> BTreeMap<String, String> {
    let mut env = BTreeMap::from([("LEADFORGE_TASK".to_owned(), id.to_owned())]);
    if let Some(first) = caches.first() {
        let all: Vec<String> = caches.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        env.insert("LEADFORGE_CACHE".to_owned(), first.to_string_lossy().into_owned());
        env.insert("LEADFORGE_CACHES".to_owned(), all.join(":"));
    }
    env
}

fn log_path(setup: &Setup<'_>, s: &Subject<'_>, stage: &str, n: usize) -> Result<PathBuf, Error> {
    let folder = scratch::make(&setup.folder().join("logs"))?;
    Ok(folder.join(format!("{}.{}.{stage}-{}.log", s.id, s.epoch, n + 1)))
}

/// A command that could not be run, because what it needs could not be prepared.
pub(crate) fn unprepared(command: &str, why: &str) -> Check {
    Check {
        command: command.to_owned(),
        command_sha256: sha256_hex(command.as_bytes()),
        exit: None,
        ended: "not-prepared".to_owned(),
        wall_ms: 0,
        cpu_ms: 0,
        log_sha256: String::new(),
        log_tail: why.to_owned(),
    }
}

fn check(command: &str, outcome: &Outcome, log_tail: String) -> Check {
    Check {
        command: command.to_owned(),
        command_sha256: sha256_hex(command.as_bytes()),
        exit: outcome.exit,
        ended: word(outcome.reason).to_owned(),
        wall_ms: outcome.wall_ms,
        cpu_ms: outcome.cpu_ms,
        log_sha256: outcome.log_sha256.clone(),
        log_tail,
    }
}
