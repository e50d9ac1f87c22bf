//! `lead-sbom make`: the inventory of a folder.

use leadforge_cli_kit::{Context, Failure, Format, Outcome};
use leadforge_sbom::cyclonedx::{Meta, Spec, write};
use leadforge_sbom::{Config, EXTRACTORS, Gives, Inventory, inventory};

use crate::{epoch, failure, source};

/// Flags of `make`.
#[derive(clap::Args)]
#[command(after_long_help = table())]
pub(crate) struct Args {
    /// A folder, or git:REV[:FOLDER] for a revision of the repository, which is not checked out.
    #[arg(default_value = ".", value_name = "SOURCE")]
    source: String,
    /// The version of CycloneDX.
    #[arg(long, value_name = "VERSION", default_value_t)]
    spec: Spec,
    /// Leave out files and folders that match, as paths below the folder; * stands for any text. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Look into programs, too: those of Rust built by cargo auditable, and those of Go. In a folder only.
    #[arg(long)]
    programs: bool,
}

/// What is read and what it gives, as the extractors declare it.
fn table() -> String {
    let mut text = format!(
        "Files that are read:\n  {:<20} {:<11} {:<6} {:<7} {:<7} licences\n",
        "file", "versions", "edges", "scopes", "hashes"
    );
    let word = |gives: bool| if gives { "yes" } else { "no" };
    for extractor in EXTRACTORS {
        let Gives { edges, scopes, hashes, licences } = extractor.gives;
        let [edges, scopes, hashes, licences] = [edges, scopes, hashes, licences].map(word);
        let (files, versions) = (extractor.files.join(" "), extractor.versions);
        text.push_str(&format!(
            "  {files:<20} {versions:<11} {edges:<6} {scopes:<7} {hashes:<7} {licences}\n"
        ));
    }
    text
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human])?;
    let tree = source::open(&args.source, &args.exclude, args.programs)?;
    let found = inventory(&*tree, &Config::default()).map_err(|e| failure::sbom(&e))?;
    if found.sources.is_empty() && found.unread.is_empty() {
        return Err(Failure::cannot_look(
            "sbom.nothing",
            format!("{}: no lock file is there", args.source),
        )
        .hint("lead-sbom make --help lists the files that are read"));
    }
    let meta = Meta {
        tool: ctx.tool().to_owned(),
        tool_version: ctx.version().to_owned(),
        timestamp: epoch::timestamp()?,
    };
    ctx.document(|out| write(&found, args.spec, &meta, out))?;
    Ok(tell(&found, ctx))
}

/// Says what is odd, and whether all that was found was read.
pub(super) fn tell(found: &Inventory, ctx: &Context) -> Outcome {
    for warning in &found.warnings {
        let line = warning.line.map_or(String::new(), |line| format!(":{line}"));
        ctx.warn(&format!("{}{line}: {}", warning.path, warning.message));
    }
    for unread in &found.unread {
        ctx.warn(&format!("{}: found, not read ({})", unread.path, unread.what));
    }
    if found.unread.is_empty() { Outcome::Clean } else { Outcome::Incomplete }
}
