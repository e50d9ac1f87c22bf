//! Who contributed: people, agents and automation told apart, by what the commits say.

use std::collections::BTreeMap;

use leadforge_authorship::{CommitFacts, Identities, Kind, UNNAMED_AGENT};
use serde::Serialize;

use crate::data::Commit;

/// One who contributed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contributor {
    /// What it is.
    pub kind: Kind,
    /// The name to show; never a mailbox.
    pub name: String,
    /// Commits that it made.
    pub commits: usize,
    /// Commits of others that name it.
    pub helped: usize,
}

/// Everyone, by kind, most commits first.
pub(crate) fn contributors(commits: &[Commit], identities: &Identities) -> Vec<Contributor> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut counts: BTreeMap<(Kind, String), (usize, usize)> = BTreeMap::new();
    for commit in commits {
        for (name, email) in [
            (&commit.author_name, &commit.author_email),
            (&commit.committer_name, &commit.committer_email),
        ] {
            let (_, identity) = identities.who(name, email);
            // The newest commit comes first, and its name is the one of today.
            names.entry(identity).or_insert_with(|| name.clone());
        }
        let found = identities.classify(&CommitFacts {
            author_name: &commit.author_name,
            author_email: &commit.author_email,
            committer_name: &commit.committer_name,
            committer_email: &commit.committer_email,
            subject: &commit.subject,
            body: &commit.body,
        });
        counts.entry((found.kind, found.identity)).or_default().0 += 1;
        for other in found.also {
            counts.entry((other.kind, other.identity)).or_default().1 += 1;
        }
    }
    let mut all: Vec<Contributor> = counts
        .into_iter()
        .map(|((kind, identity), (commits, helped))| {
            let name = shown(&identity, names.get(&identity));
            Contributor { kind, name, commits, helped }
        })
        .collect();
    all.sort_by(|a, b| {
        let key = |c: &Contributor| (c.kind, usize::MAX - c.commits, usize::MAX - c.helped);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    all
}

/// A mailbox is nobody's to publish: its owner's name, or what stands before the `@`.
fn shown(identity: &str, name: Option<&String>) -> String {
    match identity.split_once('@') {
        None if identity == UNNAMED_AGENT => "an agent that is not named".to_owned(),
        None => identity.to_owned(),
        Some((local, _)) => match name.map(|name| name.trim()) {
            Some(name) if !name.is_empty() && !name.contains('@') => name.to_owned(),
            _ => local.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(name: &str, email: &str, subject: &str, body: &str) -> Commit {
        Commit {
            author_name: name.into(),
            author_email: email.into(),
            subject: subject.into(),
            body: body.into(),
            ..Commit::default()
        }
    }

    #[test]
    fn kinds_are_told_apart_and_no_mailbox_is_shown() {
        let commits = [
            by("Ann New", "ann@x.example", "fix: a", ""),
            by("Ann Old", "ann@x.example", "fix: b", ""),
            by("Ann", "ann@x.example", "fix: c", "Co-authored-by: Claude <noreply@anthropic.com>"),
            by("dependabot[bot]", "1+dependabot[bot]@users.noreply.github.com", "build: d", ""),
            by("", "x@y.example", "fix: e", ""),
        ];
        let found = contributors(&commits, &Identities::default());
        let told: Vec<_> = found
            .iter()
            .map(|c| format!("{:?} {} {} {}", c.kind, c.name, c.commits, c.helped))
            .collect();
        assert_eq!(
            told,
            [
                "Agent claude 1 0",
                "Automation dependabot 1 0",
                "Unmarked Ann New 2 1",
                "Unmarked x 1 0",
            ]
        );
    }
}
