//! Gemini CLI: headless because its input is no terminal, the task on standard input.

use super::Preset;
use crate::config::PromptVia;

/// It reads at most 8 MiB of standard input.
pub(super) const PRESET: Preset = Preset {
    name: "gemini",
    program: "gemini",
    command: &[
        "gemini",
        "--approval-mode=yolo",
        // Without this it stops in a folder that it was never told to trust.
        "--skip-trust",
        // A repository's settings could ask for a container of its own.
        "--sandbox=false",
        "--output-format=text",
    ],
    prompt: PromptVia::Stdin,
    env: &["GEMINI_API_KEY", "GEMINI_MODEL"],
    files: &[],
    hosts: &["generativelanguage.googleapis.com:443"],
    source: "https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/headless.md and \
             trusted-folders.md, 2026-11-22",
    checked: Some("npm @google/gemini-cli 0.61.0"),
};
