//! `lead-shot notes`: the notes of one version.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, replace};
use leadforge_host_git::Oid;
use leadforge_release_notes::{Asset, render_notes};

use crate::document::{Flags, lacking, release};
use crate::pictures::everything;
use crate::place::Place;
use crate::story::judge::load;
use crate::story::screens::Shown;
use crate::story::versions::{self, Version};

/// Flags of `notes`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// FROM..TO, or a tag: what it holds and no earlier tag does. What is not released yet unless given.
    range: Option<String>,
    #[command(flatten)]
    flags: Flags,
    /// Write the pictures into this folder, under the names that the notes link to.
    #[arg(long, value_name = "FOLDER")]
    assets: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let mut config = args.flags.config(&place)?;
    config.prefix = place.prefix(ctx.common.output.as_deref())?;
    let version = version(&place, args)?;
    // The notes of a version speak of the version's own tree.
    let shown = Shown::of(&everything(&place.git, &version.tip)?);
    let (mut release, problems) = release(&place, &version, &shown, true)?;
    release.incomplete = lacking(&place)?;
    let notes = render_notes(&release, &config).map_err(|e| {
        Failure::usage("notes.release", e).hint("name a tag, or leave --images release away")
    })?;
    if let Some(folder) = &args.assets {
        write(&place, folder, &notes.assets)?;
    }
    for problem in &problems {
        ctx.warn(problem);
    }
    for left in &notes.left_out {
        ctx.warn(&format!("left out for the limit on length: {} {}", left.count, left.what));
    }
    let outcome = if problems.is_empty() { Outcome::Clean } else { Outcome::Incomplete };
    if ctx.common.format == Format::Json {
        let data = serde_json::json!({ "release": release, "notes": notes });
        return ctx.emit(&Report::new(outcome).with_data(&data), |_| Ok(()));
    }
    ctx.document(|out| out.write_all(notes.text.as_bytes()))?;
    Ok(outcome)
}

fn version(place: &Place, args: &Args) -> Result<Version, Failure> {
    let line = versions::main_line(place, args.flags.main.as_deref())?;
    let wanted = args.range.as_deref().unwrap_or_default();
    if wanted.contains("..") {
        return versions::between(place, wanted, &line);
    }
    let found = versions::all(place, &line)?.into_iter().find(|version| version.name == wanted);
    found.ok_or_else(|| match wanted {
        "" => Failure::usage("notes.nothing", "every commit is in a tag already")
            .hint("name the tag whose notes are wanted"),
        _ => Failure::usage("notes.tag", format!("{wanted} is no tag"))
            .hint("write a tag, or FROM..TO"),
    })
}

/// Writes pictures under their names.
fn write(place: &Place, folder: &Path, assets: &[Asset]) -> Result<(), Failure> {
    create_dir_all(&RealDisk, folder)?;
    for asset in assets {
        let blob = Oid::parse(&asset.hash).expect("a picture's hash is the name of its blob");
        for picture in load(place, &[(asset.path.clone(), blob)])? {
            replace(&RealDisk, &folder.join(&asset.name), &picture.bytes)?;
        }
    }
    Ok(())
}
