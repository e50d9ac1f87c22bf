//! One round: generations of writers in one folder, each killed at its own moment.

use super::{Bench, Rng, Tally};
use crate::sh::Result;
use crate::torture::writer::{Target, Writer, check};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How many generations work in one folder.
const GENERATIONS: u64 = 4;

/// The latest moment of a kill after its writers were under way.
const LATEST: Duration = Duration::from_millis(40);

/// The longest wait for the first acknowledgements; it ends many a wait for another's lock.
const PATIENCE: Duration = Duration::from_millis(500);

pub(super) fn round(
    bench: &Bench,
    dir: &Path,
    number: u64,
    rng: &mut Rng,
    tally: &mut Tally,
) -> Result {
    std::fs::create_dir_all(dir)?;
    let (target, kind) = match rng.below(3) {
        0 => (Target::Log(dir.join("log/events.log")), "append"),
        _ => (Target::Files(dir.join("files")), "replace"),
    };
    for generation in 0..GENERATIONS {
        // A log goes on from generation to generation; of files each has its own promises.
        let acks = match target {
            Target::Log(_) => dir.join("acks"),
            Target::Files(_) => dir.join(format!("acks-{generation}")),
        };
        let mut moments: Vec<(Duration, Writer)> = Vec::new();
        for writer in 0..=rng.below(3) {
            let bytes = *rng.pick(&[1, 300, 5_000, 100_000, 400_000]);
            let group = rng.below(3) + 1;
            let args = ["--bytes", &bytes.to_string(), "--group", &group.to_string()];
            let name = format!("{generation}{}", ["a", "b", "c"][usize_of(writer)]);
            let args: Vec<String> =
                args.into_iter().chain(["--as", &name]).map(str::to_owned).collect();
            let moment = Duration::from_micros(rng.below(LATEST.as_micros() as u64));
            moments.push((moment, Writer::start(bench, &target, &acks, &args)?));
        }
        moments.sort_by_key(|(moment, _)| *moment);
        // One time in four the kills come while the writers begin, else while they are at work.
        let (begun, lines) = (Instant::now(), rng.below(4) * 2);
        while acknowledged(&acks)? < lines && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
        let start = Instant::now();
        let again = format!("--seed {} --from {number} --cases 1", bench.seed);
        for (moment, writer) in moments {
            thread::sleep(moment.saturating_sub(start.elapsed()));
            match writer.kill()? {
                None => tally.cases += 1,
                Some(said) => tally.broken(&again, format!("{kind}: {said}")),
            }
        }
        let checked = check(bench, &target, &acks)?;
        tally.count(&format!("{kind}: acknowledged"), checked.acknowledged);
        tally.count(&format!("{kind}: swept or cut"), checked.cleaned);
        tally.count("checks", 1);
        for problem in checked.problems {
            tally.broken(&again, format!("{kind}: {problem}"));
        }
    }
    Ok(())
}

/// How many acknowledgements there are.
fn acknowledged(acks: &Path) -> Result<u64> {
    Ok(std::fs::read(acks)?.iter().filter(|byte| **byte == b'\n').count() as u64)
}

fn usize_of(n: u64) -> usize {
    usize::try_from(n).expect("a small number")
}
