//! SPDX 2.3.

use serde_json::{Value, json};

use super::licence::{Others, expression};
use super::{NO_TIME, NO_TIME_COMMENT, found_in, function, id, subjects, title};
use crate::cyclonedx::Meta;
use crate::inventory::{Component, Inventory, Kind, Origin, Scope};

/// The document, under a name that is a UUID as URN.
pub(super) fn document(inventory: &Inventory, meta: &Meta, name: &str) -> Value {
    let ids: Vec<String> =
        inventory.components.iter().map(|component| format!("SPDXRef-{}", id(component))).collect();
    let mut others = Others::new();
    let packages: Vec<Value> = inventory
        .components
        .iter()
        .zip(&ids)
        .map(|(component, id)| package(component, id, &mut others))
        .collect();
    let mut relations: Vec<Value> = subjects(inventory)
        .into_iter()
        .map(|subject| relation("SPDXRef-DOCUMENT", "DESCRIBES", &ids[subject]))
        .collect();
    for edge in &inventory.edges {
        let (from, to) = (ids[edge.from].as_str(), ids[edge.to].as_str());
        relations.push(match &edge.scope {
            Scope::Runtime | Scope::Peer => relation(from, "DEPENDS_ON", to),
            Scope::Optional | Scope::Extra(_) => relation(to, "OPTIONAL_DEPENDENCY_OF", from),
            Scope::Dev(_) => relation(to, "DEV_DEPENDENCY_OF", from),
        });
    }
    relations.dedup();
    let title = title(inventory);
    let place = name.trim_start_matches("urn:uuid:");
    let mut creation = json!({
        "created": meta.timestamp.as_deref().unwrap_or(NO_TIME),
        "creators": [format!("Tool: {}-{}", meta.tool, meta.tool_version)],
    });
    if meta.timestamp.is_none() {
        creation["comment"] = NO_TIME_COMMENT.into();
    }
    let mut document = json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": title,
        "documentNamespace": format!("https://spdx.org/spdxdocs/leadforge-{place}"),
        "creationInfo": creation,
        "packages": packages,
        "relationships": relations,
    });
    if !others.is_empty() {
        let texts = others
            .iter()
            .map(|(name, text)| json!({ "licenseId": name, "extractedText": text, "name": text }));
        document["hasExtractedLicensingInfos"] = texts.collect();
    }
    document
}

fn relation(from: &str, kind: &str, to: &str) -> Value {
    json!({ "spdxElementId": from, "relationshipType": kind, "relatedSpdxElement": to })
}

fn package(component: &Component, id: &str, others: &mut Others) -> Value {
    let nothing = || "NOASSERTION".to_owned();
    let location = match &component.origin {
        Origin::Git { url, commit } => {
            let plus = if url.starts_with("git") { "" } else { "git+" };
            let at = commit.as_ref().map_or_else(String::new, |commit| format!("@{commit}"));
            Some(format!("{plus}{url}{at}"))
        }
        Origin::Url(url) => Some(url.clone()),
        _ => component.artifacts.iter().find_map(|artifact| artifact.url.clone()),
    };
    // What holds a blank is no address that SPDX takes.
    let location = location.filter(|url| url.contains(':') && !url.contains(char::is_whitespace));
    let mut package = json!({
        "name": component.name,
        "SPDXID": id,
        "downloadLocation": location.unwrap_or_else(nothing),
        "filesAnalyzed": false,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": expression(&component.licences, others).unwrap_or_else(nothing),
        "copyrightText": "NOASSERTION",
        "supplier": component.supplier.as_ref().map_or_else(nothing, |name| format!("Organization: {name}")),
        "primaryPackagePurpose": match component.kind {
            Kind::Application => "APPLICATION",
            Kind::Container => "CONTAINER",
            _ => "LIBRARY",
        },
    });
    if let Some(version) = &component.version {
        package["versionInfo"] = version.as_str().into();
    }
    if let [artifact] = component.artifacts.as_slice()
        && !artifact.hashes.is_empty()
    {
        let sums = artifact.hashes.iter().map(
            |hash| json!({ "algorithm": function(hash.algorithm), "checksumValue": hash.hex }),
        );
        package["checksums"] = sums.collect();
    }
    if !component.purl.is_empty() {
        package["externalRefs"] = json!([{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": component.purl,
        }]);
    }
    if !component.occurrences.is_empty() {
        package["sourceInfo"] = format!("found in {}", found_in(component)).into();
    }
    package
}
