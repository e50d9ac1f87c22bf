//! Assembles the dossier: one page, one JSON file and one Markdown text that prove what a run did.

mod data;
mod markdown;
mod page;
mod verdict;
mod words;

pub use data::*;
pub use markdown::render_markdown;
pub use page::render_html;
pub use verdict::{Answer, Totals, Verdict};

use sha2::{Digest as _, Sha256};

/// What can be wrong with a dossier or an envelope that is read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is not JSON, or not of this shape.
    #[error("the {what} cannot be read: {source}")]
    Json {
        /// What was being read.
        what: &'static str,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The schema is not the one expected.
    #[error("the schema is {found:?}, expected {expected:?}")]
    Schema {
        /// What the text says.
        found: String,
        /// What this version reads.
        expected: &'static str,
    },
}

impl Dossier {
    /// Writes the dossier as JSON, indented, with a line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self)
            .expect("the data holds no map with keys that are not text");
        text + "\n"
    }

    /// Reads a dossier back.
    ///
    /// # Errors
    /// [`Error::Json`] when the bytes are no dossier, [`Error::Schema`] when it is of another
    /// version.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        let dossier: Self = serde_json::from_slice(bytes)
            .map_err(|source| Error::Json { what: "dossier", source })?;
        if dossier.schema != SCHEMA {
            return Err(Error::Schema { found: dossier.schema, expected: SCHEMA });
        }
        Ok(dossier)
    }
}

/// The digest of some bytes as the dossier writes it.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
