//! Words that the project does not want, by the file that the base has of them.

use leadforge_cli_kit::Failure;
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::inclusive::Terms;
use leadforge_review_rules::{Checked, Looked, Tree};

use crate::states::States;

/// Where the words are unless `[review] language` says so.
const USUAL: &str = ".github/inclusive-language.yaml";

/// Looks for the words in the new lines; nothing where the base names none.
pub(crate) fn check(states: &States) -> Result<Option<Checked>, Failure> {
    let named = states.review.language.as_deref();
    let path = named.unwrap_or(USUAL);
    let no = |why: String| Some(Checked { findings: Vec::new(), looked: Looked::no(why) });
    let text = match states.base.read(&RepoPath::from(path)) {
        Ok(Some(text)) => text,
        Ok(None) if named.is_none() => return Ok(None),
        Ok(None) => {
            return Ok(no(format!("[review] language names {path}, which the base does not have")));
        }
        Err(error) => return Ok(no(error)),
    };
    let Ok(text) = str::from_utf8(&text) else {
        return Ok(no(format!("{path} of the base is not text in UTF-8")));
    };
    let terms = match Terms::read(text) {
        Ok(terms) => terms,
        Err(error) => return Ok(no(format!("{path} of the base: {error}"))),
    };
    let classes = states.review.size()?.classes;
    Ok(Some(terms.check(&states.change, &states.head, &states.base, &classes, path)))
}
