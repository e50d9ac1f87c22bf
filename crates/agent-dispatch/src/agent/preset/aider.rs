//! Aider, with a provider's key or with a local model through Ollama: the task as a file.

use super::Preset;
use crate::config::PromptVia;

/// Aider keeps a cache beside the code and has no flag for its place. It is removed here, or it would be part
/// of every commit. Nothing of a task reaches this line: the arguments pass through it as they are.
const TIDY: &str = r#""$@"; code=$?; rm -rf .aider.tags.cache.v*; exit "$code""#;

/// The call that both presets share, with what is their own at the end.
macro_rules! command {
    ($($own:literal),* $(,)?) => {
        &[
            "sh",
            "-c",
            TIDY,
            "aider",
            "aider",
            "--message-file={prompt_file}",
            "--yes-always",
            "--no-auto-commits",
            "--no-dirty-commits",
            "--no-gitignore",
            "--chat-history-file=/dev/null",
            "--input-history-file=/dev/null",
            "--no-suggest-shell-commands",
            "--no-detect-urls",
            "--disable-playwright",
            "--no-show-model-warnings",
            "--no-show-release-notes",
            "--no-check-update",
            "--analytics-disable",
            "--no-fancy-input",
            "--no-pretty",
            "--no-stream",
            $($own),*
        ]
    };
}

const SOURCE: &str =
    "https://aider.chat/docs/scripting.html and /docs/config/options.html, 2026-11-22";
const CHECKED: Option<&str> = Some("PyPI aider-chat 0.86.2");

/// It chooses a model by the keys that are set, unless `AIDER_MODEL` names one.
pub(super) const CLOUD: Preset = Preset {
    name: "aider",
    program: "aider",
    command: command!(),
    prompt: PromptVia::File,
    env: &[
        "AIDER_MODEL",
        "ANTHROPIC_API_KEY",
        "DEEPSEEK_API_KEY",
        "GEMINI_API_KEY",
        "OPENAI_API_KEY",
        "OPENROUTER_API_KEY",
    ],
    files: &[],
    hosts: &[
        "api.anthropic.com:443",
        "api.deepseek.com:443",
        "api.openai.com:443",
        "generativelanguage.googleapis.com:443",
        "openrouter.ai:443",
    ],
    source: SOURCE,
    checked: CHECKED,
};

/// No key and no host but the user's own machine. Another model is a `command` of the user's own.
pub(super) const OLLAMA: Preset = Preset {
    name: "aider-ollama",
    program: "aider",
    command: command!(
        "--model=ollama_chat/qwen3-coder",
        "--set-env=OLLAMA_API_BASE=http://127.0.0.1:11434",
    ),
    prompt: PromptVia::File,
    env: &[],
    files: &[],
    hosts: &["127.0.0.1:11434"],
    source: "https://aider.chat/docs/llms/ollama.html and /docs/scripting.html, 2026-11-22",
    checked: CHECKED,
};
