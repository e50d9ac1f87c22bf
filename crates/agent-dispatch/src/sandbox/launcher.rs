//! The launcher: prepares the fence, starts the command, and stays until nothing of it is left.
use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use rustix::process::{WaitOptions, WaitStatus};

use super::cgroup::Group;
use super::devices::Devices;
use super::identity::{self, Identity, Lent};
use super::parent::{Answer, Order};
use super::private::{self, Private};
use super::stage::{Enter, Inner, READY};
use super::{
    Kind, Metadata, Outcome, Reason, Spec, bubblewrap, kin, landlock, log, seccomp, sweep, system,
};

/// How long descendants are hunted before the launcher gives up and reports survivors.
const HUNT: Duration = Duration::from_secs(20);

/// Why nothing was run.
enum Stop {
    Refused(String),
    Failed(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What the launcher's threads tell its main one.
enum Event {
    Ended(i32, WaitStatus),
    Childless,
    Orphaned,
    TooMuchOutput,
    Drained(log::Kept),
    Started,
    NotStarted(String),
}

/// Reads one order, obeys it, answers.
pub(crate) fn main() -> ExitCode {
    // A kill of the caller's whole group must not take the launcher before its children.
    let _ = rustix::process::setsid();
    // What the caller's own parents left open is not the command's.
    close_fds::set_fds_cloexec(3, &[]);
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    let answer = match input.read_until(b'\n', &mut line) {
        Ok(_) => match serde_json::from_slice::<Order>(&line) {
            Ok(order) => {
                drop(input);
                match obey(&order) {
                    Ok(outcome) => Answer::Ended(outcome),
                    Err(Stop::Refused(reason)) => Answer::Refused(reason),
                    Err(Stop::Failed(message)) => Answer::Failed(message),
                }
            }
            Err(error) => Answer::Failed(format!("order: {error}")),
        },
        Err(error) => Answer::Failed(format!("order: {error}")),
    };
    let text = serde_json::to_vec(&answer).expect("an answer is plain data");
    match io::stdout().write_all(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn obey(order: &Order) -> Result<Outcome, Stop> {
    let spec = &order.spec;
    if !spec.hosts.is_empty() && spec.kind != Kind::None {
        return Err(Stop::Refused(format!("{} cannot reach hosts", spec.kind)));
    }
    for path in std::iter::once(&spec.tree).chain(&spec.writable).chain(&spec.readable) {
        fs::metadata(path).map_err(|error| Stop::Failed(format!("{}: {error}", path.display())))?;
    }
    let me = rustix::process::getpid();
    rustix::process::set_child_subreaper(Some(me)).map_err(io::Error::from)?;
    let name = private::name(&spec.session);
    let (events, inbox) = channel();
    watch_lifeline(events.clone());
    let group = match Group::create(&name, &spec.limits) {
        Ok(group) => Some(group),
        Err(error) if rustix::process::geteuid().is_root() && spec.kind != Kind::None => {
            return Err(Stop::Refused(format!(
                "as root without a writable control group: {error}"
            )));
        }
        Err(_) => None,
    };
    let private = Private::create(&spec.scratch, &name)?;
    let (identity, lent) = lend(spec, &private)?;
    let devices = if spec.kind == Kind::Bubblewrap && rustix::process::geteuid().is_root() {
        let made = Devices::create(&private.root, private.name());
        Some(made.map_err(|error| Stop::Refused(error.to_string()))?)
    } else {
        None
    };
    let line = prepare(order, &private, group.as_ref(), identity, devices.as_ref())?;
    let run = Run::start(spec, &line, events)?;
    let outcome = run.attend(spec, group.as_ref(), &inbox)?;
    drop(lent);
    drop(devices);
    drop(private);
    drop(group);
    Ok(outcome)
}

/// Ends everything when the caller is gone.
fn watch_lifeline(events: Sender<Event>) {
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = events.send(Event::Orphaned);
    });
}

/// As root under Landlock: a user of its own, and the folders it may change lent to it.
fn lend(spec: &Spec, private: &Private) -> Result<(Option<Identity>, Option<Lent>), Stop> {
    if spec.kind != Kind::Landlock || !rustix::process::geteuid().is_root() {
        return Ok((None, None));
    }
    let (home, temporary) = (private.home(), private.temporary());
    let mut folders = vec![spec.tree.as_path(), &home, &temporary];
    folders.extend(spec.writable.iter().map(PathBuf::as_path));
    // Listed folders may lie in each other; the outermost carries the rest.
    let all = folders.clone();
    folders.retain(|dir| !all.iter().any(|other| other != dir && dir.starts_with(other)));
    private.passable()?;
    let readable = spec.readable.iter().map(PathBuf::as_path);
    let reached: Vec<&Path> = folders.iter().copied().chain(readable).collect();
    let identity = identity::fresh(&reached).map_err(|error| Stop::Refused(error.to_string()))?;
    Ok((Some(identity), Some(identity.lend(&folders)?)))
}

/// Writes the orders of the stages; gives the file for the first.
fn prepare(
    order: &Order,
    private: &Private,
    group: Option<&Group>,
    identity: Option<Identity>,
    devices: Option<&Devices>,
) -> Result<PathBuf, Stop> {
    let spec = &order.spec;
    let mut env = spec.env.clone();
    let defaults = [
        ("HOME", private.home().into_os_string()),
        ("TMPDIR", private.temporary().into_os_string()),
        ("PATH", system::PATH.into()),
        ("LANG", "C.UTF-8".into()),
        ("LOGNAME", "agent".into()),
        ("USER", "agent".into()),
    ];
    for (key, value) in defaults {
        env.entry(key.into()).or_insert(value);
    }
    env.insert(sweep::MARK.into(), private.name().into());
    let alone = group.is_none();
    let landlock = (spec.kind == Kind::Landlock).then(|| {
        let own = [spec.tree.clone(), private.home(), private.temporary()];
        landlock::Rules {
            readable: spec.readable.clone(),
            writable: own.into_iter().chain(spec.writable.iter().cloned()).collect(),
        }
    });
    let used = if spec.kind == Kind::Bubblewrap {
        0
    } else {
        kin::threads_of(rustix::process::getuid().as_raw())
    };
    let inner = Inner {
        command: spec.command.clone(),
        cwd: spec.cwd.clone().unwrap_or_else(|| spec.tree.clone()),
        env,
        processes: alone.then(|| spec.limits.processes.saturating_add(used)),
        data_bytes: alone.then_some(spec.limits.memory_bytes),
        identity,
        landlock,
        seccomp: (spec.kind != Kind::None).then(|| policy(spec, alone, identity.is_some())),
        forward: None,
    };
    let inner = private.put("order", &json(&inner))?;
    let program = if spec.kind == Kind::Bubblewrap {
        let bwrap = system::bwrap(order.launcher.bwrap.as_deref())
            .ok_or_else(|| Stop::Refused("the program bwrap is not installed".into()))?;
        put_etc(private)?;
        bubblewrap::arguments(
            spec,
            &bubblewrap::Prepared {
                bwrap: &bwrap,
                launcher: &order.launcher.program,
                order: &inner,
                etc: &private.etc(),
                home: &private.home(),
                temporary: &private.temporary(),
                devices,
                proxy: None,
            },
        )
    } else {
        let program = order.launcher.program.clone().into_os_string();
        vec![program, crate::launch::VERB.into(), "exec".into(), inner.into()]
    };
    let enter = Enter {
        doors: group.map(Group::doors).unwrap_or_default(),
        cpu_seconds: spec.limits.cpu.as_secs().saturating_add(1),
        file_bytes: spec.limits.file_bytes,
        program,
    };
    Ok(private.put("enter", &json(&enter))?)
}

/// Which calls the other fences leave for this one to refuse.
fn policy(spec: &Spec, alone: bool, own_user: bool) -> seccomp::Policy {
    let landlock = spec.kind == Kind::Landlock;
    seccomp::Policy {
        internet: false,
        shared_user: landlock,
        metadata: if landlock && !own_user { spec.metadata } else { Metadata::Any },
        unaccounted: alone,
    }
}

/// The files of `/etc` that name users and hosts, made up.
fn put_etc(private: &Private) -> io::Result<()> {
    let uid = rustix::process::geteuid().as_raw();
    let gid = rustix::process::getegid().as_raw();
    let home = private.home();
    let home = home.to_string_lossy();
    let nobody = "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n";
    let passwd = format!("agent:x:{uid}:{gid}:agent:{home}:/bin/sh\n{nobody}");
    let group = format!("agent:x:{gid}:\nnogroup:x:65534:\n");
    for (name, text) in [
        ("passwd", passwd.as_str()),
        ("group", &group),
        ("hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n"),
        ("resolv.conf", ""),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
    ] {
        private.put(&format!("etc/{name}"), text.as_bytes())?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("an order is plain data")
}

/// The command while it runs.
struct Run {
    pid: i32,
    begun: Instant,
}

impl Run {
    fn start(spec: &Spec, enter: &Path, events: Sender<Event>) -> Result<Self, Stop> {
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
        // The program by the kernel's own link: a rebuilt binary in its place is another one.
        let child = Command::new("/proc/self/exe")
            .arg(crate::launch::VERB)
            .arg("enter")
            .arg(enter)
            .env_clear()
            .current_dir("/")
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
        Ok(Self { pid, begun })
    }

    /// Waits for the end, or brings it about; then waits until nothing is left.
    fn attend(
        self,
        spec: &Spec,
        group: Option<&Group>,
        inbox: &Receiver<Event>,
    ) -> Result<Outcome, Stop> {
        let me = i32::try_from(std::process::id()).expect("the kernel's own number");
        let limits = &spec.limits;
        let mut reason = None;
        let (mut status, mut kept, mut started, mut refusal) = (None, None, false, None);
        let (mut childless, mut stragglers, mut peak) = (false, 0, 0);
        let mut hunt = None::<Instant>;
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
                    pause = (pause * 2).min(Duration::from_millis(100))
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if reason.is_none() && status.is_none() {
                reason = over(limits, group, me, self.begun, &mut peak);
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
                if since.elapsed() > HUNT {
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
        let waited = kin::waited_ticks(me) * 1000 / rustix::param::clock_ticks_per_second().max(1);
        let cpu = group.and_then(Group::cpu).map_or(waited, millis);
        Ok(Outcome {
            reason: reason.unwrap_or(by_itself),
            exit: exit.filter(|_| reason.is_none()),
            signal: signal.filter(|_| reason.is_none()),
            wall_ms: millis(self.begun.elapsed()),
            cpu_ms: cpu,
            peak_memory_bytes: group.and_then(Group::peak_memory).unwrap_or(peak),
            output_bytes: kept.bytes,
            log_sha256: kept.sha256,
            stragglers,
            survivors,
            bounded_by: group.map_or("rlimit", Group::name).to_owned(),
            refused_hosts: Vec::new(),
        })
    }
}

/// Which bound is crossed, if one is.
fn over(
    limits: &super::Limits,
    group: Option<&Group>,
    me: i32,
    begun: Instant,
    peak: &mut u64,
) -> Option<Reason> {
    if begun.elapsed() >= limits.wall {
        return Some(Reason::TimedOut);
    }
    if let Some(group) = group {
        if group.out_of_memory() {
            return Some(Reason::MemoryLimit);
        }
        return group.cpu().is_some_and(|cpu| cpu > limits.cpu).then_some(Reason::CpuLimit);
    }
    let (resident, ticks) = kin::usage(me);
    let seconds = (ticks + kin::waited_ticks(me)) / rustix::param::clock_ticks_per_second().max(1);
    *peak = resident.max(*peak);
    if resident > limits.memory_bytes && kin::proportional(me) > limits.memory_bytes {
        return Some(Reason::MemoryLimit);
    }
    (seconds > limits.cpu.as_secs()).then_some(Reason::CpuLimit)
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
