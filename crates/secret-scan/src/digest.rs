//! A secret's name that tells nothing of it: a salted digest that is dear to guess.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Rounds of SHA-256: a guess at a short password costs as many, and a finding stays below a millisecond.
const ROUNDS: u32 = 2_000;
/// Bytes that are kept.
const KEPT: usize = 16;

/// A salted digest of a secret: the same secret and salt give the same digest, and nothing leads back.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of a secret.
    pub(crate) fn of(salt: &[u8], secret: &[u8]) -> Self {
        let mut state: [u8; 32] = Sha256::new()
            .chain_update(b"leadforge/secret/1\0")
            .chain_update((salt.len() as u64).to_le_bytes())
            .chain_update(salt)
            .chain_update(secret)
            .finalize()
            .into();
        for _ in 0..ROUNDS {
            state = Sha256::digest(state).into();
        }
        Self(hex(&state[..KEPT]))
    }

    /// This digest salted once more, so that what one file keeps fits no other table.
    #[must_use]
    pub fn salted(&self, salt: &str) -> Self {
        let state = Sha256::new()
            .chain_update(b"leadforge/kept/1\0")
            .chain_update((salt.len() as u64).to_le_bytes())
            .chain_update(salt.as_bytes())
            .chain_update(self.0.as_bytes())
            .finalize();
        Self(hex(&state[..KEPT]))
    }

    /// 32 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
