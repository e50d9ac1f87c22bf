//! What a program answered, in words that can be compared: an inventory beside the truth, findings, counts.

use crate::sh::{Fail, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Pair = (String, String);

/// Packages and edges, as `name@version`.
pub(super) struct Truth {
    packages: BTreeSet<String>,
    edges: BTreeSet<Pair>,
}

impl Truth {
    /// What the script found in one file, but for projects without names.
    pub(super) fn of(found: &Value) -> Self {
        let named = |label: &str| !label.starts_with("project:");
        let texts = |list: &Value| -> Vec<String> {
            let words = list.as_array().into_iter().flatten().filter_map(Value::as_str);
            words.filter(|label| named(label)).map(str::to_owned).collect()
        };
        let edge = |edge: &Value| {
            let [from, to] = <[String; 2]>::try_from(texts(edge)).ok()?;
            Some((from, to))
        };
        let edges = found["edges"].as_array().into_iter().flatten();
        Self {
            packages: texts(&found["packages"]).into_iter().collect(),
            edges: edges.filter_map(edge).collect(),
        }
    }

    /// Of so many packages, each of which needs the ones that `needs` gives.
    pub(super) fn drawn(count: usize, needs: fn(usize, usize) -> BTreeSet<usize>) -> Self {
        let label = |number: usize| format!("package-{number}@1.0.{number}");
        let edges =
            |from: usize| needs(from, count).into_iter().map(move |to| (label(from), label(to)));
        Self {
            packages: (0..count).map(label).collect(),
            edges: (0..count).flat_map(edges).collect(),
        }
    }

    /// The answer that is right.
    pub(super) fn whole(&self) -> String {
        let (packages, edges) = (self.packages.len(), self.edges.len());
        format!("{packages}/{packages} packages, {edges}/{edges} edges")
    }

    /// What a document has of it; `alone` when nothing else belongs into the document.
    pub(super) fn beside(&self, document: &str, alone: bool) -> Result<String> {
        let document: Value = serde_json::from_str(document)
            .map_err(|error| Fail::gate(format!("a document is no JSON: {error}")))?;
        let mut named = BTreeMap::new();
        collect(&document["metadata"]["component"], &mut named);
        collect_all(&document["components"], &mut named);
        let libraries: BTreeMap<&str, &String> = named
            .iter()
            .filter(|(_, (_, library))| *library)
            .map(|(reference, (label, _))| (reference.as_str(), label))
            .collect();
        let labels: BTreeSet<&String> = named.values().map(|(label, _)| label).collect();
        let mut found = BTreeSet::new();
        let mut more = libraries.values().filter(|label| !self.packages.contains(**label)).count();
        for entry in document["dependencies"].as_array().into_iter().flatten() {
            let from = entry["ref"].as_str().unwrap_or_default();
            for to in entry["dependsOn"].as_array().into_iter().flatten() {
                let to = to.as_str().unwrap_or_default();
                let (Some((start, _)), Some((end, _))) = (named.get(from), named.get(to)) else {
                    continue;
                };
                let edge = (start.clone(), end.clone());
                if self.edges.contains(&edge) {
                    found.insert(edge);
                } else if libraries.contains_key(from) && libraries.contains_key(to) {
                    more += 1;
                }
            }
        }
        let packages = self.packages.iter().filter(|label| labels.contains(label)).count();
        let more = if alone && more > 0 { format!(", {more} too many") } else { String::new() };
        Ok(format!(
            "{packages}/{} packages, {}/{} edges{more}",
            self.packages.len(),
            found.len(),
            self.edges.len()
        ))
    }
}

/// Components by reference: `name@version`, and whether it is no project.
fn collect(component: &Value, named: &mut BTreeMap<String, (String, bool)>) {
    let text = |key: &str| component[key].as_str().unwrap_or_default();
    if let Some(reference) = component["bom-ref"].as_str() {
        let group = text("group");
        let name = if group.is_empty() || text("name").starts_with('@') {
            text("name").to_owned()
        } else {
            format!("{group}/{}", text("name"))
        };
        let library = !matches!(text("type"), "application" | "file");
        let label = format!("{name}@{}", text("version"));
        named.insert(reference.to_owned(), (label, library));
    }
    collect_all(&component["components"], named);
}

fn collect_all(components: &Value, named: &mut BTreeMap<String, (String, bool)>) {
    components.as_array().into_iter().flatten().for_each(|one| collect(one, named));
}

/// Vulnerabilities, unmaintained and unsound in what `lead-sbom vulns` says.
pub(super) fn advisories(said: &str) -> Result<String> {
    let said = json(said)?;
    let findings = said["data"]["findings"].as_array();
    let findings = findings.ok_or_else(|| Fail::gate("lead-sbom vulns: no findings"))?;
    let count = |class: &str| findings.iter().filter(|one| one["class"] == class).count();
    Ok(classes([count("vulnerability"), count("unmaintained"), count("unsound")]))
}

/// The same in what cargo-audit says.
pub(super) fn audited(said: &str) -> Result<String> {
    let said = json(said)?;
    let count = |pointer: &str| said.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
    if said["vulnerabilities"].is_null() {
        return Err(Fail::gate("cargo-audit: no vulnerabilities, not even none"));
    }
    let lists = ["/vulnerabilities/list", "/warnings/unmaintained", "/warnings/unsound"];
    Ok(classes(lists.map(count)))
}

pub(super) fn classes([attacks, unmaintained, unsound]: [usize; 3]) -> String {
    format!("{attacks} vulnerabilities, {unmaintained} unmaintained, {unsound} unsound")
}

/// Components of Debian and of Python in a document.
pub(super) fn installed(document: &str) -> Result<String> {
    let document = json(document)?;
    let of = |kind: &str| {
        let components = document["components"].as_array().into_iter().flatten();
        let purls = components.filter_map(|one| one["purl"].as_str());
        purls.filter(|purl| purl.starts_with(kind)).count()
    };
    Ok(format!("{} of Debian, {} of Python", of("pkg:deb/"), of("pkg:pypi/")))
}

/// What went and what came, by name and version, in what `lead-sbom diff` says.
pub(super) fn changed(said: &str) -> Result<String> {
    let said = json(said)?;
    let count = |name: &str| {
        said["summary"][name].as_u64().ok_or_else(|| Fail::gate("lead-sbom diff: no summary"))
    };
    let moved = count("upgraded")? + count("downgraded")? + count("changed")?;
    Ok(came(count("removed")? + moved, count("added")? + moved))
}

pub(super) fn came(gone: u64, new: u64) -> String {
    format!("{gone} gone, {new} new")
}

/// Findings with a number of hadolint's, and others, in what a linter says in JSON.
pub(super) fn linted(said: &str) -> Result<String> {
    let said = json(said)?;
    let rules: Vec<&str> = match said["findings"].as_array() {
        Some(ours) => ours.iter().filter_map(|one| one["rule"].as_str()).collect(),
        None => {
            let theirs = said.as_array().ok_or_else(|| Fail::gate("hadolint: no list"))?;
            theirs.iter().filter_map(|one| one["code"].as_str()).collect()
        }
    };
    let shared = rules.iter().filter(|rule| rule.starts_with("DL")).count();
    Ok(format!("{shared} of the rules in common, {} others", rules.len() - shared))
}

/// How many findings a command of ours tells.
pub(super) fn told(said: &str) -> Result<String> {
    let said = json(said)?;
    let findings = said["findings"].as_array().ok_or_else(|| Fail::gate("no findings"))?;
    Ok(format!("{} findings", findings.len()))
}

fn json(said: &str) -> Result<Value> {
    serde_json::from_str(said).map_err(|error| Fail::gate(format!("an answer is no JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn truth() -> Truth {
        let edges = json!([["a@1", "@s/b@2"], ["project:x", "a@1"]]);
        Truth::of(&json!({ "packages": ["a@1", "@s/b@2", "project:x"], "edges": edges }))
    }

    #[test]
    fn what_is_missing_and_what_is_too_much_is_told() {
        let truth = truth();
        assert_eq!(truth.whole(), "2/2 packages, 1/1 edges");
        let one = |name: &str, version: &str| json!({ "type": "library", "bom-ref": format!("{name}{version}"), "name": name, "version": version });
        let mut scoped = one("b", "2");
        scoped["group"] = json!("@s");
        let mut document = json!({
            "components": [one("a", "1"), scoped],
            "dependencies": [{ "ref": "a1", "dependsOn": ["b2"] }],
        });
        let said = |document: &Value| truth.beside(&document.to_string(), true).expect("JSON");
        assert_eq!(said(&document), truth.whole());
        document["components"][1] = one("c", "3");
        document["dependencies"] = json!([{ "ref": "c3", "dependsOn": ["a1"] }]);
        assert_eq!(said(&document), "1/2 packages, 0/1 edges, 2 too many");
    }

    #[test]
    fn findings_are_counted_by_their_rules() {
        let ours = r#"{"findings": [{"rule": "DL3008"}, {"rule": "root-user"}]}"#;
        assert_eq!(linted(ours).expect("JSON"), "1 of the rules in common, 1 others");
        assert_eq!(linted("[]").expect("JSON"), "0 of the rules in common, 0 others");
        assert!(audited("{}").is_err() && advisories("{}").is_err() && changed("{}").is_err());
    }
}
