//! Appends records and prints the number of each when it is durable, to be killed by torture.
//!
//! `append_writer LOG [--count N] [--bytes MAX] [--group RECORDS] [--pause MS]` prints one number a
//! line, with a group the last of each synced group; `append_writer LOG --check [--acks FILE]` verifies that
//! every record is whole and at its place, and that everything acknowledged is there.

#[path = "shared/content.rs"]
mod content;
#[path = "shared/harness.rs"]
mod harness;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use harness::{Args, Outcome, Report, acknowledge};
use leadforge_durable_fs::{AppendLog, Disk as _, LogOptions, RealDisk, create_dir_all, sweep};

fn main() -> ExitCode {
    harness::main(write, check)
}

fn write(args: &Args) -> Outcome<()> {
    create_dir_all(&RealDisk, folder(args))?;
    sweep(&RealDisk, folder(args))?;
    let options = LogOptions { wait: Duration::from_secs(60), ..LogOptions::default() };
    let (mut log, _) = AppendLog::open_with(&RealDisk, &args.path, &options)?;
    for _ in 0..args.count {
        let first = log.records() + 1;
        let records: Vec<Vec<u8>> = (first..first + args.group)
            .map(|number| content::make("record", number, args.bytes))
            .collect();
        let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        let last = log.append_all(&records)?;
        acknowledge(&last.to_string())?;
        std::thread::sleep(args.pause);
    }
    Ok(())
}

fn check(args: &Args, acks: Vec<String>) -> Outcome<Report> {
    let mut report = Report { acknowledged: acks.len() as u64, ..Report::default() };
    let mut newest = 0;
    for line in &acks {
        newest = line.parse::<u64>()?.max(newest);
    }
    // A writer that was stopped before the log had its name leaves none, and a temporary.
    report.cleaned = sweep(&RealDisk, folder(args))?.len() as u64;
    if newest == 0 && !args.path.exists() {
        return Ok(report);
    }
    let (_, recovery) = AppendLog::open(&RealDisk, &args.path)?;
    report.cleaned += recovery.cut.map_or(0, |cut| cut.bytes);
    AppendLog::visit(&RealDisk, &args.path, |number, data| match content::check(data) {
        Ok((_, own)) if own == number => report.whole += 1,
        Ok((_, own)) => report.problems.push(format!("torn: record {number} is that of {own}")),
        Err(problem) => report.problems.push(format!("torn: record {number}: {problem}")),
    })?;
    if report.whole < newest {
        report.problems.push(format!("lost: {} records, {newest} were promised", report.whole));
    }
    for name in RealDisk.list(folder(args))? {
        if args.path.file_name() != Some(&name) {
            report.problems.push(format!("leftover: {}", name.display()));
        }
    }
    Ok(report)
}

fn folder(args: &Args) -> &Path {
    match args.path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
