//! The command while it runs: its output, its bounds, its end, and the end of all it started.
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use rustix::process::{WaitOptions, WaitStatus};

use super::cgroup::Group;
use super::launcher::Stop;
use super::room::Room;
use super::stage::READY;
use super::{Kind, Limits, Outcome, Reason, Spec, kin, log};

/// How long descendants are hunted before the launcher gives up and reports survivors. What was
/// killed ends within milliseconds, but on a machine whose disk or mounts stand still a process may
/// wait inside of the kernel for much longer.
const HUNT: Duration = Duration::from_secs(120);

/// How often they are killed at least before that: on a starved machine time alone proves nothing.
const ROUNDS: u32 = 500;

/// What the launcher's threads tell its main one.
pub(crate) enum Event {
    Ended(i32, WaitStatus),
    Childless,
    Orphaned,
    TooMuchOutput,
    Drained(log::Kept),
    Started,
    NotStarted(String),
}

/// The command while it runs.
pub(crate) struct Run {
    pid: i32,
    begun: Instant,
    /// Of the machine, before the command was there.
    before: Before,
}

/// The most that was seen of all its processes at one moment, where no group counts for us.
#[derive(Default)]
struct Seen {
    memory: u64,
    ticks: u64,
}

struct Before {
    shared: u64,
    room: Option<Room>,
}

impl Run {
    pub(crate) fn start(spec: &Spec, enter: &Path, events: Sender<Event>) -> Result<Self, Stop> {
        let log = log::open(&spec.log)
            .map_err(|error| Stop::Failed(format!("{}: {error}", spec.log.display())))?;
        if log.metadata()?.file_type().is_fifo() {
            return Err(Stop::Failed(format!("{}: is a pipe", spec.log.display())));
        }
        let stdin = match &spec.stdin {
            Some(path) => fs::File::open(path)
                .map_err(|error| Stop::Failed(format!("{}: {error}", path.display())))?
                .into(),
            None => Stdio::null(),
        };
        let (output, output_end) = io::pipe()?;
        let (status, status_end) = io::pipe()?;
        let begun = Instant::now();
        let before = Before { shared: kin::shared_by_all(), room: Room::at(&spec.tree) };
        // The program by the kernel's own link: a rebuilt binary in its place is another one.
        let child = Command::new("/proc/self/exe")
            .arg(crate::launch::VERB)
            .arg("enter")
            .arg(enter)
            .env_clear()
            .current_dir("/")
            .process_group(0)
            .stdin(stdin)
            .stdout(output_end)
            .stderr(status_end)
            .spawn()?;
        let pid = i32::try_from(child.id()).expect("the kernel's own number");
        let limit = spec.limits.output_bytes;
        let sender = events.clone();
        std::thread::spawn(move || {
            let over = || drop(sender.send(Event::TooMuchOutput));
            let kept = log::drain(output, &log, limit, over);
            let _ = sender.send(Event::Drained(kept));
        });
        let sender = events.clone();
        std::thread::spawn(move || read_status(status, &sender));
        std::thread::spawn(move || reap(&events));
        Ok(Self { pid, begun, before })
    }

    /// Waits for the end, or brings it about; then waits until nothing is left.
    pub(crate) fn attend(
        self,
        spec: &Spec,
        group: Option<&Group>,
        inbox: &Receiver<Event>,
    ) -> Result<Outcome, Stop> {
        let me = i32::try_from(std::process::id()).expect("the kernel's own number");
        let limits = &spec.limits;
        let mut reason = None;
        let (mut status, mut kept, mut started, mut refusal) = (None, None, false, None);
        let (mut childless, mut stragglers, mut seen) = (false, 0, Seen::default());
        let (mut hunt, mut rounds) = (None::<Instant>, 0);
        let mut pause = Duration::from_millis(5);
        while !(childless && kept.is_some() && (started || refusal.is_some())) {
            let left = limits.wall.saturating_sub(self.begun.elapsed());
            let wait = if hunt.is_some() { Duration::from_millis(5) } else { pause.min(left) };
            match inbox.recv_timeout(wait) {
                Ok(Event::Ended(pid, end)) if pid == self.pid => {
                    status = Some(end);
                    // The namespace's own first process may still be seen on its way out.
                    if spec.kind != Kind::Bubblewrap {
                        stragglers = kin::descendants(me).len() as u64;
                    }
                    hunt.get_or_insert_with(Instant::now);
                }
                Ok(Event::Ended(..)) => {}
                Ok(Event::Childless) => childless = true,
                Ok(Event::Orphaned) => drop(reason.get_or_insert(Reason::Cancelled)),
                Ok(Event::TooMuchOutput) => drop(reason.get_or_insert(Reason::OutputLimit)),
                Ok(Event::Drained(what)) => kept = Some(what),
                Ok(Event::Started) => started = true,
                Ok(Event::NotStarted(why)) => refusal = Some(why),
                Err(RecvTimeoutError::Timeout) => {
                    pause = (pause * 2).min(Duration::from_millis(100));
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if reason.is_none() && status.is_none() {
                let looking = Instant::now();
                reason = self.over(limits, group, me, &mut seen);
                // Looking at many processes takes a while; it must not become the main work.
                pause = pause.max(looking.elapsed() * 10).min(Duration::from_secs(1));
            }
            if reason.is_some() && hunt.is_none() {
                hunt = Some(Instant::now());
            }
            if let Some(since) = hunt {
                if childless {
                    continue;
                }
                if let Some(group) = group {
                    group.kill();
                }
                kin::kill(me);
                rounds += 1;
                if rounds > ROUNDS && since.elapsed() > HUNT {
                    break;
                }
            }
        }
        let survivors = if childless { 0 } else { kin::descendants(me).len() as u64 };
        if let Some(why) = refusal
            && !started
            && reason.is_none()
        {
            return Err(Stop::Refused(why));
        }
        let kept = kept.ok_or_else(|| Stop::Failed("the output could not be drained".into()))?;
        if let Some(error) = kept.error {
            return Err(Stop::Failed(format!("{}: {error}", spec.log.display())));
        }
        if group.is_some_and(Group::out_of_memory) {
            reason = Some(Reason::MemoryLimit);
        }
        let exit = status.and_then(WaitStatus::exit_status);
        let signal = status.and_then(WaitStatus::terminating_signal);
        let by_itself = if signal.is_some() { Reason::Signalled } else { Reason::Exited };
        // Of a namespace that was ended at once, nobody waits for those inside.
        let ticks = kin::waited_ticks(me).max(seen.ticks);
        let counted = ticks * 1000 / rustix::param::clock_ticks_per_second().max(1);
        let cpu = group.and_then(Group::cpu).map_or(counted, millis);
        Ok(Outcome {
            reason: reason.unwrap_or(by_itself),
            exit: exit.filter(|_| reason.is_none()),
            signal: signal.filter(|_| reason.is_none()),
            wall_ms: millis(self.begun.elapsed()),
            cpu_ms: cpu,
            peak_memory_bytes: group.and_then(Group::peak_memory).unwrap_or(seen.memory),
            output_bytes: kept.bytes,
            log_sha256: kept.sha256,
            stragglers,
            survivors,
            bounded_by: group.map_or("rlimit", Group::name).to_owned(),
            reached_hosts: Vec::new(),
            refused_hosts: Vec::new(),
        })
    }

    /// Which bound is crossed, if one is.
    fn over(
        &self,
        limits: &Limits,
        group: Option<&Group>,
        me: i32,
        seen: &mut Seen,
    ) -> Option<Reason> {
        if self.begun.elapsed() >= limits.wall {
            return Some(Reason::TimedOut);
        }
        if self.before.room.as_ref().is_some_and(Room::is_gone) {
            return Some(Reason::DiskLimit);
        }
        if let Some(group) = group {
            if group.out_of_memory() {
                return Some(Reason::MemoryLimit);
            }
            return group.cpu().is_some_and(|cpu| cpu > limits.cpu).then_some(Reason::CpuLimit);
        }
        let (resident, ticks) = kin::usage(me);
        let ticks = ticks + kin::waited_ticks(me);
        let seconds = ticks / rustix::param::clock_ticks_per_second().max(1);
        *seen = Seen { memory: resident.max(seen.memory), ticks: ticks.max(seen.ticks) };
        let most = limits.memory_bytes;
        if resident > most && kin::proportional(me) > most {
            return Some(Reason::MemoryLimit);
        }
        // Memory that is let go of and stays: of whom it is, the machine's sum does not say.
        let grown = kin::shared_by_all().saturating_sub(self.before.shared);
        if grown > most / 2 && kin::private_and_shared(me) > most {
            return Some(Reason::MemoryLimit);
        }
        (seconds > limits.cpu.as_secs()).then_some(Reason::CpuLimit)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Waits for every child and adopted orphan; no child left means that no descendant is left.
fn reap(events: &Sender<Event>) {
    loop {
        match rustix::process::wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) => {
                let _ = events.send(Event::Ended(pid.as_raw_nonzero().get(), status));
            }
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => break,
        }
    }
    let _ = events.send(Event::Childless);
}

/// Learns whether every fence was raised, from the stages' own channel.
fn read_status(mut from: impl Read, events: &Sender<Event>) {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match from.read(&mut buffer) {
            Ok(count) if count > 0 => text.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            _ => break,
        }
        if text.ends_with(READY.as_bytes()) || text.len() > 64 << 10 {
            break;
        }
    }
    let event = if text.ends_with(READY.as_bytes()) {
        Event::Started
    } else {
        Event::NotStarted(String::from_utf8_lossy(&text).trim().to_owned())
    };
    let _ = events.send(event);
}
