//! The rules on Dockerfiles.

mod cis;
mod corpus;
mod fixes;
mod semantic;
mod shared;

use leadforge_container_audit::dockerfile::{Config, Surroundings, check};

/// The rules found and their lines, of these rules alone.
pub(crate) fn found(text: &str, only: impl Fn(&str) -> bool) -> Vec<String> {
    let report = check(text, &Config::default(), &Surroundings::default());
    let shown = report.findings.iter().filter(|finding| only(finding.rule));
    shown.map(|finding| format!("{}@{}", finding.rule, finding.line)).collect()
}
