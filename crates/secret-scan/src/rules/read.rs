//! Reading a rule file in gitleaks' format: what is not understood is an error, never left out in silence.

use serde::Deserialize;

use crate::Error;

/// A rule file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(crate) struct RuleFile {
    title: String,
    min_version: String,
    description: String,
    /// What no rule reports; the name that files before 8.25 use.
    allowlist: Option<AllowSpec>,
    /// What no rule reports.
    allowlists: Vec<AllowSpec>,
    /// The rules in their order.
    pub(crate) rules: Vec<RuleSpec>,
}

/// One rule as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(crate) struct RuleSpec {
    /// Its name, unique in the file.
    pub(crate) id: String,
    /// One sentence for people.
    pub(crate) description: String,
    /// What a secret looks like; absent for rules about file names.
    pub(crate) regex: Option<String>,
    /// Which files are looked at.
    pub(crate) path: Option<String>,
    /// Bits per character that a secret has more of.
    pub(crate) entropy: f64,
    /// The group that is the secret; 0 for the first that took part.
    pub(crate) secret_group: usize,
    /// One of these is near, in any case.
    pub(crate) keywords: Vec<String>,
    /// What this rule does not report.
    pub(crate) allowlists: Vec<AllowSpec>,
    /// What kind of rule it is; `generic`, `password`, `element`, `header` and `prefix` mean something to the judge.
    pub(crate) tags: Vec<String>,
}

/// What is not reported.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(crate) struct AllowSpec {
    description: String,
    /// Whether one criterion is enough.
    pub(crate) condition: Condition,
    /// What `regexes` are matched with.
    pub(crate) regex_target: Target,
    /// Patterns of what is allowed.
    pub(crate) regexes: Vec<String>,
    /// Patterns of files in which it is allowed.
    pub(crate) paths: Vec<String>,
    /// A secret that contains one of these is none.
    pub(crate) stopwords: Vec<String>,
}

/// How criteria are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Condition {
    /// One is enough.
    #[default]
    #[serde(rename = "OR", alias = "or", alias = "||")]
    Or,
    /// Each kind that is given has to agree.
    #[serde(rename = "AND", alias = "and", alias = "&&")]
    And,
}

/// What a pattern of an allow list is matched with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Target {
    /// The secret.
    #[default]
    Secret,
    /// All that the rule's pattern matched.
    Match,
    /// The lines in which it stands.
    Line,
}

impl RuleFile {
    /// Reads a file; `name` is for messages.
    pub(crate) fn read(name: &str, text: &str) -> Result<Self, Error> {
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
            let why = error.message().lines().collect::<Vec<_>>().join(", ");
            Error::RuleFile { name: name.to_owned(), line, why }
        })?;
        let wrong = |id: &str, why: &str| Error::Rule {
            name: name.to_owned(),
            id: id.to_owned(),
            why: why.to_owned(),
        };
        let mut ids: Vec<&str> = file.rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(wrong(pair[0], "two rules have this name"));
        }
        for rule in &file.rules {
            if rule.id.is_empty() {
                return Err(wrong("", "a rule has no id"));
            }
            if rule.regex.is_none() && rule.path.is_none() {
                return Err(wrong(&rule.id, "it has neither regex nor path"));
            }
            // A rule that is tried everywhere would make every run slow, and nobody would know why.
            if rule.regex.is_some() && rule.keywords.iter().all(String::is_empty) {
                return Err(wrong(&rule.id, "a rule with a regex needs keywords"));
            }
            if rule.keywords.iter().any(String::is_empty) {
                return Err(wrong(&rule.id, "a keyword is empty"));
            }
        }
        Ok(file)
    }

    /// The allow lists for all rules.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = &AllowSpec> {
        self.allowlist.iter().chain(&self.allowlists)
    }
}
