//! Weighs what a commit says about itself and names who made it.

use serde::{Deserialize, Serialize};

use crate::table::KNOWN;
use crate::trailers::{self, name_and_mailbox};
use crate::{Identities, Kind};

/// The identity of an agent that a commit marks without naming it.
pub const UNNAMED_AGENT: &str = "unnamed-agent";

/// What a commit says about who made it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommitFacts<'a> {
    /// The author's name.
    pub author_name: &'a str,
    /// The author's mailbox.
    pub author_email: &'a str,
    /// The committer's name.
    pub committer_name: &'a str,
    /// The committer's mailbox.
    pub committer_email: &'a str,
    /// The first line of the message.
    pub subject: &'a str,
    /// The rest of the message, trailers included.
    pub body: &'a str,
}

/// Who made a commit, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorship {
    /// What made it.
    pub kind: Kind,
    /// Who, with all mailboxes merged.
    pub identity: String,
    /// What says so.
    pub by: Evidence,
    /// Everyone else that the commit names, each once, in the order of the message.
    pub also: Vec<Contributor>,
}

/// Someone that a commit names besides the one who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    /// What it is.
    pub kind: Kind,
    /// Who.
    pub identity: String,
}

/// What says who made a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "evidence", content = "value", rename_all = "kebab-case")]
pub enum Evidence {
    /// The author's mailbox is a known one.
    AuthorMailbox(String),
    /// The author's or committer's name ends in this suffix.
    NameSuffix(String),
    /// The committer's mailbox is a known one.
    CommitterMailbox(String),
    /// A trailer, as it stands in the message.
    Trailer(String),
    /// A tag at the start of the subject.
    SubjectTag(String),
    /// Nothing: the commit carries no mark, which does not prove that a person wrote it.
    Nothing,
}

/// How much a sign weighs; the first named agent wins over everything else.
struct Sign {
    kind: Kind,
    identity: String,
    by: Evidence,
    /// A co-author helped; the others made the commit.
    helper: bool,
}

impl Identities {
    /// Tells who made a commit.
    ///
    /// In this order: a named agent (author, trailers, committer), automation as author or named
    /// by a `Generated-by` trailer, an agent that is marked but not named (a trailer or subject
    /// tag), and otherwise the author, as a person where the user declared the mailbox, unmarked
    /// where not. Free prose counts for nothing.
    #[must_use]
    pub fn classify(&self, commit: &CommitFacts<'_>) -> Authorship {
        let signs = self.signs(commit);
        let named = |sign: &&Sign| sign.kind == Kind::Agent && sign.identity != UNNAMED_AGENT;
        let automatic = |sign: &&Sign| sign.kind == Kind::Automation && !sign.helper;
        let marked = |sign: &&Sign| sign.kind == Kind::Agent;
        let first = signs
            .iter()
            .find(named)
            .or_else(|| signs.iter().find(automatic))
            .or_else(|| signs.iter().find(marked));
        let (author_kind, author) = self.who(commit.author_name, commit.author_email);
        let (kind, identity, by) = match first {
            Some(sign) => (sign.kind, sign.identity.clone(), sign.by.clone()),
            None if author_kind == Kind::Person => {
                let by = Evidence::AuthorMailbox(commit.author_email.to_owned());
                (author_kind, author.clone(), by)
            }
            None => (author_kind, author.clone(), Evidence::Nothing),
        };
        let mut also: Vec<Contributor> = Vec::new();
        let author = Contributor { kind: author_kind, identity: author };
        let others = signs.into_iter().map(|s| Contributor { kind: s.kind, identity: s.identity });
        for other in std::iter::once(author).chain(others) {
            let same = |known: &Contributor| known.identity == other.identity;
            let unnamed = other.identity == UNNAMED_AGENT || other.identity.is_empty();
            if other.identity != identity && !unnamed && !also.iter().any(same) {
                also.push(other);
            }
        }
        Authorship { kind, identity, by, also }
    }

    /// Everything that the commit says, strongest first.
    fn signs(&self, commit: &CommitFacts<'_>) -> Vec<Sign> {
        let mut signs = Vec::new();
        signs.extend(self.mailbox(
            commit.author_name,
            commit.author_email,
            Evidence::AuthorMailbox,
        ));
        signs.extend(suffix(commit.author_name));
        signs.extend(trailers::read(commit.body).iter().filter_map(|t| self.trailer(t)));
        let by = Evidence::CommitterMailbox;
        signs.extend(self.mailbox(commit.committer_name, commit.committer_email, by));
        signs.extend(suffix(commit.committer_name));
        let subject = commit.subject.trim_start();
        let tag = self.subject_tags.iter().find(|tag| subject.starts_with(tag.as_str()));
        signs.extend(tag.map(|tag| unnamed(Evidence::SubjectTag(tag.clone()))));
        signs
    }

    fn mailbox(&self, name: &str, mailbox: &str, by: fn(String) -> Evidence) -> Option<Sign> {
        let (kind, identity) = self.who(name, mailbox);
        let known = matches!(kind, Kind::Agent | Kind::Automation);
        known.then(|| Sign { kind, identity, by: by(mailbox.to_owned()), helper: false })
    }

    fn trailer(&self, trailer: &trailers::Trailer<'_>) -> Option<Sign> {
        let (name, mailbox) = name_and_mailbox(trailer.value);
        let by = Evidence::Trailer(format!("{}: {}", trailer.key, trailer.value));
        let (marks, tool) = match trailer.key.as_str() {
            "co-authored-by" => (false, false),
            "assisted-by" | "ai-assisted-by" | "ai-generated-by" | "co-developed-by" => {
                (trailer.key != "co-developed-by", false)
            }
            "generated-by" => (true, true),
            _ => return None,
        };
        if !mailbox.is_empty() {
            let (kind, identity) = self.who(name, mailbox);
            let helper = !marks;
            return match kind {
                Kind::Unmarked => suffix(name).map(|sign| Sign { by, ..sign }).or(Some(Sign {
                    kind,
                    identity,
                    by: Evidence::Nothing,
                    helper: true,
                })),
                kind => Some(Sign { kind, identity, by, helper }),
            };
        }
        if !marks {
            return None;
        }
        if let Some((kind, identity)) = known_name(name) {
            return Some(Sign { kind, identity: identity.to_owned(), by, helper: false });
        }
        if tool {
            // A generator that is not known to be an agent.
            let identity = name.to_lowercase();
            return Some(Sign { kind: Kind::Automation, identity, by, helper: false });
        }
        Some(unnamed(by))
    }
}

fn unnamed(by: Evidence) -> Sign {
    Sign { kind: Kind::Agent, identity: UNNAMED_AGENT.to_owned(), by, helper: false }
}

/// Aider marks names: `Jane Doe (aider)`.
fn suffix(name: &str) -> Option<Sign> {
    let marked = name.trim_end().ends_with("(aider)");
    marked.then(|| Sign {
        kind: Kind::Agent,
        identity: "aider".to_owned(),
        by: Evidence::NameSuffix("(aider)".to_owned()),
        helper: false,
    })
}

/// The known name that a trailer's value begins with, on a word's end: `Claude:opus`, `Cline`.
fn known_name(value: &str) -> Option<(Kind, &'static str)> {
    let value = value.to_lowercase();
    let fits = |name: &str| {
        value.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([' ', ':', '(', '+', ',', '/', '@'])
        })
    };
    KNOWN
        .iter()
        .flat_map(|known| known.names.iter().map(move |name| (*name, known)))
        .filter(|(name, _)| fits(name))
        .max_by_key(|(name, _)| name.len())
        .map(|(_, known)| (known.kind, known.identity))
}
