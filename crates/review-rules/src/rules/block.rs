//! The block that says how a rule is checked.

use std::collections::BTreeMap;

use ast_grep_config::SerializableRule;
use globset::GlobSet;
use serde::Deserialize;

use super::code::CodeRule;
use super::companion::Companion;
use super::examples::Example;
use super::text::TextRule;
use super::{Judge, Language, Rule, RuleKind};
use crate::Level;
use crate::arch::Contract;

/// The keys of a block; every rule has one of `match`, `text`, `needs`, `imports` and `judge`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Block {
    #[serde(default)]
    level: Level,
    /// What is told where the rule is broken; its title otherwise.
    message: Option<String>,
    /// Globs of the files that it is about; all otherwise.
    paths: Option<Vec<String>>,
    /// Globs of files that it is not about.
    #[serde(default)]
    except: Vec<String>,
    language: Option<Language>,
    #[serde(rename = "match")]
    matched: Option<SerializableRule>,
    /// What must hold for the pattern's variables.
    #[serde(rename = "where")]
    conditions: Option<BTreeMap<String, SerializableRule>>,
    /// What should stand in the match's place.
    fix: Option<String>,
    /// A match counts when it has more lines than this.
    longer_than: Option<u32>,
    text: Option<String>,
    /// A line that this matches too is fine.
    unless: Option<String>,
    /// The files in one of which what the text captured has to stand.
    named_in: Option<Vec<String>>,
    /// Told once in a file, not at each line.
    #[serde(default)]
    once: bool,
    needs: Option<Needs>,
    /// Who may import whom.
    imports: Option<Box<Contract>>,
    judge: Option<Judge>,
    #[serde(default)]
    bad: Vec<Example>,
    #[serde(default)]
    good: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    when: Vec<String>,
    also: Vec<String>,
}

impl Block {
    /// Reads the text of a block; an error says its line below the block's first.
    pub(super) fn parse(text: &str) -> Result<Self, (u32, String)> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = u32::try_from(before.matches('\n').count()).unwrap_or(0);
            (line, error.message().trim().replace('\n', " "))
        })
    }

    pub(super) fn rule(
        self,
        id: String,
        title: String,
        prose: String,
        line: u32,
    ) -> Result<Rule, String> {
        let paths = self.paths.as_deref().map(globs).transpose()?;
        let except = globs(&self.except)?;
        let given = [
            self.matched.is_some(),
            self.text.is_some(),
            self.needs.is_some(),
            self.imports.is_some(),
            self.judge.is_some(),
        ];
        if given.iter().filter(|&&given| given).count() != 1 {
            return Err("expected one of match, text, needs, imports and judge".into());
        }
        if self.matched.is_none()
            && (self.conditions.is_some() || self.fix.is_some() || self.language.is_some())
        {
            return Err("language, where and fix belong to match".into());
        }
        if self.matched.is_none() && self.longer_than.is_some() {
            return Err("longer-than belongs to match".into());
        }
        if self.text.is_none() && (self.unless.is_some() || self.named_in.is_some() || self.once) {
            return Err("unless, named-in and once belong to text".into());
        }
        let kind = if let Some(matched) = self.matched {
            let language =
                self.language.ok_or("match needs a language, such as language = \"python\"")?;
            let rule = CodeRule::new(language, matched, self.conditions, self.fix)?;
            RuleKind::Code(rule.longer_than(self.longer_than))
        } else if let Some(text) = &self.text {
            RuleKind::Text(TextRule::new(text, self.unless.as_deref(), self.named_in, self.once)?)
        } else if let Some(needs) = &self.needs {
            RuleKind::Companion(Companion { when: globs(&needs.when)?, also: globs(&needs.also)? })
        } else if let Some(contract) = self.imports {
            contract.validate().map_err(|error| format!("imports: {error}"))?;
            RuleKind::Imports(contract)
        } else {
            RuleKind::Judged(self.judge.expect("one of the five is there"))
        };
        let machine = !matches!(kind, RuleKind::Judged(_));
        if machine && (self.bad.is_empty() || self.good.is_empty()) {
            return Err(
                "bad and good: expected at least one example of each, which prove the rule".into(),
            );
        }
        if !(machine || self.bad.is_empty() && self.good.is_empty()) {
            return Err("examples of a rule that no machine checks prove nothing: write them into its prose".into());
        }
        Ok(Rule {
            id,
            title,
            prose,
            level: self.level,
            line,
            paths_given: self.paths.unwrap_or_default(),
            except_given: self.except,
            language: self.language,
            message: self.message,
            paths,
            except,
            kind,
            bad: self.bad,
            good: self.good,
        })
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet, String> {
    crate::globs::globs(patterns.iter().map(String::as_str))
}
