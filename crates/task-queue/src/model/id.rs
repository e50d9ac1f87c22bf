//! Ids that two clones can give without asking each other, safe as file names and as branch names.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;

/// Digits and lower-case letters without `i`, `l`, `o`, `u`, which are misread.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LONGEST: usize = 64;

/// The name of a task: lower-case letters, digits, `-` and `_`, at most 64 of them.
///
/// New ids are `lf-` and eight base32 digits of entropy that the caller brings; ids given by hand
/// may be any text of that form. There is no upper case, so two ids never collide on a disk that
/// folds case, and no dot, so an id is always one safe part of a branch name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskId(Box<str>);

impl TaskId {
    /// A new id from 40 random bits.
    pub fn random(entropy: [u8; 5]) -> Self {
        Self(encode(entropy).into())
    }

    /// The id of a task that came from elsewhere: the same source key always gives the same id.
    pub fn derived(source_key: &str) -> Self {
        let hash = Sha256::digest(source_key.as_bytes());
        Self::random([hash[0], hash[1], hash[2], hash[3], hash[4]])
    }

    /// Takes an id as it was written, or says what is wrong with it.
    pub fn parse(value: &str) -> Result<Self, Error> {
        match refusal(value) {
            None => Ok(Self(value.into())),
            Some(why) => Err(Error::BadId { value: value.chars().take(80).collect(), why }),
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn refusal(value: &str) -> Option<&'static str> {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    if value.is_empty() {
        Some("it is empty")
    } else if value.len() > LONGEST {
        Some("it is longer than 64 characters")
    } else if !value.bytes().all(allowed) {
        Some("only lower-case letters, digits, '-' and '_' are allowed")
    } else if value.starts_with(['-', '_']) {
        Some("it begins with '-' or '_'")
    } else if is_device(value) {
        Some("Windows keeps that name for a device")
    } else {
        None
    }
}

/// Names that a checkout on Windows cannot create with any extension.
fn is_device(value: &str) -> bool {
    let numbered = |stem: &str| {
        value.strip_prefix(stem).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    matches!(value, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

fn encode(entropy: [u8; 5]) -> String {
    let mut bits = entropy.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let mut digits = [0_u8; 8];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    let mut id = String::from("lf-");
    id.extend(digits.iter().map(|digit| char::from(*digit)));
    id
}

impl FromStr for TaskId {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self, Error> {
        Self::parse(value)
    }
}

impl TryFrom<String> for TaskId {
    type Error = Error;

    fn try_from(value: String) -> Result<Self, Error> {
        Self::parse(&value)
    }
}

impl From<TaskId> for String {
    fn from(id: TaskId) -> Self {
        id.0.into()
    }
}

impl Borrow<str> for TaskId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for TaskId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
