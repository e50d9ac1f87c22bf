//! Whether a document is valid, by the schema of its version.

use super::Version;
use crate::cyclonedx::{Fault, Json, MOST, ReadError, against};

/// Holds a document in JSON against the schema of its version, in process; it has to be 2.3 or 3.0.1.
///
/// # Errors
/// When it is no JSON, or names another version.
pub fn check(bytes: &[u8]) -> Result<(Version, Vec<Fault>), ReadError> {
    let fault = |reason: &str| ReadError { line: 1, reason: reason.to_owned() };
    let text = std::str::from_utf8(bytes).map_err(|_| fault("is no UTF-8 text"))?;
    let root = Json::read(text)?;
    let word = |name: &str| root.get(name).and_then(Json::text).unwrap_or_default();
    let (version, schema) = match (word("spdxVersion"), word("@context")) {
        ("SPDX-2.3", _) => (Version::V2_3, include_str!("../../schemas/spdx-2.3.schema.json")),
        (_, "https://spdx.org/rdf/3.0.1/spdx-context.jsonld") => {
            (Version::V3_0_1, include_str!("../../schemas/spdx-3.0.1.schema.json"))
        }
        _ => return Err(fault("names neither SPDX 2.3 nor 3.0.1")),
    };
    Ok((version, against(&root, schema, "spdx.schema", MOST)))
}
