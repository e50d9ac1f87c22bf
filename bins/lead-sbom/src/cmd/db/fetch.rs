//! `lead-sbom db fetch`: downloads advisories when asked, and never otherwise.

use std::collections::BTreeSet;
use std::time::Duration;

use leadforge_cli_kit::http::{Answer, Ask, fetch};
use leadforge_cli_kit::{Context, Event, Failure, Outcome, Report};
use leadforge_durable_fs::{Lock, RealDisk, create_dir_all};
use leadforge_markup::terminal;
use leadforge_sbom::vulns::ecosystems;
use serde::Serialize;

use crate::downloads::{Downloads, Source};
use crate::{
    records::{self, To},
    subject,
};

/// Flags of `db fetch`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Ecosystems, as OSV spells them: crates.io, PyPI, npm, Go, Maven, Debian:13, Alpine:v3.22.
    #[arg(value_name = "ECOSYSTEM")]
    ecosystems: Vec<String>,
    /// The ecosystems of what is inside a folder, `git:REV[:FOLDER]`, or a document. Repeatable.
    #[arg(long = "for", value_name = "SOURCE")]
    sources: Vec<String>,
    /// An archive of OSV records at another address. Repeatable.
    #[arg(long, value_name = "URL")]
    url: Vec<String>,
    /// Where ECOSYSTEM/all.zip lies, such as a mirror's folder.
    #[arg(
        long,
        value_name = "URL",
        default_value = "https://storage.googleapis.com/osv-vulnerabilities"
    )]
    from: String,
    /// The most that an archive may have, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    max_size: u64,
    /// The longest that an archive may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    timeout: u64,
}

/// A server that says nothing for so long is given up on.
const IDLE: Duration = Duration::from_secs(30);
/// How often an archive is tried.
const TRIES: u32 = 4;
/// Another download of the same user is waited for.
const WAIT: Duration = Duration::from_secs(2);

/// What came of an archive.
#[derive(Serialize)]
struct Fetched {
    #[serde(flatten)]
    source: Source,
    bytes: usize,
    records: usize,
    changed: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let wanted = wanted(args, ctx)?;
    let folder = ctx.state_dir()?.join("advisories");
    create_dir_all(&RealDisk, &folder)?;
    let _mine = Lock::exclusive(&folder.join("lock"), WAIT)?;
    let downloads = Downloads::at(folder);
    let mut to = To::new(ctx.gauge());
    let (mut fetched, mut failures) = (Vec::new(), Vec::new());
    for (name, url) in &wanted {
        match one(name, url, args, &downloads, &mut to, ctx) {
            Ok(one) => fetched.push(one),
            // The others are fetched all the same: what came needs not come again.
            Err(failure) => failures.push(failure),
        }
    }
    if !failures.is_empty() {
        return Err(together(failures));
    }
    for name in downloads.names()? {
        if wanted.iter().any(|(wanted, _)| *wanted == name) {
            continue;
        }
        match downloads.read(&name)? {
            Some((_, bytes)) => drop(records::add_bytes(&name, &bytes, &mut to)?),
            None => ctx.warn(&format!("{name}: what was downloaded is damaged and left out")),
        }
    }
    let (path, covered) = super::write(to.done(), ctx)?;
    let records: usize = fetched.iter().map(|one| one.records).sum();
    let report = Report::new(Outcome::Clean)
        .with_summary("records", records)
        .with_summary("changed", fetched.iter().filter(|one| one.changed).count())
        .with_data(&serde_json::json!({ "index": path, "covered": covered, "fetched": fetched }));
    ctx.emit_stdout(&report, |out| {
        for one in &fetched {
            let Source { name, sha256, etag, .. } = &one.source;
            let state = if one.changed { "new" } else { "unchanged" };
            let etag = if etag.is_empty() { String::new() } else { format!(", etag {etag}") };
            let line = format!(
                "{name}: {state}, {} records in {} bytes, sha256 {sha256}{etag}",
                one.records, one.bytes
            );
            writeln!(out, "{}", terminal(&line))?;
        }
        writeln!(out, "{}", terminal(&path.display().to_string()))?;
        super::table(&covered, out)
    })
}

/// What is asked for: a name to keep it under, and where it lies.
fn wanted(args: &Args, ctx: &Context) -> Result<Vec<(String, String)>, Failure> {
    let mut names: BTreeSet<String> = args.ecosystems.iter().cloned().collect();
    for source in &args.sources {
        let (inventory, _) = subject::open(source, &[], ctx)?;
        names.extend(ecosystems(&inventory));
    }
    let base = args.from.trim_end_matches('/');
    let mut wanted = Vec::new();
    for name in names {
        let part = Downloads::part(&name).ok_or_else(|| {
            Failure::usage("db.ecosystem", format!("{name:?} is no name of an ecosystem"))
        })?;
        wanted.push((name, format!("{base}/{part}/all.zip")));
    }
    wanted.extend(args.url.iter().map(|url| (Downloads::name_of(url), url.clone())));
    if wanted.is_empty() {
        return Err(Failure::usage("db.nothing", "nothing is asked for")
            .hint("name ecosystems, --for SOURCE to take those of what is inside, or --url URL"));
    }
    Ok(wanted)
}

fn one(
    name: &str,
    url: &str,
    args: &Args,
    downloads: &Downloads,
    to: &mut To,
    ctx: &Context,
) -> Result<Fetched, Failure> {
    // What is here counts only when it is what came from the same address, whole.
    let kept = downloads.read(name)?.filter(|(source, _)| source.url == url);
    let etag = kept.as_ref().map_or("", |(source, _)| source.etag.as_str());
    let patience = Duration::from_secs(args.timeout);
    let limit = args.max_size << 20;
    let ask = Ask { url, etag, limit, patience, idle: IDLE.min(patience), tries: TRIES };
    let reporter = ctx.reporter();
    reporter.report(&Event::new("asked", name, ""));
    let mut told = 0;
    let mut progress = |count: u64, total: Option<u64>| {
        // A line for every 16 MiB is enough to see that it goes on.
        if count >> 24 > told {
            told = count >> 24;
            let of = total.map_or(String::new(), |total| format!(" of {}", total >> 20));
            reporter.report(&Event::new("fetched", name, &format!("{}{of} MiB", count >> 20)));
        }
    };
    match (fetch(ctx, &ask, &mut progress)?, kept) {
        (Answer::Unchanged, Some((source, bytes))) => {
            let records = records::add_bytes(name, &bytes, to)?;
            Ok(Fetched { source, bytes: bytes.len(), records, changed: false })
        }
        (Answer::Unchanged, None) => {
            let message =
                format!("{name}: the server says that nothing changed, and nothing was here");
            Err(Failure::cannot_look("http.failed", message))
        }
        (Answer::Whole { bytes, etag, .. }, _) => {
            let records = records::add_bytes(name, &bytes, to).map_err(not_it)?;
            if records == 0 {
                let message = format!("{name}: what came holds no OSV record");
                return Err(Failure::cannot_look("db.nothing", message));
            }
            let source = downloads.keep(name, url, &etag, &bytes)?;
            Ok(Fetched { source, bytes: bytes.len(), records, changed: true })
        }
    }
}

/// What came is not the user's fault: the server's file is not what it should be.
fn not_it(failure: Failure) -> Failure {
    let message = format!("what came is no archive of advisories: {failure}");
    Failure::cannot_look("db.source", message)
}

/// All that failed: the worst decides the exit code.
fn together(mut failures: Vec<Failure>) -> Failure {
    let mut first = failures.remove(0);
    let rest: Vec<String> = failures.into_iter().map(|failure| failure.message).collect();
    first = first.details(rest);
    if first.hint.is_none() {
        first = first.hint("the index is as it was");
    }
    first
}
