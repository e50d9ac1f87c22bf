//! `lead-shot diff`: two pictures, what changed, and whether it matters.

use std::io::Write;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Report};
use leadforge_durable_fs::{AtomicFile, RealDisk};
use leadforge_markup::from_bytes;
use leadforge_visual_diff::{
    Config, Diff, DiffPicture, Drawing, Error, Outcome, Source, Tolerance, diff, diff_with,
};

use crate::comparing::{Flags, decision, tell, warning};
use crate::failure;

/// Flags of `diff`; `--output` takes the picture of the differences.
#[derive(clap::Args)]
#[command(after_help = "-o, --output PATH takes the picture of the differences (a PNG); \
                        the report goes to standard output.")]
pub(crate) struct Args {
    /// The picture before.
    before: PathBuf,
    /// The picture after.
    after: PathBuf,
    #[command(flatten)]
    flags: Flags,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<leadforge_cli_kit::Outcome, Failure> {
    let (config, tolerance) = (args.flags.config()?, args.flags.tolerance()?);
    let found = match &ctx.common.output {
        Some(path) => {
            for input in [&args.before, &args.after] {
                apart(path, input)?;
            }
            drawn(&args.before, &args.after, path, &config, &tolerance)?
        }
        None => diff(&args.before, &args.after, &config, &tolerance)
            .map_err(|e| failure::picture(&e))?,
    };
    for one in &found.report.warnings {
        ctx.warn(&warning(one));
    }
    let findings = match found.verdict.outcome {
        Outcome::Different => vec![finding(&args.after, &found, &tolerance)],
        _ => Vec::new(),
    };
    let report =
        Report::of(findings).with_summary("counted", found.report.counts.counted).with_data(&found);
    ctx.emit_stdout(&report, |out| tell(out, &found, &tolerance))
}

/// Compares two pictures and draws the differences; the file appears whole or not at all.
fn drawn(
    before: &dyn Source,
    after: &dyn Source,
    to: &Path,
    config: &Config,
    tolerance: &Tolerance,
) -> Result<Diff, Failure> {
    let mut file = AtomicFile::create(&RealDisk, to)?;
    let found = draw(before, after, &mut file, config, tolerance);
    let found = found.map_err(|e| failure::picture(&e))?;
    file.commit()?;
    Ok(found)
}

/// Compares two pictures and writes the picture of the differences.
pub(crate) fn draw(
    before: &dyn Source,
    after: &dyn Source,
    to: &mut dyn Write,
    config: &Config,
    tolerance: &Tolerance,
) -> Result<Diff, Error> {
    let mut picture = DiffPicture::new(Drawing::default(), config, to)?;
    let found = diff_with(before, after, config, tolerance, &mut [&mut picture])?;
    picture.finish()?;
    Ok(found)
}

/// What an annotation says of two pictures that differ.
pub(crate) fn finding(path: &Path, diff: &Diff, tolerance: &Tolerance) -> Finding {
    let message = format!("{} ({})", diff.summary, decision(diff, tolerance));
    let path = from_bytes(path.as_os_str().as_encoded_bytes());
    Finding::new("picture.different", Level::Error, message).at(path, None)
}

/// Refuses to write a picture over one that is compared.
fn apart(output: &Path, input: &Path) -> Result<(), Failure> {
    match (output.canonicalize(), input.canonicalize()) {
        (Ok(output), Ok(input)) if output == input => {
            let why = format!("--output would overwrite {}", input.display());
            Err(Failure::usage("usage.output", why).hint("name another file"))
        }
        _ => Ok(()),
    }
}
