//! The way out of a sandbox to listed hosts: a proxy that speaks `CONNECT` and nothing else.
//!
//! It listens on a socket that only the sandbox sees, takes exact `host:port` pairs, resolves the
//! names outside, and refuses addresses of private networks unless they were listed as such.
//! Inside, the forwarder leads to it from one port, and from the very ports of the listed services
//! of the user's own machine.
mod allow;
mod forward;
pub(crate) mod request;
mod serve;
mod ways;

pub use allow::{Allow, Refusal};
pub(crate) use forward::{forward, forwarding};
pub(crate) use serve::Proxy;
pub(crate) use ways::Ways;
