//! `lead-sbom check`: whether a document is what it claims to be.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::terminal;
use leadforge_sbom::cyclonedx::Document;

/// Flags of `check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// CycloneDX documents in JSON or XML.
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
            Ok(document) => {
                specs.push(format!("{}: CycloneDX {}", path.display(), document.spec()));
                for fault in document.check() {
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

/// A document, or one line that says why it is none.
fn document(path: &Path) -> Result<Result<Document, String>, Failure> {
    let bytes = read(&RealDisk, path, LIMIT)?;
    Ok(Document::read(&bytes)
        .map_err(|error| format!("{}:{}: {}", path.display(), error.line, error.reason)))
}
