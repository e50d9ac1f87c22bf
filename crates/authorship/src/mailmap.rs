//! Reads `.mailmap`, git's own list of mailboxes that belong together (gitmailmap(5)).

use std::collections::BTreeMap;

use crate::identities::normal;

/// Commit mailboxes (with or without the commit's name) and the proper mailbox of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mailmap {
    by_both: BTreeMap<(String, String), String>,
    by_mailbox: BTreeMap<String, String>,
}

impl Mailmap {
    /// Reads the forms with two mailboxes; those with one only change how a name is written.
    pub(crate) fn parse(text: &str) -> Self {
        let mut map = Self::default();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((_, proper, rest)) = entry(line) else { continue };
            let Some((name, commit, _)) = entry(rest) else { continue };
            if name.is_empty() {
                map.by_mailbox.insert(commit, proper);
            } else {
                map.by_both.insert((name.to_lowercase(), commit), proper);
            }
        }
        map
    }

    /// The proper mailbox for what a commit says.
    pub(crate) fn resolve(&self, name: &str, mailbox: &str) -> String {
        let both = (name.trim().to_lowercase(), mailbox.to_owned());
        self.by_both
            .get(&both)
            .or_else(|| self.by_mailbox.get(mailbox))
            .map_or_else(|| mailbox.to_owned(), Clone::clone)
    }
}

/// Splits `Name <mailbox> rest`.
fn entry(text: &str) -> Option<(&str, String, &str)> {
    let (name, rest) = text.split_once('<')?;
    let (mailbox, rest) = rest.split_once('>')?;
    Some((name.trim(), normal(mailbox), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_manual() {
        let map = Mailmap::parse(
            "# comment\nProper Name <commit@x.example>\n<proper@x.example> <old@x.example>\n\
             P <proper@x.example> Bot <shared@x.example> # why\nbroken <\n",
        );
        assert_eq!(map.resolve("any", "old@x.example"), "proper@x.example");
        assert_eq!(map.resolve("bot", "shared@x.example"), "proper@x.example");
        assert_eq!(map.resolve("other", "shared@x.example"), "shared@x.example");
        assert_eq!(map.resolve("x", "commit@x.example"), "commit@x.example");
    }
}
