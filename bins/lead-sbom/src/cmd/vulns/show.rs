//! What `lead-sbom vulns` says, in every format.

use std::io::{self, Write};

use leadforge_cli_kit::{Finding, Level};
use leadforge_markup::terminal;
use leadforge_sbom::vulns;
use serde_json::{Value, json};

use crate::peers::Peer;
use crate::policy::{Gate, Informational};

/// A finding as every format tells it.
pub(super) fn told(found: &vulns::Finding, gate: Gate, deny: &[Informational]) -> Finding {
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
    finding.facts = facts(found);
    finding.help = found.fixed.first().map(|version| format!("update {} to {version}", found.name));
    finding
}

/// What code hosts and `lead-sbom vulns --sarif` look for.
fn facts(found: &vulns::Finding) -> serde_json::Map<String, Value> {
    let mut all = json!({
        "tags": ["security", found.class.word()],
        "class": found.class.word(),
        "package": found.name,
        "version": found.version,
        "purl": found.purl,
        "summary": found.summary,
        "aliases": found.aliases,
        "fixed": found.fixed,
        "found-by": found.found_by,
    });
    if let Some(severity) = &found.severity {
        all["severity"] = severity.level.word().into();
        // A number within the level where only the level is known: code hosts know nothing else.
        let least = [0.1, 4.0, 7.0, 9.0][severity.level as usize];
        let score = severity.score.unwrap_or(least);
        all["security-severity"] = format!("{score:.1}").into();
    }
    let said = |fact: &Value| match fact {
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    let facts = all.as_object_mut().expect("it was written as one");
    facts.retain(|_, fact| said(fact));
    std::mem::take(facts)
}

/// A decision without effect: an expired one fails.
pub(super) fn unused(found: &vulns::Unused) -> Finding {
    if found.expired.is_empty() {
        let message = format!("{}: nothing is as {} says", found.source, found.about);
        Finding::new("vulns.unused", Level::Warning, message)
    } else {
        let message =
            format!("{}: {} ended to count on {}", found.source, found.about, found.expired);
        Finding::new("vulns.expired", Level::Error, message)
    }
}

pub(super) fn render(
    report: &vulns::Report,
    peers: &[Peer],
    out: &mut dyn Write,
) -> io::Result<()> {
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
        if !found.found_by.is_empty() {
            let by = terminal(&found.found_by.join(", "));
            match found.database {
                vulns::Standing::Found => writeln!(out, "  found by {by}, too")?,
                other => writeln!(out, "  found by {by} alone: {}", other.words())?,
            }
        }
        if !found.unmapped.is_empty() {
            writeln!(out, "  mapped to no component: {}", terminal(&found.unmapped))?;
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
    for peer in peers {
        writeln!(out, "{}", terminal(&peer.words()))?;
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
