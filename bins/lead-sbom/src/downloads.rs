//! Archives that were downloaded, and what is known of them: each whole, or as it was.

use std::path::PathBuf;

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, read, replace};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Where an archive is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    /// The ecosystem, or a name made of the address.
    pub(crate) name: String,
    /// Where it was asked for.
    pub(crate) url: String,
    /// What the server calls this version of it.
    pub(crate) etag: String,
    /// The digest of its bytes.
    pub(crate) sha256: String,
}

/// The folder of archives.
pub(crate) struct Downloads(PathBuf);

/// An archive larger than this is none of ours.
const LIMIT: u64 = 4 << 30;
const FACTS: &str = ".json";
const ARCHIVE: &str = ".archive";

impl Downloads {
    pub(crate) const fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// A name as a part of an address and of a path; nothing when it is none.
    pub(crate) fn part(name: &str) -> Option<String> {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let encode = |byte: u8| {
            if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        };
        let right = !name.is_empty() && name.len() < 60 && !name.starts_with('.');
        let shown = name.chars().all(|c| !c.is_control() && c != '/' && c != '\\');
        (right && shown).then(|| name.bytes().map(encode).collect())
    }

    /// The name under which an archive of any address is kept.
    pub(crate) fn name_of(url: &str) -> String {
        format!("url-{}", &hex(url.as_bytes())[..16])
    }

    /// The names of all archives, sorted.
    pub(crate) fn names(&self) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.0)? {
            let name = entry?.file_name();
            if let Some(part) = name.to_str().and_then(|name| name.strip_suffix(FACTS))
                && let Some(source) = self.facts(part)?
            {
                names.push(source.name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// An archive and where it is from; nothing when it is not here, or not what was written.
    pub(crate) fn read(&self, name: &str) -> Result<Option<(Source, Vec<u8>)>, Failure> {
        let Some(part) = Self::part(name) else {
            return Ok(None);
        };
        let Some(source) = self.facts(&part)? else {
            return Ok(None);
        };
        let bytes = match read(&RealDisk, &self.0.join(format!("{part}{ARCHIVE}")), LIMIT) {
            Err(error) if error.is_not_found() => return Ok(None),
            bytes => bytes?,
        };
        let whole = source.name == name && hex(&bytes) == source.sha256;
        Ok(whole.then_some((source, bytes)))
    }

    /// Keeps an archive.
    pub(crate) fn keep(
        &self,
        name: &str,
        url: &str,
        etag: &str,
        bytes: &[u8],
    ) -> Result<Source, Failure> {
        let wrong =
            || Failure::usage("db.ecosystem", format!("{name:?} is no name of an ecosystem"));
        let part = Self::part(name).ok_or_else(wrong)?;
        let source = Source {
            name: name.to_owned(),
            url: url.to_owned(),
            etag: etag.to_owned(),
            sha256: hex(bytes),
        };
        // Between the two the facts are of the archive before, whose digest is another one: it counts as not here.
        replace(&RealDisk, &self.0.join(format!("{part}{ARCHIVE}")), bytes)?;
        let facts = serde_json::to_vec_pretty(&source).expect("texts are JSON");
        replace(&RealDisk, &self.0.join(format!("{part}{FACTS}")), &facts)?;
        Ok(source)
    }

    fn facts(&self, part: &str) -> Result<Option<Source>, Failure> {
        match read(&RealDisk, &self.0.join(format!("{part}{FACTS}")), 1 << 20) {
            Err(error) if error.is_not_found() => Ok(None),
            bytes => Ok(serde_json::from_slice(&bytes?).ok()),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
