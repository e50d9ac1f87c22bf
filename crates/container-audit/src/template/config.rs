//! What a Dockerfile is written for, and what of it cannot be written.

use std::collections::BTreeMap;

use serde::Serialize;

/// The release of uv that images are given.
pub const UV: &str = "0.13.9";

/// What the image stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flavour {
    /// Debian with little more than the base system.
    Slim,
    /// Alpine, whose C library is musl.
    Alpine,
    /// Python and what it needs, without a shell.
    Distroless,
}

/// From where the packages come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Install {
    /// From `uv.lock`.
    Lock {
        /// Extras of the project.
        extras: Vec<String>,
        /// Whether the project itself is installed; otherwise its sources are run where they lie.
        package: bool,
    },
    /// From a file of requirements.
    Requirements {
        /// Its path.
        file: String,
        /// Whether each line has hashes.
        hashed: bool,
    },
}

/// What a Dockerfile is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// What the image stands on.
    pub flavour: Flavour,
    /// The Python, such as `3.13`.
    pub python: String,
    /// From where the packages come.
    pub install: Install,
    /// Files of the project that building it needs beside its sources, such as the readme.
    pub metadata: Vec<String>,
    /// Folders and files with the sources.
    pub sources: Vec<String>,
    /// What is started, word by word.
    pub start: Vec<String>,
    /// The port it listens on.
    pub port: Option<u16>,
    /// The path that answers when it is healthy; a connection is enough without one.
    pub health: Option<String>,
    /// Folders below `/app` that it writes to.
    pub writable: Vec<String>,
    /// Digests of images by their names.
    pub pins: BTreeMap<String, String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            flavour: Flavour::Slim,
            python: "3.13".to_owned(),
            install: Install::Lock { extras: Vec::new(), package: false },
            metadata: Vec::new(),
            sources: Vec::new(),
            start: Vec::new(),
            port: None,
            health: None,
            writable: Vec::new(),
            pins: BTreeMap::new(),
        }
    }
}

/// Why nothing is written.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// A path that a Dockerfile cannot take, or that leaves the project.
    #[error(
        "{0:?}: a path in the project of letters, digits and ._-+@/, without `..`, is asked for"
    )]
    Path(String),
    /// No name of an extra.
    #[error("{0:?} is no name of an extra")]
    Extra(String),
    /// No Python that there are images of.
    #[error("{0:?} is no version of Python such as 3.13")]
    Python(String),
    /// Distroless has one Python.
    #[error("distroless has Python 3.13 (Debian 13), not {0}")]
    Distroless(String),
    /// Nothing would run.
    #[error("nothing says what is started")]
    Start,
    /// A path of a health check that is no path of an address.
    #[error("{0:?} is no path such as /health")]
    Health(String),
    /// Something else than a digest.
    #[error("{0:?} is no digest such as sha256: and 64 hexadecimal digits")]
    Digest(String),
}

impl Config {
    /// Whether everything can be written as it is.
    pub(super) fn check(&self) -> Result<(), Error> {
        let minor = self.python.strip_prefix("3.").unwrap_or_default();
        if minor.is_empty() || minor.len() > 3 || !minor.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Error::Python(self.python.clone()));
        }
        if self.flavour == Flavour::Distroless && self.python != "3.13" {
            return Err(Error::Distroless(self.python.clone()));
        }
        let mut paths: Vec<&String> =
            self.metadata.iter().chain(&self.sources).chain(&self.writable).collect();
        match &self.install {
            Install::Requirements { file, .. } => paths.push(file),
            Install::Lock { extras, .. } => {
                if let Some(bad) = extras.iter().find(|extra| !is_extra(extra)) {
                    return Err(Error::Extra(bad.clone()));
                }
            }
        }
        if let Some(bad) = paths.into_iter().find(|path| !is_path(path)) {
            return Err(Error::Path(bad.clone()));
        }
        if self.start.first().is_none_or(String::is_empty) {
            return Err(Error::Start);
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._~-?=&%".contains(&byte);
        if let Some(path) = &self.health
            && !(path.starts_with('/') && path.bytes().all(plain))
        {
            return Err(Error::Health(path.clone()));
        }
        let hex = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let digest = |pin: &&String| !pin.strip_prefix("sha256:").is_some_and(hex);
        match self.pins.values().find(digest) {
            Some(bad) => Err(Error::Digest(bad.clone())),
            None => Ok(()),
        }
    }
}

fn is_extra(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain)
}

/// Whether a path needs no quoting anywhere in a Dockerfile and stays in the project.
fn is_path(path: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "._-+@/".contains(c);
    !path.starts_with(['/', '-', '@'])
        && path.chars().all(plain)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
