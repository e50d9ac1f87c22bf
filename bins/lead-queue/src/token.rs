//! A lease as one word, `ID/EPOCH/SESSION`, which an agent copies from `claim` to `beat` and `done`.

use std::fmt;
use std::str::FromStr;

use leadforge_cli_kit::Failure;
use leadforge_task_queue::{Backend as _, Holder, Lease, Store, TaskId};

use crate::failure;

/// The part of a lease that proves whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) task: TaskId,
    pub(crate) epoch: u64,
    pub(crate) session: String,
}

impl Token {
    pub(crate) fn of(lease: &Lease) -> Self {
        let Lease { task, epoch, session, .. } = lease;
        Self { task: task.clone(), epoch: *epoch, session: session.clone() }
    }

    /// The lease this token stands for; one that no longer exists is made up, so that the store
    /// itself says that it is late.
    pub(crate) fn lease(&self, store: &Store) -> Result<Lease, Failure> {
        let leases = store.leases().map_err(|e| failure::queue(&e))?;
        let mine = |lease: &&Lease| lease.task == self.task && lease.session == self.session;
        let known = leases.iter().find(mine).cloned();
        let other = leases.iter().find(|l| l.task == self.task).map_or(0, |lease| lease.slot);
        let mut lease = known.unwrap_or_else(|| Lease {
            task: self.task.clone(),
            slot: other,
            epoch: 0,
            session: self.session.clone(),
            agent: String::new(),
            holder: Holder::default(),
            granted_ms: 0,
            beat_ms: 0,
            expires_ms: 0,
            expires_boot_ms: 0,
        });
        lease.epoch = self.epoch;
        Ok(lease)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.task, self.epoch, self.session)
    }
}

impl FromStr for Token {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a lease is ID/EPOCH/SESSION, as claim prints it".to_owned();
        let mut parts = text.split('/');
        let (Some(task), Some(epoch), Some(session), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let session_ok = !session.is_empty() && session.bytes().all(|b| b.is_ascii_alphanumeric());
        if !session_ok {
            return Err(wrong());
        }
        Ok(Self {
            task: TaskId::parse(task).map_err(|e| e.to_string())?,
            epoch: epoch.parse().map_err(|_| wrong())?,
            session: session.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_is_written() {
        let token: Token = "lf-7k3q9d2x/12/00ff".parse().expect("a token");
        assert_eq!(token.to_string(), "lf-7k3q9d2x/12/00ff");
        for bad in [
            "",
            "lf-a",
            "lf-a/1",
            "lf-a/x/y",
            "lf-a/1/",
            "lf-a/1/a/b",
            "LF/1/a",
            "lf-a/1/a\n",
            "../1/a",
        ] {
            assert!(bad.parse::<Token>().is_err(), "{bad:?}");
        }
    }
}
