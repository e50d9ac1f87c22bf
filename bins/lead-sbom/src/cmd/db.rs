//! `lead-sbom db`: the index of advisories.

mod fetch;

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Outcome, Report};
use leadforge_durable_fs::{AtomicFile, RealDisk, create_dir_all, read};
use leadforge_markup::terminal;
use leadforge_sbom::vulns::{Builder, Covered, INDEX_FILE, Index};

use crate::records::{self, To};

/// What is done with the index.
#[derive(clap::Subcommand)]
pub(crate) enum Db {
    /// Build the index of OSV records: folders, or archives in zip, tar or tar.gz.
    ///
    /// It goes to --output, or to where `lead-sbom vulns` looks for it. The same records give the same bytes.
    Build {
        /// Folders and archives of OSV records, in JSON or YAML.
        #[arg(required = true, value_name = "SOURCE")]
        sources: Vec<PathBuf>,
    },
    /// Download the advisories of ecosystems, and build the index of all that was downloaded.
    ///
    /// They come from OSV's public files, an archive for each ecosystem, or from --from and --url. An archive is kept,
    /// and comes again only when the server has another one. When anything goes wrong, the index stays as it was, and
    /// so does every archive that could not be replaced by a whole one.
    Fetch(fetch::Args),
    /// Say what an index holds, and of which day it is.
    Info {
        /// The index; that of the user unless given.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

/// An index larger than this is not read.
const LIMIT: u64 = 4 << 30;
/// The failure that says that the user has no index.
pub(crate) const NONE: &str = "db.none";

pub(crate) fn run(what: &Db, ctx: &Context) -> Result<Outcome, Failure> {
    match what {
        Db::Build { sources } => build(sources, ctx),
        Db::Fetch(args) => fetch::run(args, ctx),
        Db::Info { file } => info(file.as_deref(), ctx),
    }
}

fn build(sources: &[PathBuf], ctx: &Context) -> Result<Outcome, Failure> {
    let mut to = To::new(ctx.gauge());
    let mut records = 0;
    for source in sources {
        let found = records::add(source, &mut to)?;
        if found == 0 {
            let message = format!("{}: no OSV record is there", source.display());
            return Err(Failure::cannot_look("db.nothing", message));
        }
        records += found;
    }
    let (path, covered) = write(to.done(), ctx)?;
    let report = Report::new(Outcome::Clean)
        .with_summary("records", records)
        .with_data(&serde_json::json!({ "index": path, "covered": covered }));
    ctx.emit_stdout(&report, |out| {
        writeln!(out, "{}: {records} records", terminal(&path.display().to_string()))?;
        table(&covered, out)
    })
}

/// Writes the index to --output, or to where it is looked for.
fn write(builder: Builder, ctx: &Context) -> Result<(PathBuf, Vec<Covered>), Failure> {
    let path = match &ctx.common.output {
        Some(path) => path.clone(),
        None => {
            let folder = ctx.state_dir()?;
            create_dir_all(&RealDisk, &folder)?;
            folder.join(INDEX_FILE)
        }
    };
    let mut file = AtomicFile::create(&RealDisk, &path)?;
    let covered = builder
        .finish(&mut file)
        .map_err(|error| Failure::cannot_look("io", format!("{}: {error}", path.display())))?;
    file.commit()?;
    Ok((path, covered))
}

fn info(file: Option<&Path>, ctx: &Context) -> Result<Outcome, Failure> {
    let (path, bytes) = bytes(file, ctx)?;
    let index = open(&path, &bytes)?;
    let report = Report::new(Outcome::Clean)
        .with_summary("records", index.records())
        .with_summary("date", index.date())
        .with_data(&serde_json::json!({ "covered": index.covered() }));
    ctx.emit(&report, |out| {
        writeln!(out, "{} records, the newest of {}", index.records(), terminal(index.date()))?;
        table(index.covered(), out)
    })
}

fn table(covered: &[Covered], out: &mut dyn std::io::Write) -> std::io::Result<()> {
    covered.iter().try_for_each(|one| {
        let Covered { ecosystem, advisories, newest } = one;
        writeln!(
            out,
            "  {:<16} {advisories:>7} advisories, the newest of {}",
            terminal(ecosystem),
            terminal(newest)
        )
    })
}

/// The bytes of an index, that of the user unless one is named.
pub(crate) fn bytes(file: Option<&Path>, ctx: &Context) -> Result<(PathBuf, Vec<u8>), Failure> {
    let path = match file {
        Some(path) => path.to_owned(),
        None => ctx.state_dir()?.join(INDEX_FILE),
    };
    if file.is_none() && !path.exists() {
        let message = format!("{}: there is no index of advisories", path.display());
        let hint = "lead-sbom db fetch --for . downloads one, lead-sbom db build SOURCE makes one of files";
        return Err(Failure::cannot_look(NONE, message).hint(hint));
    }
    let bytes = read(&RealDisk, &path, LIMIT)?;
    Ok((path, bytes))
}

/// The index that bytes hold.
pub(crate) fn open<'a>(path: &Path, bytes: &'a [u8]) -> Result<Index<'a>, Failure> {
    let wrong = |error| Failure::usage("db.broken", format!("{} {error}", path.display()));
    Index::open(bytes).map_err(wrong)
}
