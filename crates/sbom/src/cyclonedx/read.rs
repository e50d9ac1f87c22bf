//! A document that was read: everything in it is kept, whether it is understood or not.

mod references;
#[cfg(feature = "validate")]
pub(crate) mod schema;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::json::Json;
use super::{Spec, convert, inventory, xsd};
use crate::inventory::Inventory;
use crate::xml::{Xml, XmlError};

/// A CycloneDX document in JSON or XML, of version 1.5, 1.6 or 1.7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    text: Text,
    spec: Spec,
}

/// A document as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Json(Json),
    Xml(Box<Xml>),
}

/// What is said of one document at most; a document that is wrong in more places is wrong anyhow.
pub(crate) const MOST: usize = 1000;

impl From<XmlError> for ReadError {
    fn from(XmlError { line, reason }: XmlError) -> Self {
        Self { line, reason }
    }
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
    /// When the bytes are neither JSON nor XML, an object has a member twice, or the version is none of ours.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let good = &bytes[..error.valid_up_to()];
            let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            ReadError { line, reason: "is not UTF-8".to_owned() }
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_start().starts_with('<') {
            return Self::of_xml(Xml::read(text)?);
        }
        Self::of_json(Json::read(text)?)
    }

    fn of_json(root: Json) -> Result<Self, ReadError> {
        let fault = |json: &Json, reason: String| Err(ReadError { line: json.line, reason });
        if root.get("bomFormat").and_then(Json::text) != Some("CycloneDX") {
            return fault(&root, "begins a value without \"bomFormat\": \"CycloneDX\"".to_owned());
        }
        let Some(version) = root.get("specVersion") else {
            return fault(&root, "begins a document without a specVersion".to_owned());
        };
        match version.text().unwrap_or_default().parse() {
            Ok(spec) => Ok(Self { text: Text::Json(root), spec }),
            Err(error) => fault(version, format!("says {error}")),
        }
    }

    fn of_xml(xml: Xml) -> Result<Self, ReadError> {
        let space = xml.spaces[xml.root.space as usize].as_str();
        let spec = Spec::ALL.into_iter().find(|spec| xsd::namespace(*spec) == space);
        match spec {
            Some(spec) if xml.root.local() == "bom" => {
                Ok(Self { text: Text::Xml(Box::new(xml)), spec })
            }
            _ => {
                let name = xml.root.local();
                let line = xml.root.line;
                let reason = format!(
                    "begins <{name}> of the namespace {space:?}, which is no CycloneDX of 1.5, 1.6 or 1.7"
                );
                Err(ReadError { line, reason })
            }
        }
    }

    /// The version of the specification it names.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.spec
    }

    /// Writes everything that was read: members in their order and numbers with their digits, or
    /// elements, attributes, comments and white space as they were.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.text {
            Text::Json(root) => {
                root.write(0, out)?;
                out.write_all(b"\n")
            }
            Text::Xml(xml) => xml.write(out),
        }
    }

    /// The same document in XML.
    ///
    /// # Errors
    /// When something in it has no place in the XML of its version.
    pub fn to_xml(&self) -> Result<Self, ReadError> {
        match &self.text {
            Text::Json(root) => {
                let text = Text::Xml(Box::new(convert::xml(root, self.spec)?));
                Ok(Self { text, spec: self.spec })
            }
            Text::Xml(_) => Ok(self.clone()),
        }
    }

    /// What it says is inside. What has no place in an inventory is left out; what no component is, such as the end
    /// of an edge that the document does not hold, is too.
    #[must_use]
    pub fn inventory(&self) -> Inventory {
        inventory::read(&self.json())
    }

    /// What is in it as JSON, whatever it is written in.
    pub(super) fn json(&self) -> Cow<'_, Json> {
        match &self.text {
            Text::Json(root) => Cow::Borrowed(root),
            Text::Xml(xml) => Cow::Owned(convert::json(xml, self.spec)),
        }
    }

    /// What is wrong with it: against the schema of its version, and references that do not hold.
    ///
    /// A thousand faults at most are told of one document. JSON is held against its schema when the
    /// feature `validate` is on, XML always.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        match &self.text {
            Text::Json(root) => {
                #[cfg(feature = "validate")]
                schema::check(root, self.spec, MOST, &mut faults);
                references::check(root, MOST, &mut faults);
            }
            Text::Xml(xml) => {
                xsd::check(xml, self.spec, MOST, &mut faults);
                references::check(&convert::json(xml, self.spec), MOST, &mut faults);
            }
        }
        faults.sort_unstable();
        faults.dedup();
        faults
    }
}
