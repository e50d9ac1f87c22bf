//! CycloneDX documents.

mod component;
mod convert;
mod grade;
mod inventory;
mod json;
mod licence;
mod read;
mod uuid;
mod write;
mod xsd;

pub use grade::{Field, Grade, Profile, grade};
#[cfg(feature = "validate")]
pub(crate) use json::Json;
pub use read::{Document, Fault, ReadError};
#[cfg(feature = "validate")]
pub(crate) use read::{MOST, schema::against};
pub(crate) use uuid::of as uuid_of;
pub use write::{Meta, write, write_xml};

use std::fmt;
use std::str::FromStr;

/// A version of the CycloneDX specification that is written and read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spec {
    /// 1.5
    V1_5,
    /// 1.6
    V1_6,
    /// 1.7
    #[default]
    V1_7,
}

impl Spec {
    /// All versions, the oldest first.
    pub const ALL: [Self; 3] = [Self::V1_5, Self::V1_6, Self::V1_7];

    /// The version as documents write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1_5 => "1.5",
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A version that is neither written nor read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CycloneDX {0:?} is none of 1.5, 1.6 and 1.7")]
pub struct UnknownSpec(pub String);

impl FromStr for Spec {
    type Err = UnknownSpec;

    fn from_str(text: &str) -> Result<Self, UnknownSpec> {
        let known = Self::ALL.into_iter().find(|spec| spec.as_str() == text);
        known.ok_or_else(|| UnknownSpec(text.to_owned()))
    }
}
