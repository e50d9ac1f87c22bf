//! Presets: how known agents are called, as data with source and date.

mod aider;
mod claude;
mod codex;
mod copilot;
mod cursor;
mod files;
mod gemini;

use crate::config::PromptVia;

/// How one known agent is called without a person at the keyboard.
///
/// Every preset asks its agent to run without questions, for the sandbox is the fence, and to leave commits,
/// updates and telemetry alone where it has a flag for that. Keys come in by variable: a login file would be
/// refreshed inside the sandbox, and the user's own copy of it would then be the stale one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What `preset = "…"` says.
    pub name: &'static str,
    /// The program to be installed; `command` starts it, directly or through a helper of the system.
    pub program: &'static str,
    /// Program and arguments.
    pub command: &'static [&'static str],
    /// How the task's text goes in.
    pub prompt: PromptVia,
    /// Its variables.
    pub env: &'static [&'static str],
    /// Its files.
    pub files: &'static [&'static str],
    /// Its hosts.
    pub hosts: &'static [&'static str],
    /// Where the call is described, and when that was read.
    pub source: &'static str,
    /// The version whose own `--help` was compared with `command`; `None` is "not run".
    pub checked: Option<&'static str>,
}

/// The presets, by name.
pub const PRESETS: &[Preset] = &[
    aider::CLOUD,
    aider::OLLAMA,
    claude::PRESET,
    codex::PRESET,
    copilot::PRESET,
    cursor::PRESET,
    gemini::PRESET,
];

impl Preset {
    /// True for a variable that holds a key, by its name: without one of those an agent cannot log
    /// in, while the others only choose.
    #[must_use]
    pub fn is_key(variable: &str) -> bool {
        ["_KEY", "_TOKEN"].iter().any(|end| variable.ends_with(end))
    }

    /// The arguments that the agent's own program gets.
    #[must_use]
    pub fn arguments(&self) -> &'static [&'static str] {
        let before = self.command.iter().rposition(|part| *part == self.program);
        before.map_or(&[], |at| &self.command[at + 1..])
    }
}
