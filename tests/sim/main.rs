//! Plays seeded histories for a while and says what came of them, for `cargo xtask torture` and for people.
//!
//! `simulate [--seed N] [--seconds S | --histories N] [--world NAME] [--from N]` prints one JSON object a line:
//! the counts of each world, and every broken promise with its shortest history. `--from` begins with that one.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it speaks on the terminal")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use e2e::sim::{Report, WORLDS};

const USAGE: &str = "simulate [--seed N] [--seconds S | --histories N] [--world NAME] [--from N]";

/// Shrinking takes its time, and a defect is met again and again.
const ENOUGH: usize = 3;

struct Asked {
    seed: u64,
    time: Duration,
    histories: u64,
    from: u64,
    worlds: Vec<&'static str>,
}

fn main() -> ExitCode {
    // A panic of the code under test is a finding, told with its history.
    std::panic::set_hook(Box::new(|_| {}));
    let Some(asked) = asked() else {
        eprintln!("error: {USAGE}; worlds: {}", WORLDS.join(", "));
        return ExitCode::from(2);
    };
    let mut broken = false;
    let share = asked.time / u32::try_from(asked.worlds.len()).expect("few worlds");
    for world in &asked.worlds {
        let start = Instant::now();
        let mut report = Report::default();
        for history in asked.from..asked.from.saturating_add(asked.histories) {
            report.play(world, asked.seed, history);
            if start.elapsed() >= share || report.violations.len() == ENOUGH {
                break;
            }
        }
        broken |= !report.violations.is_empty();
        tell(world, &asked, &report, start.elapsed());
    }
    ExitCode::from(u8::from(broken))
}

fn tell(world: &str, asked: &Asked, report: &Report, took: Duration) {
    for violation in &report.violations {
        eprintln!(
            "BROKEN {} ({} steps, shrunk to {}):",
            violation.promise, violation.steps.0, violation.steps.1
        );
        violation.story.iter().for_each(|line| eprintln!("    {line}"));
        eprintln!(
            "    again: --world {world} --seed {} --histories 1 --from {}",
            asked.seed, violation.history
        );
    }
    let violations: Vec<serde_json::Value> = report
        .violations
        .iter()
        .map(|v| {
            serde_json::json!({"history": v.history, "promise": v.promise, "steps": v.steps.0,
                               "shrunk": v.steps.1, "story": v.story})
        })
        .collect();
    let line = serde_json::json!({
        "world": world, "seed": asked.seed, "histories": report.histories, "steps": report.steps,
        "seconds": took.as_secs_f64(),
        "sizes": {"steps": spread(&report.sizes.steps), "faults": spread(&report.sizes.faults),
                  "done": spread(&report.sizes.done)},
        "counts": report.counts, "violations": violations,
    });
    println!("{line}");
}

/// The least, one in ten, the middle, nine in ten and the most.
fn spread(sizes: &[u32]) -> Vec<u32> {
    let mut sorted = sizes.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().saturating_sub(1);
    [0, 10, 50, 90, 100].iter().filter_map(|part| sorted.get(last * part / 100).copied()).collect()
}

fn asked() -> Option<Asked> {
    let mut asked = Asked {
        seed: 1,
        time: Duration::from_secs(60),
        histories: u64::MAX,
        from: 0,
        worlds: WORLDS.to_vec(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(flag) = words.next() {
        let value = words.next()?;
        match flag.as_str() {
            "--seed" => asked.seed = value.parse().ok()?,
            "--seconds" => asked.time = Duration::try_from_secs_f64(value.parse().ok()?).ok()?,
            "--histories" => {
                asked.histories = value.parse().ok()?;
                asked.time = Duration::MAX;
            }
            "--from" => asked.from = value.parse().ok()?,
            "--world" => asked.worlds = vec![WORLDS.into_iter().find(|name| *name == value)?],
            _ => return None,
        }
    }
    Some(asked)
}
