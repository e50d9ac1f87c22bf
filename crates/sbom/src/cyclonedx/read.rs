//! A document that was read: everything in it is kept, whether it is understood or not.

#[cfg(feature = "validate")]
mod schema;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Spec;
use super::json::{Json, Value};

/// A CycloneDX document in JSON, of version 1.5, 1.6 or 1.7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    root: Json,
    spec: Spec,
}

/// Why bytes are no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} {reason}")]
pub struct ReadError {
    /// Counted from 1.
    pub line: u32,
    /// What is wrong, in words.
    pub reason: String,
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Counted from 1.
    pub line: u32,
    /// A stable dotted name of what is wrong.
    pub rule: &'static str,
    /// One line for people.
    pub message: String,
}

impl Document {
    /// Reads a document; whether it is valid is another question, which [`Document::check`] answers.
    ///
    /// # Errors
    /// When the bytes are no JSON, an object has a member twice, or the version is none of ours.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let good = &bytes[..error.valid_up_to()];
            let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            ReadError { line, reason: "is not UTF-8".to_owned() }
        })?;
        let root = Json::read(text.trim_start_matches('\u{feff}'))?;
        let fault = |json: &Json, reason: String| Err(ReadError { line: json.line, reason });
        if root.get("bomFormat").and_then(Json::text) != Some("CycloneDX") {
            return fault(&root, "begins a value without \"bomFormat\": \"CycloneDX\"".to_owned());
        }
        let Some(version) = root.get("specVersion") else {
            return fault(&root, "begins a document without a specVersion".to_owned());
        };
        match version.text().unwrap_or_default().parse() {
            Ok(spec) => Ok(Self { root, spec }),
            Err(error) => fault(version, format!("says {error}")),
        }
    }

    /// The version of the specification it names.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.spec
    }

    /// Writes everything that was read, members in their order and numbers with their digits.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.root.write(0, out)?;
        out.write_all(b"\n")
    }

    /// What is wrong with it: against the schema of its version, and references that do not hold.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        #[cfg(feature = "validate")]
        schema::check(&self.root, self.spec, &mut faults);
        self.references(&mut faults);
        faults.sort_unstable();
        faults.dedup();
        faults
    }

    fn references(&self, faults: &mut Vec<Fault>) {
        let mut defined: BTreeMap<&str, u32> = BTreeMap::new();
        let mut left = vec![&self.root];
        while let Some(json) = left.pop() {
            match &json.value {
                Value::Object(members) => left.extend(members.iter().map(|(_, value)| value).rev()),
                Value::List(list) => left.extend(list.iter().rev()),
                _ => continue,
            }
            let Some(reference) = json.get("bom-ref") else {
                continue;
            };
            let Some(text) = reference.text() else {
                continue;
            };
            if let Some(first) = defined.insert(text, reference.line) {
                let message = format!("the bom-ref {text:?} is that of line {first} too");
                faults.push(Fault { line: reference.line, rule: "cyclonedx.twice", message });
            }
        }
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for dependency in self.root.get("dependencies").map_or(&[][..], Json::list) {
            let own = dependency.get("ref");
            if let Some((text, own)) = own.and_then(|own| Some((own.text()?, own)))
                && let Some(first) = seen.insert(text, own.line)
            {
                let message = format!("the dependencies of {text:?} are in line {first} too");
                faults.push(Fault { line: own.line, rule: "cyclonedx.twice", message });
            }
            let ends = ["dependsOn", "provides"].into_iter();
            let ends = ends.filter_map(|key| dependency.get(key)).flat_map(Json::list);
            for reference in own.into_iter().chain(ends) {
                let Some(text) = reference.text() else {
                    continue;
                };
                // A BOM-Link names something in another document.
                if !defined.contains_key(text) && !text.starts_with("urn:cdx:") {
                    let message = format!("{text:?} is no bom-ref of the document");
                    faults.push(Fault {
                        line: reference.line,
                        rule: "cyclonedx.dangling",
                        message,
                    });
                }
            }
        }
    }
}
