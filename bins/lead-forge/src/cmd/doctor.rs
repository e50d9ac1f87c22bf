//! `lead-forge doctor`: what a run needs, and what of it is here.

use std::path::Path;

use leadforge_agent_dispatch::agent;
use leadforge_agent_dispatch::sandbox::{Kind, Launcher};
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
    let found = match place.queue() {
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
    let found = match agent::resolve(&place.config.agent) {
        Err(e) => Err((Level::Error, e.to_string())),
        Ok(agents) => {
            let path = std::env::var("PATH").unwrap_or_default();
            let folders = place.config.sandbox.path.iter().map(|p| place::host().expand(p));
            let folders: Vec<_> = folders.chain(std::env::split_paths(&path)).collect();
            let missing: Vec<&str> = agents
                .values()
                .filter(|a| !a.command.first().is_some_and(|p| is_there(p, &folders)))
                .map(|a| a.name.as_str())
                .collect();
            if missing.is_empty() {
                let names: Vec<&str> = std::iter::once(agent::SHELL)
                    .chain(agents.keys().map(String::as_str))
                    .collect();
                Ok(names.join(", "))
            } else {
                Err((Level::Error, format!("programs not found: {}", missing.join(", "))))
            }
        }
    };
    let help = "install them, or name their folder in [sandbox] path";
    Line { what: "agents", found, help: Some(help.to_owned()) }
}

fn is_there(program: &str, folders: &[std::path::PathBuf]) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    folders.iter().any(|folder| folder.join(program).is_file())
}
