//! Presets: how known agents are called, as data with source and date.

use crate::config::PromptVia;

/// How one known agent is called without a person at the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What `preset = "…"` says.
    pub name: &'static str,
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
pub const PRESETS: &[Preset] = &[];
