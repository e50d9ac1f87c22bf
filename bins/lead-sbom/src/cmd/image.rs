//! `lead-sbom image`: what an image weighs and what is inside, from one reading.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_container_audit::image::{Breach, Config as Shown, Gate, page, render};
use leadforge_durable_fs::{AtomicFile, RealDisk};
use leadforge_oci_image::{Config, Limits, Platform};
use leadforge_sbom::cyclonedx::{Meta, Spec, write};
use leadforge_sbom::{Config as Extract, Inventory, inventory};
use serde::Serialize;

use crate::image::{Bytes, Looked, Snapshot, host, look};
use crate::{epoch, failure};

/// Flags of `image`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What docker save wrote, or an OCI layout: a folder or an archive.
    #[arg(value_name = "IMG")]
    image: PathBuf,
    /// The platform, where the image is there for several: linux/arm64.
    #[arg(long, value_parser = platform, value_name = "OS/ARCH")]
    platform: Option<Platform>,
    /// The name of the image, where several are there.
    #[arg(long)]
    name: Option<String>,
    /// Write what is inside as CycloneDX to this file.
    #[arg(long, value_name = "FILE")]
    sbom: Option<PathBuf>,
    /// The version of CycloneDX.
    #[arg(long, value_name = "VERSION", default_value_t)]
    spec: Spec,
    /// Let --sbom list what any layer has, also where a later one hides it.
    #[arg(long)]
    all_layers: bool,
    /// Write the report as a page with a picture of the layers.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// How many of the biggest files, folders and wasted paths are named.
    #[arg(long, value_name = "N", default_value_t = Shown::default().top)]
    top: usize,
    /// Fail when the files of all layers have more bytes: 100MB.
    #[arg(long, value_name = "SIZE")]
    max_size: Option<Bytes>,
    /// Fail when the packed layers have more bytes.
    #[arg(long, value_name = "SIZE")]
    max_packed: Option<Bytes>,
    /// Fail when more bytes are out of reach.
    #[arg(long, value_name = "SIZE")]
    max_hidden: Option<Bytes>,
    /// Fail when the efficiency, as dive counts it, is less: 0.95.
    #[arg(long, value_name = "PART")]
    min_efficiency: Option<f64>,
    /// The most unpacked bytes that are read.
    #[arg(long, value_name = "SIZE", default_value = "64GiB")]
    limit_bytes: Bytes,
    /// The most entries of layers that are read.
    #[arg(long, value_name = "N", default_value_t = Limits::default().entries)]
    limit_files: u64,
}

fn platform(text: &str) -> Result<Platform, String> {
    Platform::parse(text).ok_or_else(|| format!("{text:?} is no platform: write linux/amd64"))
}

/// What goes into the envelope.
#[derive(Serialize)]
struct Data<'a> {
    image: &'a leadforge_container_audit::image::Report,
    packages: Packages,
}

/// How many packages there are, by ecosystem.
#[derive(Serialize)]
struct Packages {
    squashed: BTreeMap<String, usize>,
    all_layers: BTreeMap<String, usize>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let limits =
        Limits { unpacked: args.limit_bytes.0, entries: args.limit_files, ..Limits::default() };
    let (platform, name) = (args.platform.clone(), args.name.clone());
    let config = Config { platform, host: host(), name, limits };
    let shown = Shown { top: args.top, ..Shown::default() };
    let Looked { report, shelf } = look(&args.image, &config, &shown, ctx.gauge())?;
    let squashed = take(&shelf.squashed())?;
    let all = take(&shelf.all_layers())?;
    let gate = Gate {
        max_size: args.max_size.map(|size| size.0),
        max_packed: args.max_packed.map(|size| size.0),
        max_hidden: args.max_hidden.map(|size| size.0),
        min_efficiency: args.min_efficiency,
    };
    let breaches = gate.check(&report);
    if let Some(file) = &args.sbom {
        let meta = Meta {
            tool: ctx.tool().to_owned(),
            tool_version: ctx.version().to_owned(),
            timestamp: epoch::timestamp()?,
        };
        let found = if args.all_layers { &all } else { &squashed };
        whole(file, |out| write(found, args.spec, &meta, out))?;
    }
    if let Some(file) = &args.page {
        whole(file, |out| out.write_all(page(&report).as_bytes()))?;
    }
    let packages = Packages { squashed: count(&squashed), all_layers: count(&all) };
    let findings = breaches.iter().map(|breach| finding(breach, &args.image)).collect();
    let words =
        format!("{}; over all layers {}", say(&packages.squashed), say(&packages.all_layers));
    let envelope = Report::of(findings).with_data(&Data { image: &report, packages });
    let outcome = ctx.emit(&envelope, |mut out| {
        render(&report, &mut out)?;
        writeln!(out, "\npackages: {words}")?;
        breaches
            .iter()
            .try_for_each(|breach| writeln!(out, "failed: {} [{}]", breach.message, breach.rule))
    })?;
    let told = super::make::tell(&squashed, ctx);
    Ok(if told == Outcome::Incomplete { told } else { outcome })
}

/// The inventory of an image; places are named as they are in the image.
fn take(tree: &Snapshot<'_>) -> Result<Inventory, Failure> {
    let mut found = inventory(tree, &Extract::default()).map_err(|e| failure::sbom(&e))?;
    for component in &mut found.components {
        for place in &mut component.occurrences {
            place.path = Snapshot::in_image(&place.path).to_owned();
        }
        component.occurrences.sort_unstable();
        component.occurrences.dedup();
    }
    for source in &mut found.sources {
        source.path = Snapshot::in_image(&source.path).to_owned();
    }
    found.sources.sort_unstable();
    found.sources.dedup();
    Ok(found)
}

/// Writes a file whole or not at all.
fn whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let mut file = AtomicFile::create(&RealDisk, path)?;
    write(&mut file)?;
    Ok(file.commit()?)
}

fn count(found: &Inventory) -> BTreeMap<String, usize> {
    let mut by: BTreeMap<String, usize> = BTreeMap::new();
    for component in &found.components {
        let kind = component.purl.trim_start_matches("pkg:").split('/').next().unwrap_or_default();
        *by.entry(kind.to_owned()).or_default() += 1;
    }
    by
}

fn say(packages: &BTreeMap<String, usize>) -> String {
    if packages.is_empty() {
        return "none".to_owned();
    }
    packages.iter().map(|(kind, n)| format!("{n} {kind}")).collect::<Vec<_>>().join(", ")
}

fn finding(breach: &Breach, image: &Path) -> Finding {
    Finding::new(breach.rule, Level::Error, breach.message.clone())
        .at(image.display().to_string(), None)
}
