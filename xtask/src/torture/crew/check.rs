//! What must be true of a repository after its agents were killed, or its power was cut.

use super::{Crew, Lease, Promised};
use crate::sh::Result;
use serde_json::Value;
use std::path::Path;

/// What a check found.
#[derive(Debug, Default)]
pub(in crate::torture) struct Found {
    /// Leftovers that the next start removed, as it shall.
    pub(in crate::torture) cleaned: u64,
    /// Leases that are void, as they may be after the power was cut.
    pub(in crate::torture) void: u64,
    /// Completions that were carried out, though nobody was told any more.
    pub(in crate::torture) unheard: u64,
    /// Each begins with `torn:`, `lost:`, `leftover:` or `accepted:`.
    pub(in crate::torture) problems: Vec<String>,
}

impl Crew {
    /// Checks after kills: everything that was promised holds.
    pub(in crate::torture) fn check(&self) -> Result<Found> {
        let promised = self.promised();
        let mut found = self.sound(&promised)?;
        for (token, lease) in &promised.held {
            let (code, data) = self.ask(&["beat", token])?;
            if code != Some(0) || data["lease"]["epoch"].as_u64() != Some(lease.epoch) {
                found.problems.push(format!("lost: {token} is not held: exit {code:?}"));
            }
        }
        Ok(found)
    }

    /// Checks after a power cut what was promised before it: definitions and completions hold;
    /// no lease does, and whoever still has one is refused.
    pub(in crate::torture) fn check_after_cut(&self, promised: &Promised) -> Result<Found> {
        let mut found = self.sound(promised)?;
        // First those that nobody had begun to end: only the cut has made them void.
        let ended = promised.tokens.keys().filter(|token| !promised.held.contains_key(*token));
        for token in promised.held.keys().chain(ended).take(TOKENS) {
            for args in [["beat", token], ["done", token], ["release", token]] {
                let (code, _) = self.ask(&args)?;
                match code {
                    Some(4) => found.void += u64::from(promised.held.contains_key(token)),
                    _ => found.problems.push(format!("accepted: {args:?}: exit {code:?}")),
                }
            }
        }
        // The tasks whose leases are void are handed out again, under epochs that nobody had.
        for (token, Lease { task, epoch: held }) in &promised.held {
            let (code, data) = self.ask(&["claim", task])?;
            let epoch = data["lease"]["epoch"].as_u64().unwrap_or(0);
            let highest = promised.epochs.get(task).copied().unwrap_or(0);
            // Its holder may have said that it is done after the promises were noted, unheard.
            let reason = &data["reasons"][0];
            let done = reason["reason"] == "done" && reason["epoch"].as_u64() == Some(*held);
            if code == Some(1) && done && !self.lock().held.contains_key(token) {
                found.unheard += 1;
            } else if code != Some(0) {
                found
                    .problems
                    .push(format!("lost: {task} cannot be claimed: exit {code:?} {data}"));
            } else if epoch <= highest {
                let what = format!("accepted: {task} has epoch {epoch} again, after {highest}");
                found.problems.push(what);
            }
        }
        Ok(found)
    }

    /// What holds after anything: whole definitions, completions, a sound database, no leftovers.
    fn sound(&self, promised: &Promised) -> Result<Found> {
        let mut found = Found::default();
        found.problems.extend(promised.broken.iter().map(|what| format!("accepted: {what}")));
        found.cleaned = self.doctor(&mut found.problems)?;
        if self.doctor(&mut found.problems)? > 0 {
            found.problems.push("leftover: doctor found some again".to_owned());
        }
        let pending = self.dir.join("docs/TASKS/queue/pending");
        for id in &promised.defined {
            let text = std::fs::read_to_string(pending.join(format!("{id}.md")));
            let text = text.unwrap_or_default();
            let whole = text.ends_with(if id.starts_with("lf-") { "\n" } else { "the end\n" });
            if !whole {
                found.problems.push(format!("lost: the definition of {id}: {text:?}"));
            }
        }
        let (code, data) = self.ask(&["ready", "--limit", "100000"])?;
        if !matches!(code, Some(0 | 1)) {
            found.problems.push(format!("lost: ready: exit {code:?}"));
        }
        for task in data["tasks"].as_array().into_iter().flatten() {
            let id = task["id"].as_str().unwrap_or_default();
            if promised.done.contains(id) {
                found.problems.push(format!("lost: {id} was done, and is handed out again"));
            }
        }
        // That it is not listed may have other reasons; asked for by its name, each says why.
        for id in &promised.done {
            let (code, data) = self.ask(&["claim", id])?;
            let mut reasons = data["reasons"].as_array().into_iter().flatten();
            if code != Some(1) || !reasons.any(|reason| reason["reason"] == "done") {
                let what = format!("lost: {id} was done, and is not: exit {code:?} {data}");
                found.problems.push(what);
            }
        }
        self.strangers(&mut found.problems);
        Ok(found)
    }

    /// Lets doctor look at everything, and counts the leftovers that it removed.
    fn doctor(&self, problems: &mut Vec<String>) -> Result<u64> {
        let output = self.command(&["doctor"]).output()?;
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let mut cleaned = 0;
        let error = String::from_utf8_lossy(&output.stderr);
        // A warning means that the database had to be set aside, or a view not written.
        if !matches!(output.status.code(), Some(0 | 1)) || !error.is_empty() {
            problems.push(format!("torn: doctor: {}: {report} {error}", output.status));
        }
        for finding in report["findings"].as_array().into_iter().flatten() {
            match finding["rule"].as_str() {
                Some("queue.leftover") => cleaned += 1,
                // Nothing may have been defined yet; what was is looked for one by one.
                Some("queue.lease-over" | "queue.none") => {}
                _ => problems.push(format!("torn: doctor: {finding}")),
            }
        }
        Ok(cleaned)
    }

    /// Files that nobody should have left.
    fn strangers(&self, problems: &mut Vec<String>) {
        let queue = self.dir.join("docs/TASKS/queue");
        let state = self.dir.join(".git/leadforge");
        let task = |name: &str| name.ends_with(".md");
        let view = |name: &str| name.ends_with(".md") || name == ".gitignore";
        let ours = |name: &str| {
            name.starts_with("queue.") && !name.contains("corrupt") && !name.contains("journal")
                || matches!(name, "git" | "git.lock")
        };
        let mut look = |dir: &Path, known: &dyn Fn(&str) -> bool| {
            for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if !known(&name) {
                    problems.push(format!("leftover: {}", entry.path().display()));
                }
            }
        };
        look(&queue.join("pending"), &task);
        look(&queue.join("in-progress"), &view);
        look(&state, &ours);
    }

    fn ask(&self, args: &[&str]) -> Result<(Option<i32>, Value)> {
        let output = self.command(args).output()?;
        let report = serde_json::from_slice::<Value>(&output.stdout).unwrap_or_default();
        Ok((output.status.code(), report["data"].clone()))
    }
}

/// So many tokens are tried after a power cut.
const TOKENS: usize = 6;
