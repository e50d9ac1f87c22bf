//! A run's events as progress: a line each for people and logs, the whole event for programs.

use leadforge_agent_dispatch::{Event, What};
use leadforge_cli_kit::{Event as Shown, Reporter};

/// Shows one event.
pub(crate) fn show(reporter: &dyn Reporter, event: &Event) {
    let Some((word, id, text)) = words(&event.what) else { return };
    let data = serde_json::to_value(event).unwrap_or_default();
    reporter.report(&Shown { event: word, subject: id, message: &text, data });
}

fn words(what: &What) -> Option<(&'static str, &str, String)> {
    Some(match what {
        What::RunStarted { branch, jobs, workers, sandbox, .. } => {
            ("run", branch.as_str(), format!("{jobs} tasks, {workers} at once, sandbox: {sandbox}"))
        }
        What::Recovered { what } => ("recovered", "", what.clone()),
        What::AttemptStarted { id, slot, round, agent, adopted, .. } => {
            let how = if *adopted { "takes up the work of" } else { "is run by" };
            let again = if *round > 1 { format!(", try {round}") } else { String::new() };
            ("started", id, format!("slot {slot} {how} {agent}{again}"))
        }
        What::AgentEnded { id, exit, ended, wall_ms, .. } => {
            let how = exit.map_or_else(|| ended.clone(), |code| format!("exit {code}"));
            ("agent", id, format!("{how} after {}", seconds(*wall_ms)))
        }
        What::WorkTaken { id, files, outside, .. } => {
            let left = if outside.is_empty() {
                String::new()
            } else {
                format!(", {} outside its scope", outside.len())
            };
            let plural = if files.len() == 1 { "" } else { "s" };
            ("work", id, format!("{} file{plural} changed{left}", files.len()))
        }
        What::Checked { id, check, landing, .. } => {
            let place = if *landing { "on the merged tree" } else { "on its own tree" };
            let how = if check.passed() { "green" } else { "red" };
            ("check", id, format!("{how} {place}: {} ({})", check.command, seconds(check.wall_ms)))
        }
        What::Planned { .. } | What::AttemptEnded { .. } | What::LandingStarted { .. } => {
            return None;
        }
        What::Landed { id, commit, .. } => ("landed", id, commit.chars().take(12).collect()),
        What::SentBack { id, reason, .. } => ("back", id, first(reason)),
        What::Settled { outcome, .. } if outcome == "landed" => return None,
        What::Settled { id, outcome, reason } => {
            let reason = reason.as_deref().map(first).unwrap_or_default();
            ("settled", id, format!("{outcome}: {reason}"))
        }
        What::RunEnded { tip } => ("ended", "", tip.chars().take(12).collect()),
    })
}

fn first(reason: &str) -> String {
    reason.lines().next().unwrap_or_default().to_owned()
}

fn seconds(ms: u64) -> String {
    format!("{}.{} s", ms / 1_000, ms % 1_000 / 100)
}
