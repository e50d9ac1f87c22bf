//! A review in the formats that other programs read.

use std::path::PathBuf;

use leadforge_cli_kit::{self as kit, Case, CaseResult, Failure, Outcome, junit};
use leadforge_durable_fs::{RealDisk, replace};
use leadforge_markup::{markdown, markdown_code, terminal};
use leadforge_review_rules::rules::RuleSet;
use leadforge_review_rules::{Finding, Level, Looked, Report};
use serde_json::json;

use crate::cmd::Data;

/// Files that are written beside the result.
#[derive(clap::Args, Default)]
pub(crate) struct Outputs {
    /// Write the findings as reviewdog reads them, a line each.
    #[arg(long, value_name = "FILE")]
    rdjsonl: Option<PathBuf>,
    /// Write the checks as JUnit XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write a summary as Markdown.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

impl Outputs {
    pub(crate) fn write(
        &self,
        report: &Report,
        data: &Data<'_>,
        rules: &RuleSet,
    ) -> Result<(), Failure> {
        if let Some(path) = &self.rdjsonl {
            replace(&RealDisk, path, rdjsonl(report).as_bytes())?;
        }
        if let Some(path) = &self.junit {
            replace(&RealDisk, path, junit("lead-review check", &cases(report)).as_bytes())?;
        }
        if let Some(path) = &self.markdown {
            replace(&RealDisk, path, summary(report, data, rules).as_bytes())?;
        }
        Ok(())
    }
}

/// The word of a level.
pub(crate) fn level(level: Level) -> kit::Level {
    match level {
        Level::Note => kit::Level::Note,
        Level::Warning => kit::Level::Warning,
        Level::Error => kit::Level::Error,
    }
}

/// A finding in the envelope's shape.
pub(crate) fn finding(found: &Finding) -> kit::Finding {
    let mut finding = kit::Finding::new(&found.rule, level(found.level), &*found.message);
    if let Some(at) = &found.at {
        finding = finding.at(at.path.to_string(), at.line);
    }
    finding.fingerprint = (!found.fingerprint.is_empty()).then(|| found.fingerprint.clone());
    finding
}

/// The envelope of a review; what a rule's prose says is the finding's help.
pub(crate) fn envelope(report: &Report, rules: &RuleSet, outcome: Outcome) -> kit::Report {
    envelope_of(&report.findings, rules, outcome)
}

/// The same of findings alone.
pub(crate) fn envelope_of(found: &[Finding], rules: &RuleSet, outcome: Outcome) -> kit::Report {
    let mut told = kit::Report::new(outcome);
    told.findings = found
        .iter()
        .map(|found| {
            let mut finding = finding(found);
            let prose = rules.get(&found.rule).map(|rule| rule.prose.trim());
            finding.help = prose.filter(|prose| !prose.is_empty()).map(str::to_owned);
            finding
        })
        .collect();
    told
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: impl TryInto<u64>, word: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    }
}

/// `path:line: `, escaped for a terminal.
pub(crate) fn place(finding: &Finding) -> String {
    let Some(at) = &finding.at else { return String::new() };
    let path = terminal(&at.path.to_string());
    at.line.map_or_else(|| format!("{path}: "), |line| format!("{path}:{line}: "))
}

/// reviewdog's format, one diagnostic a line:
/// <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>.
fn rdjsonl(report: &Report) -> String {
    let mut out = String::new();
    for found in &report.findings {
        let Some(at) = &found.at else { continue };
        let severity = match found.level {
            Level::Note => "INFO",
            Level::Warning => "WARNING",
            Level::Error => "ERROR",
        };
        let mut location = json!({"path": at.path});
        if let Some(line) = at.line {
            location["range"] =
                json!({"start": {"line": line}, "end": {"line": at.end_line.unwrap_or(line)}});
        }
        let mut told = json!({
            "message": found.message,
            "location": location,
            "severity": severity,
            "source": {"name": "lead-review"},
            "code": {"value": found.rule},
        });
        if let Some(fix) = &found.fix {
            let range = json!({"start": {"line": fix.line}, "end": {"line": fix.end_line}});
            told["suggestions"] = json!([{"range": range, "text": fix.text}]);
        }
        out.push_str(&told.to_string());
        out.push('\n');
    }
    out
}

/// A case for each check: it failed when it found something that is an error or did not look.
fn cases(report: &Report) -> Vec<Case> {
    let case = |(name, looked): (&String, &Looked)| {
        let found: Vec<_> = report
            .findings
            .iter()
            .filter(|found| found.origin == *name && found.level == Level::Error)
            .map(|found| format!("{}{} [{}]", place(found), found.message, found.rule))
            .collect();
        let blind = match looked {
            Looked::Yes { .. } => None,
            Looked::Partly { missed, .. } => {
                let told: Vec<_> = missed
                    .iter()
                    .map(|missed| format!("{}: {}", missed.what, missed.why))
                    .collect();
                Some(format!("not looked at {}", told.join("; ")))
            }
            Looked::No { why } => Some(format!("not looked: {why}")),
        };
        let required = report.required.contains(name);
        let result = match (blind, found.is_empty()) {
            (Some(blind), _) if required => CaseResult::Error(blind),
            (_, false) => CaseResult::Failed(found.join("\n")),
            (Some(blind), true) => CaseResult::Skipped(blind),
            (None, true) => CaseResult::Passed,
        };
        Case { name: name.clone(), result }
    };
    report.looked.iter().map(case).collect()
}

/// A review as a person reads it on a pull request.
fn summary(report: &Report, data: &Data<'_>, rules: &RuleSet) -> String {
    let mut out = format!("## Review\n\n{}. {}.\n", markdown(data.title()), markdown(data.rules()));
    let blind = report.blind();
    if !blind.is_empty() {
        out.push_str("\n**Incomplete.** Not looked at:\n\n");
        for line in &blind {
            out.push_str(&format!("- {}\n", markdown(line)));
        }
    }
    out.push_str(&format!("\n{}.\n", counted(report.findings.len(), "finding")));
    if !report.findings.is_empty() {
        out.push('\n');
    }
    for found in &report.findings {
        let at = found.at.as_ref().map(|at| {
            let line = at.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{} ", markdown_code(&format!("{}{line}", at.path)))
        });
        let title = rules.get(&found.rule).map_or(&*found.rule, |rule| &rule.id);
        out.push_str(&format!(
            "- {}**{}** {} ({})\n",
            at.unwrap_or_default(),
            level(found.level).as_str(),
            markdown(&found.message),
            markdown_code(title)
        ));
    }
    out.push_str(&data.beside());
    out.push_str(&format!("\n{}", report.size.guide()));
    out
}
