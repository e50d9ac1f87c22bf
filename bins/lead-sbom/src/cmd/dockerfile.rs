//! `lead-sbom dockerfile`: what is wrong with Dockerfiles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_container_audit::dockerfile::{self, Config, RULES, Severity, Surroundings, check};
use leadforge_durable_fs::{RealDisk, replace};
use leadforge_markup::terminal;
use serde::Serialize;

use crate::context;

/// Flags of `dockerfile`.
#[derive(clap::Args)]
#[command(after_long_help = table())]
pub(crate) struct Args {
    /// The Dockerfiles.
    #[arg(default_value = "Dockerfile", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The build context; by default the folder that a Dockerfile lies in.
    #[arg(long, value_name = "DIR")]
    context: Option<PathBuf>,
    /// hadolint's configuration; by default .hadolint.yaml or .hadolint.yml of this folder.
    #[arg(long, value_name = "FILE")]
    hadolint: Option<PathBuf>,
    /// Leave out a rule. Repeatable.
    #[arg(long, value_name = "RULE")]
    ignore: Vec<String>,
    /// End with 1 from this severity on.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// What this command wrote before with --format json: what stands in it is known, and neither told nor failed on.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Put in the fixes that are safe, and tell what is left.
    #[arg(long)]
    fix: bool,
}

/// From which severity on a finding fails.
#[derive(Clone, Copy, clap::ValueEnum)]
enum FailOn {
    /// What breaks the build or the program.
    Error,
    /// What will hurt.
    Warning,
    /// What could be better.
    Info,
    /// Matters of taste, too.
    Style,
    /// Nothing fails.
    None,
}

/// A finding with what the envelope has no word for.
#[derive(Serialize)]
struct Detail<'f> {
    path: String,
    #[serde(flatten)]
    finding: &'f dockerfile::Finding,
}

fn table() -> String {
    let mut text = "Rules (DL is hadolint's numbering and meaning):\n".to_owned();
    for rule in RULES {
        text.push_str(&format!("  {:<18} {}\n", rule.code, rule.wants));
    }
    text
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let config = config(args)?;
    let mut all: Vec<(String, dockerfile::Finding)> = Vec::new();
    let (mut silenced, mut mended) = (0, 0);
    for path in &args.files {
        let mut source = context::text(path)?;
        if !source.to_ascii_uppercase().contains("FROM") {
            let message = format!("{}: this is no Dockerfile, it has no FROM", path.display());
            return Err(Failure::usage("dockerfile.none", message));
        }
        let around = around(path, args.context.as_deref())?;
        let mut report = check(&source, &config, &around);
        if args.fix {
            let (text, count) = dockerfile::mend(&source, &report.findings);
            if count > 0 {
                replace(&RealDisk, path, text.as_bytes())?;
                source = text;
                report = check(&source, &config, &around);
                mended += count;
            }
        }
        silenced += report.silenced;
        let shown = path.display().to_string();
        all.extend(report.findings.into_iter().map(|finding| (shown.clone(), finding)));
    }
    let found = all.len();
    if let Some(path) = &args.baseline {
        leave_known(&mut all, &context::text(path)?).map_err(|error| {
            Failure::usage("dockerfile.baseline", format!("{}: {error}", path.display()))
        })?;
    }
    silenced += found - all.len();
    let threshold = config.threshold;
    let failed = all.iter().any(|(_, finding)| finding.severity <= threshold);
    tell(&all, args.files.len(), failed, (silenced, mended), ctx)
}

/// What tells a finding from others when lines move: path, rule, and the message without its numbers.
fn key(path: &str, rule: &str, message: &str) -> (String, String, String) {
    let message = message.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    (path.to_owned(), rule.to_owned(), message)
}

/// Leaves out what an earlier report has, as often as it has it.
fn leave_known(all: &mut Vec<(String, dockerfile::Finding)>, earlier: &str) -> Result<(), String> {
    let report: serde_json::Value =
        serde_json::from_str(earlier).map_err(|error| error.to_string())?;
    let findings = report["findings"].as_array().ok_or("this is no report of this command")?;
    let mut known = BTreeMap::new();
    for finding in findings {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let place =
            key(&text(&finding["at"]["path"]), &text(&finding["rule"]), &text(&finding["message"]));
        *known.entry(place).or_insert(0_usize) += 1;
    }
    all.retain(|(path, finding)| match known.get_mut(&key(path, finding.rule, &finding.message)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    Ok(())
}

/// Writes what was found.
fn tell(
    all: &[(String, dockerfile::Finding)],
    files: usize,
    failed: bool,
    (silenced, mended): (usize, usize),
    ctx: &Context,
) -> Result<Outcome, Failure> {
    let findings = all.iter().map(|(path, finding)| {
        let line = u32::try_from(finding.line).ok();
        Finding::new(finding.rule, level(finding.severity), &finding.message).at(path, line)
    });
    let details: Vec<Detail<'_>> =
        all.iter().map(|(path, finding)| Detail { path: path.clone(), finding }).collect();
    let mut report = Report::of(findings.collect()).with_data(&details);
    report.outcome = if failed { Outcome::Findings } else { Outcome::Clean };
    report = report.with_summary("silenced", silenced).with_summary("mended", mended);
    ctx.emit(&report, |out| {
        for (path, finding) in all {
            let severity = format!("{:?}", finding.severity).to_lowercase();
            let fixable = if finding.fix.is_some() { " (--fix)" } else { "" };
            writeln!(
                out,
                "{}:{}: {severity}: {} [{}]{fixable}",
                terminal(path),
                finding.line,
                terminal(&finding.message),
                finding.rule
            )?;
        }
        let told = if mended > 0 { format!(", {mended} mended") } else { String::new() };
        let word = if files == 1 { "Dockerfile" } else { "Dockerfiles" };
        writeln!(out, "{files} {word}, {} findings, {silenced} silenced{told}", all.len())
    })
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Never | Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info | Severity::Style | Severity::Ignore => Level::Note,
    }
}

fn config(args: &Args) -> Result<Config, Failure> {
    let default = || {
        let names = [".hadolint.yaml", ".hadolint.yml"];
        names.iter().map(PathBuf::from).find(|path| path.is_file())
    };
    let mut config = match args.hadolint.clone().or_else(default) {
        Some(path) => Config::hadolint(&context::text(&path)?).map_err(|error| {
            Failure::usage("dockerfile.config", format!("{}: {error}", path.display()))
        })?,
        None => Config::default(),
    };
    for rule in &args.ignore {
        if !RULES.iter().any(|known| known.code == rule) {
            let near = leadforge_cli_kit::nearest(rule, RULES.iter().map(|rule| rule.code));
            let hint = near.map_or_else(String::new, |near| format!("did you mean {near}?"));
            let failure =
                Failure::usage("usage.rule", format!("--ignore {rule}: there is no such rule"));
            return Err(if hint.is_empty() { failure } else { failure.hint(hint) });
        }
        config.ignored.push(rule.clone());
    }
    match args.fail_on {
        Some(FailOn::Error) => config.threshold = Severity::Error,
        Some(FailOn::Warning) => config.threshold = Severity::Warning,
        Some(FailOn::Info) => config.threshold = Severity::Info,
        Some(FailOn::Style) => config.threshold = Severity::Style,
        Some(FailOn::None) => config.threshold = Severity::Never,
        None => {}
    }
    Ok(config)
}

/// What lies around a Dockerfile.
fn around(path: &Path, context: Option<&Path>) -> Result<Surroundings, Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let root = context.or(parent).unwrap_or(Path::new("."));
    let mut beside = path.as_os_str().to_owned();
    beside.push(".dockerignore");
    let ignore = match context::maybe(Path::new(&beside))? {
        Some(text) => Some(text),
        None => context::maybe(&root.join(".dockerignore"))?,
    };
    Ok(Surroundings { files: Some(context::files(root)?), ignore })
}
