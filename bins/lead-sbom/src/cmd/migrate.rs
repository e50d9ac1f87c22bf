//! `lead-sbom migrate uv`: pip, poetry and requirements become uv.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report, host};
use leadforge_durable_fs::{RealDisk, create_dir_all, remove, replace};
use leadforge_markup::terminal;

use crate::context;
use crate::migrate::{Edit, Repository, diff, plan};

/// Flags of `migrate`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Let uv install what pip and poetry install, in Dockerfiles and workflows, from the lock where there is one.
    ///
    /// Nothing is run: what is left to do, such as `uv lock`, is told. A guide for contributors is written to docs/uv.md.
    Uv(Uv),
}

#[derive(clap::Args)]
struct Uv {
    /// The repository.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
}

/// The files that are looked at.
struct Files(BTreeMap<String, String>);

impl Repository for Files {
    fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let Verb::Uv(Uv { folder, dry_run }) = &args.verb;
    let wanted = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let workflow = path.starts_with(".github/workflows/")
            && (name.ends_with(".yml") || name.ends_with(".yaml"));
        let foreign = ["node_modules/", ".venv/", "vendor/"].iter().any(|part| path.contains(part));
        !foreign
            && (workflow
                || name.contains("Dockerfile")
                || matches!(
                    path.as_str(),
                    "pyproject.toml" | "requirements.txt" | "uv.lock" | "docs/uv.md"
                ))
    };
    let mut files = BTreeMap::new();
    for path in context::files(folder)?.into_iter().filter(wanted) {
        let text = context::text(&folder.join(&path))?;
        files.insert(path, text);
    }
    if !["pyproject.toml", "requirements.txt"].iter().any(|name| files.contains_key(*name)) {
        let message =
            format!("{}: neither pyproject.toml nor requirements.txt is there", folder.display());
        return Err(Failure::cannot_look("migrate.nothing", message));
    }
    let whole = host::current_dir()?.join(folder);
    let name =
        whole.components().next_back().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let plan = plan(&Files(files), &name.unwrap_or_default());
    if !dry_run {
        put(folder, &plan.edits)?;
    }
    let report = Report::new(Outcome::Clean).with_data(&serde_json::json!({
        "changed": plan.edits.iter().map(|edit| &edit.path).collect::<Vec<_>>(),
        "left": plan.left, "dry_run": dry_run,
    }));
    ctx.emit(&report, |out| {
        for edit in &plan.edits {
            let how = if edit.before.is_some() { "change" } else { "create" };
            writeln!(out, "{how} {}", terminal(&edit.path))?;
            if *dry_run {
                diff(edit).iter().try_for_each(|line| writeln!(out, "    {}", terminal(line)))?;
            }
        }
        if plan.edits.is_empty() {
            writeln!(out, "nothing to do: uv installs everything")?;
        }
        plan.left.iter().try_for_each(|line| writeln!(out, "left to do: {}", terminal(line)))
    })
}

/// Writes every file, or none: what was written before one failed is as it was again.
fn put(folder: &Path, edits: &[Edit]) -> Result<(), Failure> {
    for (number, edit) in edits.iter().enumerate() {
        let path = folder.join(&edit.path);
        let parent = path.parent().map_or(Ok(()), |parent| create_dir_all(&RealDisk, parent));
        let written = parent.and_then(|()| replace(&RealDisk, &path, edit.after.as_bytes()));
        let Err(error) = written else { continue };
        let mut failure = Failure::from(error);
        for done in &edits[..number] {
            let path = folder.join(&done.path);
            let back = match &done.before {
                Some(before) => replace(&RealDisk, &path, before.as_bytes()).map_err(Failure::from),
                None => remove(&RealDisk, &path).map(drop).map_err(Failure::from),
            };
            if back.is_err() {
                failure = failure.hint(format!("{} could not be put back", path.display()));
            }
        }
        return Err(failure);
    }
    Ok(())
}
