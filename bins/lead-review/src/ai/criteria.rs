//! The criteria that are a model's to judge: those of the base's rules, and those of its ledger.

use leadforge_review_rules::Tree;
use leadforge_review_rules::ai::Criterion;
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::criteria::{Entry, Ledger, Open, Prose, Who};
use leadforge_review_rules::rules::{Judge, Rule, RuleSet};

use crate::policy::Review;
use crate::states::States;

/// Where the ledger is unless `[review.ai] criteria` says so.
const USUAL: &str = "docs/review/CRITERIA.md";

/// The file of the ledger.
pub(super) fn ledger(review: &Review) -> &str {
    review.ai.criteria.as_deref().unwrap_or(USUAL)
}

/// All of them, the rules' first; an error says what of the base nobody can ask by.
pub(super) fn of(states: &States, rules: &RuleSet) -> Result<Vec<Criterion>, String> {
    let rules = rules.rules.iter().filter(|rule| rule.judge() == Judge::Ai);
    let mut criteria: Vec<Criterion> = rules.map(|rule| of_rule(rule, states)).collect();
    let path = ledger(&states.review);
    let Some(text) = text(states, path)? else {
        return match &states.review.ai.criteria {
            Some(named) => {
                Err(format!("[review.ai] criteria names {named}, which the base does not have"))
            }
            None => Ok(criteria),
        };
    };
    let ledger = Ledger::read(&text)
        .map_err(|error| format!("{path} of the base:{}: {}", error.line, error.reason))?;
    let mut prose = None;
    for entry in ledger.entries.iter().filter(|entry| is_asked(entry)) {
        let words = match &entry.words {
            Some(words) => words.clone(),
            None => {
                if prose.is_none() {
                    prose = Some(document(states, &ledger)?);
                }
                let found = prose.iter().flat_map(|prose| &prose.criteria);
                let found = found.into_iter().find(|criterion| criterion.id == entry.id);
                let file = &ledger.head.file;
                found.map(|criterion| criterion.words.clone()).ok_or_else(|| {
                    format!("{path} of the base has no words of {}, and {file} does not have it: lead-review rules import", entry.id)
                })?
            }
        };
        criteria.push(Criterion { id: entry.id.clone(), words, about: None });
    }
    Ok(criteria)
}

/// Whether a model judges an entry, or what of it no rule sees.
fn is_asked(entry: &Entry) -> bool {
    let block = &entry.block;
    block.open != Some(Open::Gone) && (block.judge == Who::Ai || block.also == Some(Who::Ai))
}

fn of_rule(rule: &Rule, states: &States) -> Criterion {
    let limited = !rule.paths_given.is_empty() || !rule.except_given.is_empty();
    let files = states.change.files.iter().map(|file| &file.path);
    let about =
        limited.then(|| files.filter(|path| rule.concerns(&path.to_string())).cloned().collect());
    let mut words = format!("{}. {}", rule.title, rule.prose.trim());
    for (what, globs) in [("Only for", &rule.paths_given), ("Not for", &rule.except_given)] {
        if !globs.is_empty() {
            words.push_str(&format!(" {what} {}.", globs.join(", ")));
        }
    }
    Criterion { id: rule.id.clone(), words, about }
}

/// The document that the ledger is about.
fn document(states: &States, ledger: &Ledger) -> Result<Prose, String> {
    let file = &ledger.head.file;
    let text = text(states, file)?.ok_or_else(|| {
        format!(
            "the ledger keeps no words, and the base does not have {file}: lead-review rules import"
        )
    })?;
    Prose::read(&text, ledger.head.section.as_deref())
        .map_err(|error| format!("{file} of the base:{}: {}", error.line, error.reason))
}

/// A file of the base as text.
fn text(states: &States, path: &str) -> Result<Option<String>, String> {
    let Some(bytes) = states.base.read(&RepoPath::from(path))? else { return Ok(None) };
    let text = String::from_utf8(bytes.into_owned())
        .map_err(|_| format!("{path} of the base is not text in UTF-8"))?;
    Ok(Some(text))
}
