//! The dispatcher's tables of `leadforge.toml`, as plain data.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// All tables of the dispatcher.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `[run]`: how many at once, where to land.
    pub run: RunConfig,
    /// `[sandbox]`: what agents and checks may see and use.
    pub sandbox: SandboxConfig,
    /// `[verify]`: what every change must pass.
    pub verify: VerifyConfig,
    /// `[scope]`: how undeclared scopes are treated.
    pub scope: ScopeConfig,
    /// `[agent.NAME]`: the agents.
    pub agent: BTreeMap<String, AgentConfig>,
}

/// `[run]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RunConfig {
    /// Attempts at once.
    pub jobs: usize,
    /// The integration branch.
    pub branch: String,
    /// The agent of tasks that name none and have no `run` of their own.
    pub agent: Option<String>,
    /// Refuse a change that leaves the task's declared `touches`.
    pub strict: bool,
    /// What the best of several verified attempts has least of.
    pub best: Best,
}

/// How competing verified attempts are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Best {
    /// Fewest added and removed lines.
    #[default]
    SmallestDiff,
    /// Fewest changed files, then lines.
    FewestFiles,
    /// The lowest slot that verified.
    FirstSlot,
}

impl Default for RunConfig {
    fn default() -> Self {
        Self {
            jobs: 2,
            branch: "leadforge/run".to_owned(),
            agent: None,
            strict: false,
            best: Best::default(),
        }
    }
}

/// `[sandbox]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SandboxConfig {
    /// Folders and files that may be read besides the system: toolchains. `~/` is the user's home.
    pub read: Vec<String>,
    /// Folders put in front of `PATH` inside; they are readable too.
    pub path: Vec<String>,
    /// Host variables handed in by name; nothing else of the environment is.
    pub env: Vec<String>,
    /// Wall time of one agent, in seconds.
    pub agent_seconds: u64,
    /// Wall time of one verification command, in seconds.
    pub check_seconds: u64,
    /// Memory of all processes of one command, in MiB.
    pub memory_mib: u64,
    /// Processes of one command.
    pub processes: u64,
    /// Output kept and allowed, in MiB; past it the command is ended.
    pub output_mib: u64,
    /// Largest single file, in MiB.
    pub file_mib: u64,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            read: Vec::new(),
            path: Vec::new(),
            env: Vec::new(),
            agent_seconds: 3_600,
            check_seconds: 1_200,
            memory_mib: 4_096,
            processes: 512,
            output_mib: 16,
            file_mib: 2_048,
        }
    }
}

/// `[verify]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct VerifyConfig {
    /// Shell command lines that every change must pass, after the task's own.
    pub always: Vec<String>,
    /// Run once per digest of the files it names, into a cache that checks and agents read.
    pub prepare: Vec<Prepare>,
    /// What the output of checks must or must not say, for tools that exit with 0 whatever happened.
    #[serde(deserialize_with = "expectations")]
    pub expect: Vec<Expect>,
}

impl VerifyConfig {
    /// The `command` of an expectation that is about none of these command lines, and so would never refuse anything.
    #[must_use]
    pub fn idle<'a>(&'a self, tasks: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let lines: Vec<&str> = self.always.iter().map(String::as_str).chain(tasks).collect();
        let about = |e: &Expect| lines.iter().any(|line| line.contains(&e.command));
        let idle = self.expect.iter().find(|e| !e.command.is_empty() && !about(e));
        idle.map(|e| e.command.as_str())
    }
}

/// One that expects nothing is a mistake that nobody would notice.
fn expectations<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Expect>, D::Error> {
    let all = Vec::<Expect>::deserialize(from)?;
    if all.iter().any(|e| e.says.is_none() && e.never.is_none()) {
        return Err(D::Error::custom("[[verify.expect]] has neither `says` nor `never`"));
    }
    Ok(all)
}

/// `[[verify.expect]]`.
///
/// The output is written by the tool and by the code it runs: this refuses a tool that fails with exit 0 or runs no
/// test at all, and not code that lies on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// The checks it is about: those whose command line has this in it; all of them when empty.
    pub command: String,
    /// Text that a line of the output must have.
    pub says: Option<String>,
    /// Text that no line of the output may have.
    pub never: Option<String>,
}

/// `[[verify.prepare]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prepare {
    /// Shell command line; it writes into the folder named by `LEADFORGE_CACHE`.
    pub command: String,
    /// Files of the repository whose content decides whether it must run again.
    pub locks: Vec<String>,
    /// Hosts it may reach, as `name:port`.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// `[scope]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ScopeConfig {
    /// Tasks that declare no `touches`: side by side, or one at a time.
    pub unknown: Unknown,
}

/// How tasks without declared scope run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// Side by side; landing merges and verifies anyway.
    #[default]
    Parallel,
    /// As if they overlapped with everything.
    Exclusive,
}

/// `[agent.NAME]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AgentConfig {
    /// A built-in preset that fills what is not given here.
    pub preset: Option<String>,
    /// Program and arguments; `{prompt_file}`, `{prompt}`, `{tree}` and `{id}` are replaced inside an argument, never by a shell.
    pub command: Option<Vec<String>>,
    /// How the agent gets the task's text.
    pub prompt: Option<PromptVia>,
    /// Host variables for this agent alone.
    pub env: Option<Vec<String>>,
    /// Files and folders for this agent alone, read-only; `~/…` is at the same place below its private home.
    pub files: Option<Vec<String>>,
    /// Hosts this agent may reach, as `name:port`.
    pub hosts: Option<Vec<String>>,
    /// Claims allowed per window.
    pub quota: Option<Quota>,
}

/// How an agent gets the task's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PromptVia {
    /// On standard input.
    Stdin,
    /// As a file whose path replaces `{prompt_file}`.
    File,
    /// As one argument that replaces `{prompt}`.
    Argument,
}

/// How often an agent may claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Claims.
    pub limit: u64,
    /// The window, which slides.
    pub per: Window,
}

/// A quota's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
    /// 30 days.
    Month,
}

impl Window {
    /// The window in milliseconds.
    #[must_use]
    pub fn millis(self) -> u64 {
        const HOUR: u64 = 3_600_000;
        match self {
            Self::Hour => HOUR,
            Self::Day => 24 * HOUR,
            Self::Month => 30 * 24 * HOUR,
        }
    }
}
