//! `lead-forge doctor`: what a run needs, and what of it is here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use leadforge_agent_dispatch::agent::{self, PRESETS, Preset};
use leadforge_agent_dispatch::sandbox::{Kind, Launcher};
use leadforge_agent_dispatch::{AgentConfig, Host};
use leadforge_cli_kit::trust::Status;
use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_markup::terminal;

use super::run::detect;
use crate::place::{self, Place};

/// Flags of `doctor`.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// One thing that was looked at.
struct Line {
    what: &'static str,
    found: Result<String, (Level, String)>,
    /// What to do when it is not as it should be.
    help: Option<String>,
}

pub(crate) fn run(_: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let lines = [
        repository(&place),
        user(&place),
        sandbox(&place)?,
        queue(&place),
        trust(&place, ctx),
        agents(&place),
    ];
    let findings: Vec<Finding> = lines
        .iter()
        .filter_map(|line| {
            let (level, text) = line.found.as_ref().err()?;
            let mut finding = Finding::new(&format!("doctor.{}", line.what), *level, text.clone());
            finding.help.clone_from(&line.help);
            Some(finding)
        })
        .collect();
    let bad = findings.iter().any(|f| f.level == Level::Error);
    let mut report = Report::new(if bad { Outcome::Findings } else { Outcome::Clean });
    report.findings = findings;
    ctx.emit(&report, |out| {
        for line in &lines {
            let (mark, text) = match &line.found {
                Ok(text) => ("\x1b[32mok     \x1b[0m", text),
                Err((Level::Error, text)) => ("\x1b[31mmissing\x1b[0m", text),
                Err((_, text)) => ("\x1b[33mnote   \x1b[0m", text),
            };
            writeln!(out, "{mark} {:<11} {}", line.what, terminal(text))?;
            if let (Err(_), Some(help)) = (&line.found, &line.help) {
                writeln!(out, "                    {}", terminal(help))?;
            }
        }
        Ok(())
    })
}

fn repository(place: &Place) -> Line {
    let format = place.git.object_format();
    let found = match place.git.head() {
        Ok(head) if head.commit.is_none() => {
            Err((Level::Error, "the repository has no commit yet".to_owned()))
        }
        Ok(head) => {
            let branch = head.branch.unwrap_or_else(|| "no branch (detached)".to_owned());
            Ok(format!("{} on {branch}, {format}", place.root.display()))
        }
        Err(e) => Err((Level::Error, e.to_string())),
    };
    Line { what: "repository", found, help: Some("make a first commit".to_owned()) }
}

fn user(place: &Place) -> Line {
    let found = match place.git.user() {
        Ok(Some((name, email))) => Ok(format!("commits are made by {name} <{email}>")),
        Ok(None) => Err((Level::Note, "git knows no user.name and user.email".to_owned())),
        Err(e) => Err((Level::Error, e.to_string())),
    };
    let help = "commits are made as LeadForge until you set them: git config user.name …";
    Line { what: "user", found, help: Some(help.to_owned()) }
}

fn sandbox(place: &Place) -> Result<Line, Failure> {
    let program = std::env::current_exe()
        .map_err(|e| Failure::cannot_look("io.exe", format!("this program's own path: {e}")))?;
    let found = detect(&Launcher::new(program), place)?;
    let said = |kind: Kind| match found.reason(kind) {
        None => format!("{kind} works"),
        Some(reason) => format!("{kind}: {reason}"),
    };
    let bounds = found.bounded_by.as_deref().unwrap_or("nothing");
    let text = format!("{}; {}; bounds by {bounds}", said(Kind::Bubblewrap), said(Kind::Landlock));
    Ok(Line {
        what: "sandbox",
        found: if found.best().is_some() { Ok(text) } else { Err((Level::Error, text)) },
        help: Some("apt-get install bubblewrap; nothing runs without a sandbox".to_owned()),
    })
}

fn queue(place: &Place) -> Line {
    let found = match place.queue().and_then(|queue| place.require_checks(&queue).map(|()| queue)) {
        Ok(queue) if queue.pending().len() == 0 => {
            Err((Level::Note, "the queue has no pending task".to_owned()))
        }
        Ok(queue) => {
            Ok(format!("{} pending, {} completed", queue.pending().len(), queue.completed().len()))
        }
        Err(e) => Err((Level::Error, e.message)),
    };
    let help = "lead-queue import PATH… or lead-queue add TITLE";
    Line { what: "queue", found, help: Some(help.to_owned()) }
}

fn trust(place: &Place, ctx: &Context) -> Line {
    let status = place.queue().and_then(|queue| place.trust_status(ctx, &place.subject(&queue)));
    let found = match status {
        Ok(Status::Trusted) => Ok("what would run is accepted".to_owned()),
        Ok(Status::Untrusted) => {
            Err((Level::Note, "what would run is not accepted yet".to_owned()))
        }
        Ok(Status::Changed { .. }) => {
            Err((Level::Note, "what would run changed since it was accepted".to_owned()))
        }
        Err(e) => Err((Level::Error, e.message)),
    };
    Line { what: "trust", found, help: Some("look at it with `lead-forge trust`".to_owned()) }
}

fn agents(place: &Place) -> Line {
    let path = std::env::var("PATH").unwrap_or_default();
    let host = place::host();
    let folders = place.config.sandbox.path.iter().map(|p| host.expand(p));
    let folders: Vec<_> = folders.chain(std::env::split_paths(&path)).collect();
    let (found, help) = judged(&place.config.agent, &host, &folders);
    Line { what: "agents", found, help: Some(help.to_owned()) }
}

/// What of each agent is here, the worst first, and what to do about that.
fn judged(
    tables: &BTreeMap<String, AgentConfig>,
    host: &Host,
    folders: &[PathBuf],
) -> (Result<String, (Level, String)>, &'static str) {
    let agents = match agent::resolve(tables) {
        Ok(agents) => agents,
        Err(e) => return (Err((Level::Error, e.to_string())), "correct it in leadforge.toml"),
    };
    let (mut programs, mut files, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (name, agent) in &agents {
        // A preset may start its program through a helper; that one is always there.
        let preset = tables.get(name).filter(|table| table.command.is_none());
        let preset = preset.and_then(|table| table.preset.as_deref());
        let preset = PRESETS.iter().find(|p| Some(p.name) == preset).map(|p| p.program);
        let program = preset.or_else(|| agent.command.first().map(String::as_str));
        if !program.is_some_and(|program| is_there(program, folders)) {
            programs.push(format!("{name} ({})", program.unwrap_or_default()));
        }
        files.extend(agent.readable(host.home.as_deref()).err());
        let own: Vec<&str> =
            agent.env.iter().map(String::as_str).filter(|v| Preset::is_key(v)).collect();
        let set = |key: &&str| host.vars.get(*key).is_some_and(|value| !value.is_empty());
        if !own.is_empty() && !own.iter().any(set) {
            keys.push(format!("{name} has no key: none of {} is set", own.join(", ")));
        }
    }
    let mut said = Vec::new();
    if !programs.is_empty() {
        said.push(format!("programs not found: {}", programs.join(", ")));
    }
    let (level, help) = match (programs.is_empty(), files.is_empty()) {
        (false, _) => (Level::Error, "install them, or name their folder in [sandbox] path"),
        (true, false) => (Level::Error, "make the file, or take it off the agent's `files`"),
        (true, true) => (Level::Note, "set one of them where lead-forge is started"),
    };
    said.extend(files);
    said.extend(keys);
    if said.is_empty() {
        let names = std::iter::once(agent::SHELL).chain(agents.keys().map(String::as_str));
        return (Ok(names.collect::<Vec<_>>().join(", ")), help);
    }
    (Err((level, said.join("; "))), help)
}

fn is_there(program: &str, folders: &[PathBuf]) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    folders.iter().any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_without_program_file_or_key_is_told_apart() {
        let place = tempfile::tempdir().expect("a folder");
        let folders = [place.path().to_owned()];
        let program = |name: &str| std::fs::write(place.path().join(name), "").expect("a file");
        let table = |preset: &str| AgentConfig {
            preset: Some(preset.to_owned()),
            ..AgentConfig::default()
        };
        let mut tables = BTreeMap::from([
            ("cloud".to_owned(), table("claude")),
            ("local".to_owned(), table("aider-ollama")),
        ]);
        let mut host = Host { vars: BTreeMap::new(), home: Some(place.path().to_owned()) };
        // The shell that starts aider is here, aider is not.
        program("sh");
        program("claude");
        let keys = "cloud has no key: none of ANTHROPIC_API_KEY, CLAUDE_CODE_OAUTH_TOKEN is set"
            .to_owned();
        let (found, help) = judged(&tables, &host, &folders);
        let text = format!("programs not found: local (aider); {keys}");
        assert_eq!(found, Err((Level::Error, text)));
        assert!(help.starts_with("install them"));

        program("aider");
        assert_eq!(judged(&tables, &host, &folders).0, Err((Level::Note, keys.clone())));
        host.vars.insert("ANTHROPIC_API_KEY".to_owned(), String::new());
        host.vars.insert("ANTHROPIC_MODEL".to_owned(), "m".to_owned());
        assert_eq!(judged(&tables, &host, &folders).0, Err((Level::Note, keys)));
        host.vars.insert("CLAUDE_CODE_OAUTH_TOKEN".to_owned(), "t".to_owned());
        assert_eq!(judged(&tables, &host, &folders).0, Ok("shell, cloud, local".to_owned()));

        tables.get_mut("cloud").expect("is there").files = Some(vec!["~/login".to_owned()]);
        let missing = "[agent.cloud] files: ~/login does not exist".to_owned();
        assert_eq!(judged(&tables, &host, &folders).0, Err((Level::Error, missing)));
        program("login");
        // With a command of the user's own, the preset's program is not asked for.
        let own = tables.get_mut("local").expect("is there");
        own.command = Some(vec!["mine".to_owned(), "{prompt_file}".to_owned()]);
        let text = "programs not found: local (mine)".to_owned();
        assert_eq!(judged(&tables, &host, &folders).0, Err((Level::Error, text)));
    }
}
