//! The rules that apply: those that the base has written, or the built-in ones.

use std::path::Path;

use leadforge_cli_kit::{Exit, Failure};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::rules::RuleSet;

use crate::outputs::counted;
use crate::policy::Review;
use crate::states::Files;

/// The rules, and from where they are.
pub(crate) struct Rules {
    pub(crate) set: RuleSet,
    pub(crate) from: String,
}

/// The rules of a state, which of a change is the base. Wrong ones are no pass: nobody looked.
pub(crate) fn of(files: &Files, review: &Review, called: &str) -> Result<Rules, Failure> {
    let path = review.rules();
    let Some(text) = leadforge_review_rules::Tree::read(files, &RepoPath::from(path))
        .map_err(|error| Failure::cannot_look("review.rules", error))?
    else {
        if review.rules.is_some() {
            let message = format!("[review] rules names {path}, which {called} does not have");
            return Err(Failure::cannot_look("review.rules", message));
        }
        return Ok(Rules {
            set: RuleSet::builtin(),
            from: format!("built-in rules: {called} has no {path}"),
        });
    };
    let wrong = |what: String| {
        Failure::new(Exit::CannotLook, "review.rules", what)
            .hint(format!("mend the rules on {called} first"))
    };
    let text = str::from_utf8(&text)
        .map_err(|_| wrong(format!("{path} of {called} is not text in UTF-8")))?;
    let set = RuleSet::read(path, text).map_err(|error| wrong(error.to_string()))?;
    if let Some(broken) = broken(&set, path) {
        return Err(wrong(broken));
    }
    let count = counted(set.rules.len(), "rule");
    Ok(Rules { set, from: format!("{count} of {path} at {called}") })
}

/// The rules of a file that the command line names: no base's and no change's, who calls vouches for them.
pub(crate) fn named(path: &Path) -> Result<Rules, Failure> {
    let (from, set) = crate::cmd::rules_at(path)?;
    if let Some(broken) = broken(&set, &from) {
        return Err(Failure::cannot_look("review.rules", broken).hint("mend them first"));
    }
    Ok(Rules { from: format!("{} of {from} here", counted(set.rules.len(), "rule")), set })
}

/// Rules whose examples do not hold judge nothing: the first of those.
fn broken(set: &RuleSet, path: &str) -> Option<String> {
    let broken = set.test().into_iter().next()?;
    Some(format!("{path}:{}: {}: {}", broken.line, broken.rule, broken.reason))
}
