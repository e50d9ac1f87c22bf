//! The power is cut under writers and commands: on ext4 and on XFS, with and without a last flush
//! of the journal.
//!
//! A case is one file system that was shut down once, with everything that was promised before
//! checked after it. Only what was read before the shutdown was asked for counts as promised: a
//! sync that is in flight meanwhile may return success.

mod site;

use super::volume::Kind;
use super::{Bench, Part, Rng, Tally};
use crate::sh::{Fail, Result};
use serde_json::Value;
use site::Site;
use std::path::PathBuf;
use std::thread;

pub(super) const PART: Part = Part {
    name: "power",
    about: "the power of ext4 and XFS is cut under writers and commands",
    share: 3,
    full: 200,
    mounts: true,
    sabotages: &["no-fsync", "no-dir-fsync"],
    run,
};

fn run(bench: &Bench) -> Result<Tally> {
    let boot = Boot::new(bench)?;
    let mut tally = Tally::default();
    let mut number = bench.from;
    while bench.goes_on(tally.cases) {
        round(bench, &boot, number, &mut tally)?;
        number += 1;
    }
    // A disk that never took anything would lose nothing either.
    for kind in Kind::ALL {
        let promised = format!("{}: replacements promised", kind.name());
        if tally.facts.get(&promised).and_then(Value::as_u64).unwrap_or(0) == 0 && tally.cases > 0 {
            return Err(Fail::gate(format!("0 {promised}: nothing was proven")));
        }
    }
    Ok(tally)
}

/// Both file systems, cut at moments of their own; then the machine starts again.
fn round(bench: &Bench, boot: &Boot, number: u64, tally: &mut Tally) -> Result {
    let mut rng = Rng::new(bench.seed).case(number);
    boot.next(&mut rng)?;
    let sites = Kind::ALL.map(|kind| (kind, rng.fork(), number % 2 == 1));
    // A quick device meets more moments, a slow one has more in flight.
    let place = if rng.below(4) == 0 { &bench.scratch } else { &bench.memory };
    let dead: Vec<_> = all(sites.into(), |(kind, mut rng, flush)| {
        let site = Site::start(bench, place, kind, number, &mut rng)?;
        site.work(&mut rng)?;
        site.cut(flush)
    })?;
    boot.next(&mut rng)?;
    for checked in all(dead, |dead| dead.check(bench))? {
        tally.add(checked);
    }
    Ok(())
}

/// Does the same to all at once.
fn all<T: Send, R: Send>(things: Vec<T>, act: impl Fn(T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let act = &act;
    thread::scope(|scope| {
        let running: Vec<_> =
            things.into_iter().map(|thing| scope.spawn(move || act(thing))).collect();
        running.into_iter().map(|one| one.join().expect("no site panics")).collect()
    })
}

/// The id of the machine's boot, as everybody in this mount namespace reads it.
struct Boot(PathBuf);

impl Boot {
    fn new(bench: &Bench) -> Result<Self> {
        let boot = Self(bench.scratch.join("boot_id"));
        boot.next(&mut Rng::new(bench.seed))?;
        let mut command = crate::sh::program("mount");
        command.arg("--bind").arg(&boot.0).arg("/proc/sys/kernel/random/boot_id");
        crate::sh::capture(&mut command)?;
        Ok(boot)
    }

    /// Starts the machine again.
    fn next(&self, rng: &mut Rng) -> Result {
        Ok(std::fs::write(&self.0, format!("{:016x}{:016x}\n", rng.next(), rng.next()))?)
    }
}
