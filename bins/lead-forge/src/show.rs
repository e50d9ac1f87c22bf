//! What a run leaves to look at: the dossier's files, and a summary for the terminal.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use leadforge_agent_dispatch::{Config, Settled, Summary, read_journal, run_folder};
use leadforge_cli_kit::{Context, Exit, Failure};
use leadforge_durable_fs::{RealDisk, create_dir_all, replace, sweep};
use leadforge_markup::terminal;
use leadforge_scorecard::{Provenance, Section, render_html, render_markdown};

use crate::evidence::{self, Scene};
use crate::place::Place;
use crate::story::{self, Frame};

/// The dossier's three forms.
#[derive(serde::Serialize)]
pub(crate) struct Pages {
    pub(crate) html: PathBuf,
    pub(crate) json: PathBuf,
    pub(crate) markdown: PathBuf,
}

/// Writes the dossier of a run: into `--output`, a folder, or beside the run's journal.
pub(crate) fn pages(
    place: &Place,
    ctx: &Context,
    branch: &str,
    sections: Vec<Section>,
) -> Result<Pages, Failure> {
    let folder = run_folder(&place.git.state_dir(), branch);
    let journal = folder.join(leadforge_agent_dispatch::JOURNAL);
    let there = journal.try_exists().map_err(|e| {
        Failure::new(Exit::CannotLook, "dossier.journal", format!("{}: {e}", journal.display()))
    })?;
    if !there {
        return Err(Failure::usage("dossier.none", format!("no run has landed on {branch} here"))
            .hint("name the branch with --land, or run `lead-forge run` first"));
    }
    let (events, unknown) = read_journal(&RealDisk, &folder)
        .map_err(|e| Failure::from_error(Exit::CannotLook, "dossier.journal", &e))?;
    if unknown > 0 {
        ctx.warn(&format!("{unknown} records of a newer version in the journal are left out"));
    }
    let dossier = story::dossier(&events, frame(place, ctx, branch)?);
    let dossier = leadforge_scorecard::Dossier {
        sections: [sections, seen(place, ctx, &dossier.run)?].concat(),
        ..dossier
    };
    let out = ctx.common.output.clone().unwrap_or(folder);
    let out = std::path::absolute(&out).unwrap_or(out);
    let failed = |e: leadforge_durable_fs::Error| Failure::from_error(Exit::CannotLook, "io", &e);
    create_dir_all(&RealDisk, &out).map_err(failed)?;
    sweep(&RealDisk, &out).map_err(failed)?;
    let put = |name: &str, text: String| {
        let path = out.join(name);
        replace(&RealDisk, &path, text.as_bytes()).map_err(failed)?;
        Ok::<_, Failure>(path)
    };
    Ok(Pages {
        html: put("dossier.html", render_html(&dossier))?,
        json: put("dossier.json", dossier.to_json())?,
        markdown: put("dossier.md", render_markdown(&dossier))?,
    })
}

/// What changed between the trees at the run's two ends, as far as both are known.
fn seen(
    place: &Place,
    ctx: &Context,
    run: &leadforge_scorecard::Run,
) -> Result<Vec<Section>, Failure> {
    let commit = |name: &str| place.git.resolve(name).map_err(|e| Failure::git(&e));
    let tip = match &run.tip {
        Some(tip) => commit(tip)?,
        None => commit(&format!("refs/heads/{}", run.branch))?,
    };
    let (Some(base), Some(tip)) = (commit(&run.base)?, tip) else { return Ok(Vec::new()) };
    let state = ctx.state_dir().ok();
    let scene = Scene {
        git: &place.git,
        file: &place.file,
        base: &base,
        tip: &tip,
        state: state.as_ref(),
        version: ctx.version(),
    };
    Ok(evidence::sections(&scene))
}

fn frame<'a>(place: &'a Place, ctx: &'a Context, branch: &str) -> Result<Frame<'a>, Failure> {
    let git = &place.git;
    let failed = |e: leadforge_host_git::Error| Failure::git(&e);
    let tip = git.resolve(&format!("refs/heads/{branch}")).map_err(failed)?;
    let tip_tree = match &tip {
        Some(tip) => Some(git.tree_of(tip).map_err(failed)?.to_string()),
        None => None,
    };
    let provenance =
        vec![Provenance { what: "lead-forge".to_owned(), value: ctx.version().to_owned() }];
    Ok(Frame {
        repository: &place.name,
        base_branch: git.head().map_err(failed)?.branch,
        tip_tree,
        version: ctx.version(),
        provenance,
    })
}

/// Reads the envelopes of other binaries.
pub(crate) fn sections(with: &[PathBuf]) -> Result<Vec<Section>, Failure> {
    with.iter().map(|path| section(path)).collect()
}

fn section(path: &Path) -> Result<Section, Failure> {
    let bytes = std::fs::read(path)
        .map_err(|e| Failure::cannot_look("dossier.with", format!("{}: {e}", path.display())))?;
    Section::from_envelope(&bytes)
        .map_err(|e| Failure::usage("dossier.with", format!("{}: {e}", path.display())))
}

/// How each task ended, and where the proof is.
pub(crate) fn summary(
    out: &mut dyn Write,
    summary: &Summary,
    titles: &[(String, String)],
    pages: &Pages,
) -> io::Result<()> {
    for (id, title) in titles {
        let (mark, reason) = match summary.outcomes.get(id) {
            Some(Settled::Landed { .. }) => ("\x1b[32mlanded \x1b[0m", String::new()),
            Some(Settled::Failed { reason }) => ("\x1b[31mfailed \x1b[0m", first(reason)),
            Some(Settled::Skipped { reason }) => ("\x1b[33mskipped\x1b[0m", first(reason)),
            Some(Settled::Blocked { on }) => {
                let on = titles.get(*on).map_or("", |(id, _)| id);
                ("\x1b[33mblocked\x1b[0m", format!("waits for {on}"))
            }
            None => continue,
        };
        write!(out, "{mark} {} {}", terminal(id), terminal(title))?;
        if !reason.is_empty() {
            write!(out, "\n          {}", terminal(&reason))?;
        }
        writeln!(out)?;
    }
    let landed = summary.outcomes.values().filter(|s| matches!(s, Settled::Landed { .. })).count();
    writeln!(out, "\n{landed} of {} tasks landed", titles.len())?;
    paths(out, pages)
}

/// Where the dossier is.
pub(crate) fn paths(out: &mut dyn Write, pages: &Pages) -> io::Result<()> {
    writeln!(out, "dossier: {}", terminal(&pages.html.display().to_string()))
}

fn first(reason: &str) -> String {
    reason.lines().next().unwrap_or_default().to_owned()
}

/// The schema of the tables that this binary reads; `cargo xtask codegen` puts those of the others to them.
pub(crate) fn config_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Config).to_value();
    schema["title"] = "leadforge.toml".into();
    schema["description"] = "One file at a repository's root, a table for each concern.".into();
    schema
}

/// The schema of the dossier's JSON.
pub(crate) fn dossier_schema() -> serde_json::Value {
    leadforge_scorecard::json_schema()
}
