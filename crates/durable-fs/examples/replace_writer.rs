//! Replaces files round by round and prints each round when it is durable, to be killed by torture.
//!
//! `replace_writer DIR [--count N] [--bytes MAX] [--group FILES] [--pause MS] [--as NAME]` prints lines
//! such as `file-2@one 17`. Several writers may share a folder at once under names of their own that begin
//! with the same number, higher than that of any writer before: `7a` and `7b`.
//! `replace_writer DIR --check [--acks FILE]` verifies that every file is whole, that none is older
//! than what was acknowledged, and that nothing else is there.

#[path = "shared/content.rs"]
mod content;
#[path = "shared/harness.rs"]
mod harness;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use harness::{Args, Outcome, Report, acknowledge};
use leadforge_durable_fs::{AtomicFile, Disk as _, RealDisk, create_dir_all, read, replace, sweep};

fn main() -> ExitCode {
    harness::main(write, check)
}

fn write(args: &Args) -> Outcome<()> {
    create_dir_all(&RealDisk, &args.path)?;
    sweep(&RealDisk, &args.path)?;
    // Rounds go on where the last writer stopped, so that a later round is a newer content.
    let mut rounds = BTreeMap::new();
    for turn in 0..args.count {
        let name = format!("file-{}", turn % args.group);
        let path = args.path.join(&name);
        let round = match rounds.get(&name) {
            Some(round) => round + 1,
            None if RealDisk.metadata(&path).is_err() => 1,
            None => content::check(&read(&RealDisk, &path, u64::MAX)?)?.1 + 1,
        };
        let own = format!("{name}@{}", args.writer);
        let bytes = content::make(&own, round, args.bytes);
        if round % 2 == 0 {
            replace(&RealDisk, &path, &bytes)?;
        } else {
            let mut file = AtomicFile::create(&RealDisk, &path)?;
            bytes.chunks(997).try_for_each(|piece| file.write_all(piece))?;
            file.commit()?;
        }
        acknowledge(&format!("{own} {round}"))?;
        std::thread::sleep(args.pause);
        rounds.insert(name, round);
    }
    Ok(())
}

fn check(args: &Args, acks: Vec<String>) -> Outcome<Report> {
    if acks.is_empty() && !args.path.exists() {
        return Ok(Report::default());
    }
    let swept = sweep(&RealDisk, &args.path)?;
    let mut report = Report { cleaned: swept.len() as u64, ..Report::default() };
    report.acknowledged = acks.len() as u64;
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    for line in &acks {
        let (name, round) = line.split_once(' ').ok_or("an acknowledgement has two fields")?;
        let round: u64 = round.parse()?;
        let newest = last.entry(name.to_owned()).or_default();
        *newest = round.max(*newest);
    }
    // Of writers at once any may be the last; of those one after another the later is.
    let mut newest: BTreeMap<String, u64> = BTreeMap::new();
    for own in last.keys() {
        let (name, turn) = parts(own);
        let known = newest.entry(name.to_owned()).or_default();
        *known = turn.max(*known);
    }
    for name in RealDisk.list(&args.path)? {
        let shown = name.to_string_lossy().into_owned();
        let bytes = read(&RealDisk, &args.path.join(&name), u64::MAX)?;
        match content::check(&bytes) {
            Ok((own, round)) if parts(&own).0 == shown => {
                report.whole += 1;
                let promised = last.get(&own).copied().unwrap_or(0);
                let turn = newest.remove(&shown).unwrap_or(0);
                if round < promised || parts(&own).1 < turn {
                    let problem = format!("lost: {own} {round} is there, newer was promised");
                    report.problems.push(problem);
                }
            }
            Ok((own, _)) => report.problems.push(format!("torn: {shown} has the content of {own}")),
            Err(problem) => report.problems.push(format!("torn: {shown}: {problem}")),
        }
    }
    report.problems.extend(newest.into_keys().map(|name| format!("lost: {name} is gone")));
    Ok(report)
}

/// The file and the writers' number in `file-2@7a`.
fn parts(own: &str) -> (&str, u64) {
    let (name, writer) = own.split_once('@').unwrap_or((own, ""));
    let end = writer.find(|c: char| !c.is_ascii_digit()).unwrap_or(writer.len());
    (name, writer[..end].parse().unwrap_or(0))
}
