//! Cursor's agent: print mode, the task as the last argument.

use super::Preset;
use crate::config::PromptVia;

/// Its documentation shows the task as an argument, so it may be no longer than Linux lets one argument be.
/// Of its hosts it says only `*.cursor.sh`; a sandbox's outcome names what else was asked for.
pub(super) const PRESET: Preset = Preset {
    name: "cursor",
    program: "cursor-agent",
    command: &[
        "cursor-agent",
        "--print",
        "--force",
        "--trust",
        "--sandbox=disabled",
        "--output-format=text",
        "--",
        "{prompt}",
    ],
    prompt: PromptVia::Argument,
    env: &["CURSOR_API_KEY"],
    files: &[],
    hosts: &["api2.cursor.sh:443"],
    source: "https://cursor.com/docs/cli/headless and /docs/cli/reference/parameters, 2026-11-22",
    checked: None,
};
