//! `lead-sbom licences`: what is declared, what licence files read like, and whether the policy bears it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_sbom::licences::{self, Judged, Policy, Verdict, check};

use crate::policy::Sbom;
use crate::{epoch, subject};

/// Flags of `licences`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder, `git:REV[:FOLDER]`, or a document in CycloneDX or SPDX.
    #[arg(default_value = ".", value_name = "SOURCE")]
    source: String,
    /// Leave out files and folders that match, as paths below the folder. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let here = Path::new(&args.source);
    let folder = if here.is_dir() { here } else { Path::new(".") };
    let table: Sbom = ctx.config(folder)?.load_table("sbom")?;
    let policy = table.licences.policy(epoch::today()?)?;
    let (inventory, whole) = subject::with_texts(&args.source, &args.exclude, ctx)?;
    let report = check(&inventory, &policy);
    let failing = report.components.iter().filter(|one| one.fails(&policy));
    let mut findings: Vec<Finding> = failing.map(told).collect();
    findings.extend(report.components.iter().filter_map(differs));
    findings.extend(report.unused.iter().map(unused));
    let mut answer = Report::of(findings).with_data(&report);
    if !whole {
        answer.outcome = Outcome::Incomplete;
    }
    ctx.emit(&answer, |out| render(&report, &policy, out))
}

fn told(one: &Judged) -> Finding {
    let version = one.version.as_deref().unwrap_or("without a version");
    let (rule, why) = match &one.verdict {
        Verdict::Denied { because } => {
            ("licences.denied", format!("{} is not borne", because.join(", ")))
        }
        Verdict::Unclear => {
            ("licences.unclear", format!("{:?} is no SPDX expression", one.declared.join(", ")))
        }
        _ => ("licences.silent", "no licence is declared".to_owned()),
    };
    let finding = Finding::new(rule, Level::Error, format!("{} {version}: {why}", one.name));
    if one.file.is_empty() { finding } else { finding.at(&one.file, Some(one.line)) }
}

/// A file that reads like something that is not declared: a person has to look which is right.
fn differs(one: &Judged) -> Option<Finding> {
    let found = one.undeclared();
    let text = one.texts.iter().find(|text| found.first() == Some(&text.licence.as_str()))?;
    let version = one.version.as_deref().unwrap_or("without a version");
    let (rule, level, says) = match one.declared.as_slice() {
        [] => ("licences.text", Level::Note, "declares nothing".to_owned()),
        declared => {
            ("licences.differs", Level::Warning, format!("declares {}", declared.join(", ")))
        }
    };
    let (name, found) = (&one.name, found.join(", "));
    let message = format!("{name} {version}: {says}, and its files read like {found}");
    Some(Finding::new(rule, level, message).at(&text.path, None))
}

fn unused(one: &licences::Unused) -> Finding {
    if one.expired.is_empty() {
        let message = format!("the exception of {} is needed by nothing", one.package);
        Finding::new("licences.unused", Level::Warning, message)
    } else {
        let message = format!("the exception of {} ended to count on {}", one.package, one.expired);
        Finding::new("licences.expired", Level::Error, message)
    }
}

fn render(report: &licences::Report, policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in &report.components {
        let text = one.expression.clone().unwrap_or_else(|| match one.declared.as_slice() {
            [] => "nothing declared".to_owned(),
            declared => format!("no SPDX expression: {}", declared.join(", ")),
        });
        *counts.entry(text).or_default() += 1;
    }
    for (text, count) in &counts {
        writeln!(out, "{count:>6}  {}", terminal(text))?;
    }
    for one in report.components.iter().filter(|one| one.fails(policy)) {
        writeln!(out, "{}", terminal(&told(one).message))?;
    }
    for one in &report.components {
        if let Verdict::Excepted { reason } = &one.verdict {
            writeln!(out, "{} is let pass: {}", terminal(&one.name), terminal(reason))?;
        }
    }
    for found in report.components.iter().filter_map(differs) {
        writeln!(out, "{}", terminal(&found.message))?;
    }
    for one in &report.unused {
        writeln!(out, "{}", terminal(&unused(one).message))?;
    }
    let failing = report.components.iter().filter(|one| one.fails(policy)).count();
    writeln!(out, "{} components, {failing} not borne", report.components.len())
}
