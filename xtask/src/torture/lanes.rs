//! Several rounds of a part at once, because most of their time is waiting.

use super::{Bench, Rng, Tally};
use crate::sh::{Fail, Result};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// Runs rounds on this many threads until the bench says that it is enough.
///
/// A round gets its number, its randomness and an empty tally. It draws from its number alone, so
/// that `--from N --cases 1` means the same round however many run beside it.
pub(super) fn run(
    bench: &Bench,
    lanes: usize,
    round: impl Fn(u64, &mut Rng, &mut Tally) -> Result + Sync,
) -> Result<Tally> {
    let next = AtomicU64::new(bench.from);
    let all = Mutex::new(Tally::default());
    let lane = || -> Result {
        loop {
            if !bench.goes_on(all.lock().expect("no lane panics").cases) {
                return Ok(());
            }
            let number = next.fetch_add(1, Ordering::Relaxed);
            let mut tally = Tally::default();
            round(number, &mut Rng::new(bench.seed).case(number), &mut tally)?;
            all.lock().expect("no lane panics").add(tally);
        }
    };
    let ends = thread::scope(|scope| {
        let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(lane)).collect();
        lanes.into_iter().map(|lane| lane.join()).collect::<Vec<_>>()
    });
    for end in ends {
        end.map_err(|_| Fail { code: 101, message: "a lane panicked".to_owned() })??;
    }
    Ok(all.into_inner().expect("no lane panics"))
}
