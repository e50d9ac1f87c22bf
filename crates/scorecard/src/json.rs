//! The dossier as JSON: the facts, and beside them the verdict and sums that follow from them.

use serde::Serialize;

use crate::{Dossier, Error, SCHEMA, Totals, Verdict};

/// What is written: readers take the facts and may check the rest.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "LeadForge dossier"))]
struct Written<'a> {
    #[serde(flatten)]
    dossier: &'a Dossier,
    /// Whether the work may be merged; follows from the facts.
    verdict: Verdict,
    /// The sums; they follow from the facts.
    totals: Totals,
}

impl Dossier {
    /// Writes the dossier as JSON, indented, with the verdict, the sums and a line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let written = Written { dossier: self, verdict: self.verdict(), totals: self.totals() };
        let text = serde_json::to_string_pretty(&written)
            .expect("the data holds no map with keys that are not text");
        text + "\n"
    }

    /// Reads a dossier back; the verdict and the sums in it are not believed but made anew.
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

/// The JSON Schema of what [`Dossier::to_json`] writes.
#[cfg(feature = "schema")]
#[must_use]
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Written<'_>).to_value()
}
