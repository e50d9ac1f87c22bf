//! `lead-sbom check`: whether a document is what it claims to be.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::terminal;
use leadforge_sbom::cyclonedx::{Document, Fault};
use leadforge_sbom::spdx;

/// Flags of `check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// CycloneDX documents in JSON or XML, SPDX 2.3 and 3.0.1 documents in JSON.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// A document larger than this is not read.
const LIMIT: u64 = 512 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let mut findings = Vec::new();
    let mut unreadable = Vec::new();
    let mut specs = Vec::new();
    for path in &args.files {
        match document(path)? {
            Ok((spec, faults)) => {
                specs.push(format!("{}: {spec}", path.display()));
                for fault in faults {
                    let finding = Finding::new(fault.rule, Level::Error, fault.message);
                    findings.push(finding.at(path.display().to_string(), Some(fault.line)));
                }
            }
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        let first = unreadable.remove(0);
        return Err(Failure::usage("sbom.unreadable", first).details(unreadable));
    }
    ctx.emit(&Report::of(findings.clone()), |out| {
        for finding in &findings {
            let at = finding.at.as_ref().expect("each was given a place");
            let (path, line) = (terminal(&at.path), at.line.unwrap_or(1));
            writeln!(out, "{path}:{line}: {} [{}]", terminal(&finding.message), finding.rule)?;
        }
        specs.iter().try_for_each(|line| writeln!(out, "{}", terminal(line)))?;
        writeln!(out, "{} documents, {} findings", specs.len(), findings.len())
    })
}

/// What a document is and what is wrong with it, or one line that says why it is none.
fn document(path: &Path) -> Result<Result<(String, Vec<Fault>), String>, Failure> {
    let bytes = read(&RealDisk, path, LIMIT)?;
    let error = match Document::read(&bytes) {
        Ok(document) => {
            return Ok(Ok((format!("CycloneDX {}", document.spec()), document.check())));
        }
        Err(error) => error,
    };
    // What is no SPDX either is told as what it is not in CycloneDX.
    let found = spdx::check(&bytes)
        .map(|(version, faults)| (format!("SPDX {}", version.as_str()), faults))
        .map_err(|_| format!("{}:{}: {}", path.display(), error.line, error.reason));
    Ok(found)
}
