//! Fetching something whole over HTTP, when a person asked for it: bounded in time, size, tries and where it leads.
//!
//! Everything that a binary asks of the network goes through [`fetch`], or, where it talks to a service, [`exchange`]. TLS is rustls with a provider that needs no C
//! compiler; the authorities are those that the machine trusts (docs/adr/0012).

mod client;
mod exchange;
mod target;

pub use exchange::{Method, NoReply, Reply, Request, exchange, permitted};
pub use target::shown;

use crate::{Context, Failure};
use client::{Attempt, Client};
use std::time::{Duration, Instant};
use target::Target;

/// What is asked for, and within which bounds.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// An address in `https`, or in `http` on this machine.
    pub url: &'a str,
    /// What the server called what is here already; empty when nothing is.
    pub etag: &'a str,
    /// More bytes than this are refused.
    pub limit: u64,
    /// All tries together take no longer.
    pub patience: Duration,
    /// A server that says nothing for so long is given up on.
    pub idle: Duration,
    /// How often it is tried.
    pub tries: u32,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is still what it was.
    Unchanged,
    /// It came whole, as far as the server said how long it is.
    Whole {
        /// It.
        bytes: Vec<u8>,
        /// What the server calls this version of it; may be empty.
        etag: String,
        /// The address from which it came in the end, without what stands behind `?`.
        from: String,
    },
}

/// So often a server may send on.
const REDIRECTS: usize = 5;
/// Before a try that follows a failure; doubled each time.
const PAUSE: Duration = Duration::from_millis(250);

/// Fetches something, and tells of its bytes as they come: how many there are, and how many there will be.
///
/// A try that fails on the way, or that the server asks to come back for, is followed by another one, which goes on
/// where the last one ended when the server can vouch that it is still the same.
///
/// # Errors
/// Exit 2 for an address that is none, 4 when the network is forbidden or the server leads to where nobody should
/// follow, 3 for everything that the network or the server does.
pub fn fetch(
    ctx: &Context,
    ask: &Ask<'_>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Answer, Failure> {
    let start = Target::parse(ask.url).map_err(|why| {
        Failure::usage("http.address", format!("{}: {why}", shown(ask.url)))
            .hint("an address begins with https://, or with http:// on this machine")
    })?;
    if ctx.common.offline {
        let message = format!("{}: --offline forbids to fetch it", start.shown());
        return Err(Failure::refused("http.offline", message));
    }
    let client = Client::new(format!("{}/{}", ctx.tool(), ctx.version()));
    let end = Instant::now() + ask.patience;
    let mut part = Part::default();
    let mut last = String::new();
    for attempt in 0..ask.tries.max(1) {
        if attempt > 0 {
            let pause = part.wait.take().unwrap_or(PAUSE * 2_u32.saturating_pow(attempt - 1));
            if Instant::now() + pause >= end {
                last.push_str(&format!(
                    ", and the time for another try ({} s) is over",
                    pause.as_secs()
                ));
                break;
            }
            std::thread::sleep(pause);
        }
        match one(&client, ask, &start, end, &mut part, progress) {
            Ok(answer) => return Ok(answer),
            Err(Fault::Again(why)) => last = why,
            Err(Fault::Never(failure)) => return Err(failure),
        }
        if Instant::now() >= end {
            break;
        }
    }
    let message = format!("{}: {last}", start.shown());
    Err(Failure::cannot_look("http.failed", message))
}

/// What came before a try broke off, and what the server calls it.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    etag: String,
    /// How long the server asks to wait.
    wait: Option<Duration>,
}

/// Why a try did not succeed.
enum Fault {
    /// Another one may.
    Again(String),
    Never(Failure),
}

/// One try, wherever it leads.
fn one(
    client: &Client,
    ask: &Ask<'_>,
    start: &Target,
    end: Instant,
    part: &mut Part,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Answer, Fault> {
    let never = |code: &str, message: String| {
        Fault::Never(Failure::cannot_look(code, format!("{}: {message}", start.shown())))
    };
    let mut target = start.clone();
    for _ in 0..=REDIRECTS {
        let left = end.saturating_duration_since(Instant::now());
        let known = if part.bytes.is_empty() { "" } else { part.etag.as_str() };
        let attempt =
            Attempt { etag: ask.etag, from: (part.bytes.len(), known), left, idle: ask.idle };
        let mut response = client.get(&target, &attempt).map_err(Fault::from)?;
        match response.status() {
            200 => {
                part.bytes.clear();
                part.etag = response.header("etag");
            }
            // What is sent on has to begin where the rest ended; if it does not, all of it is asked for.
            206 if response.begins() == Some(part.bytes.len() as u64) => {}
            206 | 416 => {
                part.bytes.clear();
                return Err(Fault::Again(
                    "the server sent another part than the one asked for".into(),
                ));
            }
            304 if !ask.etag.is_empty() && part.bytes.is_empty() => return Ok(Answer::Unchanged),
            301 | 302 | 303 | 307 | 308 => {
                let next = target.follow(&response.header("location")).map_err(|why| {
                    let message = format!("{}: the server sends on, and {why}", start.shown());
                    Fault::Never(Failure::refused("http.redirect", message))
                })?;
                target = next;
                continue;
            }
            status @ (404 | 410) => {
                return Err(never(
                    "http.missing",
                    format!("the server has no such thing ({status})"),
                ));
            }
            status @ (408 | 425 | 429 | 500 | 502 | 503 | 504) => {
                part.wait = response.wait();
                return Err(Fault::Again(format!("the server answers {status}")));
            }
            status => return Err(never("http.status", format!("the server answers {status}"))),
        }
        let too_large = || {
            let message = format!("it has more than the {} bytes that are taken", ask.limit);
            never("http.size", message)
        };
        let total = response.length().map(|rest| rest.saturating_add(part.bytes.len() as u64));
        if total.is_some_and(|total| total > ask.limit) {
            return Err(too_large());
        }
        let read = response.read(&mut part.bytes, ask.limit, &mut |count| progress(count, total));
        if part.bytes.len() as u64 > ask.limit {
            return Err(too_large());
        }
        read.map_err(Fault::from)?;
        if total.is_some_and(|total| total != part.bytes.len() as u64) {
            return Err(Fault::Again(format!("it broke off after {} bytes", part.bytes.len())));
        }
        let bytes = std::mem::take(&mut part.bytes);
        let etag = std::mem::take(&mut part.etag);
        return Ok(Answer::Whole { bytes, etag, from: target.shown() });
    }
    Err(never("http.redirect", format!("the server sends on more than {REDIRECTS} times")))
}

impl From<client::Trouble> for Fault {
    fn from(trouble: client::Trouble) -> Self {
        match trouble {
            client::Trouble::Network(why) => Self::Again(why),
            client::Trouble::Here(failure) => Self::Never(failure),
        }
    }
}
