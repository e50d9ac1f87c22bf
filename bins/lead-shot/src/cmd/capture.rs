//! `lead-shot capture`: takes the pictures of the configured screens.

use std::path::Path;

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::terminal;
use leadforge_visual_diff::Size;
use leadforge_visual_diff::capture::{Files, Folder};
use serde::Serialize;

use crate::place::Place;
use crate::screens::plan::{Plan, plans};
use crate::screens::record::{self, Record};
use crate::screens::sources::{self, Sources};
use crate::screens::taker::{Flags, Taker};

/// More bytes than a page has.
const LARGEST: u64 = 64 << 20;

/// Flags of `capture`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The screens; all unless given.
    #[arg(value_name = "SCREEN")]
    screens: Vec<String>,
    /// Only screens whose files or settings changed since their picture was taken. Where there is
    /// no browser this says so and ends well, unless the variable CI is set: the call before a commit.
    #[arg(long)]
    changed: bool,
    #[command(flatten)]
    flags: Flags,
}

/// What became of one picture.
#[derive(Serialize)]
struct Done {
    screen: String,
    path: String,
    #[serde(flatten)]
    status: Status,
}

#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Status {
    Written(Facts),
    Same(Facts),
    Failed { error: String },
    UpToDate,
    NotTaken { why: String },
}

#[derive(Serialize)]
struct Facts {
    size: Size,
    bytes: usize,
    sha256: String,
    blocked: Vec<String>,
    exceptions: Vec<String>,
    warnings: Vec<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json, Format::Github])?;
    let place = Place::here(ctx)?;
    let Some(root) = place.root.clone() else {
        return Err(Failure::usage(
            "repository.bare",
            "a bare repository has no files to photograph",
        )
        .hint("lead-shot timeline photographs what its commits hold"));
    };
    let mut wanted = plans(&place.shot, &root)?;
    for name in &args.screens {
        if !place.shot.screen.iter().any(|screen| screen.name == *name) {
            let names: Vec<&str> =
                place.shot.screen.iter().map(|screen| screen.name.as_str()).collect();
            return Err(Failure::usage("shot.screen", format!("no screen is named {name}"))
                .hint(format!("configured: {}", names.join(", "))));
        }
    }
    let chosen = |plan: &Plan| {
        let of = |name: &String| plan.of(name);
        args.screens.is_empty() || args.screens.iter().any(of)
    };
    wanted.retain(chosen);
    let files = sources::files(&place.git, &place.tree_now()?)?;
    let mut done = Vec::new();
    let mut todo = Vec::new();
    for plan in wanted {
        let sources = sources::of(&plan, &files);
        if args.changed && stands(&root, &plan, &sources)? {
            done.push(entry(&plan, Status::UpToDate));
        } else {
            todo.push((plan, sources));
        }
    }
    if !todo.is_empty() {
        let taker = Taker::new(&place, &args.flags, ctx)
            .and_then(|taker| taker.with_app(&place, &args.flags, ctx));
        let first = taker.and_then(|mut taker| taker.version().map(|version| (taker, version)));
        match first {
            Ok((mut taker, version)) => {
                for (plan, sources) in todo {
                    done.push(take(&root, &mut taker, &version, plan, sources)?);
                }
            }
            Err(failure) if may_be_left_out(args, &failure) => {
                for (plan, _) in &todo {
                    done.push(entry(plan, Status::NotTaken { why: failure.message.clone() }));
                }
                let hint = failure.hint.unwrap_or_default();
                ctx.warn(&format!(
                    "{} of {} screens changed and were not taken: {}; {hint}",
                    todo.len(),
                    done.len(),
                    terminal(&failure.message)
                ));
            }
            Err(failure) => return Err(failure),
        }
    }
    tell(&done, ctx)
}

/// Before a commit nobody is stopped for want of a browser; in CI the picture would be missing.
fn may_be_left_out(args: &Args, failure: &Failure) -> bool {
    let known = ["shot.no-browser", "shot.snap", "shot.fence"];
    args.changed
        && std::env::var_os("CI").is_none_or(|set| set.is_empty())
        && known.contains(&failure.code.as_str())
}

/// Whether the picture that is there was made from these sources and settings.
fn stands(root: &Path, plan: &Plan, sources: &Sources) -> Result<bool, Failure> {
    let Some(record) = Record::beside(root, &plan.file)? else { return Ok(false) };
    Ok(record.sources == *sources
        && record.settings == plan.settings()
        && record::picture(root, &plan.file)?.is_some())
}

fn take(
    root: &Path,
    taker: &mut Taker,
    version: &str,
    plan: Plan,
    sources: Sources,
) -> Result<Done, Failure> {
    let document = match &plan.source {
        Some(source) => Some(read(&RealDisk, &source.resolve(&RealDisk, root)?, LARGEST)?),
        None => None,
    };
    let folders: Vec<(String, Folder)> =
        plan.serve.iter().map(|(at, from)| (at.clone(), Folder(from.below(root)))).collect();
    let folders = folders.iter().map(|(at, folder)| (at.clone(), folder as &dyn Files)).collect();
    let picture = match taker.take(&plan, document.as_deref(), folders)? {
        Ok(picture) => picture,
        Err(error) => return Ok(entry(&plan, Status::Failed { error: error.to_string() })),
    };
    let record = Record::new(&picture.png, plan.settings(), version, taker.fonts(), sources);
    let changed = record.write(root, &plan.file, &picture.png)?;
    let facts = Facts {
        size: picture.size,
        bytes: picture.png.len(),
        sha256: record.picture,
        blocked: picture.blocked,
        exceptions: picture.exceptions,
        warnings: picture.warnings,
    };
    Ok(entry(&plan, if changed { Status::Written(facts) } else { Status::Same(facts) }))
}

fn entry(plan: &Plan, status: Status) -> Done {
    Done { screen: plan.name.clone(), path: plan.file.as_str().to_owned(), status }
}

fn tell(done: &[Done], ctx: &Context) -> Result<Outcome, Failure> {
    let mut findings = Vec::new();
    for one in done {
        match &one.status {
            Status::Failed { error } => {
                let message = format!("{}: {error}", one.screen);
                findings
                    .push(Finding::new("shot.failed", Level::Error, message).at(&one.path, None));
            }
            Status::Written(facts) | Status::Same(facts) => {
                for warning in &facts.warnings {
                    let message = format!("{}: {warning}", one.screen);
                    findings.push(
                        Finding::new("shot.uncertain", Level::Warning, message).at(&one.path, None),
                    );
                }
            }
            Status::UpToDate | Status::NotTaken { .. } => {}
        }
    }
    let count = |wanted: fn(&Status) -> bool| done.iter().filter(|one| wanted(&one.status)).count();
    let written = count(|status| matches!(status, Status::Written(_)));
    let failed = count(|status| matches!(status, Status::Failed { .. }));
    let mut report = Report::of(findings)
        .with_summary("screens", done.len())
        .with_summary("written", written)
        .with_data(&serde_json::json!({"screens": done}));
    if failed > 0 {
        report.outcome = Outcome::Incomplete;
    }
    ctx.emit(&report, |out| {
        for one in done {
            let (screen, path) = (terminal(&one.screen), terminal(&one.path));
            match &one.status {
                Status::Written(facts) => {
                    let Size { width, height } = facts.size;
                    writeln!(out, "{screen}  {path}  {width}×{height}, {} bytes", facts.bytes)?;
                }
                Status::Same(_) => writeln!(out, "{screen}  {path}  same as before")?,
                Status::UpToDate => writeln!(out, "{screen}  {path}  nothing changed, not taken")?,
                Status::NotTaken { why } => {
                    writeln!(out, "{screen}  not taken: {}", terminal(why))?;
                }
                Status::Failed { error } => writeln!(out, "{screen}  failed: {}", terminal(error))?,
            }
            if let Status::Written(facts) | Status::Same(facts) = &one.status {
                for line in &facts.warnings {
                    writeln!(out, "  warning: {}", terminal(line))?;
                }
                for line in &facts.exceptions {
                    writeln!(out, "  the page's script failed: {}", terminal(line))?;
                }
                for line in &facts.blocked {
                    writeln!(out, "  blocked: {}", terminal(line))?;
                }
            }
        }
        Ok(())
    })
}
