//! `lead-sbom vulns`: what is known of what is inside.

mod show;

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Outcome, Report};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_sbom::vulns::{self, Builder, Config, Statement, osv_scanner, scan};
use serde::Serialize;

use super::db;
use crate::policy::{Gate, Informational, Sbom, day};
use crate::{epoch, peers, subject};
use show::{render, told, unused};

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
    /// What another scanner found, in SARIF: Trivy, Grype, Snyk, osv-scanner, lead-sbom itself. Repeatable.
    ///
    /// One vulnerability of one component is one finding, under whichever of its names a scanner knows it. What only a
    /// scanner found stays and is marked, and so does what no component can be found for; what was decided counts for
    /// both. Without an index of advisories the exit code is 3.
    #[arg(long, value_name = "FILE")]
    sarif: Vec<PathBuf>,
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
    let (path, bytes) = match db::bytes(args.db.as_deref(), ctx) {
        // Scanners' findings are worth telling without an index, and are not all.
        Err(failure) if failure.code == db::NONE && !args.sarif.is_empty() => {
            ctx.warn(&format!("{failure}: nothing was looked up"));
            let mut empty = Vec::new();
            Builder::default().finish(&mut empty)?;
            (PathBuf::from("no index"), empty)
        }
        found => found?,
    };
    let index = db::open(&path, &bytes)?;
    let (peers, claims) = peers::open(&args.sarif, folder)?;
    let config = Config { claims, ..decisions(args, &policy, folder)? };
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
        .with_data(&Answer { report: &report, peers: &peers });
    let partial = peers.iter().any(|peer| !peer.gaps.is_empty());
    let nothing = report.checked == 0 && !inventory.components.is_empty();
    let missing = report.unchecked.iter().any(|one| one.reason != OWN);
    if nothing || !whole || partial || (args.strict && missing) {
        answer.outcome = Outcome::Incomplete;
    }
    ctx.emit(&answer, |out| render(&report, &peers, out))
}

/// What is found, and whom was listened to.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    report: &'a vulns::Report,
    peers: &'a [peers::Peer],
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
