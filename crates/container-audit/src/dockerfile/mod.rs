//! Rules about Dockerfiles: hadolint's meaning for the rules that both have, and rules that need the whole file.
//!
//! ```
//! use leadforge_container_audit::dockerfile::{Config, Surroundings, check};
//!
//! let text = "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n";
//! let report = check(text, &Config::default(), &Surroundings::default());
//! let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
//! assert!(rules.contains(&"DL3008") && rules.contains(&"root-user"));
//! ```

mod args;
mod config;
mod context;
mod finding;
mod pragma;
mod rules;
mod scene;
mod semantic;

use serde::Serialize;

pub use config::{Config, ConfigError};
pub use context::Surroundings;
pub use finding::{Finding, Fix, Severity};
pub use rules::{RULES, Rule};

use pragma::Pragmas;
use scene::Scene;

/// What the rules found in a Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Report {
    /// What was found, by line and rule.
    pub findings: Vec<Finding>,
    /// How many findings a comment or the configuration switched off.
    pub silenced: usize,
}

/// Looks at a Dockerfile.
pub fn check(source: &str, config: &Config, around: &Surroundings) -> Report {
    let file = leadforge_dockerfile_syntax::parse(source);
    let scene = Scene::new(&file, source, config, around);
    let mut found = Vec::new();
    for rule in RULES {
        (rule.check)(&scene, &mut found);
    }
    let pragmas = if config.pragmas { Pragmas::read(&file) } else { Pragmas::default() };
    let all = found.len();
    found.retain(|finding| {
        !config.ignored.iter().any(|rule| rule == finding.rule)
            && !pragmas.silence(finding.line, finding.rule)
    });
    let silenced = all - found.len();
    for finding in &mut found {
        if let Some(severity) = config.severities.get(finding.rule) {
            finding.severity = *severity;
        }
    }
    found.retain(|finding| finding.severity != Severity::Ignore);
    found.sort_by(|a, b| (a.line, a.rule, &a.message).cmp(&(b.line, b.rule, &b.message)));
    found.dedup();
    Report { findings: found, silenced }
}

/// A text with the fixes of the findings put in; fixes that overlap an earlier one are left out. Gives how many went in.
pub fn mend(source: &str, findings: &[Finding]) -> (String, usize) {
    let mut fixes: Vec<&Fix> = findings.iter().filter_map(|found| found.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| (fix.start, fix.end, fix.text.as_str()));
    fixes.dedup();
    let (mut out, mut at, mut count) = (String::with_capacity(source.len()), 0, 0);
    for fix in fixes {
        let (Some(before), Some(_)) = (source.get(at..fix.start), source.get(fix.start..fix.end))
        else {
            continue;
        };
        out.push_str(before);
        out.push_str(&fix.text);
        at = fix.end;
        count += 1;
    }
    out.push_str(source.get(at..).unwrap_or_default());
    (out, count)
}
