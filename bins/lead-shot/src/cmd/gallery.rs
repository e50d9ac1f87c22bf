//! `lead-shot gallery`: the pictures of the versions as folders that people browse.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_host_git::Oid;
use leadforge_markup::terminal;
use leadforge_release_notes::{Asset, gallery};

use crate::document::release;
use crate::pictures::everything;
use crate::place::Place;
use crate::story::judge::load;
use crate::story::screens::Shown;
use crate::story::versions;

/// Flags of `gallery`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A tag, or FROM..TO that ends at one. Every tag unless given.
    range: Option<String>,
    /// The folder that holds `releases` and `history`.
    #[arg(long, value_name = "FOLDER", default_value = "screenshots")]
    to: PathBuf,
}

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Written,
    Kept,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let line = versions::main_line(&place, None)?;
    let found = match args.range.as_deref() {
        Some(range) if range.contains("..") => vec![versions::between(&place, range, &line)?],
        wanted => {
            let all = versions::all(&place, &line)?.into_iter();
            all.filter(|v| !v.name.is_empty() && wanted.is_none_or(|w| w == v.name)).collect()
        }
    };
    if found.iter().all(|version| version.name.is_empty()) {
        let what = args.range.as_deref().unwrap_or("this repository");
        return Err(Failure::usage("gallery.tag", format!("{what} has no tag"))
            .hint("the gallery has a folder for each tag"));
    }
    let base = match &place.root {
        Some(root) if args.to.is_relative() => root.join(&args.to),
        _ => args.to.clone(),
    };
    let (mut files, mut problems) = (BTreeMap::new(), Vec::new());
    // Of two versions of one day the later one says what the day ended with.
    for version in found.iter().rev() {
        let shown = Shown::of(&everything(&place.git, &version.tip)?);
        let (release, more) = release(&place, version, &shown, false)?;
        problems.extend(more);
        for asset in gallery(&release) {
            if let Entry::Vacant(free) = files.entry(asset.name.clone()) {
                free.insert(put(&place, &base, &asset)?);
            }
        }
    }
    for problem in &problems {
        ctx.warn(problem);
    }
    let written = files.values().filter(|state| **state == State::Written).count();
    let outcome = if problems.is_empty() { Outcome::Clean } else { Outcome::Incomplete };
    let report = Report::new(outcome)
        .with_summary("files", files.len())
        .with_summary("written", written)
        .with_data(&files);
    ctx.emit(&report, |out| {
        let new = files.iter().filter(|(_, state)| **state == State::Written);
        for (name, _) in new {
            writeln!(out, "{}/{}", terminal(&args.to.to_string_lossy()), terminal(name))?;
        }
        writeln!(out, "{} files, {written} written; nothing is staged", files.len())
    })
}

/// Writes one file, unless it is there already.
fn put(place: &Place, base: &Path, asset: &Asset) -> Result<State, Failure> {
    let blob = Oid::parse(&asset.hash).expect("a picture's hash is the name of its blob");
    let path = base.join(&asset.name);
    let folder = path.parent().expect("a file of the gallery lies in a folder");
    create_dir_all(&RealDisk, folder)?;
    inside(place, base, folder)?;
    let loaded = load(place, &[(asset.path.clone(), blob)])?;
    let bytes = loaded.first().map(|picture| picture.bytes.as_slice()).unwrap_or_default();
    let there = read(&RealDisk, &path, bytes.len() as u64 + 1);
    if there.is_ok_and(|there| there == bytes) {
        return Ok(State::Kept);
    }
    replace(&RealDisk, &path, bytes)?;
    Ok(State::Written)
}

/// Refuses a folder that a link leads out of the place that was named.
fn inside(place: &Place, base: &Path, folder: &Path) -> Result<(), Failure> {
    let real = |path: &Path| {
        path.canonicalize().map_err(|error| {
            Failure::cannot_look("io", format!("the folder {}: {error}", path.display()))
        })
    };
    let (below, named) = (real(folder)?, real(base)?);
    let own = place.root.as_deref().filter(|root| base.starts_with(root));
    let left = own.is_some_and(|root| !named.starts_with(root));
    if left || !below.starts_with(&named) {
        let message = format!("{} leads out of its folder by a link", folder.display());
        return Err(Failure::refused("path.link", message));
    }
    Ok(())
}
