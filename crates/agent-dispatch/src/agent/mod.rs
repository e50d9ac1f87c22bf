//! Agents: a command, how it gets the task's text, and what it alone is given.

mod preset;

use std::collections::BTreeMap;

pub use preset::{PRESETS, Preset};

use crate::config::{AgentConfig, PromptVia};
use crate::job::Job;

/// The name of the built-in agent that runs a task's `run` command; it needs no key and gets none.
pub const SHELL: &str = "shell";

/// An agent with its preset filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The name tasks use.
    pub name: String,
    /// Program and arguments with placeholders.
    pub command: Vec<String>,
    /// How it gets the task's text.
    pub prompt: PromptVia,
    /// Host variables for it alone.
    pub env: Vec<String>,
    /// Files for it alone.
    pub files: Vec<String>,
    /// Hosts for it alone.
    pub hosts: Vec<String>,
}

/// Why an agent cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    /// The preset does not exist.
    #[error("[agent.{name}] preset = \"{preset}\" is not known; there are: {known}")]
    UnknownPreset {
        /// The agent.
        name: String,
        /// What was asked for.
        preset: String,
        /// What there is.
        known: String,
    },
    /// Neither preset nor command.
    #[error("[agent.{name}] needs `preset` or `command`")]
    NoCommand {
        /// The agent.
        name: String,
    },
    /// The command lacks the placeholder its prompt needs.
    #[error("[agent.{name}] prompt = \"{via}\" needs {placeholder} in `command`")]
    NoPlaceholder {
        /// The agent.
        name: String,
        /// How the prompt goes in.
        via: &'static str,
        /// What is missing.
        placeholder: &'static str,
    },
    /// The name is taken.
    #[error("[agent.shell] is the built-in agent that runs a task's `run`; choose another name")]
    Reserved,
}

/// Fills presets in and checks every `[agent.NAME]`.
///
/// # Errors
/// The first table that cannot be used.
pub fn resolve(
    tables: &BTreeMap<String, AgentConfig>,
) -> Result<BTreeMap<String, Agent>, AgentError> {
    tables.iter().map(|(name, table)| Ok((name.clone(), one(name, table)?))).collect()
}

fn one(name: &str, table: &AgentConfig) -> Result<Agent, AgentError> {
    if name == SHELL {
        return Err(AgentError::Reserved);
    }
    let preset = match &table.preset {
        None => None,
        Some(wanted) => Some(PRESETS.iter().find(|p| p.name == wanted).ok_or_else(|| {
            AgentError::UnknownPreset {
                name: name.to_owned(),
                preset: wanted.clone(),
                known: PRESETS.iter().map(|p| p.name).collect::<Vec<_>>().join(", "),
            }
        })?),
    };
    let owned = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    let list = |given: &Option<Vec<String>>, of: fn(&Preset) -> &'static [&'static str]| {
        given.clone().unwrap_or_else(|| preset.map(|p| owned(of(p))).unwrap_or_default())
    };
    let agent = Agent {
        name: name.to_owned(),
        command: list(&table.command, |p| p.command),
        prompt: table.prompt.or(preset.map(|p| p.prompt)).unwrap_or(PromptVia::Stdin),
        env: list(&table.env, |p| p.env),
        files: list(&table.files, |p| p.files),
        hosts: list(&table.hosts, |p| p.hosts),
    };
    if agent.command.is_empty() {
        return Err(AgentError::NoCommand { name: name.to_owned() });
    }
    let (via, placeholder) = match agent.prompt {
        PromptVia::Stdin => return Ok(agent),
        PromptVia::File => ("file", "{prompt_file}"),
        PromptVia::Argument => ("argument", "{prompt}"),
    };
    if agent.command.iter().any(|part| part.contains(placeholder)) {
        Ok(agent)
    } else {
        Err(AgentError::NoPlaceholder { name: name.to_owned(), via, placeholder })
    }
}

/// The values that replace placeholders.
#[derive(Clone, Copy, Debug)]
pub struct Fill<'a> {
    /// The task's text.
    pub prompt: &'a str,
    /// The file that holds it.
    pub prompt_file: &'a str,
    /// The worktree.
    pub tree: &'a str,
    /// The task's id.
    pub id: &'a str,
}

impl Agent {
    /// The argument vector. Each placeholder is replaced once, from left to right: text that is put in is never
    /// looked at again, so a task cannot smuggle in another placeholder, and no shell ever sees it.
    #[must_use]
    pub fn argv(&self, fill: Fill<'_>) -> Vec<String> {
        self.command.iter().map(|part| expand(part, fill)).collect()
    }
}

/// Bytes of one argument that Linux hands to a program; the closing NUL is not counted.
const MAX_ARGUMENT: usize = 128 * 1024 - 1;

/// Why Linux cannot start a program with these arguments, in words.
#[must_use]
pub fn unfit(argv: &[String]) -> Option<String> {
    argv.iter().find_map(|part| {
        if part.contains('\0') {
            Some("the task's text has a NUL in it, and this agent takes it as an argument".to_owned())
        } else if part.len() > MAX_ARGUMENT {
            Some(format!(
                "this agent takes the task's text as an argument of {} bytes, and Linux allows {MAX_ARGUMENT}",
                part.len()
            ))
        } else {
            None
        }
    })
}

fn expand(part: &str, fill: Fill<'_>) -> String {
    let known = [
        ("{prompt}", fill.prompt),
        ("{prompt_file}", fill.prompt_file),
        ("{tree}", fill.tree),
        ("{id}", fill.id),
    ];
    let mut out = String::new();
    let mut rest = part;
    while let Some(at) = rest.find('{') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        if let Some((name, value)) = known.iter().find(|(name, _)| tail.starts_with(name)) {
            out.push_str(value);
            rest = &tail[name.len()..];
        } else {
            out.push('{');
            rest = &tail[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Which agent works on a slot of a job: its own `run` first, then its list by turns, then the default.
///
/// # Errors
/// In words, what is missing.
pub fn choose(
    job: &Job,
    slot: u8,
    agents: &BTreeMap<String, Agent>,
    default: Option<&str>,
) -> Result<String, String> {
    if !job.agents.is_empty() {
        let usable: Vec<&String> = job
            .agents
            .iter()
            .filter(|a| (a.as_str() == SHELL && job.run.is_some()) || agents.contains_key(*a))
            .collect();
        if usable.is_empty() {
            return Err(format!(
                "none of its agents is configured ({}); add [agent.NAME] to leadforge.toml",
                job.agents.join(", ")
            ));
        }
        return Ok(usable[usize::from(slot.saturating_sub(1)) % usable.len()].clone());
    }
    if job.run.is_some() {
        return Ok(SHELL.to_owned());
    }
    match default {
        Some(name) if agents.contains_key(name) => Ok(name.to_owned()),
        Some(name) => {
            Err(format!("[run] agent = \"{name}\" is not configured; add [agent.{name}]"))
        }
        None if agents.len() == 1 => Ok(agents.keys().next().expect("there is one").clone()),
        None => {
            Err("no agent: give the task a `run` command, or name one in [run] agent".to_owned())
        }
    }
}

/// The text an agent gets: what was asked, what must pass, and why the try before came back.
#[must_use]
pub fn prompt(job: &Job, checks: &[String], before: Option<&str>) -> String {
    let mut out = format!("# {}\n\n{}\n", job.title, job.body.trim());
    if !job.touches.is_empty() {
        out.push_str("\n## Files you may change\n\n");
        for glob in &job.touches {
            out.push_str(&format!("- {glob}\n"));
        }
    }
    out.push_str("\n## What must pass afterwards\n\n");
    for check in checks {
        out.push_str(&format!("    {check}\n"));
    }
    if let Some(reason) = before {
        out.push_str("\n## The try before came back\n\n");
        for line in reason.lines() {
            out.push_str(&format!("    {line}\n"));
        }
    }
    out.push_str("\nChange the files of the working tree you stand in and stop; the commit is made for you.\n");
    out
}
