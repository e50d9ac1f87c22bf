//! `lead-sbom make`: the inventory of a folder.

use std::path::Path;

use leadforge_cli_kit::{Context, Failure, Format, Outcome};
use leadforge_sbom::cyclonedx::{Meta, Spec, write, write_xml};
use leadforge_sbom::licences::texts;
use leadforge_sbom::spdx::{self, Version};
use leadforge_sbom::{Config, EXTRACTORS, Gives, Inventory, inventory};

use crate::{epoch, failure, source};

/// Flags of `make`.
#[derive(clap::Args)]
#[command(after_long_help = table())]
pub(crate) struct Args {
    /// A folder, or `git:REV[:FOLDER]` for a revision of the repository, which is not checked out.
    #[arg(default_value = ".", value_name = "SOURCE")]
    source: String,
    /// The format; by the ending of --output (.xml, .spdx.json, .spdx3.json) unless given, and cyclonedx-json otherwise.
    #[arg(long = "as", value_name = "FORMAT")]
    shape: Option<Shape>,
    /// The version of CycloneDX.
    #[arg(long, value_name = "VERSION", default_value_t)]
    spec: Spec,
    /// Leave out files and folders that match, as paths below the folder; * stands for any text. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Look into programs, too: those of Rust built by cargo auditable, and those of Go. In a folder only.
    #[arg(long)]
    programs: bool,
    /// Look for licence files beside what is installed or vendored, and say as evidence what they read like.
    #[arg(long)]
    texts: bool,
}

/// A format of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// CycloneDX in JSON.
    CyclonedxJson,
    /// CycloneDX in XML.
    CyclonedxXml,
    /// SPDX 2.3 in JSON.
    #[value(name = "spdx-2.3")]
    Spdx2,
    /// SPDX 3.0.1 in JSON-LD.
    #[value(name = "spdx-3.0.1")]
    Spdx3,
}

impl Shape {
    /// The format that the ending of a file names.
    fn of(path: Option<&Path>) -> Self {
        let name = path.and_then(Path::file_name).map(|name| name.to_string_lossy().to_lowercase());
        let ends = |ending: &str| name.as_deref().is_some_and(|name| name.ends_with(ending));
        if ends(".xml") {
            Self::CyclonedxXml
        } else if ends(".spdx3.json") {
            Self::Spdx3
        } else if ends(".spdx.json") {
            Self::Spdx2
        } else {
            Self::CyclonedxJson
        }
    }
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
    let tree = source::open(&args.source, &args.exclude, args.programs, ctx.gauge())?;
    let mut found = inventory(&*tree, &Config::default()).map_err(|e| failure::sbom(&e))?;
    if args.texts {
        texts::find(&*tree, &mut found).map_err(|error| failure::sbom(&error.into()))?;
    }
    drop(tree);
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
    let shape = args.shape.unwrap_or_else(|| Shape::of(ctx.common.output.as_deref()));
    ctx.document(|out| match shape {
        Shape::CyclonedxJson => write(&found, args.spec, &meta, out),
        Shape::CyclonedxXml => write_xml(&found, args.spec, &meta, out),
        Shape::Spdx2 => spdx::write(&found, Version::V2_3, &meta, out),
        Shape::Spdx3 => spdx::write(&found, Version::V3_0_1, &meta, out),
    })?;
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
