//! Who stands behind a mailbox: the known table, the user's own entries and a mailmap, merged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Kind;
use crate::mailmap;
use crate::table::KNOWN;

/// What the user adds to the known table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Authorship"))]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// People, agents and automations of this repository; they win over the known table.
    pub identities: Vec<Identity>,
    /// Tags at the start of a subject that mark an agent's work; `["[AI]"]` unless set.
    pub subject_tags: Vec<String>,
    /// The text of a `.mailmap` file (gitmailmap(5)); lines that are none are skipped.
    pub mailmap: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            identities: Vec::new(),
            subject_tags: vec!["[AI]".to_owned()],
            mailmap: String::new(),
        }
    }
}

/// One identity with all its mailboxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The name to merge under.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its mailboxes, compared without regard to case.
    pub mailboxes: Vec<String>,
}

/// Everything that is known about mailboxes, ready to classify commits.
#[derive(Clone, Debug)]
pub struct Identities {
    pub(crate) subject_tags: Vec<String>,
    by_mailbox: BTreeMap<String, (Kind, String)>,
    by_app: BTreeMap<&'static str, (Kind, String)>,
    mailmap: mailmap::Mailmap,
}

impl Default for Identities {
    fn default() -> Self {
        Self::new(&Config::default())
    }
}

impl Identities {
    /// Merges the known table with the user's entries.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut by_mailbox = BTreeMap::new();
        let mut by_app = BTreeMap::new();
        for known in KNOWN {
            let who = (known.kind, known.identity.to_owned());
            by_mailbox.extend(known.mailboxes.iter().map(|m| ((*m).to_owned(), who.clone())));
            by_app.extend(known.apps.iter().map(|app| (*app, who.clone())));
        }
        for own in &config.identities {
            let who = (own.kind, own.name.clone());
            by_mailbox.extend(own.mailboxes.iter().map(|m| (normal(m), who.clone())));
        }
        let subject_tags =
            config.subject_tags.iter().filter(|tag| !tag.is_empty()).cloned().collect();
        let mailmap = mailmap::Mailmap::parse(&config.mailmap);
        Self { subject_tags, by_mailbox, by_app, mailmap }
    }

    /// Tells who stands behind a name and mailbox, from the mailbox alone.
    ///
    /// An unknown mailbox gives [`Kind::Unmarked`] and an identity of its own: the GitHub login of
    /// a `users.noreply.github.com` address, else the mailbox, else the name.
    #[must_use]
    pub fn who(&self, name: &str, mailbox: &str) -> (Kind, String) {
        let own = normal(mailbox);
        if let Some(known) = self.known(&own) {
            return known;
        }
        let mapped = self.mailmap.resolve(name, &own);
        if let Some(known) = self.known(&mapped) {
            return known;
        }
        let identity = match github_login(&mapped) {
            Some(login) => login.to_owned(),
            None if mapped.is_empty() => name.trim().to_owned(),
            None => mapped,
        };
        (Kind::Unmarked, identity)
    }

    /// The same for a mailbox that has an entry of its own.
    fn known(&self, mailbox: &str) -> Option<(Kind, String)> {
        if let Some(who) = self.by_mailbox.get(mailbox) {
            return Some(who.clone());
        }
        let app = github_login(mailbox)?.strip_suffix("[bot]")?;
        // Every GitHub App is a program; one that nobody listed is automation.
        let unlisted = || (Kind::Automation, format!("{app}[bot]"));
        Some(self.by_app.get(app).cloned().unwrap_or_else(unlisted))
    }
}

pub(crate) fn normal(mailbox: &str) -> String {
    mailbox.trim().trim_matches(['<', '>']).to_lowercase()
}

/// The login in `LOGIN@users.noreply.github.com`, with or without the account's number.
fn github_login(mailbox: &str) -> Option<&str> {
    let local = mailbox.strip_suffix("@users.noreply.github.com")?;
    let login = match local.split_once('+') {
        Some((number, login)) if number.bytes().all(|b| b.is_ascii_digit()) => login,
        _ => local,
    };
    (!login.is_empty()).then_some(login)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_mailboxes_are_one_identity() {
        let config = Config {
            identities: vec![Identity {
                name: "octo".into(),
                kind: Kind::Person,
                mailboxes: vec![
                    "Octo@Work.example".into(),
                    "7+octo@users.noreply.github.com".into(),
                ],
            }],
            ..Config::default()
        };
        let ids = Identities::new(&config);
        for mailbox in ["octo@work.example", "7+Octo@users.noreply.github.com"] {
            assert_eq!(ids.who("any", mailbox), (Kind::Person, "octo".to_owned()));
        }
        assert_eq!(ids.who("x", "8+octo@users.noreply.github.com").0, Kind::Unmarked);
    }

    #[test]
    fn apps_are_known_by_their_login_whatever_the_number() {
        let ids = Identities::default();
        for (mailbox, who) in [
            ("41898282+github-actions[bot]@users.noreply.github.com", "github-actions"),
            ("github-actions[bot]@users.noreply.github.com", "github-actions"),
            ("41898282+claude[bot]@users.noreply.github.com", "claude"),
            ("5+our-own[bot]@users.noreply.github.com", "our-own[bot]"),
        ] {
            assert_eq!(ids.who("", mailbox).1, who);
        }
    }

    #[test]
    fn a_vendor_s_domain_says_nothing() {
        let ids = Identities::default();
        for mailbox in ["jane@openai.com", "joe@anthropic.com", "notcopilot@github.com"] {
            assert_eq!(ids.who("Claude", mailbox), (Kind::Unmarked, mailbox.to_owned()));
        }
    }

    #[test]
    fn unknown_mailboxes_have_an_identity_of_their_own() {
        let ids = Identities::default();
        let of = |name, mailbox| ids.who(name, mailbox).1;
        assert_eq!(of("V", "184823+vcaboara@users.noreply.github.com"), "vcaboara");
        assert_eq!(of("J", "<J@X.example>"), "j@x.example");
        assert_eq!(of(" J ", ""), "J");
    }

    #[test]
    fn a_mailmap_merges_and_the_user_s_table_wins() {
        let config = Config {
            mailmap: "Octo <octo@home.example> <octo@work.example>\n".into(),
            identities: vec![Identity {
                name: "octo".into(),
                kind: Kind::Person,
                mailboxes: vec!["octo@home.example".into()],
            }],
            ..Config::default()
        };
        let ids = Identities::new(&config);
        assert_eq!(ids.who("O", "octo@work.example"), (Kind::Person, "octo".to_owned()));
    }
}
