//! The one error of the crate: every variant names the picture, and none of them ever carries a count.

use crate::Cap;
use std::io;

/// Why two pictures could not be compared; its text is one line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system refused to open or read a picture.
    #[error("cannot read {picture}: {cause}")]
    Read {
        /// The picture's name.
        picture: String,
        /// The system's answer.
        cause: io::Error,
    },
    /// The system refused to write the picture of the differences.
    #[error("cannot write the picture of the differences: {0}")]
    Write(io::Error),
    /// The bytes are not the picture that they claim to be.
    #[error("{picture} is not a whole picture: {what}")]
    Corrupt {
        /// The picture's name.
        picture: String,
        /// What is wrong with it.
        what: String,
    },
    /// The picture is larger than the caller allows; nothing of it was inflated.
    #[error("{picture} has {found} {}, {allowed} are allowed: raise --{}", cap.counts(), cap.flag())]
    TooLarge {
        /// The picture's name.
        picture: String,
        /// The limit that it exceeds, which names the flag that raises it.
        cap: Cap,
        /// What the picture has.
        found: u64,
        /// What is allowed.
        allowed: u64,
    },
    /// A folder holds what is not followed.
    #[error("{path} {what}")]
    Refused {
        /// The path.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// A setting has a value that means nothing.
    #[error("{name} has to be {allowed}")]
    Setting {
        /// The setting's name.
        name: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
    /// No decoder of this build reads the format.
    #[error("{picture} is {what}, which this build does not read")]
    Unsupported {
        /// The picture's name.
        picture: String,
        /// What it seems to be.
        what: &'static str,
    },
}
