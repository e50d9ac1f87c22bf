//! What an SPDX document in JSON says is inside, as an inventory.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Purl;
use crate::inventory::{
    Artifact, Component, Ecosystem, Edge, Hash, Inventory, Kind, Origin, Packaging, Scope,
};

/// Why bytes are no SPDX document that is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no SPDX document: {0}")]
pub struct SpdxError(pub String);

/// Reads a document of version 2.2, 2.3 or 3.0 in JSON.
///
/// # Errors
/// When it is no such document.
pub fn read(bytes: &[u8]) -> Result<Inventory, SpdxError> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| SpdxError(error.to_string()))?;
    let version = value["spdxVersion"].as_str().unwrap_or_default();
    if ["SPDX-2.2", "SPDX-2.3"].contains(&version) {
        return Ok(second(&value));
    }
    let context = value["@context"].as_str().unwrap_or_default();
    if context.starts_with("https://spdx.org/rdf/3.0") {
        return Ok(third(&value));
    }
    Err(SpdxError("it names neither SPDX 2.3 nor 3.0.1".to_owned()))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// An inventory of components and edges in the order in which the document has them.
struct Draft {
    components: Vec<Component>,
    places: BTreeMap<String, usize>,
    references: BTreeSet<String>,
    edges: Vec<(String, String, Scope)>,
    subjects: Vec<String>,
}

impl Draft {
    fn new() -> Self {
        let (components, places) = (Vec::new(), BTreeMap::new());
        let references = BTreeSet::new();
        Self { components, places, references, edges: Vec::new(), subjects: Vec::new() }
    }

    fn finish(self) -> Inventory {
        let mut order: Vec<usize> = (0..self.components.len()).collect();
        order.sort_by(|a, b| self.components[*a].reference.cmp(&self.components[*b].reference));
        let mut place = vec![0; order.len()];
        for (new, old) in order.into_iter().enumerate() {
            place[old] = new;
        }
        let find = |id: &String| self.places.get(id).map(|old| place[*old]);
        let edge = |(from, to, scope): &(String, String, Scope)| {
            let (from, to) = (find(from)?, find(to)?);
            Some(Edge { from, to, scope: scope.clone(), marker: None, extras: Vec::new() })
        };
        let mut edges: Vec<Edge> = self.edges.iter().filter_map(edge).collect();
        edges.sort_unstable();
        edges.dedup();
        let root = match self.subjects.as_slice() {
            [only] => find(only),
            _ => None,
        };
        let mut components = self.components;
        components.sort_by(|a, b| a.reference.cmp(&b.reference));
        Inventory { root, components, edges, ..Inventory::default() }
    }

    /// Takes in a component that the document calls so.
    fn add(&mut self, id: &str, facts: Facts) {
        let parsed = Purl::lenient(&facts.purl).ok();
        let kind = parsed.as_ref().map_or("generic", |purl| purl.kind.as_str());
        let qualifier =
            |key: &str| parsed.as_ref().and_then(|purl| purl.qualifiers.get(key)).cloned();
        let origin = if facts.kind == Kind::Application {
            Origin::Local(String::new())
        } else if let Some(url) = qualifier("vcs_url") {
            Origin::Git { url, commit: None }
        } else if let Some(url) = qualifier("download_url") {
            Origin::Url(url)
        } else {
            qualifier("repository_url").map_or(Origin::Registry, Origin::OtherRegistry)
        };
        let mut reference = if facts.purl.is_empty() { id.to_owned() } else { facts.purl.clone() };
        if !self.references.insert(reference.clone()) {
            reference = format!("{reference}#{id}");
        }
        let artifacts = (!facts.hashes.is_empty() || facts.url.is_some()).then_some(Artifact {
            url: facts.url,
            packaging: Packaging::Built,
            hashes: facts.hashes,
        });
        self.places.insert(id.to_owned(), self.components.len());
        self.components.push(Component {
            reference,
            kind: facts.kind,
            ecosystem: Ecosystem::of_purl_type(kind),
            name: facts.name,
            version: facts.version,
            purl: facts.purl,
            origin,
            need: None,
            licences: facts.licences,
            texts: Vec::new(),
            supplier: facts.supplier,
            artifacts: artifacts.into_iter().collect(),
            occurrences: Vec::new(),
        });
    }
}

struct Facts {
    name: String,
    version: Option<String>,
    purl: String,
    kind: Kind,
    licences: Vec<String>,
    supplier: Option<String>,
    url: Option<String>,
    hashes: Vec<Hash>,
}

/// A text that says something.
fn said(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    (!text.is_empty() && text != "NOASSERTION" && text != "NONE").then(|| text.to_owned())
}

fn purpose(value: &Value) -> Kind {
    match value.as_str().unwrap_or_default().to_ascii_lowercase().as_str() {
        "application" => Kind::Application,
        "container" => Kind::Container,
        _ => Kind::Library,
    }
}

fn second(document: &Value) -> Inventory {
    let mut draft = Draft::new();
    // A licence of the document's own is its text.
    let own: BTreeMap<&str, &str> = list(&document["hasExtractedLicensingInfos"])
        .filter_map(|info| Some((info["licenseId"].as_str()?, info["extractedText"].as_str()?)))
        .collect();
    for package in list(&document["packages"]) {
        let Some(id) = package["SPDXID"].as_str() else {
            continue;
        };
        let purl = list(&package["externalRefs"])
            .find(|reference| reference["referenceType"] == "purl")
            .and_then(|reference| reference["referenceLocator"].as_str());
        let hashes = list(&package["checksums"]).filter_map(|sum| {
            let function = sum["algorithm"].as_str()?.to_ascii_lowercase();
            Hash::hex(&function, sum["checksumValue"].as_str()?)
        });
        let supplier = said(&package["supplier"]).map(|text| {
            let name = text.split_once(": ").map_or(text.as_str(), |(_, name)| name);
            name.to_owned()
        });
        let licence = said(&package["licenseDeclared"])
            .map(|text| own.get(text.as_str()).map_or(text, |own| (*own).to_owned()));
        let facts = Facts {
            name: package["name"].as_str().unwrap_or_default().to_owned(),
            version: said(&package["versionInfo"]),
            purl: purl.unwrap_or_default().to_owned(),
            kind: purpose(&package["primaryPackagePurpose"]),
            licences: licence.into_iter().collect(),
            supplier,
            url: said(&package["downloadLocation"]),
            hashes: hashes.collect(),
        };
        draft.add(id, facts);
    }
    for relation in list(&document["relationships"]) {
        let end = |key: &str| relation[key].as_str().unwrap_or_default().to_owned();
        let (from, to) = (end("spdxElementId"), end("relatedSpdxElement"));
        let (from, to, scope) = match relation["relationshipType"].as_str().unwrap_or_default() {
            "DEPENDS_ON" => (from, to, Scope::Runtime),
            "DEPENDENCY_OF" | "RUNTIME_DEPENDENCY_OF" => (to, from, Scope::Runtime),
            "OPTIONAL_DEPENDENCY_OF" => (to, from, Scope::Optional),
            "DEV_DEPENDENCY_OF" | "TEST_DEPENDENCY_OF" | "BUILD_DEPENDENCY_OF" => {
                (to, from, Scope::Dev("dev".to_owned()))
            }
            "DESCRIBES" => {
                draft.subjects.push(to);
                continue;
            }
            _ => continue,
        };
        draft.edges.push((from, to, scope));
    }
    draft.finish()
}

fn third(document: &Value) -> Inventory {
    let mut draft = Draft::new();
    let elements: BTreeMap<&str, &Value> = list(&document["@graph"])
        .filter_map(|element| Some((element["spdxId"].as_str()?, element)))
        .collect();
    let is = |element: &Value, kind: &str| element["type"] == kind;
    let mut licences: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for relation in list(&document["@graph"]) {
        let Some(from) = relation["from"].as_str() else {
            continue;
        };
        let development = relation["scope"] == "development" || relation["scope"] == "test";
        for to in list(&relation["to"]).filter_map(Value::as_str) {
            match relation["relationshipType"].as_str().unwrap_or_default() {
                "hasDeclaredLicense" => {
                    let text = elements
                        .get(to)
                        .and_then(|one| said(&one["simplelicensing_licenseExpression"]));
                    licences.entry(from).or_default().extend(text);
                }
                "dependsOn" => {
                    let scope =
                        if development { Scope::Dev("dev".to_owned()) } else { Scope::Runtime };
                    draft.edges.push((from.to_owned(), to.to_owned(), scope));
                }
                "hasOptionalDependency" => {
                    draft.edges.push((from.to_owned(), to.to_owned(), Scope::Optional));
                }
                _ => {}
            }
        }
    }
    for element in list(&document["@graph"]) {
        let Some(id) = element["spdxId"].as_str() else {
            continue;
        };
        if is(element, "software_Sbom") {
            let roots = list(&element["rootElement"]).filter_map(Value::as_str);
            draft.subjects.extend(roots.map(str::to_owned));
        }
        if !is(element, "software_Package") {
            continue;
        }
        let hashes = list(&element["verifiedUsing"])
            .filter_map(|sum| Hash::hex(sum["algorithm"].as_str()?, sum["hashValue"].as_str()?));
        let supplier = element["suppliedBy"].as_str().and_then(|id| elements.get(id));
        let facts = Facts {
            name: element["name"].as_str().unwrap_or_default().to_owned(),
            version: said(&element["software_packageVersion"]),
            purl: said(&element["software_packageUrl"]).unwrap_or_default(),
            kind: purpose(&element["software_primaryPurpose"]),
            licences: licences.remove(id).unwrap_or_default(),
            supplier: supplier.and_then(|one| said(&one["name"])),
            url: said(&element["software_downloadLocation"]),
            hashes: hashes.collect(),
        };
        draft.add(id, facts);
    }
    draft.finish()
}
