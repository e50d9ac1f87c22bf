//! What `ready` and `claim` share: who asks, under which rules, and how reasons are told.

use std::io::{self, Write};

use leadforge_agent_dispatch::Quota as Window;
use leadforge_cli_kit::{Context, Failure};
use leadforge_markup::terminal;
use leadforge_task_queue::{
    Branches, ClaimRequest, Error, History, Holder, Lease, Local, Quota, Reason, Task, TaskId,
};

use crate::place::{Place, Rules};

/// The name of an agent that gives none.
pub(crate) const UNNAMED: &str = "unnamed";

/// Everything that a claim is decided by, apart from the queue and the leases.
pub(crate) struct Claimant {
    rules: Rules,
    branches: Branches,
    pub(crate) machine: Local,
    pub(crate) now_ms: u64,
}

impl Claimant {
    pub(crate) fn new(place: &Place, ctx: &Context) -> Result<Self, Failure> {
        let rules = place.rules(ctx)?;
        let (branches, machine) = (place.branches()?, crate::place::machine()?);
        Ok(Self { rules, branches, machine, now_ms: leadforge_cli_kit::host::now_ms() })
    }

    /// What the branches of a task tell.
    pub(crate) fn history(&self, task: &TaskId) -> Result<History, Error> {
        self.branches.history(task)
    }

    /// A request of this agent, under the rules of the configuration.
    pub(crate) fn request<'a>(
        &self,
        agent: &str,
        session: String,
        holder: Holder,
        history: &'a dyn Fn(&TaskId) -> Result<History, Error>,
    ) -> ClaimRequest<'a> {
        let mut request = ClaimRequest::new(agent, session, holder, history);
        request.unknown_exclusive = self.rules.unknown_exclusive;
        let quota = self.rules.agents.get(agent).and_then(|agent| agent.quota.as_ref());
        request.quota = quota.map(|quota| window(quota, self.now_ms));
        request
    }
}

fn window(quota: &Window, now_ms: u64) -> Quota {
    let limit = u32::try_from(quota.limit).unwrap_or(u32::MAX);
    Quota { limit, since_ms: now_ms.saturating_sub(quota.per.millis()) }
}

/// A name that can be an agent's: one that a path, a branch or a log can carry.
pub(crate) fn agent_name(text: &str) -> Result<String, String> {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | ':' | '/');
    if text.is_empty() || text.len() > 64 || !text.chars().all(plain) {
        return Err("a name has 1 to 64 letters, digits or any of - _ . @ : /".to_owned());
    }
    Ok(text.to_owned())
}

/// Why nothing could be had, for people.
pub(crate) fn tell(out: &mut dyn Write, reasons: &[Reason], pending: bool) -> io::Result<()> {
    if !pending {
        return writeln!(out, "nothing to do: no task is pending");
    }
    writeln!(out, "nothing can be started now")?;
    for reason in reasons {
        writeln!(out, "  {}", terminal(&reason.to_string()))?;
    }
    Ok(())
}

/// A task as a program wants it: its file's keys, and whether its scope is known.
pub(crate) fn task_data(task: &Task) -> serde_json::Value {
    let mut data = serde_json::to_value(task).expect("a task has string keys");
    data["scope"] = if task.touches.is_empty() { "unknown" } else { "declared" }.into();
    data
}

/// A lease as a program wants it, with the word that stands for it and its branch.
pub(crate) fn lease_data(lease: &Lease) -> serde_json::Value {
    let mut data = serde_json::to_value(lease).expect("a lease has string keys");
    data["token"] = crate::token::Token::of(lease).to_string().into();
    data["branch"] = branch(lease).into();
    data
}

/// The branch on which the work under a lease belongs.
pub(crate) fn branch(lease: &Lease) -> String {
    format!("lf/{}/{}", lease.task, lease.epoch)
}

/// A stretch of time for people: `45 s`, `10 min`, `3 h`, `2 days`.
pub(crate) fn span(ms: u64) -> String {
    match ms / 1000 {
        s @ 0..120 => format!("{s} s"),
        s @ 120..7_200 => format!("{} min", s / 60),
        s @ 7_200..172_800 => format!("{} h", s / 3_600),
        s => format!("{} days", s / 86_400),
    }
}

/// Reads `90s`, `10m`, `2h`, `1d` as milliseconds.
pub(crate) fn duration(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is no time such as 90s, 10m, 2h or 1d");
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let factor = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    let seconds = number.checked_mul(factor).filter(|s| (1..=7 * 86_400).contains(s));
    seconds.map(|s| s * 1_000).ok_or_else(|| format!("{text:?} is not between 1s and 7d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_told() {
        assert_eq!(duration("90s"), Ok(90_000));
        assert_eq!(duration("2h"), Ok(7_200_000));
        for bad in ["", "5", "m", "0s", "8d", "-1s", "1 m", "1é", "99999999999999999999d"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
        assert_eq!(
            [1_000, 600_000, 7_200_000, 200_000_000].map(span),
            ["1 s", "10 min", "2 h", "2 days"]
        );
    }
}
