//! `lead-sbom dockerignore`: a file that keeps out of the context what no image needs.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_container_audit::dockerignore::{Ignore, Source, needs, propose, sources};
use leadforge_durable_fs::{RealDisk, replace};
use leadforge_markup::terminal;

use crate::context;

/// Flags of `dockerignore`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The Dockerfiles that are built from the context; by default every one of its top folder.
    #[arg(value_name = "DOCKERFILE")]
    dockerfiles: Vec<PathBuf>,
    /// The build context.
    #[arg(long, default_value = ".", value_name = "DIR")]
    context: PathBuf,
    /// Fail when the .dockerignore that is there drops what is needed, or when there is none.
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Write the .dockerignore. One that somebody else wrote is not replaced without --force.
    #[arg(long)]
    write: bool,
    /// Replace a .dockerignore that was not made by this command.
    #[arg(long, requires = "write")]
    force: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let files = context::files(&args.context)?;
    let texts = dockerfiles(args, &files)?;
    let path = args.context.join(".dockerignore");
    let present = context::maybe(&path)?;
    if args.check {
        return check(&texts, &files, present.as_deref(), &path, ctx);
    }
    let plain: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let proposal = propose(&plain, &files);
    if !args.write {
        return ctx
            .document(|out| out.write_all(proposal.text.as_bytes()))
            .map(|()| Outcome::Clean);
    }
    let ours = present.as_deref().is_none_or(|text| text.starts_with("# Made by `lead-sbom"));
    if !ours && !args.force {
        let message = format!("{}: somebody wrote it, and it would be replaced", path.display());
        return Err(Failure::refused("dockerignore.theirs", message)
            .hint("--force replaces it; without --write the proposal is only shown"));
    }
    replace(&RealDisk, &path, proposal.text.as_bytes())?;
    let (kept, out) = (proposal.kept.len(), proposal.left_out.len());
    let report = Report::new(Outcome::Clean).with_data(&serde_json::json!({
        "kept": proposal.kept, "left_out": proposal.left_out,
    }));
    ctx.emit(&report, |to| {
        writeln!(
            to,
            "{}: {kept} files stay in the context, {out} do not",
            terminal(&path.display().to_string())
        )
    })
}

/// The Dockerfiles with their names.
fn dockerfiles(args: &Args, files: &[String]) -> Result<Vec<(PathBuf, String)>, Failure> {
    let mut paths = args.dockerfiles.clone();
    if paths.is_empty() {
        let is = |name: &&String| {
            !name.contains('/')
                && (name.as_str() == "Dockerfile"
                    || name.starts_with("Dockerfile.")
                    || *name == "Containerfile")
                && !name.ends_with(".dockerignore")
        };
        paths.extend(files.iter().filter(is).map(|name| args.context.join(name)));
    }
    if paths.is_empty() {
        let message = format!("{}: there is no Dockerfile", args.context.display());
        return Err(Failure::cannot_look("dockerignore.none", message).hint("name the Dockerfiles"));
    }
    paths.into_iter().map(|path| context::text(&path).map(|text| (path, text))).collect()
}

fn check(
    texts: &[(PathBuf, String)],
    files: &[String],
    present: Option<&str>,
    path: &Path,
    ctx: &Context,
) -> Result<Outcome, Failure> {
    let mut findings = Vec::new();
    let shown = path.display().to_string();
    let ignore = Ignore::read(present.unwrap_or_default());
    if present.is_none() {
        let message = "there is no .dockerignore: lead-sbom dockerignore --write makes one";
        findings.push(Finding::new("dockerignore.missing", Level::Error, message).at(&shown, None));
    }
    for (dockerfile, text) in texts {
        for source in sources(text).iter().filter(|source| !source.is_whole()) {
            findings.extend(dropped(source, files, &ignore, dockerfile));
        }
    }
    let sent = files.iter().filter(|file| !ignore.excludes(file)).count();
    let all: Vec<Source> = texts.iter().flat_map(|(_, text)| sources(text)).collect();
    let used = needs(&all, files).len();
    ctx.emit(&Report::of(findings.clone()), |out| {
        for finding in &findings {
            let at = finding.at.as_ref().map_or(&shown, |at| &at.path);
            writeln!(out, "{}: {} [{}]", terminal(at), terminal(&finding.message), finding.rule)?;
        }
        writeln!(out, "{sent} of {} files are in the context, {used} are taken", files.len())
    })
}

/// A source whose files the ignore file drops, every one of them or some.
fn dropped(
    source: &Source,
    files: &[String],
    ignore: &Ignore,
    dockerfile: &Path,
) -> Option<Finding> {
    let cache = |file: &&&String| !file.contains("__pycache__") && !file.ends_with(".pyc");
    let taken: Vec<&String> = files.iter().filter(|file| source.takes(file)).collect();
    let gone = taken.iter().filter(cache).filter(|file| ignore.excludes(file)).count();
    let line = u32::try_from(source.line).ok();
    (gone > 0).then(|| {
        let message = format!(
            "{gone} of the {} files of {} never reach the build",
            taken.len(),
            source.pattern
        );
        Finding::new("dockerignore.drops", Level::Error, message)
            .at(dockerfile.display().to_string(), line)
    })
}
