//! What a maker says of vulnerabilities in a product: OpenVEX, and the analyses of CycloneDX documents.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::inventory::Component;
use crate::licences::is_about;

/// One thing that is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The identifiers of the vulnerability.
    pub ids: Vec<String>,
    /// What it is said of, by package URL or reference; with subcomponents, the parts of the product.
    pub products: Vec<Product>,
    /// What is said.
    pub says: Vex,
    /// Why, in the words of the document.
    pub reason: String,
    /// The day on which it was said, if the document tells.
    pub day: String,
    /// The document, by the name that the caller gave.
    pub source: String,
}

/// A product, and the parts of it that are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Product {
    /// A package URL, a reference, or a name.
    pub name: String,
    /// The same of its parts; none means the product as a whole.
    pub parts: Vec<String>,
}

/// What a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Vex {
    /// The product cannot be attacked by it.
    NotAffected,
    /// The product can be attacked by it.
    Affected,
    /// The product had it.
    Fixed,
    /// Nobody knows yet.
    UnderInvestigation,
}

/// Why bytes are no statements.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{source_name}: {reason}")]
pub struct VexError {
    /// The document.
    pub source_name: String,
    /// What is wrong with it, in words.
    pub reason: String,
}

impl Statement {
    /// Reads a document in JSON: OpenVEX, or CycloneDX with analyses of vulnerabilities.
    ///
    /// # Errors
    /// When it is neither, or a statement lacks what its kind asks for.
    pub fn read(source: &str, bytes: &[u8]) -> Result<Vec<Self>, VexError> {
        let fault = |reason: String| VexError { source_name: source.to_owned(), reason };
        let value: Value =
            serde_json::from_slice(bytes).map_err(|error| fault(error.to_string()))?;
        let context = value["@context"].as_str().unwrap_or_default();
        if context.starts_with("https://openvex.dev/ns") {
            let document: OpenVex =
                serde_json::from_value(value).map_err(|error| fault(error.to_string()))?;
            return openvex(source, document).map_err(fault);
        }
        if value["bomFormat"] == "CycloneDX" {
            return Ok(cyclonedx(source, &value));
        }
        Err(fault("is neither OpenVEX nor CycloneDX".to_owned()))
    }

    /// Whether it is about one of these vulnerabilities of a component.
    pub(super) fn covers(
        &self,
        group: &[String],
        component: &Component,
        root: Option<&Component>,
    ) -> bool {
        if !self.ids.iter().any(|id| group.contains(id)) {
            return false;
        }
        self.products.iter().any(|product| {
            let whole = root.is_some_and(|root| is_about(&product.name, root));
            if product.parts.is_empty() {
                whole || is_about(&product.name, component)
            } else {
                (whole || is_about(&product.name, component) || root.is_none())
                    && product.parts.iter().any(|part| is_about(part, component))
            }
        })
    }
}

#[derive(Deserialize)]
struct OpenVex {
    #[serde(default)]
    timestamp: String,
    statements: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    vulnerability: Value,
    #[serde(default)]
    products: Vec<Value>,
    status: String,
    #[serde(default)]
    justification: String,
    #[serde(default)]
    impact_statement: String,
    #[serde(default)]
    action_statement: String,
    #[serde(default)]
    timestamp: String,
}

fn openvex(source: &str, document: OpenVex) -> Result<Vec<Statement>, String> {
    let mut found = Vec::new();
    for (index, said) in document.statements.into_iter().enumerate() {
        let place = format!("statement {}", index + 1);
        let says = match said.status.as_str() {
            "not_affected" => Vex::NotAffected,
            "affected" => Vex::Affected,
            "fixed" => Vex::Fixed,
            "under_investigation" => Vex::UnderInvestigation,
            other => return Err(format!("{place} has the status {other:?}, which is none")),
        };
        if says == Vex::NotAffected
            && said.justification.is_empty()
            && said.impact_statement.is_empty()
        {
            return Err(format!(
                "{place} says not_affected with neither a justification nor an impact_statement"
            ));
        }
        let ids = identifiers(&said.vulnerability);
        if ids.is_empty() {
            return Err(format!("{place} names no vulnerability"));
        }
        let products: Vec<Product> = said.products.iter().flat_map(product).collect();
        if products.is_empty() {
            return Err(format!("{place} names no product"));
        }
        let parts = [said.justification, said.impact_statement, said.action_statement];
        let reason: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let time = if said.timestamp.is_empty() { &document.timestamp } else { &said.timestamp };
        found.push(Statement {
            ids,
            products,
            says,
            reason: reason.join(": "),
            day: time.chars().take(10).collect(),
            source: source.to_owned(),
        });
    }
    Ok(found)
}

fn identifiers(vulnerability: &Value) -> Vec<String> {
    let text = |value: &Value| {
        value.as_str().map(|text| {
            // An IRI ends in the name that databases use.
            text.rsplit('/').next().unwrap_or(text).to_owned()
        })
    };
    let aliases = vulnerability["aliases"].as_array().into_iter().flatten();
    let one = [vulnerability, &vulnerability["name"], &vulnerability["@id"]];
    let mut ids: Vec<String> = one.into_iter().chain(aliases).filter_map(text).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A product under each of its names.
fn product(value: &Value) -> Vec<Product> {
    let parts: Vec<String> =
        value["subcomponents"].as_array().into_iter().flatten().flat_map(spellings).collect();
    spellings(value).into_iter().map(|name| Product { name, parts: parts.clone() }).collect()
}

fn spellings(value: &Value) -> Vec<String> {
    let identifiers = &value["identifiers"];
    let all = [value, &value["@id"], &identifiers["purl"], &identifiers["cpe23"]];
    let mut found: Vec<String> =
        all.into_iter().filter_map(|value| Some(value.as_str()?.to_owned())).collect();
    found.dedup();
    found
}

fn cyclonedx(source: &str, document: &Value) -> Vec<Statement> {
    let time = document["metadata"]["timestamp"].as_str().unwrap_or_default();
    // What a reference names, for statements about components of the same document.
    let mut purls = std::collections::BTreeMap::new();
    let mut left = vec![&document["components"], &document["metadata"]["component"]];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(list) => left.extend(list),
            Value::Object(_) => {
                if let (Some(reference), Some(purl)) =
                    (value["bom-ref"].as_str(), value["purl"].as_str())
                {
                    purls.insert(reference, purl);
                }
                left.push(&value["components"]);
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for vulnerability in document["vulnerabilities"].as_array().into_iter().flatten() {
        let analysis = &vulnerability["analysis"];
        let says = match analysis["state"].as_str() {
            Some("not_affected" | "false_positive") => Vex::NotAffected,
            Some("resolved" | "resolved_with_pedigree") => Vex::Fixed,
            Some("exploitable") => Vex::Affected,
            Some("in_triage") => Vex::UnderInvestigation,
            _ => continue,
        };
        let references = vulnerability["references"].as_array().into_iter().flatten();
        let ids = std::iter::once(&vulnerability["id"]).chain(references.map(|one| &one["id"]));
        let affects = vulnerability["affects"].as_array().into_iter().flatten();
        let products = affects.filter_map(|one| {
            let reference = one["ref"].as_str()?;
            // A BOM-Link ends in the reference it means.
            let local = reference.split_once('#').filter(|_| reference.starts_with("urn:cdx:"));
            let name = local.map_or(reference, |(_, local)| local);
            let name = purls.get(name).copied().unwrap_or(name);
            Some(Product { name: name.to_owned(), parts: Vec::new() })
        });
        let words = [&analysis["justification"], &analysis["detail"]];
        let words: Vec<&str> = words.into_iter().filter_map(Value::as_str).collect();
        let updated = analysis["lastUpdated"].as_str().or_else(|| analysis["firstIssued"].as_str());
        found.push(Statement {
            ids: ids.filter_map(|id| Some(id.as_str()?.to_owned())).collect(),
            products: products.collect(),
            says,
            reason: words.join(": "),
            day: updated.unwrap_or(time).chars().take(10).collect(),
            source: source.to_owned(),
        });
    }
    found
}
