//! An audit for people.

use std::io::{self, Write};

use leadforge_agent_dispatch::{Again, Audit, Check};
use leadforge_markup::{terminal, terminal_block};

/// The verdict in a few words, the same in every format.
pub(super) fn verdict(audit: &Audit, again: Option<&[Again]>, asked_not_to: bool) -> &'static str {
    match again {
        _ if !audit.unseen.is_empty() => "could not look",
        _ if !audit.faults.is_empty() => "refuted",
        Some(all) if all.iter().all(|one| one.passed) => "proven",
        Some(_) => "failing now",
        None if asked_not_to => "recorded, not re-run",
        None => "not re-run",
    }
}

/// How a command ended, in a few words.
pub(super) fn ended(check: &Check) -> String {
    match check.exit {
        Some(code) if check.ended == "exited" => format!("exit {code}"),
        _ => check.ended.clone(),
    }
}

pub(super) fn print(
    out: &mut dyn Write,
    audit: &Audit,
    again: Option<&[Again]>,
    asked_not_to: bool,
) -> io::Result<()> {
    let id = terminal(&audit.id);
    writeln!(out, "\x1b[1m{id}  {}\x1b[0m", verdict(audit, again, asked_not_to))?;
    for fault in &audit.faults {
        writeln!(out, "  refuted   {} ({})", terminal(&fault.message), fault.rule)?;
    }
    for what in &audit.unseen {
        writeln!(out, "  unseen    {}", terminal(what))?;
    }
    if let Some(done) = &audit.completed {
        let by = terminal(&audit.evidence.agent);
        writeln!(out, "  complete  {} at {}", short(&done.completion), terminal(&audit.at))?;
        writeln!(out, "  verified  {}, tree {}", short(&done.verified), short(&done.tree))?;
        writeln!(
            out,
            "  work      {} by {by} under epoch {}",
            short(&done.work),
            audit.evidence.epoch
        )?;
    }
    if let Some(base) = &audit.base {
        writeln!(out, "  base      {}", short(base))?;
    }
    for (at, (line, from)) in audit.commands.iter().enumerate() {
        let now = again.and_then(|all| all.get(at)).map(|one| {
            let log = match (&one.recorded, one.same_log) {
                (Some(_), true) => ", the same log",
                (Some(_), false) => ", another log",
                (None, _) => "",
            };
            let seconds = std::time::Duration::from_millis(one.check.wall_ms).as_secs_f64();
            format!("{} in {seconds:.1} s{log}  ", ended(&one.check))
        });
        let now = now.unwrap_or_default();
        writeln!(out, "  check     {now}{}  ({})", terminal(line), terminal(from))?;
    }
    for note in &audit.notes {
        writeln!(out, "  note      {}", terminal(note))?;
    }
    for one in again.unwrap_or_default().iter().filter(|one| !one.passed) {
        writeln!(out, "\n{}:", terminal(&one.check.command))?;
        for line in terminal_block(&one.check.log_tail).lines() {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn short(oid: &str) -> &str {
    oid.get(..12).unwrap_or(oid)
}
