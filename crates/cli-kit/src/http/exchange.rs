//! One request and its answer, for a service that is talked to rather than fetched from.

use super::client::{Client, Trouble};
use super::target::{Target, shown};
use crate::{Context, Failure};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// So often a service may say that it has moved.
const MOVES: usize = 3;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// How.
    pub method: Method,
    /// An address in `https`, or in `http` on this machine.
    pub url: &'a str,
    /// Headers; they may hold a token, so nothing of them is ever shown or sent to another host.
    pub headers: &'a [(&'a str, &'a str)],
    /// What is sent.
    pub body: Option<&'a [u8]>,
    /// More bytes than this are no answer.
    pub limit: u64,
    /// It takes no longer.
    pub patience: Duration,
}

/// The methods that are spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Whether it is there.
    Head,
    /// Make.
    Post,
    /// Change.
    Patch,
}

/// What was answered, whatever its status says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum NoReply {
    /// Nothing was sent.
    NotSent(Failure),
    /// It went wrong on the way there or back: what was asked for may have been done.
    Unknown(String),
}

impl Method {
    const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

impl Reply {
    /// The text of a header; empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Whether an address may be asked at all, so that nothing is prepared for one that may not.
///
/// With `--offline` only this machine is: what stays here uses no network.
///
/// # Errors
/// Exit 2 for what is no address, or one without TLS; 4 when the network is forbidden.
pub fn permitted(ctx: &Context, url: &str) -> Result<(), Failure> {
    target(ctx, url).map(|_| ())
}

fn target(ctx: &Context, url: &str) -> Result<Target, Failure> {
    let target = Target::parse(url).map_err(|why| {
        Failure::usage("http.address", format!("{}: {why}", shown(url)))
            .hint("an address begins with https://, or with http:// on this machine")
    })?;
    if ctx.common.offline && !target.here {
        let message = format!("{}: --offline forbids to ask", target.shown());
        return Err(Failure::refused("http.offline", message));
    }
    Ok(target)
}

/// Asks once. A service that has moved is followed on the same host only, because the headers go along.
///
/// # Errors
/// See [`NoReply`].
pub fn exchange(ctx: &Context, ask: &Request<'_>) -> Result<Reply, NoReply> {
    let mut target = target(ctx, ask.url).map_err(NoReply::NotSent)?;
    let client = Client::new(format!("{}/{}", ctx.tool(), ctx.version()));
    let end = Instant::now() + ask.patience;
    for _ in 0..=MOVES {
        let left = end.saturating_duration_since(Instant::now());
        let mut answer = client
            .send(&target, ask.method.word(), ask.headers, ask.body, left)
            .map_err(NoReply::from)?;
        let status = answer.status();
        // 303 is an answer to look up elsewhere, and 301 and 302 turn what is sent into a question: neither is what was
        // asked.
        let reads = matches!(ask.method, Method::Get | Method::Head);
        if matches!(status, 307 | 308) || (reads && matches!(status, 301 | 302)) {
            let next = target.follow(&answer.header("location"));
            target = next.and_then(|next| same_host(&target, next)).map_err(|why| {
                let message = format!("{}: the server sends on, and {why}", shown(ask.url));
                NoReply::NotSent(Failure::refused("http.redirect", message))
            })?;
            continue;
        }
        let headers =
            answer.headers().map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        let mut body = Vec::new();
        if ask.method != Method::Head {
            answer.read(&mut body, ask.limit, &mut |_| ()).map_err(NoReply::from)?;
            if body.len() as u64 > ask.limit {
                let message = format!("an answer of more than {} bytes", ask.limit);
                return Err(NoReply::Unknown(message));
            }
            if answer.length().is_some_and(|length| length != body.len() as u64) {
                return Err(NoReply::Unknown("the answer broke off".to_owned()));
            }
        }
        return Ok(Reply { status, headers, body });
    }
    let message = format!("{}: the server sends on more than {MOVES} times", shown(ask.url));
    Err(NoReply::NotSent(Failure::cannot_look("http.redirect", message)))
}

fn same_host(from: &Target, to: Target) -> Result<Target, String> {
    let place = |target: &Target| {
        let authority = target.uri.authority().map(|place| place.as_str().to_lowercase());
        (target.uri.scheme_str().map(str::to_owned), authority)
    };
    if place(from) == place(&to) {
        Ok(to)
    } else {
        Err(format!("to {}: that is another host, which must not see the token", to.shown()))
    }
}

impl From<Trouble> for NoReply {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Network(why) => Self::Unknown(why),
            Trouble::Here(failure) => Self::NotSent(failure),
        }
    }
}
