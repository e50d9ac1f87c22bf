//! Claude Code: print mode, the task on standard input.

use super::Preset;
use crate::config::PromptVia;

/// As root it refuses to skip permissions unless `IS_SANDBOX=1` is set. That is for the user to say, in the
/// environment of `lead-forge`: a run with `--sandbox none` is not a sandbox.
pub(super) const PRESET: Preset = Preset {
    name: "claude",
    program: "claude",
    command: &[
        "claude",
        "--print",
        "--permission-mode=bypassPermissions",
        "--no-session-persistence",
        "--strict-mcp-config",
        "--no-chrome",
        // No updates, error reports and telemetry; there is a variable for that and no flag.
        r#"--settings={"env":{"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC":"1"}}"#,
    ],
    prompt: PromptVia::Stdin,
    env: &["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_MODEL", "IS_SANDBOX"],
    files: &[],
    hosts: &["api.anthropic.com:443"],
    source: "https://code.claude.com/docs/en/headless and /network-config, 2026-11-22",
    checked: Some("npm @anthropic-ai/claude-code 2.1.197"),
};
