//! Why an image could not be read.

use std::io;

use crate::digest::Digest;

/// Why an image could not be read; each names the place at fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file or folder itself could not be read.
    #[error("{at}: {cause}")]
    Io {
        /// The file or folder.
        at: String,
        /// What the system said.
        cause: io::Error,
    },
    /// Something is not what it claims to be.
    #[error("{at}: {reason}")]
    Invalid {
        /// The part of the image.
        at: String,
        /// Why, in words.
        reason: String,
    },
    /// The bytes are not those that were named.
    #[error("{at}: the digest is {found}, and {expected} is asked for")]
    Digest {
        /// The part of the image.
        at: String,
        /// What was asked for.
        expected: Digest,
        /// What the bytes have.
        found: Digest,
    },
    /// There is more than is read.
    #[error("{at}: more than {limit} {what}")]
    TooMuch {
        /// The part of the image.
        at: String,
        /// What there is too much of.
        what: &'static str,
        /// The limit that was passed.
        limit: u64,
    },
    /// Several images are there, or none that fits.
    #[error("{at}: {reason}; there are {choices}")]
    Choose {
        /// The index or manifest.
        at: String,
        /// Why none was taken.
        reason: String,
        /// What could be asked for.
        choices: String,
    },
}

impl Error {
    pub(crate) fn io(at: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let at = at.into();
        move |cause| Self::Io { at, cause }
    }

    pub(crate) fn invalid(at: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid { at: at.into(), reason: reason.into() }
    }

    pub(crate) fn too_much(at: impl Into<String>, what: &'static str, limit: u64) -> Self {
        Self::TooMuch { at: at.into(), what, limit }
    }

    /// The same with its place inside another.
    pub(crate) fn within(self, outer: &str) -> Self {
        let inside =
            |at: String| if at.is_empty() { outer.to_owned() } else { format!("{outer}: {at}") };
        match self {
            Self::Io { at, cause } => Self::Io { at: inside(at), cause },
            Self::Invalid { at, reason } => Self::Invalid { at: inside(at), reason },
            Self::Digest { at, expected, found } => {
                Self::Digest { at: inside(at), expected, found }
            }
            Self::TooMuch { at, what, limit } => Self::TooMuch { at: inside(at), what, limit },
            Self::Choose { at, reason, choices } => {
                Self::Choose { at: inside(at), reason, choices }
            }
        }
    }
}

/// A name of an archive for a message: bytes that are no text are spelled out, and it ends where it is long.
pub(crate) fn shown(name: &[u8]) -> String {
    const MOST: usize = 200;
    let text = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.escape_debug().to_string(),
        Err(_) => bytes.escape_ascii().to_string(),
    };
    if name.len() <= MOST {
        return text(name);
    }
    let mut end = MOST;
    while end > 0 && name[end] & 0xc0 == 0x80 {
        end -= 1;
    }
    format!("{}… ({} bytes)", text(&name[..end]), name.len())
}
