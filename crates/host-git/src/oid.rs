//! Object names, so that a branch name or an option can never stand where git expects an object.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// The tree without files, by both kinds of names.
const NO_FILES: [&str; 2] = [
    "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
];

/// The name of a git object: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(Box<str>);

impl Oid {
    /// Reads 40 or 64 hexadecimal digits; upper case is folded.
    ///
    /// # Errors
    /// [`Error::BadOid`] for anything else, abbreviations included.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let hex = text.bytes().all(|b| b.is_ascii_hexdigit());
        if hex && (text.len() == 40 || text.len() == 64) {
            Ok(Self(text.to_ascii_lowercase().into()))
        } else {
            Err(Error::BadOid { text: text.chars().take(80).collect() })
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tree without files, by the same kind of name; every git knows it without having it.
    #[must_use]
    pub fn empty_tree(&self) -> Self {
        let long = self.0.len() > NO_FILES[0].len();
        Self(NO_FILES[usize::from(long)].into())
    }

    /// The first `digits` digits, for people; at most the whole name.
    #[must_use]
    pub fn short(&self, digits: usize) -> &str {
        &self.0[..digits.min(self.0.len())]
    }

    /// The name of "no object", as git writes it in diffs and ref transactions.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.bytes().all(|b| b == b'0')
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::parse(&String::from_utf8_lossy(bytes))
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Oid {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_are_taken() {
        let sha1 = "0123456789ABCDEF0123456789abcdef01234567";
        assert_eq!(Oid::parse(sha1).unwrap().as_str(), sha1.to_ascii_lowercase());
        assert_eq!(Oid::parse(&"a".repeat(64)).unwrap().short(7), "aaaaaaa");
        assert!(Oid::parse(&"0".repeat(40)).unwrap().is_zero());
        for bad in ["", "HEAD", "--all", "0123", &"g".repeat(40), &"é".repeat(20)] {
            assert!(Oid::parse(bad).is_err(), "{bad}");
        }
    }
}
