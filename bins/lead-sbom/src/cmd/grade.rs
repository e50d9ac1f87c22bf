//! `lead-sbom grade`: how much of what a profile asks for a document says.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::terminal;
use leadforge_sbom::cyclonedx::{self, Document, grade};

/// Flags of `grade`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A CycloneDX document in JSON or XML.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What it is held against.
    #[arg(long, value_name = "PROFILE", default_value = "ntia-2021")]
    profile: Profile,
    /// Fail when it says less, in percent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min: Option<u8>,
}

/// What a document is held against.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Profile {
    /// The minimum elements of NTIA, 2021.
    #[value(name = "ntia-2021")]
    Ntia,
    /// TR-03183-2 of BSI, version 2.1.0.
    #[value(name = "bsi-2.1")]
    Bsi,
}

/// A document larger than this is not read.
const LIMIT: u64 = 512 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let bytes = read(&RealDisk, &args.file, LIMIT)?;
    let document = Document::read(&bytes).map_err(|error| {
        let message = format!("{}:{}: {}", args.file.display(), error.line, error.reason);
        Failure::usage("sbom.unreadable", message)
    })?;
    let profile = match args.profile {
        Profile::Ntia => cyclonedx::Profile::Ntia,
        Profile::Bsi => cyclonedx::Profile::Bsi,
    };
    let found = grade(&document, profile);
    let percent = found.percent();
    let mut findings = Vec::new();
    if let Some(min) = args.min.filter(|min| percent < usize::from(*min)) {
        let message = format!(
            "{} says {percent} % of {}, and {min} % are asked for",
            args.file.display(),
            found.profile
        );
        findings.push(Finding::new("grade.low", Level::Error, message));
    }
    let report = Report::of(findings.clone()).with_summary("percent", percent).with_data(&found);
    ctx.emit(&report, |out| {
        for field in &found.fields {
            let (said, asked) = (field.said, field.asked);
            write!(out, "{said:>6} of {asked:<6} {}", field.name)?;
            if said < asked {
                let example = field
                    .example
                    .as_deref()
                    .map_or_else(String::new, |name| format!(" (not {})", terminal(name)));
                write!(out, "{example}, known from: {}", field.source)?;
            }
            writeln!(out)?;
        }
        findings.iter().try_for_each(|finding| writeln!(out, "{}", terminal(&finding.message)))?;
        writeln!(out, "{percent} % of {}", found.profile)
    })
}
