//! GitHub Copilot CLI: without `--prompt` it takes the task from standard input.

use super::Preset;
use crate::config::PromptVia;

/// Its GitHub server is off, for it could write to the user's repositories with the key. Only the variable
/// made for this program is handed in; `GH_TOKEN` and `GITHUB_TOKEN` can do far more.
pub(super) const PRESET: Preset = Preset {
    name: "copilot",
    program: "copilot",
    command: &[
        "copilot",
        "--allow-all",
        "--no-ask-user",
        "--disable-builtin-mcps",
        "--secret-env-vars=COPILOT_GITHUB_TOKEN",
        "--no-remote-export",
        "--no-auto-update",
        "--disable-client-telemetry",
        "--no-color",
    ],
    prompt: PromptVia::Stdin,
    env: &["COPILOT_GITHUB_TOKEN", "COPILOT_MODEL"],
    files: &[],
    // One of the last three, by the user's plan.
    hosts: &[
        "api.github.com:443",
        "api.githubcopilot.com:443",
        "api.individual.githubcopilot.com:443",
        "api.business.githubcopilot.com:443",
        "api.enterprise.githubcopilot.com:443",
    ],
    source: "https://docs.github.com/en/copilot/how-tos/copilot-cli/automate-copilot-cli/run-cli-programmatically \
             and /copilot/reference/copilot-allowlist-reference, 2026-11-22",
    checked: Some("npm @github/copilot 1.0.102"),
};
