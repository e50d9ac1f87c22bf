//! A component of an inventory as a component of a document.

use serde::Serialize;

use super::Spec;
use super::licence::{Choice, Known};
use crate::inventory::{
    Component, Ecosystem, Edge, Hash, HashAlgorithm, Inventory, Kind, LicenceText, Need,
    Occurrence, Origin, Packaging, Scope,
};

/// A name and a value, of our own or of the taxonomy of CycloneDX.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) value: String,
}

impl Property {
    pub(super) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Element<'a> {
    r#type: Kind,
    #[serde(rename = "bom-ref")]
    reference: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<Supplier<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<HashElement<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Choice>,
    purl: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_references: Vec<Reference<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property>,
    evidence: Evidence<'a>,
}

#[derive(Serialize)]
struct Supplier<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct HashElement<'a> {
    alg: HashAlgorithm,
    content: &'a str,
}

#[derive(Serialize)]
struct Reference<'a> {
    r#type: &'static str,
    url: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<HashElement<'a>>,
}

#[derive(Serialize)]
struct Evidence<'a> {
    occurrences: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Found<'a>>,
}

/// A licence file: what it reads like, or that nobody knows.
#[derive(Serialize)]
struct Found<'a> {
    license: Reads<'a>,
}

#[derive(Serialize)]
struct Reads<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    properties: Vec<Property>,
}

#[derive(Serialize)]
struct Place<'a> {
    location: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(rename = "additionalContext", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
}

fn hashes(hashes: &[Hash]) -> Vec<HashElement<'_>> {
    hashes.iter().map(|hash| HashElement { alg: hash.algorithm, content: &hash.hex }).collect()
}

/// A component, with the edges that lead away from it.
pub(super) fn element<'a>(
    inventory: &'a Inventory,
    component: &'a Component,
    edges: &'a [Edge],
    known: &Known,
    spec: Spec,
) -> Element<'a> {
    let (group, name) = match component.name.split_once('/') {
        Some((group, name)) if component.ecosystem == Ecosystem::Npm && group.starts_with('@') => {
            (Some(group), name)
        }
        _ => (None, component.name.as_str()),
    };
    // A project of the tree is what needs; nobody has to need it.
    let need = component.need.filter(|_| component.kind == Kind::Library);
    let scope = need.map(|need| match need {
        Need::Required => "required",
        Need::Optional => "optional",
        Need::Development => "excluded",
    });
    // Of several files, none has the digest of the component.
    let own = match component.artifacts.as_slice() {
        [artifact] => hashes(&artifact.hashes),
        _ => Vec::new(),
    };
    let reference = |artifact: &'a crate::Artifact| {
        let url = artifact.url.as_deref()?;
        let r#type = match artifact.packaging {
            Packaging::Source if spec >= Spec::V1_6 => "source-distribution",
            _ => "distribution",
        };
        Some(Reference { r#type, url, hashes: hashes(&artifact.hashes) })
    };
    let mut external_references: Vec<_> =
        component.artifacts.iter().filter_map(reference).collect();
    if let Origin::Git { url, .. } = &component.origin {
        external_references.push(Reference { r#type: "vcs", url, hashes: Vec::new() });
    }
    Element {
        r#type: component.kind,
        reference: &component.reference,
        supplier: component.supplier.as_deref().map(|name| Supplier { name }),
        group,
        name,
        version: component.version.as_deref(),
        scope,
        hashes: own,
        licenses: known.choices(&component.licences, spec),
        purl: &component.purl,
        external_references,
        properties: properties(inventory, component, edges),
        evidence: Evidence { occurrences: places(component, spec), licenses: texts(component) },
    }
}

/// The licence files of a component, with the file and how like it is beside each.
fn texts(component: &Component) -> Vec<Found<'_>> {
    let one = |text: &'_ LicenceText| -> Vec<Property> {
        let mut facts = vec![Property::new("leadforge:licence:file", &text.path)];
        if text.likeness > 0 {
            facts.push(Property::new("leadforge:licence:likeness", text.likeness.to_string()));
        }
        facts
    };
    let reads = component.texts.iter().map(|text| Reads {
        id: (!text.licence.is_empty()).then_some(text.licence.as_str()),
        name: text.licence.is_empty().then_some("a text that is like none that is known"),
        properties: one(text),
    });
    reads.map(|license| Found { license }).collect()
}

/// Where a component was found; of an image, in which layer.
fn places(component: &Component, spec: Spec) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for Occurrence { path, line, layer } in &component.occurrences {
        places.push(match spec {
            // Version 1.5 knows no lines, and nothing else beside the place.
            Spec::V1_5 => {
                let layer = layer.map_or(String::new(), |layer| format!(",layer={layer}"));
                let location = format!("{path}#L{line}{layer}").into();
                Place { location, line: None, context: None }
            }
            _ => Place {
                location: path.as_str().into(),
                line: Some(*line),
                context: layer.map(|layer| format!("layer {layer}")),
            },
        });
    }
    places
}

/// What documents have no element for: terms and conditions of edges, folders of the tree.
fn properties(inventory: &Inventory, component: &Component, edges: &[Edge]) -> Vec<Property> {
    let mut found = Vec::new();
    if let Origin::Local(folder) = &component.origin {
        let folder = if folder.is_empty() { "." } else { folder };
        found.push(Property::new("leadforge:folder", folder));
    }
    if component.ecosystem == Ecosystem::Npm && component.need == Some(Need::Development) {
        found.push(Property::new("cdx:npm:package:development", "true"));
    }
    for (index, edge) in edges.iter().enumerate() {
        let to = &inventory.components[edge.to].reference;
        // Edges to the same component stand side by side.
        let next = edges.get(index + 1).is_some_and(|next| next.to == edge.to);
        let alone = !next && (index == 0 || edges[index - 1].to != edge.to);
        let name = match &edge.scope {
            Scope::Runtime if alone => None,
            // Beside another scope it has to be said.
            Scope::Runtime => Some("leadforge:dependency:runtime".to_owned()),
            Scope::Peer => Some("leadforge:dependency:peer".to_owned()),
            Scope::Optional => Some("leadforge:dependency:optional".to_owned()),
            Scope::Extra(extra) => Some(format!("leadforge:dependency:extra:{extra}")),
            Scope::Dev(group) => Some(format!("leadforge:dependency:dev:{group}")),
        };
        found.extend(name.map(|name| Property::new(name, to)));
        if let Some(marker) = &edge.marker {
            found.push(Property::new("leadforge:dependency-marker", format!("{to} {marker}")));
        }
        if !edge.extras.is_empty() {
            let extras = edge.extras.join(",");
            found.push(Property::new("leadforge:dependency-extras", format!("{to} {extras}")));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
