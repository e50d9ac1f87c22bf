//! SPDX 3.0.1 in JSON-LD.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::licence::{Others, expression};
use super::{NO_TIME, NO_TIME_COMMENT, found_in, function, id, subjects, title};
use crate::cyclonedx::Meta;
use crate::inventory::{Component, Inventory, Kind, Scope};

/// The document, under a name that is a UUID as URN.
pub(super) fn document(inventory: &Inventory, meta: &Meta, name: &str) -> Value {
    let at = |what: &str| format!("{name}#{what}");
    let ids: Vec<String> =
        inventory.components.iter().map(|component| at(&id(component))).collect();
    let mut creation = json!({
        "type": "CreationInfo",
        "@id": "_:creation",
        "specVersion": "3.0.1",
        "created": meta.timestamp.as_deref().unwrap_or(NO_TIME),
        "createdBy": [at("agent")],
    });
    if meta.timestamp.is_none() {
        creation["comment"] = NO_TIME_COMMENT.into();
    }
    let agent = json!({
        "type": "SoftwareAgent",
        "spdxId": at("agent"),
        "creationInfo": "_:creation",
        "name": format!("{}-{}", meta.tool, meta.tool_version),
    });
    let mut others = Others::new();
    let mut elements: Vec<Value> = Vec::new();
    let mut suppliers: BTreeMap<&str, String> = BTreeMap::new();
    // Components of one licence share its element.
    let mut licences: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for component in &inventory.components {
        if let Some(supplier) = &component.supplier {
            let next = at(&format!("supplier-{}", suppliers.len()));
            suppliers.entry(supplier).or_insert(next);
        }
    }
    for (component, id) in inventory.components.iter().zip(&ids) {
        elements.push(package(component, id, &suppliers));
        if let Some(text) = expression(&component.licences, &mut others) {
            licences.entry(text).or_default().push(id);
        }
    }
    for (name, id) in &suppliers {
        elements.push(json!({
            "type": "Organization", "spdxId": id, "creationInfo": "_:creation", "name": name,
        }));
    }
    let mut relations = Vec::new();
    for (index, (text, users)) in licences.iter().enumerate() {
        let id = at(&format!("licence-{index}"));
        let mut licence = json!({
            "type": "simplelicensing_LicenseExpression",
            "spdxId": id,
            "creationInfo": "_:creation",
            "simplelicensing_licenseExpression": text,
        });
        let own: Vec<(&String, &String)> =
            others.iter().filter(|(name, _)| text.contains(name.as_str())).collect();
        if !own.is_empty() {
            let texts = own.iter().map(|(name, text)| format!("{name}: {text}"));
            licence["comment"] = texts.collect::<Vec<_>>().join("\n").into();
        }
        elements.push(licence);
        relations.extend(
            users.iter().map(|user| ((*user).to_owned(), "hasDeclaredLicense", None, id.clone())),
        );
    }
    for edge in &inventory.edges {
        let (kind, scope) = match &edge.scope {
            Scope::Runtime | Scope::Peer => ("dependsOn", Some("runtime")),
            Scope::Optional | Scope::Extra(_) => ("hasOptionalDependency", None),
            Scope::Dev(_) => ("dependsOn", Some("development")),
        };
        relations.push((ids[edge.from].clone(), kind, scope, ids[edge.to].clone()));
    }
    relations.dedup();
    let relations: Vec<Value> = relations
        .into_iter()
        .enumerate()
        .map(|(index, (from, kind, scope, to))| {
            let mut relation = json!({
                "type": if scope.is_some() { "LifecycleScopedRelationship" } else { "Relationship" },
                "spdxId": at(&format!("relation-{index}")),
                "creationInfo": "_:creation",
                "from": from,
                "relationshipType": kind,
                "to": [to],
            });
            if let Some(scope) = scope {
                relation["scope"] = scope.into();
            }
            relation
        })
        .collect();
    let all: Vec<Value> =
        elements.iter().chain(&relations).map(|element| element["spdxId"].clone()).collect();
    let roots: Vec<&String> = subjects(inventory).into_iter().map(|index| &ids[index]).collect();
    let mut sbom = json!({
        "type": "software_Sbom",
        "spdxId": at("sbom"),
        "creationInfo": "_:creation",
        "software_sbomType": ["source"],
    });
    let mut document = json!({
        "type": "SpdxDocument",
        "spdxId": at("document"),
        "creationInfo": "_:creation",
        "name": title(inventory),
        "profileConformance": ["core", "software", "simpleLicensing"],
        "rootElement": [at("sbom")],
        "element": [at("sbom"), at("agent")],
    });
    // A list that has to be there may not be empty.
    if !all.is_empty() {
        sbom["element"] = all.into();
    }
    if !roots.is_empty() {
        sbom["rootElement"] = json!(roots);
    }
    document["dataLicense"] = at("data-licence").into();
    let data = json!({
        "type": "simplelicensing_LicenseExpression",
        "spdxId": at("data-licence"),
        "creationInfo": "_:creation",
        "simplelicensing_licenseExpression": "CC0-1.0",
    });
    let graph: Vec<Value> = [creation, agent, data, document, sbom]
        .into_iter()
        .chain(elements)
        .chain(relations)
        .collect();
    json!({ "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": graph })
}

fn package(component: &Component, id: &str, suppliers: &BTreeMap<&str, String>) -> Value {
    let mut package = json!({
        "type": "software_Package",
        "spdxId": id,
        "creationInfo": "_:creation",
        "name": component.name,
        "software_primaryPurpose": match component.kind {
            Kind::Application => "application",
            Kind::Container => "container",
            _ => "library",
        },
    });
    if let Some(version) = &component.version {
        package["software_packageVersion"] = version.as_str().into();
    }
    if !component.purl.is_empty() {
        package["software_packageUrl"] = component.purl.as_str().into();
    }
    let url = component.artifacts.iter().find_map(|artifact| artifact.url.as_deref());
    if let Some(url) = url.filter(|url| url.contains(':') && !url.contains(char::is_whitespace)) {
        package["software_downloadLocation"] = url.into();
    }
    if let [artifact] = component.artifacts.as_slice()
        && !artifact.hashes.is_empty()
    {
        let sums = artifact.hashes.iter().map(|hash| {
            let function = function(hash.algorithm).to_ascii_lowercase();
            json!({ "type": "Hash", "algorithm": function, "hashValue": hash.hex })
        });
        package["verifiedUsing"] = sums.collect();
    }
    if let Some(supplier) = &component.supplier {
        package["suppliedBy"] = suppliers[supplier.as_str()].as_str().into();
    }
    if !component.occurrences.is_empty() {
        package["software_sourceInfo"] = format!("found in {}", found_in(component)).into();
    }
    package
}
