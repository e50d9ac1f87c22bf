//! `lead-sbom lock check`: whether the lock files are there, fresh, and what is installed from.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_markup::terminal;

use crate::context;
use crate::lock::{fault, installs, npm, uv};

/// Flags of `lock`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Fail when a lock file is missing or stale, or when a Dockerfile or workflow installs without it.
    ///
    /// Looked at are pyproject.toml with uv.lock and package.json with package-lock.json, in every folder, and what the
    /// Dockerfiles and the workflows under .github install. Nothing is run and nothing is fetched.
    Check(Check),
}

#[derive(clap::Args)]
struct Check {
    /// The folder to look at.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let Verb::Check(Check { folder }) = &args.verb;
    let files = context::files(folder)?;
    let installed = ["node_modules/", ".venv/", "site-packages/", "vendor/"];
    let files: Vec<&String> =
        files.iter().filter(|file| !installed.iter().any(|part| file.contains(part))).collect();
    let mut findings = Vec::new();
    let (mut projects, mut uv_projects) = (0, 0);
    for file in &files {
        let (parent, name) = file.rsplit_once('/').map_or(("", file.as_str()), |(p, n)| (p, n));
        let beside = |name: &str| {
            if parent.is_empty() { name.to_owned() } else { format!("{parent}/{name}") }
        };
        match name {
            "pyproject.toml" => {
                let (found, is_uv) = python(folder, file, &beside, &files)?;
                projects += usize::from(is_uv.is_some());
                uv_projects += usize::from(is_uv == Some(true));
                findings.extend(found);
            }
            "package.json" if files.iter().any(|file| **file == beside("package-lock.json")) => {
                projects += 1;
                findings.extend(compare(folder, file, &beside("package-lock.json"), npm::check)?);
            }
            _ => {}
        }
    }
    if projects == 0 {
        let message = format!("{}: no project whose lock could be checked", folder.display());
        return Err(Failure::cannot_look("lock.nothing", message));
    }
    if uv_projects > 0 {
        findings.extend(unlocked(folder, &files)?);
    }
    ctx.emit(&Report::of(findings.clone()), |out| {
        for finding in &findings {
            let at = finding.at.as_ref().expect("each was given a place");
            let line = at.line.map_or(String::new(), |line| format!(":{line}"));
            writeln!(
                out,
                "{}{line}: {} [{}]",
                terminal(&at.path),
                terminal(&finding.message),
                finding.rule
            )?;
        }
        writeln!(out, "{projects} projects, {} findings", findings.len())
    })
}

/// A project of Python: what is wrong, and whether uv locks it; `None` where nothing is to be locked.
fn python(
    folder: &Path,
    file: &str,
    beside: &dyn Fn(&str) -> String,
    files: &[&String],
) -> Result<(Vec<Finding>, Option<bool>), Failure> {
    let text = context::text(&folder.join(file))?;
    let there = |name: &str| files.iter().any(|file| **file == beside(name));
    if there("uv.lock") {
        let mut found = compare(folder, file, &beside("uv.lock"), uv::check)?;
        if let Some(other) =
            ["poetry.lock", "pdm.lock", "Pipfile.lock"].into_iter().find(|name| there(name))
        {
            let message =
                format!("{other} locks the same project: one of the two is out of date one day");
            found.push(fault("lock.several", Level::Warning, message, &beside("uv.lock"), None));
        }
        return Ok((found, Some(true)));
    }
    let locked =
        ["poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"].iter().any(|name| there(name));
    let asks = text.contains("\ndependencies")
        || text.contains("[project.optional-dependencies]")
        || text.contains("[tool.poetry.dependencies]");
    if locked || !asks {
        return Ok((Vec::new(), locked.then_some(false)));
    }
    let message = "the project has dependencies and no lock file: run `uv lock`".to_owned();
    Ok((vec![fault("lock.missing", Level::Error, message, file, None)], Some(false)))
}

/// Says what is wrong with a lock, given the project, the lock, and where both lie.
type Comparison = fn(&str, &str, (&str, &str)) -> Result<Vec<Finding>, String>;

/// Compares a project with its lock.
fn compare(
    folder: &Path,
    project: &str,
    lock: &str,
    check: Comparison,
) -> Result<Vec<Finding>, Failure> {
    let texts = (context::text(&folder.join(project))?, context::text(&folder.join(lock))?);
    check(&texts.0, &texts.1, (project, lock))
        .map_err(|message| Failure::usage("lock.unreadable", message))
}

/// What Dockerfiles and workflows install although there is a lock.
fn unlocked(folder: &Path, files: &[&String]) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for file in files {
        let name = file.rsplit('/').next().unwrap_or_default();
        let dockerfile = name == "Dockerfile"
            || name.starts_with("Dockerfile.")
            || name.ends_with(".Dockerfile");
        let workflow = file.starts_with(".github/workflows/")
            && (name.ends_with(".yml") || name.ends_with(".yaml"));
        if !dockerfile && !workflow {
            continue;
        }
        let text = context::text(&folder.join(file.as_str()))?;
        let found =
            if dockerfile { installs::of_dockerfile(&text) } else { installs::of_workflow(&text) };
        for install in found.iter().filter(|install| !install.locked) {
            let message =
                format!("`{}` does not follow uv.lock: `uv sync --locked` does", install.shown);
            findings.push(fault("lock.unused", Level::Error, message, file, Some(install.line)));
        }
    }
    Ok(findings)
}
