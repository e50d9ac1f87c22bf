//! A modelled git: commits, refs that change by compare-and-swap, and nothing else.

use std::collections::BTreeMap;

use leadforge_agent_dispatch::recovery::Mark;
use leadforge_host_git::Oid;

/// A commit: its message, what of the jobs is in its tree, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Commit {
    pub(super) parents: Vec<String>,
    pub(super) message: String,
    /// Job, round and slot of all work in it, in the order in which it came.
    pub(super) tree: Vec<(usize, u8, u8)>,
}

/// What a ref must be before it changes.
#[derive(Clone, Debug)]
pub(super) struct Update {
    pub(super) name: String,
    pub(super) new: Option<String>,
    /// `None` means that it must not exist.
    pub(super) old: Option<String>,
}

/// The repository; what is done is durable, as git is told to make it.
#[derive(Clone, Debug, Default)]
pub(super) struct Git {
    commits: Vec<Commit>,
    pub(super) refs: BTreeMap<String, String>,
}

pub(super) const TIP: &str = "refs/heads/leadforge/run";
pub(super) const BRANCHES: &str = "refs/heads/lf/";

/// The branch of an attempt.
pub(super) fn branch(id: &str, epoch: u64) -> String {
    format!("{BRANCHES}{id}/{epoch}")
}

/// The gate's own name for a completion.
pub(super) fn done(id: &str, epoch: u64) -> String {
    format!("refs/leadforge/done/{id}/{epoch}")
}

impl Git {
    pub(super) fn commit(
        &mut self,
        parents: &[&str],
        message: String,
        tree: Vec<(usize, u8, u8)>,
    ) -> String {
        let parents = parents.iter().map(|oid| (*oid).to_owned()).collect();
        self.commits.push(Commit { parents, message, tree });
        format!("{:040x}", self.commits.len())
    }

    pub(super) fn get(&self, oid: &str) -> &Commit {
        let at = usize::from_str_radix(oid, 16).expect("an id that was given");
        &self.commits[at - 1]
    }

    /// The mark that a commit carries, read as from git.
    pub(super) fn mark(&self, oid: &str) -> Option<Mark> {
        Mark::parse(format!("tree 0\n\n{}", self.get(oid).message).as_bytes())
    }

    /// All of these changes or none.
    pub(super) fn transaction(&mut self, updates: &[Update]) -> bool {
        let fits = updates.iter().all(|update| self.refs.get(&update.name) == update.old.as_ref());
        if fits {
            for update in updates {
                match &update.new {
                    Some(new) => self.refs.insert(update.name.clone(), new.clone()),
                    None => self.refs.remove(&update.name),
                };
            }
        }
        fits
    }

    /// The refs below a prefix.
    pub(super) fn below(&self, prefix: &str) -> Vec<(String, String)> {
        let from = self.refs.range(prefix.to_owned()..);
        let below = from.take_while(|(name, _)| name.starts_with(prefix));
        below.map(|(name, oid)| (name.clone(), oid.clone())).collect()
    }

    /// The highest epoch that any ref of a task names.
    pub(super) fn floor(&self, id: &str) -> u64 {
        let of = |prefix: String| {
            let refs = self.below(&prefix);
            refs.iter().filter_map(|(name, _)| name[prefix.len()..].parse().ok()).max()
        };
        let branches = of(format!("{BRANCHES}{id}/")).unwrap_or(0);
        of(format!("refs/leadforge/done/{id}/")).unwrap_or(0).max(branches)
    }

    pub(super) fn tip(&self) -> String {
        self.refs[TIP].clone()
    }

    /// Where two commits of the integration branch meet: the one with less in it.
    pub(super) fn earlier(&self, a: &str, b: &str) -> String {
        let landed = |oid: &str| self.get(oid).tree.len();
        if landed(a) < landed(b) { a.to_owned() } else { b.to_owned() }
    }

    /// The completions on the integration branch, oldest first: by first parents, as they were made.
    pub(super) fn landed(&self) -> Vec<(Mark, String)> {
        let mut all = Vec::new();
        let mut at = Some(self.tip());
        while let Some(oid) = at {
            if let Some(mark) = self.mark(&oid).filter(is_done) {
                all.push((mark, oid.clone()));
            }
            at = self.get(&oid).parents.first().cloned();
        }
        all.reverse();
        all
    }
}

fn is_done(mark: &Mark) -> bool {
    mark.outcome == leadforge_agent_dispatch::recovery::Outcome::Done
}

/// An id as the dispatcher takes it.
pub(super) fn oid(text: &str) -> Oid {
    text.parse().expect("forty digits")
}
