//! Reads any text as a file of rules: it ends, names a line that there is, and runs its examples.

use leadforge_review_rules::rules::RuleSet;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match RuleSet::read("RULES.md", text) {
        Ok(set) => {
            assert_eq!(set.ids().len(), set.rules.len(), "a name stands twice");
            assert!(set.test().len() <= set.examples());
        }
        Err(error) => {
            let lines = text.matches('\n').count() + 1;
            assert!((1..=lines).contains(&(error.line as usize)), "{error} of {lines}");
            assert!(!error.reason.contains('\n'), "{error}");
        }
    }
}
