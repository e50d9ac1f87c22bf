//! A document read again into its ledger: what people decided stays, what is new, changed or gone is told.

use std::collections::BTreeMap;

use leadforge_markup::markdown;

use super::ledger::{Block, Open};
use super::{Criterion, Entry, Ledger, Prose, Who};

/// What an import found other than it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct News {
    /// Criteria that the ledger did not have.
    pub new: Vec<String>,
    /// Criteria whose words are others.
    pub changed: Vec<String>,
    /// Criteria that the document no longer has.
    pub gone: Vec<String>,
}

/// Words that ask something which neither a diff nor its files show.
const PEOPLE: [&str; 12] = [
    "commit history",
    "commits",
    "comments been addressed",
    "discussion",
    "stakeholder",
    "justified",
    "clarification",
    "team",
    "roadmap",
    "approv",
    "sign-off",
    "single concern",
];

impl Ledger {
    /// The ledger with the criteria of a document.
    ///
    /// A criterion is the same when its name is; one whose name is new and whose words are known was renamed and keeps
    /// what was decided. One that is gone stays, marked, until somebody takes it out.
    #[must_use]
    pub fn import(&self, file: &str, prose: &Prose) -> (Self, News) {
        let mut head = self.head.clone();
        file.clone_into(&mut head.file);
        head.items = prose.criteria.len();
        let mut left: BTreeMap<&str, &Entry> =
            self.entries.iter().map(|entry| (&*entry.id, entry)).collect();
        let mut news = News::default();
        // Who kept their names first, so that a rename takes nobody's place.
        let kept: Vec<Option<&Entry>> =
            prose.criteria.iter().map(|criterion| left.remove(&*criterion.id)).collect();
        let mut entries = Vec::new();
        for (criterion, kept) in prose.criteria.iter().zip(kept) {
            let digest = criterion.digest();
            let kept = kept.or_else(|| {
                let same = left.values().find(|entry| entry.block.digest == digest)?;
                left.remove(&*same.id.clone())
            });
            let line = criterion.line;
            let block = match kept {
                None => {
                    news.new.push(criterion.id.clone());
                    proposed(criterion)
                }
                Some(entry) if entry.block.digest == digest => {
                    let open = entry.block.open.filter(|open| *open != Open::Gone);
                    Block { line, open, ..entry.block.clone() }
                }
                Some(entry) => {
                    news.changed.push(criterion.id.clone());
                    let open = Some(Open::Changed);
                    Block { line, digest, open, ..entry.block.clone() }
                }
            };
            let words = head.words.then(|| markdown(&criterion.words));
            let (name, section) = (markdown(&criterion.name), markdown(&criterion.section));
            entries.push(Entry { id: criterion.id.clone(), name, section, words, block });
        }
        for entry in self.entries.iter().filter(|entry| left.contains_key(&*entry.id)) {
            if entry.block.open != Some(Open::Gone) {
                news.gone.push(entry.id.clone());
            }
            let block = Block { open: Some(Open::Gone), ..entry.block.clone() };
            entries.push(Entry { block, ..entry.clone() });
        }
        (Self { head, entries }, news)
    }
}

/// A class for what nobody has decided: a model reads it, unless only people can know.
fn proposed(criterion: &Criterion) -> Block {
    let words = criterion.words.to_lowercase();
    let people = PEOPLE.iter().any(|word| words.contains(word));
    Block {
        line: criterion.line,
        digest: criterion.digest(),
        judge: if people { Who::Human } else { Who::Ai },
        rules: Vec::new(),
        checks: Vec::new(),
        also: None,
        note: None,
        open: Some(Open::New),
    }
}
