//! Evidence: what the landing gate, and nothing else, writes about a verified tree.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The schema of [`Evidence`]; additive changes only within it.
pub const SCHEMA: &str = "leadforge/evidence/1";

/// One verification command, run on one tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The command line, from the recorded definition or the configuration.
    pub command: String,
    /// SHA-256 of the command line, hexadecimal.
    pub command_sha256: String,
    /// Its exit code; absent when it was ended.
    pub exit: Option<i32>,
    /// How it ended, in one word: `exited`, `timed-out`, `output-limit`, `memory-limit`, `signalled`,
    /// `output-refused` when its output is not what `[[verify.expect]]` says, or `not-prepared` when it could not begin.
    pub ended: String,
    /// Wall time in milliseconds.
    pub wall_ms: u64,
    /// CPU time in milliseconds, all descendants included.
    pub cpu_ms: u64,
    /// SHA-256 of the whole kept log, hexadecimal.
    pub log_sha256: String,
    /// The log's last lines, for people; at most 4 KiB.
    pub log_tail: String,
}

impl Check {
    /// True when the command exited with 0 by itself.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.exit == Some(0) && self.ended == "exited"
    }
}

/// The proof that goes into a completed task file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// [`SCHEMA`].
    pub schema: String,
    /// The task.
    pub id: String,
    /// The lease's epoch.
    pub epoch: u64,
    /// The lease's session.
    pub session: String,
    /// Who did the work.
    pub agent: String,
    /// The verified commit; the completion commit stands on top of it and touches only the queue.
    pub commit: String,
    /// That commit's tree, on which the checks ran.
    pub tree: String,
    /// The user's commit that the integration branch grew from: what anybody checks the commands against.
    #[serde(default)]
    pub base: String,
    /// The sandbox of the checks.
    pub sandbox: String,
    /// When the agent began, Unix milliseconds.
    pub started_ms: u64,
    /// When the last check ended, Unix milliseconds.
    pub ended_ms: u64,
    /// Lines added by the work, as git counts them.
    pub added: u64,
    /// Lines removed by the work.
    pub removed: u64,
    /// The checks, in order.
    pub checks: Vec<Check>,
}

impl Evidence {
    /// What of it a completed file keeps.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let check = |check: &Check| KeptCheck {
            command_sha256: check.command_sha256.clone(),
            exit: if check.passed() { 0 } else { check.exit.filter(|c| *c != 0).unwrap_or(-1) },
            log_sha256: check.log_sha256.clone(),
        };
        Kept {
            epoch: self.epoch,
            session: self.session.clone(),
            agent: self.agent.clone(),
            commit: self.commit.clone(),
            tree: self.tree.clone(),
            base: Some(self.base.clone()),
            started_ms: self.started_ms,
            ended_ms: self.ended_ms,
            checks: self.checks.iter().map(check).collect(),
        }
    }
}

/// Evidence as a completed file keeps it: names and digests that anybody can check again, and no text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The lease's epoch.
    pub epoch: u64,
    /// The lease's session.
    pub session: String,
    /// Who did the work.
    pub agent: String,
    /// The verified commit.
    pub commit: String,
    /// Its tree.
    pub tree: String,
    /// The user's commit that the integration branch grew from; evidence of older runs does not name it.
    pub base: Option<String>,
    /// When the agent began, Unix milliseconds.
    pub started_ms: u64,
    /// When the last check ended, Unix milliseconds.
    pub ended_ms: u64,
    /// The checks, in order.
    pub checks: Vec<KeptCheck>,
}

/// One check of [`Kept`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeptCheck {
    /// SHA-256 of the command line, hexadecimal.
    pub command_sha256: String,
    /// Its exit code.
    pub exit: i32,
    /// SHA-256 of its log, hexadecimal.
    pub log_sha256: String,
}

/// Something about evidence, or about the commit that carries it, that is not as the landing gate makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// A stable dotted name.
    pub rule: &'static str,
    /// One line.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(rule: &'static str, message: impl Into<String>) -> Self {
        Self { rule, message: message.into() }
    }
}

impl Kept {
    /// What is wrong with it as evidence for a change that must pass these commands.
    ///
    /// The one place that says what evidence looks like: the landing gate writes nothing that this faults, and whoever
    /// reads it back believes nothing that it does.
    #[must_use]
    pub fn faults(&self, commands: &[String]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut must = |holds: bool, rule, message: &str| {
            if !holds {
                faults.push(Fault::new(rule, message));
            }
        };
        let epoch = (1..i64::MAX.unsigned_abs()).contains(&self.epoch);
        must(epoch, "evidence.epoch", "its epoch is none that a lease can have");
        let named = !self.session.is_empty() && !self.agent.is_empty();
        must(named, "evidence.names", "it names no session or no agent");
        let long = self.commit.len();
        let ids = [Some(&self.commit), Some(&self.tree), self.base.as_ref()];
        let full = |id: &String| id.len() == long && matches!(long, 40 | 64) && is_hex(id);
        must(
            ids.into_iter().flatten().all(full),
            "evidence.ids",
            "it names no whole commit and tree",
        );
        must(self.started_ms <= self.ended_ms, "evidence.times", "it ended before it began");
        must(
            !self.checks.is_empty(),
            "evidence.no-check",
            "no check ran, so nothing proves the change",
        );
        let logs = self.checks.iter().all(|c| c.log_sha256.len() == 64 && is_hex(&c.log_sha256));
        must(logs, "evidence.logs", "a check has no digest of its log");
        for (at, check) in self.checks.iter().enumerate() {
            if check.exit != 0 {
                let what =
                    format!("check {} ended with {}, and was not passed", at + 1, check.exit);
                must(false, "evidence.exit", &what);
            }
        }
        let wanted: Vec<String> = commands.iter().map(|c| sha256_hex(c.as_bytes())).collect();
        let ran: Vec<&str> = self.checks.iter().map(|c| c.command_sha256.as_str()).collect();
        for (command, digest) in commands.iter().zip(&wanted) {
            if !ran.contains(&digest.as_str()) {
                must(false, "evidence.command-missing", &format!("`{command}` did not run"));
            }
        }
        for (at, digest) in ran.iter().enumerate() {
            if !wanted.iter().any(|w| w == digest) {
                let what = format!("check {} is a command that the base does not have", at + 1);
                must(false, "evidence.command-foreign", &what);
            }
        }
        let same_set = ran.iter().all(|d| wanted.iter().any(|w| w == d))
            && wanted.iter().all(|w| ran.contains(&w.as_str()));
        let in_order = !same_set || ran == wanted.iter().map(String::as_str).collect::<Vec<_>>();
        must(
            in_order,
            "evidence.command-order",
            "the checks are not the commands, each once, in their order",
        );
        faults
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, b| {
        write!(out, "{b:02x}").expect("a String takes every write");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(commands: &[&str]) -> Kept {
        let check = |c: &&str| KeptCheck {
            command_sha256: sha256_hex(c.as_bytes()),
            exit: 0,
            log_sha256: sha256_hex(b""),
        };
        let (commit, tree) = ("a".repeat(40), "b".repeat(40));
        let checks = commands.iter().map(check).collect();
        let (session, agent) = ("s".to_owned(), "shell".to_owned());
        Kept { epoch: 1, session, agent, commit, tree, checks, ..Kept::default() }
    }

    fn rules(kept: &Kept, commands: &[&str]) -> Vec<&'static str> {
        let commands: Vec<String> = commands.iter().map(|c| (*c).to_owned()).collect();
        kept.faults(&commands).into_iter().map(|f| f.rule).collect()
    }

    #[test]
    fn evidence_is_every_command_once_in_order_each_with_exit_0() {
        let good = kept(&["a", "b"]);
        assert_eq!(rules(&good, &["a", "b"]), [""; 0]);
        assert_eq!(rules(&kept(&[]), &[]), ["evidence.no-check"]);
        assert_eq!(rules(&good, &["a", "b", "c"]), ["evidence.command-missing"]);
        assert_eq!(rules(&good, &["a"]), ["evidence.command-foreign"]);
        assert_eq!(rules(&good, &["b", "a"]), ["evidence.command-order"]);
        assert_eq!(rules(&kept(&["a", "a"]), &["a"]), ["evidence.command-order"]);
        let mut red = good;
        red.checks[1].exit = 1;
        assert_eq!(rules(&red, &["a", "b"]), ["evidence.exit"]);
    }

    #[test]
    fn odd_values_are_faults() {
        let change = |with: &dyn Fn(&mut Kept)| {
            let mut kept = kept(&["a"]);
            with(&mut kept);
            rules(&kept, &["a"])
        };
        assert_eq!(change(&|k| k.epoch = 0), ["evidence.epoch"]);
        assert_eq!(change(&|k| k.epoch = u64::MAX), ["evidence.epoch"]);
        assert_eq!(change(&|k| k.commit.truncate(7)), ["evidence.ids"]);
        assert_eq!(change(&|k| k.tree = "HEAD".into()), ["evidence.ids"]);
        assert_eq!(change(&|k| k.base = Some("B".repeat(40))), ["evidence.ids"]);
        assert_eq!(change(&|k| k.session.clear()), ["evidence.names"]);
        assert_eq!(change(&|k| k.started_ms = 1), ["evidence.times"]);
        assert_eq!(change(&|k| k.checks[0].log_sha256.clear()), ["evidence.logs"]);
    }
}
