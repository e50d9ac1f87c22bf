//! The rules that apply: those that the base has written, or the built-in ones.

use leadforge_cli_kit::{Exit, Failure};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::rules::RuleSet;

use crate::states::States;

/// The rules, and from where they are.
pub(crate) struct Rules {
    pub(crate) set: RuleSet,
    pub(crate) from: String,
}

/// The rules of the base. Wrong ones are no pass: nobody looked.
pub(crate) fn of(states: &States) -> Result<Rules, Failure> {
    let path = states.review.rules();
    let Some(text) = leadforge_review_rules::Tree::read(&states.base, &RepoPath::from(path))
        .map_err(|error| Failure::cannot_look("review.rules", error))?
    else {
        if states.review.rules.is_some() {
            let message = format!("[review] rules names {path}, which the base does not have");
            return Err(Failure::cannot_look("review.rules", message));
        }
        return Ok(Rules {
            set: RuleSet::builtin(),
            from: format!("built-in rules: the base has no {path}"),
        });
    };
    let wrong = |what: String| {
        Failure::new(Exit::CannotLook, "review.rules", what)
            .hint("mend the rules on the base first")
    };
    let text = str::from_utf8(&text)
        .map_err(|_| wrong(format!("{path} of the base is not text in UTF-8")))?;
    let set = RuleSet::read(path, text).map_err(|error| wrong(error.to_string()))?;
    if let Some(broken) = set.test().first() {
        return Err(wrong(format!("{path}:{}: {}: {}", broken.line, broken.rule, broken.reason)));
    }
    let count = set.rules.len();
    Ok(Rules { set, from: format!("{count} rules of {path} at the base") })
}
