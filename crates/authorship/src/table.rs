//! The known agents and automations as data, each with where the entry comes from.

use crate::Kind;

/// One known author that is no person.
///
/// Entries match whole mailboxes, never a domain: people at a vendor write commits too.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The merged identity.
    pub identity: &'static str,
    /// [`Kind::Agent`] or [`Kind::Automation`].
    pub kind: Kind,
    /// Whole mailboxes, in lower case.
    pub mailboxes: &'static [&'static str],
    /// GitHub Apps: `NAME[bot]`, whose mailbox is `NUMBER+NAME[bot]@users.noreply.github.com`.
    /// Brackets cannot occur in the login of a person, so the number need not be known.
    pub apps: &'static [&'static str],
    /// Names as they stand in trailers that carry no mailbox, in lower case.
    pub names: &'static [&'static str],
    /// Where the entry comes from.
    pub source: &'static str,
}

/// Mailboxes in use were seen in public histories and documents in November 2026; entries name
/// the tool's own documentation where it states them.
const SEEN: &str = "seen in public histories, 2026-11";
const SEED: &str = "seen in the history of vcaboara/job-lead-finder, 2026-11";

const fn agent(
    identity: &'static str,
    mailboxes: &'static [&'static str],
    apps: &'static [&'static str],
    names: &'static [&'static str],
    source: &'static str,
) -> Known {
    Known { identity, kind: Kind::Agent, mailboxes, apps, names, source }
}

const fn automation(
    identity: &'static str,
    mailboxes: &'static [&'static str],
    apps: &'static [&'static str],
    names: &'static [&'static str],
    source: &'static str,
) -> Known {
    Known { identity, kind: Kind::Automation, mailboxes, apps, names, source }
}

/// The table, agents first, by identity.
///
/// `noreply@github.com` is in no entry: GitHub commits everybody's merges with it.
pub const KNOWN: &[Known] = &[
    agent("ai-coder", &["ai-coder@job-lead-finder.local"], &[], &["ai coder"], SEED),
    agent(
        "aider",
        &["noreply@aider.chat", "aider@aider.chat"],
        &[],
        &["aider"],
        "aider documentation, Git integration: attribute-co-authored-by and the (aider) suffix",
    ),
    agent("amp", &["amp@ampcode.com"], &[], &["amp"], SEEN),
    agent(
        "claude",
        &["noreply@anthropic.com"],
        &["claude"],
        &["claude", "claude code"],
        "Claude Code documentation, settings: attribution; its GitHub App",
    ),
    agent("cline", &[], &["cline"], &["cline"], SEED),
    agent("coderabbit", &[], &["coderabbitai"], &["coderabbit"], SEEN),
    agent(
        "codex",
        &["codex@openai.com", "noreply@openai.com"],
        &["chatgpt-codex-connector", "openai-codex"],
        &["codex", "openai codex", "codex cli"],
        SEEN,
    ),
    agent(
        "copilot",
        &[
            "198982749+copilot@users.noreply.github.com",
            "175728472+copilot@users.noreply.github.com",
            "223556219+copilot@users.noreply.github.com",
            "copilot@github.com",
        ],
        &["copilot", "copilot-swe-agent", "github-copilot"],
        &["copilot", "github copilot", "copilot cli"],
        SEED,
    ),
    agent("crush", &["crush@charm.land"], &[], &["crush"], SEEN),
    agent(
        "cursor",
        &["cursoragent@cursor.com", "199161495+cursoragent@users.noreply.github.com"],
        &["cursor"],
        &["cursor", "cursor agent"],
        SEEN,
    ),
    agent("devin", &[], &["devin-ai-integration"], &["devin", "devin ai"], SEEN),
    agent("droid", &[], &["factory-droid"], &["droid", "factory droid"], SEEN),
    agent(
        "gemini",
        &["218195315+gemini-cli@users.noreply.github.com"],
        &["gemini-code-assist", "gemini-cli"],
        &["gemini", "gemini cli", "gemini-cli", "gemini code assist"],
        SEEN,
    ),
    agent("goose", &[], &[], &["goose"], "name of the tool"),
    agent("jules", &[], &["google-labs-jules"], &["jules", "google jules"], SEEN),
    agent("junie", &[], &["jetbrains-junie"], &["junie"], "name of the tool and its GitHub App"),
    agent("kiro", &[], &["kiro-agent"], &["kiro"], SEEN),
    agent("opencode", &["noreply@opencode.ai"], &["opencode-agent"], &["opencode"], SEEN),
    agent("openhands", &["openhands@all-hands.dev"], &["openhands-ai"], &["openhands"], SEEN),
    agent("qwen-code", &["qwen-coder@alibabacloud.com"], &[], &["qwen-coder", "qwen code"], SEEN),
    agent("roo-code", &[], &["roomote"], &["roo code"], "name of the tool and its GitHub App"),
    agent("sweep", &[], &["sweep-ai"], &["sweep"], SEEN),
    agent("warp", &["agent@warp.dev", "oz-agent@warp.dev"], &[], &["warp"], SEEN),
    agent("windsurf", &[], &[], &["windsurf"], "name of the tool"),
    automation("dependabot", &[], &["dependabot", "dependabot-preview"], &["dependabot"], SEEN),
    automation(
        "github-actions",
        &["action@github.com", "actions@github.com"],
        &["github-actions"],
        &["github actions", "github actions bot", "github-actions"],
        SEED,
    ),
    automation("pre-commit-ci", &[], &["pre-commit-ci"], &["pre-commit.ci"], SEEN),
    automation(
        "renovate",
        &["bot@renovateapp.com", "renovate@whitesourcesoftware.com"],
        &["renovate"],
        &["renovate", "renovate bot"],
        SEEN,
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_sorted_and_names_nothing_twice() {
        let order: Vec<_> = KNOWN.iter().map(|known| (known.kind, known.identity)).collect();
        assert!(order.is_sorted(), "{order:?}");
        let mut seen = BTreeSet::new();
        for known in KNOWN {
            assert!(!known.source.is_empty());
            for key in known.mailboxes.iter().chain(known.apps) {
                assert_eq!(*key, key.to_lowercase());
                assert!(seen.insert(*key), "{key} stands twice");
            }
        }
        let names: Vec<_> = KNOWN.iter().flat_map(|known| known.names).collect();
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
    }
}
