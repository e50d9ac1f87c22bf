//! Merging many pairs of commits without a worktree; what git could not decide is never clean.

use std::collections::{BTreeMap, BTreeSet};

use crate::run::Answer;
use crate::{Error, Git, Oid};

/// What merging two commits gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Git merged without a conflict; a program may still be broken.
    Clean {
        /// The merged tree.
        tree: Oid,
    },
    /// Git left conflicts.
    Conflict {
        /// The tree with conflict markers in its files.
        tree: Oid,
        /// The paths in conflict, sorted.
        paths: Vec<Vec<u8>>,
        /// Git's explanations, in its order.
        messages: Vec<String>,
    },
    /// Git could not say: a missing object, an unrelated history, a failure.
    Unknown {
        /// Git's reason.
        reason: String,
    },
}

impl Git {
    /// Merges each pair `(ours, theirs)` of commits; the answers are in the order of the pairs.
    ///
    /// One process serves all pairs that share the same root `.gitattributes` on our side. Where
    /// git gives up on a pair, that pair is asked again alone and the rest goes on without it.
    ///
    /// # Errors
    /// Only when git cannot be run at all; a pair that fails is [`Merge::Unknown`].
    pub fn merge_trees(&self, pairs: &[(Oid, Oid)]) -> Result<Vec<Merge>, Error> {
        let mut answers: Vec<Option<Merge>> = vec![None; pairs.len()];
        for (source, group) in self.by_attributes(pairs)? {
            let mut rest = group.as_slice();
            while !rest.is_empty() {
                let answer = self.merge_run(&source, rest.iter().map(|&at| &pairs[at]))?;
                let done = parse(&answer.stdout);
                let count = done.len().min(rest.len());
                for (&at, merge) in rest.iter().zip(done) {
                    answers[at] = Some(merge);
                }
                rest = &rest[count..];
                let Some((&stuck, later)) = rest.split_first() else { break };
                let reason = if count == 0 && later.is_empty() {
                    Merge::Unknown { reason: answer.line() }
                } else {
                    let alone = self.merge_run(&source, [&pairs[stuck]])?;
                    let reason = alone.line();
                    parse(&alone.stdout).pop().unwrap_or(Merge::Unknown { reason })
                };
                answers[stuck] = Some(reason);
                rest = later;
            }
        }
        let none = || Merge::Unknown { reason: "git gave no answer".into() };
        Ok(answers.into_iter().map(|answer| answer.unwrap_or_else(none)).collect())
    }

    fn merge_run<'p>(
        &self,
        source: &Oid,
        pairs: impl IntoIterator<Item = &'p (Oid, Oid)>,
    ) -> Result<Answer, Error> {
        let input: String =
            pairs.into_iter().map(|(ours, theirs)| format!("{ours} {theirs}\n")).collect();
        self.run("merge-tree")?
            .args(["--write-tree", "-z", "--stdin"])
            .env("GIT_ATTR_SOURCE", source.as_str())
            .input(input)
            .answer()
    }

    /// Groups pairs by the attributes that git would use, each with a commit that has them.
    fn by_attributes(&self, pairs: &[(Oid, Oid)]) -> Result<Vec<(Oid, Vec<usize>)>, Error> {
        let ours: Vec<&Oid> =
            pairs.iter().map(|(ours, _)| ours).collect::<BTreeSet<_>>().into_iter().collect();
        if let [only] = ours.as_slice() {
            return Ok(vec![((*only).clone(), (0..pairs.len()).collect())]);
        }
        let specs: Vec<String> = ours.iter().map(|oid| format!("{oid}:.gitattributes")).collect();
        let found = self.check(&specs)?;
        let attributes: BTreeMap<&Oid, _> = ours.into_iter().zip(found).collect();
        let mut groups: BTreeMap<Option<Oid>, (Oid, Vec<usize>)> = BTreeMap::new();
        for (at, (ours, _)) in pairs.iter().enumerate() {
            let key = attributes.get(ours).cloned().flatten();
            groups.entry(key).or_insert_with(|| (ours.clone(), Vec::new())).1.push(at);
        }
        Ok(groups.into_values().collect())
    }
}

/// The whole answers in git's output; a cut last one is left out.
pub(crate) fn parse(output: &[u8]) -> Vec<Merge> {
    let mut fields = output.split(|&b| b == 0);
    let mut merges = Vec::new();
    while let Some(merge) = parse_one(&mut fields) {
        merges.push(merge);
    }
    merges
}

/// `1 NUL tree NUL NUL` when clean, or `0 NUL tree NUL (mode oid stage TAB path NUL)* NUL messages NUL`.
fn parse_one<'o>(fields: &mut impl Iterator<Item = &'o [u8]>) -> Option<Merge> {
    let status = fields.next()?;
    if !matches!(status, b"0" | b"1") {
        return None;
    }
    let tree = Oid::from_bytes(fields.next()?).ok()?;
    let mut paths = BTreeSet::new();
    if status == b"0" {
        loop {
            let entry = fields.next()?;
            if entry.is_empty() {
                break;
            }
            let tab = entry.iter().position(|&b| b == b'\t')?;
            paths.insert(entry[tab + 1..].to_vec());
        }
    }
    let mut messages = Vec::new();
    loop {
        let count = fields.next()?;
        if count.is_empty() {
            break;
        }
        let count: usize = std::str::from_utf8(count).ok()?.parse().ok()?;
        // As many paths, and the kind of the message.
        for _ in 0..=count {
            fields.next()?;
        }
        let text = String::from_utf8_lossy(fields.next()?);
        messages.push(text.trim_end().to_owned());
    }
    Some(match status {
        b"1" => Merge::Clean { tree },
        _ => Merge::Conflict { tree, paths: paths.into_iter().collect(), messages },
    })
}
