//! The launcher: prepares the fence, starts the command, and stays until nothing of it is left.
use std::fs;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};

use super::attend::{Event, Run};
use super::cgroup::Group;
use super::parent::{Answer, Order};
use super::prepare::Ground;
use super::{Kind, Outcome, private};

/// Why nothing was run.
pub(crate) enum Stop {
    Refused(String),
    Failed(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
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
            let reason = format!("as root without a writable control group: {error}");
            return Err(Stop::Refused(reason));
        }
        Err(_) => None,
    };
    let ground = Ground::prepare(spec, &name)?;
    let first = ground.orders(order, group.as_ref())?;
    let run = Run::start(spec, &first, events)?;
    let outcome = run.attend(spec, group.as_ref(), &inbox)?;
    let (reached_hosts, refused_hosts) = ground.hosts();
    Ok(Outcome { reached_hosts, refused_hosts, ..outcome })
}

/// Ends everything when the caller is gone.
fn watch_lifeline(events: Sender<Event>) {
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = events.send(Event::Orphaned);
    });
}
