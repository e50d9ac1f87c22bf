//! A report as SARIF 2.1.0, the part of it that code hosts read.

use crate::{Finding, Outcome, Report};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The SARIF log of a report.
pub(crate) fn log(report: &Report, tool: &str, version: &str) -> Value {
    let mut rules = BTreeMap::new();
    for finding in &report.findings {
        rules.entry(finding.rule.as_str()).or_insert_with(|| rule(finding));
    }
    let rules: Vec<Value> = rules.into_values().collect();
    let results: Vec<Value> = report.findings.iter().map(result).collect();
    let complete = matches!(report.outcome, Outcome::Clean | Outcome::Findings);
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": tool, "version": version, "rules": rules } },
            "invocations": [{ "executionSuccessful": complete }],
            "results": results,
        }],
    })
}

/// A rule, with what code hosts look for there and not at the results.
fn rule(finding: &Finding) -> Value {
    let mut rule = json!({ "id": finding.rule });
    for name in ["security-severity", "tags"] {
        if let Some(fact) = finding.facts.get(name) {
            rule["properties"][name] = fact.clone();
        }
    }
    rule
}

fn result(finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": finding.level.as_str(),
        "message": { "text": finding.message },
    });
    if let Some(at) = &finding.at {
        let mut place = json!({ "artifactLocation": { "uri": uri(&at.path) } });
        if let Some(line) = at.line {
            place["region"] = json!({ "startLine": line });
            if let Some(column) = at.column {
                place["region"]["startColumn"] = column.into();
            }
        }
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    if let Some(fingerprint) = &finding.fingerprint {
        result["partialFingerprints"] = json!({ "leadforge/v1": fingerprint });
    }
    if !finding.facts.is_empty() {
        result["properties"] = Value::Object(finding.facts.clone());
    }
    result
}

/// A relative path as a URI reference (RFC 3986): everything but unreserved bytes and `/` encoded.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    #[test]
    fn findings_become_results() {
        let mut finding = Finding::new("arch.layer", Level::Error, "no").at("a b.py", Some(3));
        finding.fingerprint = Some("f1".into());
        let log = log(&Report::of(vec![finding]), "lead-review", "0.1.0");
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], json!([{ "id": "arch.layer" }]));
        assert_eq!(
            log["runs"][0]["results"],
            json!([{
                "ruleId": "arch.layer",
                "level": "error",
                "message": { "text": "no" },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": "a%20b.py" },
                    "region": { "startLine": 3 },
                } }],
                "partialFingerprints": { "leadforge/v1": "f1" },
            }])
        );
    }

    #[test]
    fn an_incomplete_run_was_not_successful() {
        let log = log(&Report::new(Outcome::Incomplete), "lead-x", "0");
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    }
}
