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
    /// What is written, and where its acknowledgements are.
    targets: Vec<(Target, PathBuf)>,
    writers: Vec<Writer>,
    crew: Option<Arc<Crew>>,
    agents: Vec<JoinHandle<Result>>,
    stop: Arc<AtomicBool>,
    /// Everybody is killed a moment before the cut, so that no later sync covers the last promise.
    still: bool,
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
    /// Makes a file system in this folder and lets everybody write on it, or the writer of files
    /// alone: then no sync of another makes up for one that it leaves out.
    pub(super) fn start(
        bench: &Bench,
        place: &Path,
        kind: Kind,
        number: u64,
        rng: &mut Rng,
    ) -> Result<Self> {
        let alone = rng.below(2) == 0;
        let still = alone || rng.below(2) == 0;
        let volume = Volume::make(kind, place, if kind == Kind::Xfs { 300 } else { 64 })?;
        let dir = volume.path();
        let mut targets = vec![Target::Files(dir.join("files"))];
        if !alone {
            targets.extend(["one", "two"].map(|log| Target::Log(dir.join(log).join("events.log"))));
        }
        let stop = Arc::new(AtomicBool::new(false));
        let mut agents = Vec::new();
        let crew = if alone || bench.sabotaged {
            None
        } else {
            let crew = Arc::new(Crew::new(bench, &dir.join("repo"))?);
            for n in 0..AGENTS {
                let (crew, stop, mut rng) = (Arc::clone(&crew), Arc::clone(&stop), rng.fork());
                agents.push(thread::spawn(move || {
                    let mut agent = Agent::new(&crew, &format!("a{n}"));
                    while !stop.load(Ordering::Relaxed) {
                        agent.act(&mut rng, Fate::Cut)?;
                    }
                    Ok(())
                }));
            }
            Some(crew)
        };
        let mut writers = Vec::new();
        let mut noted = Vec::new();
        for (n, target) in targets.into_iter().enumerate() {
            let group = if n == 0 { FILES } else { rng.below(3) + 1 };
            let bytes = *rng.pick(&[300, 5_000, 40_000]);
            // Most commands are alone for a while after they have said yes.
            let pause: u64 = if alone { *rng.pick(&[0, 10, 30]) } else { 0 };
            let args = [("--bytes", bytes), ("--group", group), ("--pause", pause)];
            let args: Vec<String> =
                args.iter().flat_map(|(flag, n)| [(*flag).to_owned(), n.to_string()]).collect();
            let acks = bench.scratch.join(format!("{}-{n}.acks", kind.name()));
            std::fs::write(&acks, "")?;
            writers.push(Writer::start(bench, &target, &acks, &args)?);
            noted.push((target, acks));
        }
        let again = format!("--seed {} --from {number} --cases 2", bench.seed);
        Ok(Self { volume, again, targets: noted, writers, crew, agents, stop, still })
    }

    /// Lets everybody work until some things are promised, and a moment longer.
    pub(super) fn work(&self, rng: &mut Rng) -> Result {
        let (start, answers, bytes) = (Instant::now(), rng.below(12), 220 + rng.below(200));
        loop {
            let mut enough = true;
            for (_, acks) in &self.targets {
                enough &= std::fs::metadata(acks)?.len() >= bytes;
            }
            if let Some(crew) = &self.crew {
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
    pub(super) fn cut(mut self, flush: bool) -> Result<Dead> {
        self.stop.store(true, Ordering::Relaxed);
        let mut failed = Vec::new();
        if self.still {
            self.end(&mut failed, false)?;
        }
        let mut targets = Vec::new();
        for (target, acks) in &self.targets {
            let promised = acks.with_extension("promised");
            std::fs::copy(acks, &promised)?;
            targets.push((target.clone(), promised));
        }
        let promised = self.crew.as_ref().map(|crew| (Arc::clone(crew), crew.promised()));
        if let Some(crew) = &self.crew {
            crew.darken();
        }
        self.volume.cut(flush)?;
        self.end(&mut failed, true)?;
        Ok(Dead { volume: self.volume, again: self.again, targets, crew: promised, failed })
    }

    /// Kills the writers and waits for the agents; who had ended by itself is told.
    fn end(&mut self, failed: &mut Vec<String>, dark: bool) -> Result {
        for writer in self.writers.drain(..) {
            // A disk without power says no to everything, which may have ended a writer before us.
            let no = ["Input/output error", "Read-only file system"];
            if let Some(said) = writer.kill()?
                && !(dark && no.iter().any(|no| said.contains(no)))
            {
                failed.push(said);
            }
        }
        for agent in self.agents.drain(..) {
            agent.join().expect("no agent panics")?;
        }
        Ok(())
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
            tally.count(&format!("{name}: completions unheard"), found.unheard);
            tally.count(&format!("{name}: queue leftovers swept"), found.cleaned);
            for problem in found.problems {
                tally.broken(&self.again, format!("{name}: queue: {problem}"));
            }
        }
        self.volume.remove()?;
        Ok(tally)
    }
}
