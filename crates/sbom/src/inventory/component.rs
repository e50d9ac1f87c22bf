//! A component: what it is called, where it is from, what proves that it is the one.

use serde::Serialize;

use super::Ecosystem;

/// A thing that is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Unique in the inventory: the purl, with more behind `#` where a purl is not enough.
    pub reference: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Whose names and versions these are.
    pub ecosystem: Ecosystem,
    /// Its name in the ecosystem, whole: `@scope/name` for npm.
    pub name: String,
    /// Its version, if it has one.
    pub version: Option<String>,
    /// Its package URL.
    pub purl: String,
    /// Where it is from.
    pub origin: Origin,
    /// How the project needs it; nothing when the lock files do not say.
    pub need: Option<Need>,
    /// The licences that it declares, as they are written.
    pub licences: Vec<String>,
    /// The licence files that lie with it, when they were looked for: evidence, and no declaration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<LicenceText>,
    /// Who supplies it, as its own files say: a name, a mailbox or both.
    pub supplier: Option<String>,
    /// The files in which it is distributed.
    pub artifacts: Vec<Artifact>,
    /// Where it was found.
    pub occurrences: Vec<Occurrence>,
}

pub use super::reach::Need;

/// A licence file, and what it reads like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LicenceText {
    /// The file.
    pub path: String,
    /// The SPDX identifier of the licence that it is most like; empty when it is like none that is known.
    pub licence: String,
    /// How like, in hundredths.
    pub likeness: u8,
}

/// What kind of thing a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A project of the tree itself.
    Application,
    /// An image of containers.
    Container,
    /// Something that a project uses.
    Library,
}

/// Where a component is from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The ecosystem's public registry.
    #[default]
    Registry,
    /// Another registry, by its address.
    OtherRegistry(String),
    /// A commit of a git repository.
    Git {
        /// The repository's address.
        url: String,
        /// The commit, as far as it is known.
        commit: Option<String>,
    },
    /// A file at an address.
    Url(String),
    /// A folder of the tree, that of the lock file where no file says which; the top is empty.
    Local(String),
}

/// A file in which a component is distributed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Artifact {
    /// Where it can be had, without credentials.
    pub url: Option<String>,
    /// Whether it is built or has to be built.
    pub packaging: Packaging,
    /// Its digests.
    pub hashes: Vec<Hash>,
}

/// Whether an artifact is built or has to be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Packaging {
    /// What is installed.
    Built,
    /// Sources from which it is built.
    Source,
}

/// A digest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hash {
    /// By which function.
    pub algorithm: HashAlgorithm,
    /// In lower-case hexadecimal digits, as many as the function gives.
    pub hex: String,
}

/// A function that makes digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum HashAlgorithm {
    /// 128 bits, broken.
    #[serde(rename = "MD5")]
    Md5,
    /// 160 bits, broken.
    #[serde(rename = "SHA-1")]
    Sha1,
    /// 256 bits.
    #[serde(rename = "SHA-256")]
    Sha256,
    /// 384 bits.
    #[serde(rename = "SHA-384")]
    Sha384,
    /// 512 bits.
    #[serde(rename = "SHA-512")]
    Sha512,
}

/// A place at which a component was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Occurrence {
    /// The file in the tree.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    /// The layer of the image that the file is from, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<u32>,
}

impl HashAlgorithm {
    /// The function of that name, as lock files write it: `sha256`.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "md5" => Self::Md5,
            "sha1" => Self::Sha1,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    /// How many hexadecimal digits it gives.
    const fn digits(self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha1 => 40,
            Self::Sha256 => 64,
            Self::Sha384 => 96,
            Self::Sha512 => 128,
        }
    }
}

impl Hash {
    /// A digest in hexadecimal digits of the function of that name; nothing when it is none.
    pub(crate) fn hex(function: &str, digits: &str) -> Option<Self> {
        let algorithm = HashAlgorithm::named(function)?;
        let right = digits.len() == algorithm.digits()
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        right.then(|| Self { algorithm, hex: digits.to_ascii_lowercase() })
    }

    /// A digest as `sha256:…`.
    pub(crate) fn prefixed(text: &str) -> Option<Self> {
        let (function, digits) = text.split_once(':')?;
        Self::hex(function, digits)
    }

    /// The digests of a subresource integrity attribute: `sha512-…` in base64, blanks between.
    pub(crate) fn integrity(text: &str) -> Vec<Self> {
        use base64::Engine as _;
        let one = |part: &str| {
            let (function, digest) = part.split_once('-')?;
            let digest = digest.split_once('?').map_or(digest, |(digest, _)| digest);
            let bytes = base64::engine::general_purpose::STANDARD.decode(digest).ok()?;
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            let mut hex = String::with_capacity(2 * bytes.len());
            for byte in bytes {
                hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
                hex.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
            Self::hex(function, &hex)
        };
        text.split_ascii_whitespace().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_checked_for_their_length() {
        let hash = Hash::prefixed(&format!("sha256:{}", "0A".repeat(32))).expect("64 digits");
        assert_eq!((hash.algorithm, hash.hex), (HashAlgorithm::Sha256, "0a".repeat(32)));
        assert_eq!(Hash::prefixed("sha256:abcd"), None);
        assert_eq!(Hash::prefixed("crc32:abcdefab"), None);
        let two =
            Hash::integrity("sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA= md5-AAECAwQFBgcICQoLDA0ODw==?x");
        let hex: Vec<&str> = two.iter().map(|hash| hash.hex.as_str()).collect();
        assert_eq!(hex, ["0".repeat(40).as_str(), "000102030405060708090a0b0c0d0e0f"]);
    }
}
