//! `lead-sbom diff`: what is other in one inventory than in another, and a gate on what is new.

use std::io::{self, Write};
use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_markup::{markdown, markdown_table, terminal};
use leadforge_sbom::Inventory;
use leadforge_sbom::diff::{Diff, Item, Move, comment, diff};
use leadforge_sbom::vulns::{self, Config, changes, scan};
use serde::Serialize;

use super::db;
use crate::subject;

/// Flags of `diff`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder, `git:REV[:FOLDER]`, or a document in CycloneDX or SPDX.
    #[arg(value_name = "OLD")]
    old: String,
    /// The same, newer.
    #[arg(value_name = "NEW")]
    new: String,
    /// What fails when there is any of it. Repeatable, or with commas.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    fail_on: Vec<What>,
    /// The index of advisories; that of the user unless given, none when there is none.
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Write Markdown that fits a comment on a pull request.
    #[arg(long)]
    markdown: bool,
    /// Leave out files and folders that match, as paths below the folder. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
}

/// What a gate can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// A component that was not there.
    Added,
    /// A component that is not there any more.
    Removed,
    /// A component in a newer version.
    Upgraded,
    /// A component in an older version.
    Downgraded,
    /// A component from another place, or in a version that is neither newer nor older.
    Changed,
    /// A component under other licences.
    Licence,
    /// A vulnerability that was not there.
    Vulnerability,
}

/// What is other, and what is known of it.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    diff: Diff,
    vulnerabilities: Option<Known>,
}

/// What is known of what is other.
#[derive(Serialize)]
struct Known {
    database: String,
    introduced: Vec<vulns::Finding>,
    resolved: Vec<vulns::Finding>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let (old, whole_old) = subject::open(&args.old, &args.exclude, ctx)?;
    let (new, whole_new) = subject::open(&args.new, &args.exclude, ctx)?;
    let asks = args.fail_on.contains(&What::Vulnerability);
    let vulnerabilities = known(args, asks, [&old, &new], ctx)?;
    let found = Found { diff: diff(&old, &new), vulnerabilities };
    let mut report = Report::of(findings(&found, &args.fail_on)).with_data(&found);
    for (name, count) in counts(&found) {
        report = report.with_summary(name, count);
    }
    if !(whole_old && whole_new) {
        report.outcome = Outcome::Incomplete;
    }
    if args.markdown {
        ctx.only(&[Format::Human])?;
        let text = comment(&found.diff, &below(&found));
        ctx.document(|out| out.write_all(text.as_bytes()))?;
        return Ok(report.outcome);
    }
    ctx.emit(&report, |out| render(&found, out))
}

/// What the index knows of both; nothing when there is none and nobody asks for it.
fn known(
    args: &Args,
    asks: bool,
    both: [&Inventory; 2],
    ctx: &Context,
) -> Result<Option<Known>, Failure> {
    let (path, bytes) = match db::bytes(args.db.as_deref(), ctx) {
        Ok(found) => found,
        Err(_) if args.db.is_none() && !asks => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let index = db::open(&path, &bytes)?;
    let ask = |inventory| {
        let report = scan(inventory, &index, &Config::default());
        report.map_err(|error| Failure::usage("db.broken", format!("{} {error}", path.display())))
    };
    let [old, new] = both;
    let (introduced, resolved) = changes(&ask(old)?, &ask(new)?);
    Ok(Some(Known { database: index.date().to_owned(), introduced, resolved }))
}

fn counts(found: &Found) -> Vec<(&'static str, usize)> {
    let Diff { added, removed, upgraded, downgraded, changed, licences } = &found.diff;
    let mut counts = vec![
        ("added", added.len()),
        ("removed", removed.len()),
        ("upgraded", upgraded.len()),
        ("downgraded", downgraded.len()),
        ("changed", changed.len()),
        ("licences", licences.len()),
    ];
    if let Some(known) = &found.vulnerabilities {
        counts.push(("introduced", known.introduced.len()));
        counts.push(("resolved", known.resolved.len()));
    }
    counts
}

fn version(item: &Item) -> &str {
    item.version.as_deref().unwrap_or("no version")
}

fn way(one: &Move) -> String {
    format!("{} {} > {}", one.name, version(&one.from), version(&one.to))
}

fn findings(found: &Found, gates: &[What]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |what: What, rule: &str, message: String| {
        let level = if gates.contains(&what) { Level::Error } else { Level::Note };
        findings.push(Finding::new(rule, level, message));
    };
    let Diff { added, removed, upgraded, downgraded, changed, licences } = &found.diff;
    for one in added {
        say(What::Added, "diff.added", format!("{} {}", one.name, version(one)));
    }
    for one in removed {
        say(What::Removed, "diff.removed", format!("{} {}", one.name, version(one)));
    }
    let moves = [
        (What::Upgraded, "diff.upgraded", upgraded),
        (What::Downgraded, "diff.downgraded", downgraded),
        (What::Changed, "diff.changed", changed),
    ];
    for (what, rule, moves) in moves {
        moves.iter().for_each(|one| say(what, rule, way(one)));
    }
    for one in licences {
        let (from, to) = (one.from.join(", "), one.to.join(", "));
        say(What::Licence, "diff.licence", format!("{}: {from} > {to}", one.name));
    }
    for one in found.vulnerabilities.iter().flat_map(|known| &known.introduced) {
        // An advisory that is no vulnerability is told, and is no reason to fail.
        let rule = if one.class.informational() { "diff.advisory" } else { "diff.vulnerability" };
        let message = format!("{} in {} {}: {}", one.id, one.name, one.version, one.summary);
        if one.class.informational() {
            findings.push(Finding::new(rule, Level::Note, message));
        } else {
            let fails = gates.contains(&What::Vulnerability);
            let level = if fails { Level::Error } else { Level::Warning };
            findings.push(Finding::new(rule, level, message));
        }
    }
    findings
}

/// What a comment says of vulnerabilities.
fn below(found: &Found) -> String {
    let Some(known) = &found.vulnerabilities else {
        return "Vulnerabilities were not checked: there was no index of advisories.\n".to_owned();
    };
    let mut text = String::new();
    for (title, list) in [("introduced", &known.introduced), ("resolved", &known.resolved)] {
        if list.is_empty() {
            continue;
        }
        text.push_str(&format!("\n#### Advisories {title}: {}\n\n", list.len()));
        let rows: Vec<Vec<String>> = list.iter().take(40).map(row).collect();
        text.push_str(&markdown_table(&["advisory", "component", "severity", "fixed in"], &rows));
    }
    text.push_str(&format!("\nBy a database of {}.\n", markdown(&known.database)));
    text
}

fn row(one: &vulns::Finding) -> Vec<String> {
    let severity = one.severity.as_ref().map_or_else(|| one.class.word(), |s| s.level.word());
    let fixed = one.fixed.first().map_or("none known", String::as_str);
    let cells = [
        one.id.clone(),
        format!("{} {}", one.name, one.version),
        severity.to_owned(),
        fixed.to_owned(),
    ];
    cells.iter().map(|cell| markdown(cell)).collect()
}

fn render(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let Diff { added, removed, upgraded, downgraded, changed, licences } = &found.diff;
    let one = |item: &Item| format!("{} {}", item.name, version(item));
    let lines = [
        ("downgraded", downgraded.iter().map(way).collect::<Vec<_>>()),
        ("added", added.iter().map(one).collect()),
        ("removed", removed.iter().map(one).collect()),
        ("upgraded", upgraded.iter().map(way).collect()),
        ("changed", changed.iter().map(way).collect()),
    ];
    for (title, list) in lines {
        list.iter().try_for_each(|line| writeln!(out, "{title:<11} {}", terminal(line)))?;
    }
    for one in licences {
        let line = format!("{}: {} > {}", one.name, one.from.join(", "), one.to.join(", "));
        writeln!(out, "{:<11} {}", "licence", terminal(&line))?;
    }
    match &found.vulnerabilities {
        None => writeln!(out, "vulnerabilities were not checked: there is no index of advisories")?,
        Some(known) => {
            for (title, list) in [("introduced", &known.introduced), ("resolved", &known.resolved)]
            {
                for one in list {
                    let line =
                        format!("{} in {} {}: {}", one.id, one.name, one.version, one.summary);
                    writeln!(out, "{title:<11} {}", terminal(&line))?;
                }
            }
            writeln!(out, "by a database of {}", terminal(&known.database))?;
        }
    }
    let counts: Vec<String> =
        counts(found).iter().map(|(name, count)| format!("{count} {name}")).collect();
    writeln!(out, "{}", counts.join(", "))
}
