//! Codex: `codex exec`, the task on standard input.

use super::Preset;
use crate::config::PromptVia;

/// Its own sandbox is off: it would need the user namespaces that ours takes away.
pub(super) const PRESET: Preset = Preset {
    name: "codex",
    program: "codex",
    command: &[
        "codex",
        "exec",
        "--dangerously-bypass-approvals-and-sandbox",
        "--ephemeral",
        "--color=never",
        "--config=check_for_update_on_startup=false",
        "--config=analytics.enabled=false",
        "-",
    ],
    prompt: PromptVia::Stdin,
    env: &["CODEX_API_KEY", "CODEX_ACCESS_TOKEN"],
    files: &[],
    // The last two serve access tokens of a ChatGPT workspace.
    hosts: &["api.openai.com:443", "auth.openai.com:443", "chatgpt.com:443"],
    source: "https://developers.openai.com/codex/noninteractive and /config-reference, 2026-11-22",
    checked: Some("npm @openai/codex 0.169.0"),
};
