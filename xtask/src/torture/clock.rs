//! Clocks that jump by 400 days and run sixty times too fast: who lives keeps the lease, who is dead
//! has none, and time that is counted is that since the machine was started.

use super::{Bench, Part, Rng, Tally, lanes};
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub(super) const PART: Part = Part {
    name: "clock",
    about: "claims, beats and endings while the clock jumps by 400 days and runs sixtyfold",
    share: 3,
    full: 100,
    mounts: false,
    sabotages: &["wall-clock"],
    run,
};

/// What `faketime` makes of the clock of one command.
const CLOCKS: &[&str] = &["-400d", "-1d", "-2s", "+0", "+0 x60", "+1h", "+400d", "+400d x60"];

fn run(bench: &Bench) -> Result<Tally> {
    lanes::run(bench, 4, |number, rng, tally| {
        let dir = bench.scratch.join(number.to_string());
        let mut case = Case { bench, dir, rng, tally, number };
        case.make()?;
        case.holder_by_process()?;
        case.holder_by_time()?;
        case.done_stays_done()?;
        if number.is_multiple_of(4) {
            case.lands()?;
        }
        std::fs::remove_dir_all(&case.dir)?;
        tally.cases += 1;
        Ok(())
    })
}

struct Case<'c> {
    bench: &'c Bench,
    dir: PathBuf,
    rng: &'c mut Rng,
    tally: &'c mut Tally,
    number: u64,
}

/// A process that stands for an agent; it ends with this.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Case<'_> {
    fn make(&mut self) -> Result {
        sh::fresh(&self.dir)?;
        self.git(&["init", "-q", "-b", "main"])?;
        self.git(&["config", "user.name", "Clock"])?;
        self.git(&["config", "user.email", "clock@example.invalid"])?;
        self.git(&["commit", "-q", "--allow-empty", "-m", "begin"])?;
        let pending = self.dir.join("docs/TASKS/queue/pending");
        std::fs::create_dir_all(&pending)?;
        for id in ["lf-pid", "lf-time", "lf-done", "lf-run"] {
            let what = format!("run = \"echo {id} > {id}.txt\"\nverify = [\"test -s {id}.txt\"]");
            let text = format!("+++\ntitle = \"Do {id}\"\ntouches = [\"{id}.txt\"]\n{what}\n+++\n");
            std::fs::write(pending.join(format!("{id}.md")), text)?;
        }
        Ok(())
    }

    /// While its process lives a lease holds, by every clock; when it is dead, at once no longer.
    fn holder_by_process(&mut self) -> Result {
        let agent = Agent(Command::new("sleep").arg("600").spawn()?);
        let pid = agent.0.id().to_string();
        let (token, epoch) = self.claim("lf-pid", &["--pid", &pid])?;
        for _ in 0..2 {
            self.expect(&["claim", "lf-pid"], 1, "a second claim while the holder lives")?;
            self.expect(&["beat", &token], 0, "a beat of a holder that lives")?;
        }
        drop(agent);
        let (next, later) = self.claim("lf-pid", &[])?;
        self.holds(later > epoch, || format!("epoch {later} was granted after {epoch}"));
        self.expect(&["beat", &token], 4, "a beat of the dead one's lease")?;
        self.expect(&["done", &token], 4, "a late finisher")?;
        self.expect(&["release", &next], 0, "the new holder")
    }

    /// Where no process stands for the holder, the time since the machine was started counts.
    fn holder_by_time(&mut self) -> Result {
        let (token, first) = self.claim("lf-time", &["--ttl", "1h"])?;
        for _ in 0..2 {
            self.expect(&["claim", "lf-time"], 1, "a second claim within the hour")?;
        }
        self.expect(&["beat", &token, "--ttl", "1s"], 0, "a beat within the hour")?;
        std::thread::sleep(Duration::from_millis(1_100));
        let (next, second) = self.claim("lf-time", &[])?;
        self.holds(second > first, || format!("epoch {second} was granted after {first}"));
        self.expect(&["beat", &token], 4, "a beat after the lease ran out")?;
        self.expect(&["release", &next], 0, "the new holder")?;
        let (_, third) = self.claim("lf-time", &[])?;
        self.holds(third > second, || format!("epoch {third} was granted after {second}"));
        Ok(())
    }

    /// What was said to be done is handed out by no clock.
    fn done_stays_done(&mut self) -> Result {
        let (token, epoch) = self.claim("lf-done", &[])?;
        self.git(&["branch", &format!("lf/lf-done/{epoch}")])?;
        self.expect(&["done", &token], 0, "the holder is done")?;
        self.expect(&["claim", "lf-done"], 1, "a claim of what is done")?;
        self.expect(&["done", &token], 4, "done twice")
    }

    /// A run lands under any clock, and its records tell that clock's time, the end after the start.
    fn lands(&mut self) -> Result {
        let clock = *self.rng.pick(CLOCKS);
        let shown = self.call("lead-forge", &["trust", "--format", "json"], clock)?.1;
        let digest = shown["data"]["digest"].as_str().unwrap_or_default().to_owned();
        let (code, told) =
            self.call("lead-forge", &["run", "-q", "--trust", &digest, "lf-run"], clock)?;
        self.holds(code == Some(0), || format!("a run by {clock} ended with {code:?}: {told}"));
        let file = "leadforge/run:docs/TASKS/queue/completed/lf-run.md";
        let text = self.git(&["show", file]).unwrap_or_default();
        let key = |key: &str| {
            text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().to_owned()
        };
        // Texts of one form, whose order is that of the times; a commit has whole seconds.
        let form = "--date=format:%Y-%m-%dT%H:%M:%S";
        let dates = self.git(&["log", form, "--format=%cd", "main..leadforge/run"])?;
        let (last, first) = (dates.lines().next().unwrap_or_default(), dates.lines().last());
        let (start, end) = (key("started = "), key("ended = "));
        let second = |text: &str| text.get(..19).unwrap_or("no time").to_owned();
        let order = [first.unwrap_or_default().into(), second(&start), second(&end), last.into()];
        let sane = order.is_sorted() && start <= end && order.iter().all(|time| time.len() == 19);
        self.holds(sane, || format!("by {clock} the order of times is {order:?}"));
        // The clock was really another one.
        let seconds = |what: &str| -> Result<i64> {
            let said = sh::capture(sh::program("date").args(["-u", "+%s", "-d", what]))?;
            said.trim().parse().map_err(|_| Fail::gate(format!("date -d {what:?} said {said}")))
        };
        let days = clock.split_once('d').map_or("0", |(days, _)| days);
        let off = seconds(&start)? - seconds(&format!("{days} days"))?;
        self.holds(off.abs() < 3 * 3600, || format!("by {clock} the run began at {start}"));
        Ok(())
    }

    /// Claims a task that must be free; gives the word for the lease, and its epoch.
    fn claim(&mut self, task: &str, more: &[&str]) -> Result<(String, u64)> {
        let clock = *self.rng.pick(CLOCKS);
        let args = [&["claim", task, "--format", "json"], more].concat();
        let (code, told) = self.call("lead-queue", &args, clock)?;
        let lease = &told["data"]["lease"];
        match (lease["token"].as_str(), lease["epoch"].as_u64()) {
            (Some(token), Some(epoch)) => Ok((token.to_owned(), epoch)),
            _ => {
                self.holds(false, || format!("{task} was not granted by {clock}: {code:?} {told}"));
                Ok((format!("{task}/0/none"), 0))
            }
        }
    }

    /// Calls `lead-queue` by some clock; it must end with this code.
    fn expect(&mut self, args: &[&str], code: i32, what: &str) -> Result {
        let clock = *self.rng.pick(CLOCKS);
        let (seen, told) = self.call("lead-queue", args, clock)?;
        self.holds(seen == Some(code), || {
            format!("{what}: {args:?} by {clock} ended with {seen:?}, not {code}: {told}")
        });
        Ok(())
    }

    /// Calls a program of ours with its clock faked; gives its exit code and what it told.
    fn call(&mut self, name: &str, args: &[&str], clock: &str) -> Result<(Option<i32>, Value)> {
        self.tally.count("commands", 1);
        self.tally.count(&format!("by {clock}"), 1);
        let mut command = Command::new("faketime");
        command.args(["-f", clock]).arg(self.bench.bin(name)).args(args).current_dir(&self.dir);
        command.env("XDG_STATE_HOME", self.dir.join("state")).stdin(Stdio::null());
        let out = command.output()?;
        let text = [out.stdout, out.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok((out.status.code(), serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    fn holds(&mut self, holds: bool, what: impl FnOnce() -> String) {
        self.tally.count("checks", 1);
        if !holds {
            let (seed, number) = (self.bench.seed, self.number);
            self.tally.broken(format!("--seed {seed} --from {number} --cases 1"), what());
        }
    }

    fn git(&self, args: &[&str]) -> Result<String> {
        git(&self.dir, args)
    }
}

fn git(dir: &Path, args: &[&str]) -> Result<String> {
    let out = Command::new("git").arg("-C").arg(dir).args(args).output()?;
    if !out.status.success() {
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        return Err(Fail::gate(format!("git {args:?}: {said}")));
    }
    Ok(String::from_utf8_lossy(&out.stdout).trim_end().to_owned())
}
