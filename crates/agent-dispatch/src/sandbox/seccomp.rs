//! The system-call fence.
use serde::{Deserialize, Serialize};
use std::io;

/// Which of the fence's variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Policy {
    /// Internet sockets are allowed: the network namespace holds only our forwarder.
    pub(crate) internet: bool,
}

pub(crate) fn restrict(_policy: &Policy) -> io::Result<()> {
    Ok(())
}
