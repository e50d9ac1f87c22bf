//! `lead-forge init`: a repository made ready, with nothing overwritten and every step undoable.

use std::path::Path;

use leadforge_cli_kit::{CONFIG_FILE, Context, Exit, Failure, Format, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, create_new, read, remove, replace, sweep};
use leadforge_markup::terminal;
use leadforge_task_queue::QUEUE_DIR;
use serde::{Deserialize, Serialize};

use crate::place::Place;

/// Flags of `init`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only show what would be written.
    #[arg(long, conflicts_with = "undo")]
    dry_run: bool,
    /// Take back what init wrote; files that were changed since stay.
    #[arg(long)]
    undo: bool,
    /// Write this workflow of GitHub Actions too; may be given again.
    #[arg(long, value_enum, value_name = "NAME", conflicts_with = "undo")]
    workflow: Vec<Workflow>,
}

/// Workflows for a repository that uses these tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Workflow {
    /// Screens are compared on pull requests; a release gets the pictures that its notes show.
    Visual,
    /// The tree and the image are inventoried; what a pull request adds is gated.
    SupplyChain,
    /// Pull requests are reviewed without rights, and a second workflow says on them what was found.
    Review,
}

impl Workflow {
    /// Where its files lie, and their texts for this version of the tools.
    fn files(self, version: &str) -> Vec<(String, String)> {
        let files: &[(&str, &str)] = match self {
            Self::Visual => &[("visual", VISUAL)],
            Self::SupplyChain => &[("supply-chain", SUPPLY_CHAIN)],
            Self::Review => &[("review", REVIEW), ("review-post", REVIEW_POST)],
        };
        let of = |(name, text): &(&str, &str)| {
            (format!(".github/workflows/{name}.yml"), text.replace("{{version}}", version))
        };
        files.iter().map(of).collect()
    }
}

const CONFIG: &str = include_str!("../template/leadforge.toml");
const README: &str = include_str!("../template/queue-readme.md");
const VISUAL: &str = include_str!("../template/visual.yml");
const SUPPLY_CHAIN: &str = include_str!("../template/supply-chain.yml");
const REVIEW: &str = include_str!("../template/review.yml");
const REVIEW_POST: &str = include_str!("../template/review-post.yml");
const IGNORE: &str = "docs/TASKS/queue/in-progress/";
const LIMIT: u64 = 1 << 20;

/// What init did, so that it can be taken back byte for byte.
#[derive(Default, Serialize, Deserialize)]
struct Record {
    steps: Vec<Step>,
}

/// One file: its bytes before (none: it was not there) and after.
#[derive(Clone, Serialize, Deserialize)]
struct Step {
    path: String,
    before: Option<String>,
    after: String,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    if !args.dry_run {
        for folder in [&place.root, &place.queue_dir(), &place.git.state_dir()] {
            sweep(&RealDisk, folder).map_err(io)?;
        }
    }
    if args.undo {
        return undo(&place, ctx);
    }
    let steps = plan(&place.root, &args.workflow, ctx.version())?;
    if !args.dry_run {
        let mut record = load(&place)?;
        // The record first: a step that was written can always be taken back.
        record.steps.retain(|old| steps.iter().all(|new| new.path != old.path));
        record.steps.extend(steps.iter().cloned());
        save(&place, &record)?;
        for step in &steps {
            write(&place.root, step)?;
        }
        for folder in ["pending", "completed"] {
            create_dir_all(&RealDisk, &place.root.join(QUEUE_DIR).join(folder)).map_err(io)?;
        }
    }
    let report = Report::new(Outcome::Clean).with_data(&serde_json::json!({
        "written": steps.iter().map(|s| &s.path).collect::<Vec<_>>(), "dry_run": args.dry_run,
    }));
    ctx.emit(&report, |out| {
        if steps.is_empty() {
            writeln!(out, "nothing to do: the repository is ready")?;
        }
        for step in &steps {
            let how = if step.before.is_some() { "add to" } else { "create" };
            writeln!(out, "{how} {}", terminal(&step.path))?;
            if args.dry_run {
                let old = step.before.as_deref().unwrap_or_default();
                for line in step.after.strip_prefix(old).unwrap_or(&step.after).lines() {
                    writeln!(out, "    + {}", terminal(line))?;
                }
            }
        }
        if !args.dry_run && !steps.is_empty() {
            writeln!(out, "next: lead-queue import PATH…  then  lead-forge doctor")?;
        }
        Ok(())
    })
}

/// What is missing; what is there is never touched.
fn plan(root: &Path, workflows: &[Workflow], version: &str) -> Result<Vec<Step>, Failure> {
    let mut steps: Vec<Step> = Vec::new();
    let always = [
        (CONFIG_FILE.to_owned(), CONFIG.to_owned()),
        (format!("{QUEUE_DIR}/README.md"), README.to_owned()),
    ];
    let asked = workflows.iter().flat_map(|workflow| workflow.files(version));
    for (path, after) in always.into_iter().chain(asked) {
        let known = steps.iter().any(|step| step.path == path);
        if !known && text_of(&root.join(&path))?.is_none() {
            steps.push(Step { path, before: None, after });
        }
    }
    let ignore = text_of(&root.join(".gitignore"))?;
    let old = ignore.clone().unwrap_or_default();
    if !old.lines().any(|line| line.trim() == IGNORE) {
        let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
        let after = format!("{old}{gap}# LeadForge's view of running tasks\n{IGNORE}\n");
        steps.push(Step { path: ".gitignore".to_owned(), before: ignore, after });
    }
    Ok(steps)
}

fn undo(place: &Place, ctx: &Context) -> Result<Outcome, Failure> {
    let record = load(place)?;
    let (mut back, mut kept) = (Vec::new(), Vec::new());
    for step in record.steps.iter().rev() {
        let path = place.root.join(&step.path);
        let text = text_of(&path)?;
        // An undo that failed, or an init, got no further than this.
        if text == step.before {
            back.push(step.path.clone());
            continue;
        }
        if text.as_deref() != Some(step.after.as_str()) {
            kept.push(step.path.clone());
            continue;
        }
        match &step.before {
            Some(before) => replace(&RealDisk, &path, before.as_bytes()).map_err(io)?,
            None => drop(remove(&RealDisk, &path).map_err(io)?),
        }
        back.push(step.path.clone());
    }
    // Folders go only when they are empty, deepest first.
    for folder in ["pending", "completed", ""] {
        remove_empty(&place.root.join(QUEUE_DIR).join(folder))?;
    }
    let above = back.iter().map(Path::new).chain([Path::new(QUEUE_DIR)]);
    for folder in above.flat_map(|path| path.ancestors().skip(1)) {
        if !folder.as_os_str().is_empty() {
            remove_empty(&place.root.join(folder))?;
        }
    }
    remove(&RealDisk, &record_path(place)).map_err(io)?;
    let outcome = if kept.is_empty() { Outcome::Clean } else { Outcome::Findings };
    let report =
        Report::new(outcome).with_data(&serde_json::json!({ "taken_back": back, "kept": kept }));
    ctx.emit(&report, |out| {
        for path in &back {
            writeln!(out, "took back {}", terminal(path))?;
        }
        for path in &kept {
            writeln!(out, "kept {}: it was changed since", terminal(path))?;
        }
        if back.is_empty() && kept.is_empty() {
            writeln!(out, "nothing to take back")?;
        }
        Ok(())
    })
}

/// Removes a folder if it is there and empty.
fn remove_empty(folder: &Path) -> Result<(), Failure> {
    use std::io::ErrorKind::{DirectoryNotEmpty, NotADirectory, NotFound};
    match std::fs::remove_dir(folder) {
        Err(e) if !matches!(e.kind(), DirectoryNotEmpty | NotADirectory | NotFound) => {
            let message = format!("cannot remove {}: {e}", folder.display());
            Err(Failure::cannot_look("io", message))
        }
        _ => Ok(()),
    }
}

fn write(root: &Path, step: &Step) -> Result<(), Failure> {
    let path = root.join(&step.path);
    if let Some(folder) = path.parent() {
        create_dir_all(&RealDisk, folder).map_err(io)?;
    }
    match step.before {
        None => create_new(&RealDisk, &path, step.after.as_bytes()).map_err(io),
        Some(_) => replace(&RealDisk, &path, step.after.as_bytes()).map_err(io),
    }
}

fn text_of(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::symlink_metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Ok(meta) if !meta.is_file() => {
            return Err(Failure::usage(
                "init.file",
                format!("{}: expected a regular file; move it away", path.display()),
            ));
        }
        _ => {}
    }
    let bytes = read(&RealDisk, path, LIMIT).map_err(io)?;
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| Failure::usage("init.file", format!("{}: not UTF-8 text", path.display())))
}

fn record_path(place: &Place) -> std::path::PathBuf {
    place.git.state_dir().join("init.json")
}

fn load(place: &Place) -> Result<Record, Failure> {
    let path = record_path(place);
    match text_of(&path)? {
        None => Ok(Record::default()),
        Some(text) => serde_json::from_str(&text)
            .map_err(|e| Failure::cannot_look("init.record", format!("{}: {e}", path.display()))),
    }
}

fn save(place: &Place, record: &Record) -> Result<(), Failure> {
    create_dir_all(&RealDisk, &place.git.state_dir()).map_err(io)?;
    let bytes = serde_json::to_vec_pretty(record).expect("plain data");
    replace(&RealDisk, &record_path(place), &bytes).map_err(io)
}

fn io(error: leadforge_durable_fs::Error) -> Failure {
    Failure::from_error(Exit::CannotLook, "io", &error)
}
