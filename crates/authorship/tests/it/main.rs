//! Classifies whole commits, made anew after what real histories hold.

use leadforge_authorship::*;
use proptest::prelude::*;

type Who = (&'static str, &'static str);

const OCTO: Who = ("Octo", "octo@example.org");
const WEB: Who = ("GitHub", "noreply@github.com");
const ACTIONS: Who = ("github-actions[bot]", "github-actions[bot]@users.noreply.github.com");
const SWE: Who = ("copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com");

fn of(
    author: (&str, &str),
    committer: (&str, &str),
    subject: &str,
    body: &str,
) -> (Kind, String, Evidence) {
    let facts = CommitFacts {
        author_name: author.0,
        author_email: author.1,
        committer_name: committer.0,
        committer_email: committer.1,
        subject,
        body,
    };
    let who = classify(&facts);
    (who.kind, who.identity, who.by)
}

#[test]
fn each_shape_of_the_seed_s_history() {
    use Kind::{Agent, Automation, Unmarked};
    type Row = (&'static str, Who, Who, &'static str, &'static str, Kind, &'static str);
    let table: &[Row] = &[
        ("plain", OCTO, OCTO, "fix: x", "", Unmarked, "octo@example.org"),
        ("web merge", OCTO, WEB, "fix: x (#1)", "", Unmarked, "octo@example.org"),
        ("tag", OCTO, OCTO, "[AI] fix: x", "", Agent, UNNAMED_AGENT),
        ("agent author", SWE, WEB, "fix: x", "", Agent, "copilot"),
        ("bot author", ACTIONS, ACTIONS, "chore: bump", "", Automation, "github-actions"),
        (
            "bot author with the tag",
            ACTIONS,
            ACTIONS,
            "[AI] chore: bump version",
            "",
            Automation,
            "github-actions",
        ),
        (
            "squashed bump: a person merged what a job made",
            OCTO,
            WEB,
            "[AI] chore: bump version (#2)",
            "---\nAI-Generated-By: GitHub Actions Bot\n\nCo-authored-by: github-actions[bot] \
             <github-actions[bot]@users.noreply.github.com>",
            Automation,
            "github-actions",
        ),
        (
            "trailer with a model in brackets",
            OCTO,
            OCTO,
            "[AI] feat: x",
            "Text.\n\n---\nAI-Generated-By: GitHub Copilot (Claude Sonnet 4.5)\n",
            Agent,
            "copilot",
        ),
        (
            "trailer with two tools",
            OCTO,
            OCTO,
            "feat: x",
            "AI-Generated-By: Aider + Ollama (qwen2.5-coder:32b)",
            Agent,
            "aider",
        ),
        (
            "trailer in the middle of a squash",
            OCTO,
            WEB,
            "feat: x (#3)",
            "* one\r\n\r\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\r\n\r\n* two\r\n\r\n---------\r\n\r\nCo-authored-by: Octo <octo@example.org>",
            Agent,
            "copilot",
        ),
        (
            "committer",
            OCTO,
            ("AI Coder", "ai-coder@job-lead-finder.local"),
            "feat: x",
            "",
            Agent,
            "ai-coder",
        ),
        ("suffix", ("AI Coder (aider)", "coder@example.org"), OCTO, "feat: x", "", Agent, "aider"),
        (
            "an automation that only helped",
            OCTO,
            WEB,
            "fix: x",
            "Co-authored-by: github-actions[bot] <github-actions[bot]@users.noreply.github.com>",
            Unmarked,
            "octo@example.org",
        ),
    ];
    for (what, author, committer, subject, body, kind, identity) in table {
        let (found, who, _) = of(*author, *committer, subject, body);
        assert_eq!((found, who.as_str()), (*kind, *identity), "{what}");
    }
}

#[test]
fn assistance_is_read_from_trailers_only() {
    use Kind::{Agent, Automation, Unmarked};
    for (body, kind, identity) in [
        ("Assisted-by: Claude:claude-3-opus coccinelle sparse", Agent, "claude"),
        ("Assisted-by: ChatThing 5", Agent, UNNAMED_AGENT),
        ("Assisted-by: Jane Roe <jane@example.org>", Unmarked, "octo@example.org"),
        ("Assisted-by: Grok via Crush <crush@charm.land>", Agent, "crush"),
        ("Generated-by: codegen 3", Automation, "codegen 3"),
        ("Generated-by: Claude Code", Agent, "claude"),
        ("Co-authored-by: Claude Durand <claude@example.org>", Unmarked, "octo@example.org"),
        ("Co-authored-by: Jane <jane@openai.com>", Unmarked, "octo@example.org"),
        ("Co-authored-by: Jane (aider) <jane@example.org>", Agent, "aider"),
        ("CO-AUTHORED-BY: X <NoReply@Anthropic.COM>", Agent, "claude"),
        ("I used Claude for this, thanks Copilot!", Unmarked, "octo@example.org"),
        ("Generated with [Claude Code](https://claude.ai)", Unmarked, "octo@example.org"),
        (
            "the line\nCo-authored-by: Claude <noreply@anthropic.com>\nis prose",
            Unmarked,
            "octo@example.org",
        ),
    ] {
        let (found, who, _) = of(OCTO, OCTO, "fix: x", body);
        assert_eq!((found, who.as_str()), (kind, identity), "{body}");
    }
}

#[test]
fn everyone_named_is_kept_once() {
    let who = classify(&CommitFacts {
        author_email: "7+octo@users.noreply.github.com",
        subject: "[AI] feat: x",
        body: "Co-authored-by: Copilot <copilot@github.com>\n\
               Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n\
               Co-authored-by: Jane <jane@example.org>\n\
               Co-authored-by: Octo <7+octo@users.noreply.github.com>",
        ..CommitFacts::default()
    });
    let also: Vec<_> = who.also.iter().map(|c| (c.kind, c.identity.as_str())).collect();
    assert_eq!((who.kind, who.identity.as_str()), (Kind::Agent, "copilot"));
    assert_eq!(also, [(Kind::Unmarked, "octo"), (Kind::Unmarked, "jane@example.org")]);
}

#[test]
fn the_evidence_is_told_and_survives_json() {
    let (_, _, by) = of(OCTO, OCTO, "[AI] x", "Assisted-by: Cline");
    assert_eq!(by, Evidence::Trailer("assisted-by: Cline".into()));
    let json = serde_json::to_string(&by).expect("plain data");
    assert_eq!(json, r#"{"evidence":"trailer","value":"assisted-by: Cline"}"#);
    assert_eq!(of(OCTO, OCTO, "[AI] x", "").2, Evidence::SubjectTag("[AI]".into()));
    assert_eq!(of(OCTO, OCTO, "x [AI]", "").2, Evidence::Nothing);
    assert_eq!(of(SWE, WEB, "x", "").2, Evidence::AuthorMailbox(SWE.1.into()));
}

#[test]
fn declared_people_and_own_tags() {
    let config = Config {
        identities: vec![Identity {
            name: "octo".into(),
            kind: Kind::Person,
            mailboxes: vec![OCTO.1.into()],
        }],
        subject_tags: vec!["🤖".into(), String::new()],
        ..Config::default()
    };
    let ids = Identities::new(&config);
    let facts = |subject| CommitFacts { author_email: OCTO.1, subject, ..CommitFacts::default() };
    assert_eq!(ids.classify(&facts("fix")).kind, Kind::Person);
    assert_eq!(ids.classify(&facts("[AI] fix")).kind, Kind::Person);
    assert_eq!(ids.classify(&facts("🤖 fix")).kind, Kind::Agent);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// No text in any field panics, and prose with no colon never marks anything.
    #[test]
    fn prose_marks_nothing(subject in "[^\\[(]{0,40}", body in "[^:]{0,200}", name in "[^)]{0,20}") {
        let who = classify(&CommitFacts {
            author_name: &name,
            author_email: "octo@example.org",
            committer_name: &name,
            committer_email: "octo@example.org",
            subject: &subject,
            body: &body,
        });
        prop_assert_eq!(who.kind, Kind::Unmarked);
    }

    #[test]
    fn any_text_is_taken(a in ".*", b in ".*", c in ".*", d in "(.|\n)*") {
        let facts = CommitFacts {
            author_name: &a, author_email: &b, committer_name: &c, committer_email: &a,
            subject: &b, body: &d,
        };
        let who = classify(&facts);
        prop_assert!(!who.also.iter().any(|other| other.identity == who.identity));
    }
}
