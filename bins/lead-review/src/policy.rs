//! The table `[review]` of `leadforge.toml`: what a project asks of a change.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::Failure;
use leadforge_review_rules::size::{self, Class, Classes};
use leadforge_review_rules::{Level, REQUIRED};
use schemars::JsonSchema;
use serde::Deserialize;

/// `[review]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Review {
    /// The checks that have to look at everything; `rules`, `secrets` and `size` unless set.
    pub(crate) require: Option<BTreeSet<String>>,
    /// The file of the rules; `docs/review/RULES.md` unless set.
    pub(crate) rules: Option<String>,
    /// The folder of the findings that are let pass; `docs/review/baseline` unless set.
    pub(crate) baseline: Option<String>,
    /// The file of words to avoid, as YAML; `.github/inclusive-language.yaml` where the base has it, else none.
    pub(crate) language: Option<String>,
    /// From which level on a finding fails: `note`, `warning`, `error` or `never`; `error` unless set.
    pub(crate) fail_on: Option<FailOn>,
    /// How large a change may be.
    size: Size,
    /// What is asked of coverage.
    pub(crate) coverage: Coverage,
    /// The folders of documents that say what the project is, for who reviews; `memory` unless set.
    pub(crate) memory: Option<Vec<String>>,
    /// A model as one more reviewer.
    pub(crate) ai: Ai,
    /// What `lead-review hook` does besides.
    pub(crate) hook: Hook,
}

/// `[review.ai]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Ai {
    /// The command that asks a model, word by word: the question on its standard input, the answer on its standard output.
    /// No model is asked unless it is set or the command line names one; it has to be trusted.
    pub(crate) command: Vec<String>,
    /// The ledger of the criteria, as `lead-review rules import` writes it; `docs/review/CRITERIA.md` unless set.
    pub(crate) criteria: Option<String>,
    /// So many bytes of new lines it is sent, and a fifth of that of documents; 200,000 unless set.
    pub(crate) bytes: Option<usize>,
    /// So many seconds it may take; 300 unless set.
    pub(crate) seconds: Option<u64>,
}

/// `[review.hook]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Hook {
    /// What other tools found, as files in SARIF below the root, such as bandit's or those of a check of dependencies.
    pub(crate) sarif: Vec<String>,
    /// Globs of the files that make up what users see; no pictures are taken for others.
    pub(crate) ui: Vec<String>,
    /// The command that takes the pictures anew; `lead-shot capture --changed` unless set.
    pub(crate) capture: Vec<String>,
    /// Whether the model of `[review.ai]` makes suggestions before each commit, too; no unless set.
    pub(crate) ai: bool,
}

/// `[review.size]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Size {
    /// From how many counted lines on a change is told to be large; 500 unless set.
    warn: Option<u32>,
    /// From how many counted lines on it is an error; 1,000 unless set.
    error: Option<u32>,
    /// The classes whose lines count; `core` unless set.
    count: Option<Vec<String>>,
    /// Globs of paths for a class, before those that are built in.
    classes: BTreeMap<String, Vec<String>>,
}

/// `[review.coverage]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Coverage {
    /// How many per cent of the new lines that can run have to.
    pub(crate) least: Option<f64>,
}

/// From which level on a finding fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailOn {
    /// Every finding fails.
    Note,
    /// Warnings and errors fail.
    Warning,
    /// Errors fail.
    Error,
    /// Nothing fails.
    Never,
}

impl FailOn {
    pub(crate) fn level(self) -> Option<Level> {
        match self {
            Self::Note => Some(Level::Note),
            Self::Warning => Some(Level::Warning),
            Self::Error => Some(Level::Error),
            Self::Never => None,
        }
    }
}

/// The checks that there are.
pub(crate) const CHECKS: [&str; 7] =
    ["ai", "arch", "coverage", "language", "rules", "secrets", "size"];

impl Review {
    /// The file of the rules.
    pub(crate) fn rules(&self) -> &str {
        self.rules.as_deref().unwrap_or("docs/review/RULES.md")
    }

    /// The folder of what is let pass.
    pub(crate) fn baseline(&self) -> &str {
        self.baseline.as_deref().unwrap_or("docs/review/baseline").trim_matches('/')
    }

    /// The folders of the Memory Bank.
    pub(crate) fn memory(&self) -> Vec<String> {
        self.memory.clone().unwrap_or_else(|| vec!["memory".to_owned()])
    }

    /// The checks that have to look at everything, with those whose evidence was given.
    pub(crate) fn required(
        &self,
        given: impl IntoIterator<Item = String>,
    ) -> Result<BTreeSet<String>, Failure> {
        let mut required =
            self.require.clone().unwrap_or_else(|| REQUIRED.map(str::to_owned).into());
        if let Some(unknown) = required.iter().find(|name| !CHECKS.contains(&name.as_str())) {
            let nearest = leadforge_cli_kit::nearest(unknown, CHECKS);
            let hint =
                nearest.map_or_else(|| CHECKS.join(", "), |near| format!("is {near} meant?"));
            let message =
                format!("[review] require names the check {unknown:?}, which there is not");
            return Err(Failure::usage("config.invalid", message).hint(hint));
        }
        required.extend(given);
        // Who names the words requires that they are looked for.
        if self.language.is_some() {
            required.insert("language".to_owned());
        }
        Ok(required)
    }

    /// What is too much.
    pub(crate) fn size(&self) -> Result<size::Config, Failure> {
        let wrong =
            |what: String| Failure::usage("config.invalid", format!("[review.size] {what}"));
        let class = |name: &str| {
            serde_json::from_value::<Class>(name.into()).map_err(|_| {
                wrong(format!("{name:?} is no class"))
                    .hint("core, config, test, docs, fixture, generated or other")
            })
        };
        let mut own = Vec::new();
        for (name, globs) in &self.size.classes {
            own.push((class(name)?, globs.clone()));
        }
        let plain = size::Config::default();
        let count = match &self.size.count {
            Some(names) => names.iter().map(|name| class(name)).collect::<Result<_, _>>()?,
            None => plain.count,
        };
        let (warn, error) =
            (self.size.warn.unwrap_or(plain.warn), self.size.error.unwrap_or(plain.error));
        if warn > error {
            return Err(wrong(format!("warn is {warn}, which is more than error, {error}")));
        }
        Ok(size::Config { classes: Classes::new(&own).map_err(wrong)?, count, warn, error })
    }
}

/// The tables of `leadforge.toml` that this binary reads; `cargo xtask codegen` puts them to those of the others.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "leadforge.toml")]
#[expect(dead_code, reason = "only its schema is used")]
struct Tables {
    /// `[review]`: what is asked of a change.
    #[serde(default)]
    review: Review,
}

/// Their schema.
pub(crate) fn schema() -> serde_json::Value {
    schemars::schema_for!(Tables).to_value()
}
