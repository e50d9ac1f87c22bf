//! The table `[sbom]` of `leadforge.toml`: what a project has decided about what is inside it.

use leadforge_cli_kit::Failure;
use leadforge_sbom::licences::{self, Policy, normal};
use leadforge_sbom::vulns;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[sbom]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Sbom {
    /// From which severity on a vulnerability fails: `none`, `low`, `medium`, `high` or `critical`; `low` unless set.
    /// One whose severity nobody knows fails unless it is `none`.
    pub(crate) fail_on: Option<Gate>,
    /// Which advisories that are no vulnerabilities fail: `unmaintained`, `unsound`, `notice`.
    pub(crate) deny: Vec<Informational>,
    /// Files in OpenVEX or CycloneDX that say which vulnerabilities do not matter here, as paths below the root.
    pub(crate) vex: Vec<String>,
    /// A statement that is older than so many days counts no more.
    pub(crate) vex_max_days: Option<u32>,
    /// Advisories that are ignored.
    pub(crate) ignore: Vec<Ignore>,
    /// Which licences are borne.
    pub(crate) licences: Licences,
}

/// `[sbom.licences]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Licences {
    /// SPDX identifiers that may be; everything that is not denied unless set.
    allow: Vec<String>,
    /// SPDX identifiers that may not be, unless the component leaves another choice.
    deny: Vec<String>,
    /// Packages that are let pass.
    exceptions: Vec<Exception>,
    /// Whether a component that declares nothing fails.
    require: bool,
}

/// A package whose licence is let pass.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    /// A package URL, with or without a version, or a name.
    package: String,
    /// Why; it has to be said.
    reason: String,
    /// The last day on which it counts, as `2026-12-31`. From the next day on the entry fails.
    #[serde(default)]
    until: String,
}

impl Licences {
    /// The policy, on a day.
    pub(crate) fn policy(&self, today: String) -> Result<Policy, Failure> {
        let wrong =
            |what: String| Failure::usage("config.invalid", format!("[sbom.licences] {what}"));
        for name in self.allow.iter().chain(&self.deny) {
            if normal(name).is_none() || name.contains(" OR ") || name.contains(" AND ") {
                return Err(wrong(format!("{name:?} is no identifier of SPDX")));
            }
        }
        let exception = |one: &Exception| {
            let Exception { package, reason, until } = one.clone();
            if reason.trim().is_empty() {
                return Err(wrong(format!("the exception of {package:?} has no reason")));
            }
            day(&until)
                .map_err(|what| wrong(format!("the exception of {package:?} has {what}")))?;
            Ok(licences::Exception { package, reason, until })
        };
        let exceptions = self.exceptions.iter().map(exception).collect::<Result<_, _>>()?;
        let (allow, deny, require) = (self.allow.clone(), self.deny.clone(), self.require);
        Ok(Policy { allow, deny, exceptions, require, today })
    }
}

/// From which severity on a vulnerability fails.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Deserialize,
    JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Gate {
    /// None does.
    None,
    /// Every one does.
    #[default]
    Low,
    /// Medium and worse.
    Medium,
    /// High and worse.
    High,
    /// Critical alone.
    Critical,
}

/// An advisory that is no vulnerability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Informational {
    /// Nobody takes care of the package any more.
    Unmaintained,
    /// The package breaks a promise of its language.
    Unsound,
    /// Something else.
    Notice,
}

/// An advisory that is ignored.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ignore {
    /// Any of its identifiers.
    id: String,
    /// The package it is ignored of: a package URL, with or without a version, or a name; every one unless set.
    #[serde(default)]
    package: String,
    /// Why; it has to be said.
    reason: String,
    /// The last day on which it is ignored, as `2026-12-31`. From the next day on the entry fails.
    #[serde(default)]
    until: String,
}

impl Sbom {
    /// The entries of the list of what is ignored, each with a reason and a day that is one.
    pub(crate) fn ignored(&self) -> Result<Vec<vulns::Ignore>, Failure> {
        let entry = |ignore: &Ignore| {
            let Ignore { id, package, reason, until } = ignore.clone();
            let wrong = |what: &str| {
                Failure::usage("config.invalid", format!("[sbom] ignore of {id:?} has {what}"))
            };
            if reason.trim().is_empty() {
                return Err(wrong("no reason").hint("say why it does not matter here"));
            }
            if id.is_empty() && package.is_empty() {
                return Err(wrong("no package").hint("name an advisory, a package or both"));
            }
            day(&until).map_err(|what| wrong(&what))?;
            Ok(vulns::Ignore { id, package, reason, until })
        };
        self.ignore.iter().map(entry).collect()
    }
}

/// Whether a text is empty or a day.
pub(crate) fn day(text: &str) -> Result<(), String> {
    if text.is_empty() || text.parse::<jiff::civil::Date>().is_ok_and(|_| text.len() == 10) {
        return Ok(());
    }
    Err(format!("the day {text:?}, which has to be as 2026-12-31"))
}

/// The tables of `leadforge.toml` that this binary reads; `cargo xtask codegen` puts them to those of the others.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "leadforge.toml")]
#[expect(dead_code, reason = "only its schema is used")]
struct Tables {
    /// `[sbom]`: what is inside.
    #[serde(default)]
    sbom: Sbom,
}

/// Their schema.
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(Tables).to_value()
}
