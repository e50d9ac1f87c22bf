//! An inventory as a CycloneDX document: the same inventory gives the same bytes.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::component::{Element, Property, element};
use super::licence::Known;
use super::{Spec, uuid};
use crate::inventory::{Edge, Inventory};

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The name of the tool that writes it.
    pub tool: String,
    /// The version of that tool.
    pub tool_version: String,
    /// When it was made, as `2026-01-31T12:00:00Z`; left out unless the caller knows.
    pub timestamp: Option<String>,
}

/// Writes an inventory as a JSON document, which ends in a line feed.
///
/// The serial number is a UUID made of everything else in the document. A single project is
/// `metadata.component`; there is an entry of `dependencies` for every component, and none of its
/// edges is invented.
pub fn write(
    inventory: &Inventory,
    spec: Spec,
    meta: &Meta,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = Document { inventory, spec, meta, known: Known::read() };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    let serial = uuid::of(&bytes);
    let nil = uuid::NIL.as_bytes();
    let at = bytes.windows(nil.len()).position(|window| window == nil);
    let at = at.expect("it was written as the serial number, before everything else");
    bytes[at..at + nil.len()].copy_from_slice(serial.as_bytes());
    out.write_all(&bytes)
}

/// Writes an inventory as a document in XML: the one that [`write()`] writes, in the other spelling.
pub fn write_xml(
    inventory: &Inventory,
    spec: Spec,
    meta: &Meta,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    write(inventory, spec, meta, &mut bytes)?;
    let document = super::Document::read(&bytes).map_err(io::Error::other)?;
    // A name that holds a sign which XML does not have is the one thing that can be lost.
    document.to_xml().map_err(io::Error::other)?.write(out)
}

struct Document<'a> {
    inventory: &'a Inventory,
    spec: Spec,
    meta: &'a Meta,
    known: Known,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("bom", 9)?;
        let schema = format!("http://cyclonedx.org/schema/bom-{}.schema.json", self.spec);
        document.serialize_field("$schema", &schema)?;
        document.serialize_field("bomFormat", "CycloneDX")?;
        document.serialize_field("specVersion", self.spec.as_str())?;
        document.serialize_field("serialNumber", uuid::NIL)?;
        document.serialize_field("version", &1)?;
        document.serialize_field("metadata", &self.metadata())?;
        document.serialize_field("components", &Components(self))?;
        document.serialize_field("dependencies", &Dependencies(self.inventory))?;
        if !self.inventory.unread.is_empty() {
            let incomplete = serde_json::json!([{ "aggregate": "incomplete" }]);
            document.serialize_field("compositions", &incomplete)?;
        }
        document.end()
    }
}

#[derive(serde::Serialize)]
struct Metadata<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<&'a str>,
    lifecycles: [Phase; 1],
    tools: Tools<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<Element<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property>,
}

#[derive(serde::Serialize)]
struct Phase {
    phase: &'static str,
}

#[derive(serde::Serialize)]
struct Tools<'a> {
    components: [Tool<'a>; 1],
}

#[derive(serde::Serialize)]
struct Tool<'a> {
    r#type: &'static str,
    name: &'a str,
    version: &'a str,
}

impl<'a> Document<'a> {
    fn metadata(&self) -> Metadata<'a> {
        let Meta { tool, tool_version, timestamp } = self.meta;
        let inventory = self.inventory;
        let mut properties = Vec::new();
        for source in &inventory.sources {
            properties.push(Property::new("leadforge:source", &source.path));
        }
        for unread in &inventory.unread {
            let value = format!("{} ({})", unread.path, unread.what);
            properties.push(Property::new("leadforge:unread", value));
        }
        for warning in &inventory.warnings {
            let line = warning.line.map_or(String::new(), |line| format!(":{line}"));
            let value = format!("{}{line} {}", warning.path, warning.message);
            properties.push(Property::new(format!("leadforge:warning:{}", warning.rule), value));
        }
        Metadata {
            timestamp: timestamp.as_deref(),
            lifecycles: [Phase { phase: "pre-build" }],
            tools: Tools {
                components: [Tool { r#type: "application", name: tool, version: tool_version }],
            },
            component: inventory.root.map(|root| self.element(root)),
            properties,
        }
    }

    fn element(&self, index: usize) -> Element<'a> {
        let component = &self.inventory.components[index];
        let edges = from(self.inventory, index);
        element(self.inventory, component, edges, &self.known, self.spec)
    }
}

/// The edges that lead away from a component; they are sorted by where they begin.
fn from(inventory: &Inventory, index: usize) -> &[Edge] {
    let begin = inventory.edges.partition_point(|edge| edge.from < index);
    let end = inventory.edges.partition_point(|edge| edge.from <= index);
    &inventory.edges[begin..end]
}

struct Components<'a, 'd>(&'d Document<'a>);

impl Serialize for Components<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = 0..self.0.inventory.components.len();
        let others = all.filter(|index| Some(*index) != self.0.inventory.root);
        serializer.collect_seq(others.map(|index| self.0.element(index)))
    }
}

struct Dependencies<'a>(&'a Inventory);

#[derive(serde::Serialize)]
struct Dependency<'a> {
    #[serde(rename = "ref")]
    reference: &'a str,
    #[serde(rename = "dependsOn")]
    depends_on: Vec<&'a str>,
}

impl Serialize for Dependencies<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reference = |index: usize| self.0.components[index].reference.as_str();
        serializer.collect_seq((0..self.0.components.len()).map(|index| {
            // Components are sorted by reference, so that the ends of edges are too.
            let mut ends: Vec<usize> = from(self.0, index).iter().map(|edge| edge.to).collect();
            ends.sort_unstable();
            ends.dedup();
            let depends_on = ends.into_iter().map(reference).collect();
            Dependency { reference: reference(index), depends_on }
        }))
    }
}
