//! The way out of a sandbox to listed hosts: a proxy that speaks `CONNECT` and nothing else.
//!
//! It listens on a socket that only the sandbox sees, takes exact `host:port` pairs, resolves the
//! names outside, and refuses addresses of private networks unless they were listed as such.
mod allow;
mod forward;
mod request;
mod serve;

pub use allow::{Allow, Refusal};
pub(crate) use forward::{PORT, forward, forwarding};
pub(crate) use serve::Proxy;
