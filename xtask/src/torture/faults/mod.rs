//! Faults on every call that touches a state file, one at a time, until no call is left to fail.
//!
//! A recording run under strace lists the calls of a command on files of its repository, of the
//! leases and of the user's state. Then each of them meets each fault in a run of its own, in an order
//! that the seed chooses, and what is left is compared with what was before and with what should be.

mod calls;
mod fault;
mod full;
mod judge;
mod landed;
mod record;
mod scripts;
mod seen;
mod shim;
mod stage;
mod tell;

use self::calls::Call;
use self::fault::Fault;
pub(super) use self::full::PART as FULL;
use self::judge::{Calm, End, Hurt, Verdict};
use self::scripts::{Kind, SCRIPTS, Script};
use self::shim::Follow;
use self::stage::Stage;
use super::{Bench, Part, Rng, Tally};
use crate::sh::{self, Result};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The part of torture that this is.
pub(super) const PART: Part = Part {
    name: "faults",
    about: "a fault at each call on a state file: ENOSPC, EIO, EACCES, EMFILE, EINTR, EROFS, locks, kills",
    share: 3,
    full: 12_000,
    mounts: false,
    sabotages: &["ignore-write-error"],
    run,
};

/// One fault at one call of one script.
#[derive(Clone)]
struct Case<'a> {
    script: &'static Script,
    call: &'a Call,
    fault: Fault,
}

fn run(bench: &Bench) -> Result<Tally> {
    let begun = Instant::now();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let stages: Vec<Stage> =
        (0..workers).map(|number| Stage::new(bench, number, None)).collect::<Result<_>>()?;
    let mut recorded = Vec::new();
    let mut by_threads = 0;
    for script in SCRIPTS {
        let found = record::calls(&stages[0], script)?;
        by_threads += if script.kind == Kind::Run { found.by_threads } else { 0 };
        recorded.push(found.calls);
    }
    let mut rng = Rng::new(bench.seed).case(0);
    let commands = order(&recorded, &mut rng, |script| script.kind != Kind::Run);
    let runs = order(&recorded, &mut rng, |script| script.kind == Kind::Run);
    // A build that ignores lost writes is seen where writes are lost, and nowhere else.
    let shows = |case: &&Case<'_>| !bench.sabotaged || case.loses_a_write();
    let (commands, runs): (Vec<_>, Vec<_>) =
        (commands.iter().filter(shows).collect(), runs.iter().filter(shows).collect());
    // A whole run takes as long as many commands: where time is short they share it.
    // The time is for faults, however long the recording took.
    let until = bench.until + begun.elapsed();
    let left = until.saturating_duration_since(Instant::now());
    let middle = until - left / 4;
    let cases: Vec<Case<'_>> = commands.iter().chain(&runs).copied().cloned().collect();
    let sweep = |numbers: Range<usize>, until: Instant| -> Result<(Vec<tell::Numbered>, f64)> {
        let from = numbers.start.max(usize::try_from(bench.from).unwrap_or(usize::MAX));
        let most = bench.cases.map(|most| bench.from.saturating_add(most));
        let end = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        let (before, next) = (sh::cpu_seconds(), AtomicUsize::new(from));
        let one_more = || {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let timely = bench.cases.is_some() || Instant::now() < until;
            (timely && number < end.min(numbers.end)).then_some(number)
        };
        let work = |stage: &Stage| work(stage, &cases, one_more);
        let mut ends = std::thread::scope(|scope| {
            let threads: Vec<_> = stages.iter().map(|stage| scope.spawn(|| work(stage))).collect();
            let ended = threads.into_iter().map(|thread| thread.join().expect("it does not panic"));
            ended.collect::<Result<Vec<_>>>().map(|ends| ends.concat())
        })?;
        ends.sort_by_key(|(number, _)| *number);
        Ok((ends, sh::cpu_seconds() - before))
    };
    let (first, cpu) = sweep(0..commands.len(), middle)?;
    let (second, cpu_of_runs) = sweep(commands.len()..cases.len(), until)?;
    let mut tally = tell::tally(bench.seed, &cases, &[&first[..], &second].concat());
    for (name, ends, cpu) in [("a command", first, cpu), ("a run", second, cpu_of_runs)] {
        #[expect(clippy::cast_precision_loss, reason = "a count of cases is small")]
        let each = cpu * 10_000.0 / ends.len().max(1) as f64;
        let injected = ends.iter().filter(|(_, end)| !matches!(end, Ok(End::Missed))).count();
        tally.count(&format!("faults in {name}"), injected as u64);
        tally.facts.insert(format!("CPU ms per fault in {name}"), (each.round() / 10.0).into());
    }
    tally.count("calls by threads of a run, at which no fault is aimed", by_threads);
    Ok(tally)
}

/// Runs cases on one stage for as long as there is one more.
fn work(
    stage: &Stage,
    cases: &[Case<'_>],
    one_more: impl Fn() -> Option<usize>,
) -> Result<Vec<tell::Numbered>> {
    let mut calm = BTreeMap::new();
    let mut ends = Vec::new();
    while let Some(number) = one_more() {
        let case = &cases[number];
        if !calm.contains_key(case.script.name) {
            calm.insert(case.script.name, record::calm(stage, case.script)?);
        }
        let end = one(stage, case, &calm[case.script.name])?;
        if let Err(what) = &end {
            // At once: a sweep may take an hour.
            println!("   broken: {}: {what}", case.title());
        }
        ends.push((number, end));
    }
    Ok(ends)
}

/// The order of the cases: first one fault for each call, then a second one, and so on, so that a
/// short run sees as many calls as it can; which faults and which calls first, the seed says.
fn order<'a>(
    recorded: &'a [Vec<Call>],
    rng: &mut Rng,
    wanted: impl Fn(&Script) -> bool,
) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    for (script, calls) in SCRIPTS.iter().zip(recorded).filter(|(script, _)| wanted(script)) {
        for call in calls {
            let mut faults = fault::of(call);
            for round in 0..faults.len() {
                let at = usize::try_from(rng.below(faults.len() as u64)).expect("an index fits");
                let fault = faults.swap_remove(at);
                cases.push(((round, rng.next()), Case { script, call, fault }));
            }
        }
    }
    cases.sort_by_key(|(place, _)| *place);
    cases.into_iter().map(|(_, case)| case).collect()
}

/// Runs a script with one fault.
fn one(stage: &Stage, case: &Case<'_>, calm: &Calm) -> Result<Verdict> {
    let Case { script, call, fault } = case;
    stage.ready(script)?;
    let front = match call.process {
        0 => strace(stage, case.options()),
        number => shim::front(stage, &Follow::One { number, options: case.options() })?,
    };
    let log = stage.file("log");
    fs::write(&log, "")?;
    let ended = stage.run(&[&front, &stage.words(script.world, script.line)[..]].concat())?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let hit = text.contains(if fault.kills() { "killed by SIGKILL" } else { "(INJECTED)" });
    if script.kind == Kind::Run {
        // Which git does what depends on times; where the call did not come, it is a run like any other.
        let end = landed::judge(stage, case, calm, &ended)?;
        return Ok(end.map(|end| if hit { end } else { End::Missed }));
    }
    if !hit {
        return Ok(Err(format!("the call did not come: {}", ended.err.trim())));
    }
    let own = call.process == 0;
    let hurt =
        Hurt { script, killed: fault.kills() && own, passing: fault.passing && own, git: !own };
    judge::judge(stage, &hurt, calm, &ended)
}

/// The front of a command line that is followed by strace.
fn strace(stage: &Stage, options: Vec<String>) -> Vec<String> {
    let log = stage.file("log").display().to_string();
    let front = ["strace", "-f", "-qq", "-y", "-o", &log].map(str::to_owned);
    [front.to_vec(), options].concat()
}

impl Case<'_> {
    /// The row of the table.
    fn row(&self) -> (&str, &str) {
        (self.script.name, &self.call.name)
    }

    /// Says whether bytes of a file of ours do not reach the disk.
    fn loses_a_write(&self) -> bool {
        let errors = ["ENOSPC", "EIO", "ZERO"];
        self.call.name == "write"
            && self.call.path.contains(".lf-tmp-")
            && errors.contains(&self.fault.name)
    }

    /// What strace is told. It looks at one call only, which keeps the rest as fast as ever; but
    /// then it sends no signal, so a kill makes it look at all.
    fn options(&self) -> Vec<String> {
        let follow = match (self.fault.kills(), self.call.process) {
            (true, 0) if self.script.kind != Kind::Alone => self.script.follow(),
            (true, _) => Vec::new(),
            (false, 0) => self.script.follow(),
            (false, _) => vec!["--seccomp-bpf".to_owned()],
        };
        let trace = format!("trace={}", self.call.name);
        let rest = ["-e".to_owned(), trace, "-e".to_owned(), self.fault.inject(self.call)];
        [&follow[..], &rest].concat()
    }

    /// The command and the fault, as they can be typed.
    fn title(&self) -> String {
        let Self { script, call, .. } = self;
        let options = self.options().join(" ");
        let which = match call.process {
            0 => String::new(),
            number => format!(" (its git number {number})"),
        };
        format!("{} ({}): strace -f {options} {}{which}", script.name, call.path, script.line)
    }
}
