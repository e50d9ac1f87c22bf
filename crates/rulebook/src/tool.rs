//! The tools, where each reads its rules, and how much of a file it reads.

use serde::{Deserialize, Serialize};

/// A coding agent, or a family of them that reads the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    /// `AGENTS.md`: Codex and others.
    Agents,
    /// `CLAUDE.md`: Claude Code.
    Claude,
    /// `GEMINI.md`: Gemini CLI.
    Gemini,
    /// `.github/copilot-instructions.md` and `.github/instructions/*.instructions.md`: GitHub Copilot.
    Copilot,
    /// `.cursor/rules/*.mdc`: Cursor.
    Cursor,
    /// `.clinerules/*.md`: Cline.
    Cline,
    /// `.windsurf/rules/*.md`: Windsurf.
    Windsurf,
}

/// How much of a file a tool takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// So many are taken in, or advised.
    pub most: usize,
    /// What is counted: bytes, characters or lines.
    pub unit: &'static str,
    /// What is beyond never reaches the model; otherwise it is the maker's advice.
    pub hard: bool,
    /// Who says so.
    pub source: &'static str,
}

impl Tool {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [
        Self::Agents,
        Self::Claude,
        Self::Gemini,
        Self::Copilot,
        Self::Cursor,
        Self::Cline,
        Self::Windsurf,
    ];

    /// The tool that reads a path, when one of them does; older names count too.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let within = |folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1)
        };
        match name {
            "AGENTS.md" => Some(Self::Agents),
            "CLAUDE.md" => Some(Self::Claude),
            "GEMINI.md" => Some(Self::Gemini),
            "copilot-instructions.md" => Some(Self::Copilot),
            ".cursorrules" => Some(Self::Cursor),
            ".clinerules" => Some(Self::Cline),
            ".windsurfrules" => Some(Self::Windsurf),
            _ if within(".github/instructions") && name.ends_with(".instructions.md") => {
                Some(Self::Copilot)
            }
            _ if within(".cursor/rules") && name.ends_with(".mdc") => Some(Self::Cursor),
            // rulebook-ai writes its files here without an ending, and Cline reads them.
            _ if within(".clinerules") => Some(Self::Cline),
            _ if within(".windsurf/rules") && name.ends_with(".md") => Some(Self::Windsurf),
            _ => None,
        }
    }

    /// The folder that holds a file per scope, for tools that tell files apart.
    #[must_use]
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Self::Agents | Self::Claude | Self::Gemini => None,
            Self::Copilot => Some(".github/instructions"),
            Self::Cursor => Some(".cursor/rules"),
            Self::Cline => Some(".clinerules"),
            Self::Windsurf => Some(".windsurf/rules"),
        }
    }

    /// The file that holds what is always told.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Agents => "AGENTS.md",
            Self::Claude => "CLAUDE.md",
            Self::Gemini => "GEMINI.md",
            Self::Copilot => ".github/copilot-instructions.md",
            Self::Cursor => ".cursor/rules/leadforge.mdc",
            Self::Cline => ".clinerules/leadforge.md",
            Self::Windsurf => ".windsurf/rules/leadforge.md",
        }
    }

    /// What stands behind a name in the folder.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Copilot => ".instructions.md",
            Self::Cursor => ".mdc",
            _ => ".md",
        }
    }

    /// How much of a file the tool takes in; nothing where its makers say nothing.
    #[must_use]
    pub fn limits(self) -> &'static [Limit] {
        match self {
            Self::Agents => &[Limit {
                most: 32 << 10,
                unit: "bytes",
                hard: true,
                source: "Codex, project_doc_max_bytes: developers.openai.com/codex/guides/agents-md",
            }],
            Self::Claude => &[
                Limit {
                    most: 4 << 20,
                    unit: "bytes",
                    hard: true,
                    source: "Claude Code, memory: code.claude.com/docs/en/memory",
                },
                Limit {
                    most: 200,
                    unit: "lines",
                    hard: false,
                    source: "Claude Code, memory: code.claude.com/docs/en/memory",
                },
            ],
            Self::Copilot => &[Limit {
                most: 4000,
                unit: "characters",
                hard: false,
                source: "Copilot code review once read no more; its page no longer says so: github.com/github/docs/issues/42761",
            }],
            Self::Cursor => &[Limit {
                most: 500,
                unit: "lines",
                hard: false,
                source: "Cursor, rules: cursor.com/docs/rules",
            }],
            Self::Windsurf => &[Limit {
                most: 12_000,
                unit: "characters",
                hard: true,
                source: "Windsurf, memories and rules: docs.windsurf.com/windsurf/cascade/memories",
            }],
            Self::Gemini | Self::Cline => &[],
        }
    }
}

impl Limit {
    /// How many of its units a text has.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        match self.unit {
            "lines" => text.lines().count(),
            "characters" => text.chars().count(),
            _ => text.len(),
        }
    }
}
