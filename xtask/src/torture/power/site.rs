//! One file system with everybody who writes on it, before and after its power is cut.

use super::{Bench, Rng, Tally};
use crate::sh::Result;
use crate::torture::crew::{Agent, Crew, Fate, Promised};
use crate::torture::volume::{Kind, Volume};
use crate::torture::writer::{Target, Writer, check};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Files that one writer rewrites by turns.
const FILES: u64 = 20;

/// Agents that use the queue.
const AGENTS: u64 = 3;

/// The longest wait for promises; a busy machine may need it.
const PATIENCE: Duration = Duration::from_secs(4);

/// A file system at work.
pub(super) struct Site {
    volume: Volume,
    again: String,
    writers: Vec<(Target, PathBuf, Writer)>,
    crew: Option<(Arc<Crew>, Vec<JoinHandle<Result>>)>,
    stop: Arc<AtomicBool>,
}

/// One whose power was cut, and what had been promised.
pub(super) struct Dead {
    volume: Volume,
    again: String,
    targets: Vec<(Target, PathBuf)>,
    crew: Option<(Arc<Crew>, Promised)>,
    /// Writers that ended before the cut.
    failed: Vec<String>,
}

impl Site {
    /// Makes a file system in this folder and lets everybody write on it.
    pub(super) fn start(
        bench: &Bench,
        place: &Path,
        kind: Kind,
        number: u64,
        rng: &mut Rng,
    ) -> Result<Self> {
        let volume = Volume::make(kind, place, if kind == Kind::Xfs { 300 } else { 64 })?;
        let dir = volume.path();
        let targets = [
            Target::Files(dir.join("files")),
            Target::Log(dir.join("one/events.log")),
            Target::Log(dir.join("two/events.log")),
        ];
        let stop = Arc::new(AtomicBool::new(false));
        let crew = if bench.sabotaged {
            None
        } else {
            let crew = Arc::new(Crew::new(bench, &dir.join("repo"))?);
            let agents = (0..AGENTS).map(|n| {
                let (crew, stop, mut rng) = (Arc::clone(&crew), Arc::clone(&stop), rng.fork());
                thread::spawn(move || {
                    let mut agent = Agent::new(&crew, &format!("a{n}"));
                    while !stop.load(Ordering::Relaxed) {
                        agent.act(&mut rng, Fate::Cut)?;
                    }
                    Ok(())
                })
            });
            let agents = agents.collect();
            Some((crew, agents))
        };
        let mut writers = Vec::new();
        for (n, target) in targets.into_iter().enumerate() {
            let group = if n == 0 { FILES } else { rng.below(3) + 1 };
            let bytes = *rng.pick(&[300, 5_000, 40_000]);
            let args = ["--bytes", &bytes.to_string(), "--group", &group.to_string()];
            let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
            let acks = bench.scratch.join(format!("{}-{n}.acks", kind.name()));
            std::fs::write(&acks, "")?;
            let writer = Writer::start(bench, &target, &acks, &args)?;
            writers.push((target, acks, writer));
        }
        let again = format!("--seed {} --from {number} --cases 2", bench.seed);
        Ok(Self { volume, again, writers, crew, stop })
    }

    /// Lets everybody work until some things are promised, and a moment longer.
    pub(super) fn work(&self, rng: &mut Rng) -> Result {
        let (start, answers, bytes) = (Instant::now(), rng.below(12), rng.below(200) + 1);
        loop {
            let mut enough = true;
            for (_, acks, _) in &self.writers {
                enough &= std::fs::metadata(acks)?.len() >= bytes;
            }
            if let Some((crew, _)) = &self.crew {
                enough &= crew.promised().answers >= answers;
            }
            if enough || start.elapsed() > PATIENCE {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
        thread::sleep(Duration::from_millis(rng.below(200)));
        Ok(())
    }

    /// Notes what is promised, and cuts the power.
    pub(super) fn cut(self, flush: bool) -> Result<Dead> {
        self.stop.store(true, Ordering::Relaxed);
        let (mut targets, mut failed) = (Vec::new(), Vec::new());
        for (target, acks, _) in &self.writers {
            let promised = acks.with_extension("promised");
            std::fs::copy(acks, &promised)?;
            targets.push((target.clone(), promised));
        }
        let promised = self.crew.as_ref().map(|(crew, _)| crew.promised());
        self.volume.cut(flush)?;
        for (_, _, writer) in self.writers {
            // The disk says no to everything now, which may have ended a writer before us.
            if let Some(said) = writer.kill()?
                && !said.contains("Input/output error")
            {
                failed.push(said);
            }
        }
        let mut crew = None;
        if let (Some((of, agents)), Some(promised)) = (self.crew, promised) {
            for agent in agents {
                agent.join().expect("no agent panics")?;
            }
            crew = Some((of, promised));
        }
        Ok(Dead { volume: self.volume, again: self.again, targets, crew, failed })
    }
}

impl Dead {
    /// Gives the power back, starts everybody again and compares with what was promised.
    pub(super) fn check(self, bench: &Bench) -> Result<Tally> {
        self.volume.recover()?;
        let name = self.volume.kind().name();
        let mut tally = Tally { cases: 1, ..Tally::default() };
        tally.count(&format!("{name}: power cuts"), 1);
        for said in self.failed {
            tally.broken(&self.again, format!("{name}: {said}"));
        }
        for (target, acks) in &self.targets {
            let checked = check(bench, target, acks)?;
            let what = match target {
                Target::Files(_) => "replacements",
                Target::Log(_) => "records",
            };
            tally.count(&format!("{name}: {what} promised"), checked.acknowledged);
            tally.count(&format!("{name}: {what} swept or cut"), checked.cleaned);
            for problem in checked.problems {
                tally.broken(&self.again, format!("{name}: {problem}"));
            }
        }
        if let Some((crew, promised)) = self.crew {
            let found = crew.check_after_cut(&promised)?;
            tally.count(&format!("{name}: queue answers promised"), promised.answers);
            tally.count(&format!("{name}: definitions promised"), promised.defined.len() as u64);
            tally.count(&format!("{name}: completions promised"), promised.done.len() as u64);
            tally.count(&format!("{name}: old leases refused"), found.void);
            tally.count(&format!("{name}: queue leftovers swept"), found.cleaned);
            for problem in found.problems {
                tally.broken(&self.again, format!("{name}: queue: {problem}"));
            }
        }
        self.volume.remove()?;
        Ok(tally)
    }
}
