//! Licences: what is declared as SPDX expressions, and whether a project's policy bears it.
//!
//! What a manifest or a lock file declares is what is judged. A guess from a file's text is evidence of something, and
//! nothing here takes it for a declaration.

#[cfg(feature = "texts")]
pub mod texts;

use serde::{Deserialize, Serialize};

use crate::Purl;
use crate::inventory::{Component, Inventory, LicenceText, Origin};

/// Which licences a project bears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// SPDX identifiers that may be; when there are none, everything may be that is not denied.
    pub allow: Vec<String>,
    /// SPDX identifiers that may not be, unless the expression leaves another choice.
    pub deny: Vec<String>,
    /// Packages that are let pass.
    pub exceptions: Vec<Exception>,
    /// Whether a component that declares nothing fails.
    pub require: bool,
    /// The day on which it is asked, as `2026-01-31`.
    pub today: String,
}

/// A package that is let pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// A package URL, with or without a version, or a name.
    pub package: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts; empty means for ever.
    pub until: String,
}

/// What a policy says of an inventory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Every component that is not part of the project, sorted by reference.
    pub components: Vec<Judged>,
    /// Exceptions that nothing needs, and those whose last day is over.
    pub unused: Vec<Unused>,
}

/// A component and what the policy says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Its package URL.
    pub purl: String,
    /// The first file that names it.
    pub file: String,
    /// The line in it.
    pub line: u32,
    /// What it declares, as it is written.
    pub declared: Vec<String>,
    /// The same as one SPDX expression, where it is one.
    pub expression: Option<String>,
    /// What its licence files read like, when they were looked for.
    pub texts: Vec<LicenceText>,
    /// What the policy says.
    pub verdict: Verdict,
}

/// What a policy says of a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "says")]
pub enum Verdict {
    /// It may be.
    Allowed,
    /// It is let pass, for this reason.
    Excepted {
        /// Why.
        reason: String,
    },
    /// It may not be, because of these.
    Denied {
        /// The licences that are not borne.
        because: Vec<String>,
    },
    /// What it declares is no SPDX expression.
    Unclear,
    /// It declares nothing that is known here.
    Silent,
}

/// An exception without effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unused {
    /// The package.
    pub package: String,
    /// Its last day, when that is over.
    pub expired: String,
}

/// A text as an SPDX expression: as it is when it is one, with OR where old manifests write a slash.
#[must_use]
pub fn normal(text: &str) -> Option<String> {
    let text = text.trim();
    if ::spdx::Expression::parse(text).is_ok() {
        return Some(text.to_owned());
    }
    let spaced = text.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ");
    (text.contains('/') && ::spdx::Expression::parse(&spaced).is_ok()).then_some(spaced)
}

/// Several declarations as one expression: all of them are meant.
fn joined(declared: &[String]) -> Option<String> {
    let parts: Option<Vec<String>> = declared.iter().map(|text| normal(text)).collect();
    let parts = parts.filter(|parts| !parts.is_empty())?;
    match parts.as_slice() {
        [one] => Some(one.clone()),
        _ => Some(parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" AND ")),
    }
}

/// Asks a policy about every component that is not part of the project.
#[must_use]
pub fn check(inventory: &Inventory, policy: &Policy) -> Report {
    let mut used = vec![false; policy.exceptions.len()];
    let foreign = |component: &&Component| !matches!(component.origin, Origin::Local(_));
    let components = inventory.components.iter().filter(foreign);
    let components = components.map(|component| judge(component, policy, &mut used)).collect();
    let unused = policy.exceptions.iter().zip(used).filter(|(_, used)| !used);
    let unused = unused.map(|(exception, _)| {
        let expired =
            if expired(exception, policy) { exception.until.clone() } else { String::new() };
        Unused { package: exception.package.clone(), expired }
    });
    Report { components, unused: unused.collect() }
}

fn expired(exception: &Exception, policy: &Policy) -> bool {
    !exception.until.is_empty() && exception.until < policy.today
}

fn judge(component: &Component, policy: &Policy, used: &mut [bool]) -> Judged {
    let expression = joined(&component.licences);
    let verdict = match &expression {
        Some(expression) => evaluate(expression, policy),
        None if component.licences.is_empty() => Verdict::Silent,
        None => Verdict::Unclear,
    };
    let fails = match &verdict {
        Verdict::Allowed | Verdict::Excepted { .. } => false,
        Verdict::Denied { .. } => true,
        // A text that is no expression cannot be on a list of what is allowed.
        Verdict::Unclear => !policy.allow.is_empty() || policy.require,
        Verdict::Silent => policy.require,
    };
    let mut verdict = verdict;
    if fails {
        for (exception, used) in policy.exceptions.iter().zip(used) {
            if !expired(exception, policy) && is_about(&exception.package, component) {
                *used = true;
                verdict = Verdict::Excepted { reason: exception.reason.clone() };
            }
        }
    }
    let place = component.occurrences.first();
    Judged {
        name: component.name.clone(),
        version: component.version.clone(),
        purl: component.purl.clone(),
        file: place.map(|place| place.path.clone()).unwrap_or_default(),
        line: place.map_or(1, |place| place.line),
        declared: component.licences.clone(),
        texts: component.texts.clone(),
        expression,
        verdict,
    }
}

#[cfg(feature = "texts")]
impl Judged {
    /// The licences that its files read like and that it does not declare, sorted.
    ///
    /// Where nothing is declared, or nothing that is an expression, those are all.
    #[must_use]
    pub fn undeclared(&self) -> Vec<&str> {
        let said = |licence: &str| {
            let declared = self.expression.as_deref();
            declared.is_some_and(|expression| texts::speaks_of(expression, licence))
        };
        let read = self.texts.iter().map(|text| text.licence.as_str());
        let mut found: Vec<&str> = read.filter(|one| !one.is_empty() && !said(one)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Judged {
    /// Whether the policy does not bear it.
    #[must_use]
    pub fn fails(&self, policy: &Policy) -> bool {
        match &self.verdict {
            Verdict::Allowed | Verdict::Excepted { .. } => false,
            Verdict::Denied { .. } => true,
            Verdict::Unclear => !policy.allow.is_empty() || policy.require,
            Verdict::Silent => policy.require,
        }
    }
}

fn evaluate(expression: &str, policy: &Policy) -> Verdict {
    let Ok(parsed) = ::spdx::Expression::parse(expression) else {
        return Verdict::Unclear;
    };
    let bears = |requirement: &::spdx::LicenseReq| {
        let whole = requirement.to_string();
        // `X WITH E` is asked as a whole first: an exception only ever allows more.
        let alone = whole.split(" WITH ").next().unwrap_or(&whole);
        let named = |list: &[String]| list.iter().any(|one| *one == whole || one == alone);
        !named(&policy.deny) && (policy.allow.is_empty() || named(&policy.allow))
    };
    if parsed.evaluate(bears) {
        return Verdict::Allowed;
    }
    let mut because: Vec<String> = parsed
        .requirements()
        .filter(|one| !bears(&one.req))
        .map(|one| one.req.to_string())
        .collect();
    because.sort_unstable();
    because.dedup();
    Verdict::Denied { because }
}

/// Whether a package URL, with or without a version, or a name is that of a component.
pub(crate) fn is_about(product: &str, component: &Component) -> bool {
    if product.is_empty() {
        return false;
    }
    if product == component.reference || product == component.purl || product == component.name {
        return true;
    }
    let Ok(asked) = Purl::lenient(product) else {
        let version = component.version.as_deref().unwrap_or_default();
        let behind = product.strip_prefix(component.name.as_str());
        return behind.and_then(|rest| rest.strip_prefix('@')) == Some(version);
    };
    let Ok(own) = Purl::lenient(&component.purl) else {
        return false;
    };
    asked.kind == own.kind
        && asked.namespace == own.namespace
        && asked.name == own.name
        && (asked.version.is_none() || asked.version == own.version)
        && asked.qualifiers.iter().all(|(key, value)| own.qualifiers.get(key) == Some(value))
        && (asked.subpath.is_none() || asked.subpath == own.subpath)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(expression: &str, allow: &[&str], deny: &[&str]) -> Verdict {
        let list = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        let policy = Policy { allow: list(allow), deny: list(deny), ..Policy::default() };
        evaluate(expression, &policy)
    }

    #[test]
    fn a_choice_is_borne_when_one_of_it_is() {
        let denied = |because: &str| Verdict::Denied { because: vec![because.to_owned()] };
        assert_eq!(says("MIT OR GPL-3.0-only", &["MIT"], &[]), Verdict::Allowed);
        assert_eq!(says("MIT AND GPL-3.0-only", &["MIT"], &[]), denied("GPL-3.0-only"));
        assert_eq!(says("MIT", &[], &["AGPL-3.0-only"]), Verdict::Allowed);
        assert_eq!(says("AGPL-3.0-only", &[], &["AGPL-3.0-only"]), denied("AGPL-3.0-only"));
        assert_eq!(says("Apache-2.0 WITH LLVM-exception", &["Apache-2.0"], &[]), Verdict::Allowed);
    }

    #[test]
    fn an_old_slash_is_a_choice() {
        assert_eq!(normal("MIT/Apache-2.0").as_deref(), Some("MIT OR Apache-2.0"));
        assert_eq!(normal("MIT / Apache-2.0").as_deref(), Some("MIT OR Apache-2.0"));
        assert_eq!(normal("SEE LICENSE IN x/y"), None);
        assert_eq!(normal("BSD"), None);
    }
}
