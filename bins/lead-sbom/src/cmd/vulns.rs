//! `lead-sbom vulns`: what is known of what is inside.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::terminal;
use leadforge_sbom::vulns::{self, Config, Statement, osv_scanner, scan};

use super::db;
use crate::policy::{Gate, Informational, Sbom, day};
use crate::{epoch, subject};

/// Flags of `vulns`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder, `git:REV[:FOLDER]`, or a document in CycloneDX or SPDX.
    #[arg(default_value = ".", value_name = "SOURCE")]
    source: String,
    /// The index of advisories; that of the user unless given.
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// A document in OpenVEX or CycloneDX that says which vulnerabilities do not matter here. Repeatable.
    #[arg(long, value_name = "FILE")]
    vex: Vec<PathBuf>,
    /// From which severity on a vulnerability fails; the configuration's unless given.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<Gate>,
    /// Let advisories that are no vulnerabilities fail too. Repeatable.
    #[arg(long, value_name = "CLASS")]
    deny: Vec<Informational>,
    /// Leave out files and folders that match, as paths below the folder. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// End with 3 when anything could not be checked.
    #[arg(long)]
    strict: bool,
}

/// A file of decisions larger than this is none.
const LIMIT: u64 = 64 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let here = Path::new(&args.source);
    let folder = if here.is_dir() { here } else { Path::new(".") };
    let policy: Sbom = ctx.config(folder)?.load_table("sbom")?;
    let (inventory, whole) = subject::open(&args.source, &args.exclude, ctx)?;
    let (path, bytes) = db::bytes(args.db.as_deref(), ctx)?;
    let index = db::open(&path, &bytes)?;
    let config = decisions(args, &policy, folder)?;
    let wrong = |error| Failure::usage("db.broken", format!("{} {error}", path.display()));
    let report = scan(&inventory, &index, &config).map_err(wrong)?;
    let gate = args.fail_on.or(policy.fail_on).unwrap_or_default();
    let deny: Vec<Informational> = args.deny.iter().chain(&policy.deny).copied().collect();
    let mut findings: Vec<Finding> =
        report.findings.iter().map(|finding| told(finding, gate, &deny)).collect();
    findings.extend(report.unused.iter().map(unused));
    let mut answer = Report::of(findings)
        .with_summary("database", report.database.as_str())
        .with_summary("checked", report.checked)
        .with_summary("not-checked", report.unchecked.iter().map(|one| one.count).sum::<usize>())
        .with_data(&report);
    let nothing = report.checked == 0 && !inventory.components.is_empty();
    let missing = report.unchecked.iter().any(|one| one.reason != OWN);
    if nothing || !whole || (args.strict && missing) {
        answer.outcome = Outcome::Incomplete;
    }
    ctx.emit(&answer, |out| render(&report, out))
}

/// What the library says of the components of the project itself, of which no database knows.
const OWN: &str = "part of the project";

fn decisions(args: &Args, policy: &Sbom, folder: &Path) -> Result<Config, Failure> {
    let mut config =
        Config { ignore: policy.ignored()?, today: epoch::today()?, ..Config::default() };
    if let Some(days) = policy.vex_max_days {
        config.statements_since = epoch::days_before(&config.today, days);
    }
    let scanner = folder.join("osv-scanner.toml");
    if scanner.is_file() {
        let wrong = |reason: String| {
            Failure::usage("config.osv-scanner", format!("{}: {reason}", scanner.display()))
        };
        let bytes = read(&RealDisk, &scanner, LIMIT)?;
        let text = String::from_utf8(bytes).map_err(|_| wrong("not UTF-8 text".to_owned()))?;
        for entry in osv_scanner(&text).map_err(wrong)? {
            day(&entry.until).map_err(wrong)?;
            config.ignore.push(entry);
        }
    }
    let own = policy.vex.iter().map(|path| folder.join(path));
    for path in own.chain(args.vex.iter().cloned()) {
        let name = path.display().to_string();
        let statements = Statement::read(&name, &read(&RealDisk, &path, LIMIT)?);
        config
            .statements
            .extend(statements.map_err(|error| Failure::usage("vex.unreadable", error))?);
    }
    Ok(config)
}

/// A finding as every format tells it.
fn told(found: &vulns::Finding, gate: Gate, deny: &[Informational]) -> Finding {
    let fails = match found.class {
        _ if !found.open() => false,
        vulns::Class::Unmaintained => deny.contains(&Informational::Unmaintained),
        vulns::Class::Unsound => deny.contains(&Informational::Unsound),
        vulns::Class::Notice => deny.contains(&Informational::Notice),
        vulns::Class::Vulnerability | vulns::Class::Malicious => match &found.severity {
            _ if gate == Gate::None => false,
            None => true,
            Some(severity) => severity.level as usize + 1 >= gate as usize,
        },
    };
    let level = match (fails, found.open()) {
        (true, _) => Level::Error,
        (false, true) => Level::Warning,
        (false, false) => Level::Note,
    };
    let severity = found.severity.as_ref().map_or("", |severity| severity.level.word());
    let class = found.class.word();
    let what = if severity.is_empty() { class.to_owned() } else { format!("{class}, {severity}") };
    let message = format!("{} {}: {} ({what})", found.name, found.version, found.summary);
    let mut finding = Finding::new(&found.id, level, message);
    if !found.file.is_empty() {
        finding = finding.at(&found.file, Some(found.line));
    }
    finding.fingerprint = Some(format!("{} {}", found.id, found.component));
    finding.help = found.fixed.first().map(|version| format!("update {} to {version}", found.name));
    finding
}

/// A decision without effect: an expired one fails.
fn unused(found: &vulns::Unused) -> Finding {
    if found.expired.is_empty() {
        let message = format!("{}: nothing is as {} says", found.source, found.about);
        Finding::new("vulns.unused", Level::Warning, message)
    } else {
        let message =
            format!("{}: {} ended to count on {}", found.source, found.about, found.expired);
        Finding::new("vulns.expired", Level::Error, message)
    }
}

fn render(report: &vulns::Report, out: &mut dyn Write) -> io::Result<()> {
    for found in &report.findings {
        let severity = found.severity.as_ref().map_or_else(
            || found.class.word().to_owned(),
            |severity| match severity.score {
                Some(score) => format!("{} {score:.1}", severity.level.word()),
                None => severity.level.word().to_owned(),
            },
        );
        let (id, name, version) =
            (terminal(&found.id), terminal(&found.name), terminal(&found.version));
        writeln!(out, "{id}  {name} {version}  {severity}")?;
        if !found.summary.is_empty() {
            writeln!(out, "  {}", terminal(&found.summary))?;
        }
        if !found.aliases.is_empty() {
            writeln!(out, "  also {}", terminal(&found.aliases.join(", ")))?;
        }
        if !found.path.is_empty() {
            writeln!(out, "  by {}", terminal(&found.path.join(" > ")))?;
        }
        if found.fixed.is_empty() {
            writeln!(out, "  no fixed version is known")?;
        } else {
            writeln!(out, "  fixed in {}", terminal(&found.fixed.join(", ")))?;
        }
        match &found.status {
            vulns::Status::Open => {}
            vulns::Status::Ignored { reason, until } => {
                let reason = terminal(reason);
                if until.is_empty() {
                    writeln!(out, "  ignored: {reason}")?;
                } else {
                    writeln!(out, "  ignored until {}: {reason}", terminal(until))?;
                }
            }
            vulns::Status::Said { says, reason, source } => {
                let says = match says {
                    vulns::Vex::NotAffected => "not affected",
                    vulns::Vex::Affected => "affected",
                    vulns::Vex::Fixed => "fixed",
                    vulns::Vex::UnderInvestigation => "under investigation",
                };
                writeln!(out, "  {says}, says {}: {}", terminal(source), terminal(reason))?;
            }
        }
    }
    for found in &report.unused {
        writeln!(out, "{}", terminal(&unused(found).message))?;
    }
    for one in &report.unchecked {
        let (count, reason) = (one.count, terminal(&one.reason));
        let example = terminal(&one.example);
        writeln!(out, "not checked: {count} such as {example}: {reason}")?;
    }
    let open = report.findings.iter().filter(|found| found.open());
    let (informational, attacks): (Vec<_>, Vec<_>) =
        open.partition(|found| found.class.informational());
    writeln!(
        out,
        "{} vulnerabilities and {} other advisories for {} components, by a database of {}",
        attacks.len(),
        informational.len(),
        report.checked,
        terminal(&report.database)
    )
}
