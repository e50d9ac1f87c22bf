//! Cursor's agent: print mode, the task as the last argument.

use super::Preset;
use crate::config::PromptVia;

/// Its documentation shows the task as an argument, so it may be no longer than Linux lets one argument be. It lists its hosts as `*.cursor.sh`; what else it asks for is in the run's report.
pub(super) const PRESET: Preset = Preset {
    name: "cursor",
    program: "cursor-agent",
    command: &[
        "env",
        // Its runtime looks at the proxy's variables only when told to.
        "NODE_USE_ENV_PROXY=1",
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
