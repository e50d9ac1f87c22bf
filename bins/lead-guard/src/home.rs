//! Where what is borne lies: the one folder of the repository for all that its programs let pass.

use std::path::Path;

use leadforge_cli_kit::{CONFIG_FILE, Config, Context, Failure};
use leadforge_durable_fs::RelPath;
use leadforge_markup::terminal;
use serde::Deserialize;

use crate::sources::repository;

/// The folder unless the configuration names another.
const FOLDER: &str = "docs/review/baseline";
/// Where it was before there was one folder for all.
const BEFORE: &str = ".leadforge/secrets";

/// What of `[review]` says where: the rest of the table is `lead-review`'s.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Review {
    baseline: Option<String>,
}

/// The folder below the root: the one that was named, or that of the configuration, which is the commit's own where what
/// is borne is read from a commit.
pub(crate) fn folder(
    named: Option<&str>,
    from: Option<&str>,
    root: &Path,
    ctx: &Context,
) -> Result<String, Failure> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let config = match (ctx.named_config()?, from) {
        (Some(config), _) => config,
        (None, None) => Config::load(root)?,
        (None, Some(rev)) => committed(rev)?,
    };
    let folder = config.load_table::<Review>("review")?.baseline;
    let folder = folder.unwrap_or_else(|| FOLDER.to_owned());
    RelPath::parse(&folder)
        .map_err(|error| Failure::usage("config.invalid", format!("[review] baseline: {error}")))?;
    Ok(folder)
}

fn committed(rev: &str) -> Result<Config, Failure> {
    let found = repository()?.cat(&[&format!("{rev}:{CONFIG_FILE}")]);
    let bytes = found.map_err(|error| Failure::git(&error))?.pop().flatten();
    Config::parse(Path::new(&format!("{CONFIG_FILE} of {rev}")), &bytes.unwrap_or_default())
}

/// Says that files lie where they are not read any more, and how they come to where they are.
pub(crate) fn tell_of_old(root: &Path, folder: &str, ctx: &Context) {
    let there = std::fs::read_dir(root.join(BEFORE)).into_iter().flatten().flatten();
    let old = there.filter(|entry| entry.path().extension().is_some_and(|end| end == "toml"));
    if folder != BEFORE && old.count() > 0 {
        let folder = terminal(folder);
        ctx.warn(&format!(
            "{BEFORE} is no longer read: mkdir -p {folder} && git mv {BEFORE}/*.toml {folder}/"
        ));
    }
}
