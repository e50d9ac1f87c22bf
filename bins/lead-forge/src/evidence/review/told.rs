//! A review as a section of the dossier: what was looked at, what was not, and what was found.

use std::collections::BTreeMap;

use leadforge_review_rules::{self as rules, Looked, Report};
use leadforge_scorecard::{At, Envelope, Exhibit, Finding, Level};
use serde_json::Value;

/// So many files are named in one line.
const NAMED: usize = 12;

/// `1 file`, `2 files`.
fn counted(count: impl TryInto<u64>, word: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    }
}

pub(super) fn envelope(report: &Report, from: &str, compared: String) -> Envelope {
    let blind = report.blind();
    let mut findings: Vec<Finding> = blind.iter().map(|what| unseen(what)).collect();
    findings.extend(report.findings.iter().map(finding));
    let outcome = match (blind.is_empty(), report.findings.is_empty()) {
        // Nothing that was found or not found makes up for what nobody looked at.
        (false, _) => "incomplete",
        (true, false) => "findings",
        (true, true) => "clean",
    };
    Envelope {
        outcome: outcome.to_owned(),
        summary: summary(report, from, compared),
        findings,
        exhibits: exhibits(report),
        ..Envelope::default()
    }
}

fn summary(report: &Report, from: &str, compared: String) -> BTreeMap<String, Value> {
    let mut summary: BTreeMap<String, Value> = BTreeMap::new();
    let mut put = |key: &str, value: String| summary.insert(key.to_owned(), value.into());
    put("compared", compared);
    put("rules", from.to_owned());
    let of = |level| report.findings.iter().filter(|one| one.level == level).count();
    let levels = [
        (of(rules::Level::Error), "error"),
        (of(rules::Level::Warning), "warning"),
        (of(rules::Level::Note), "note"),
    ];
    let told: Vec<String> =
        levels.iter().filter(|(n, _)| *n > 0).map(|(n, word)| counted(*n, word)).collect();
    put("found", if told.is_empty() { "nothing".to_owned() } else { told.join(", ") });
    for (check, looked) in &report.looked {
        let must = if report.required.contains(check) { "" } else { " (not required)" };
        put(&format!("looked for {}", name(check)), format!("{}{must}", seen(looked)));
    }
    if !report.looked.contains_key("arch") {
        put("looked for architecture", "no: no rule is about imports".to_owned());
    }
    if !report.looked.contains_key("coverage") {
        put("coverage of new lines", "not measured: the run was given no report".to_owned());
    }
    let passed = report.baseline.passed.len();
    if passed > 0 {
        put("let pass by the baseline", counted(passed, "finding"));
    }
    summary
}

/// What a check is about, for people.
fn name(check: &str) -> &str {
    match check {
        "arch" => "architecture",
        "rules" => "the written rules",
        "size" => "how much there is to read",
        other => other,
    }
}

fn seen(looked: &Looked) -> String {
    let told = |files: u32, lines: u32| {
        format!("{}, {}", counted(files, "file"), counted(lines, "new line"))
    };
    match looked {
        Looked::Yes { files, lines } => told(*files, *lines),
        Looked::Partly { files, lines, missed } => {
            format!("{}, but not at {}", told(*files, *lines), counted(missed.len(), "thing"))
        }
        Looked::No { why } => format!("no: {why}"),
    }
}

fn unseen(what: &str) -> Finding {
    Finding {
        rule: "review.not-looked".to_owned(),
        level: Level::Error,
        message: what.to_owned(),
        ..Finding::default()
    }
}

fn finding(found: &rules::Finding) -> Finding {
    Finding {
        rule: found.rule.clone(),
        level: match found.level {
            rules::Level::Note => Level::Note,
            rules::Level::Warning => Level::Warning,
            rules::Level::Error => Level::Error,
        },
        message: found.message.clone(),
        at: found
            .at
            .as_ref()
            .map(|at| At { path: at.path.to_string(), line: at.line.map(u64::from) }),
        ..Finding::default()
    }
}

/// How much there is to read, in which order, and how it could be split.
fn exhibits(report: &Report) -> Vec<Exhibit> {
    let size = &report.size;
    let classes: Vec<String> = size
        .classes
        .iter()
        .map(|(class, lines)| {
            let files = counted(lines.files, "file");
            format!("{class} +{} −{} in {files}", lines.added, lines.removed)
        })
        .collect();
    let mut exhibits = vec![Exhibit {
        title: format!("size: {} of code to read", counted(size.counted, "line")),
        text: classes.join(" · "),
        ..Exhibit::default()
    }];
    let read: Vec<String> = size.read.iter().map(|file| file.path.to_string()).collect();
    if read.len() > 1 {
        exhibits.push(Exhibit {
            title: "read first".to_owned(),
            text: listed(&read),
            paths: read,
            ..Exhibit::default()
        });
    }
    let parts = size.split.iter().enumerate();
    exhibits.extend(parts.map(|(at, part)| {
        let files: Vec<String> = part.files.iter().map(ToString::to_string).collect();
        let (lines, count) = (counted(part.lines, "line"), counted(files.len(), "file"));
        Exhibit {
            title: format!("could be split, part {}: {}", at + 1, part.title),
            text: format!("{lines}, {count}: {}", listed(&files)),
            paths: files,
            ..Exhibit::default()
        }
    }));
    exhibits
}

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let shown = names[..names.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}
