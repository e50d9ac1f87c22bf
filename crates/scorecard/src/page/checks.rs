//! How work was verified: each command with its exit, its time, its digests and its last lines.

use leadforge_markup::{El, Html, el};

use super::{badge, block, code, digest, fact};
use crate::data::Check;
use crate::verdict::Shown;
use crate::words::{count, duration, tail};

/// How much of a log stands on the page; the digest is of all of it.
const TAIL: usize = 6_000;

/// A list of checks, or the honest word that there are none.
pub(super) fn list(checks: &[Check], none: &str) -> Html {
    if checks.is_empty() {
        return el("p").class("muted").text(none).into();
    }
    el("ul").class("checks").each(checks.iter().map(one)).into()
}

fn one(check: &Check) -> El {
    let (words, tone) = match check.exit {
        Some(0) => ("exit 0".to_owned(), "ok"),
        Some(code) => (format!("exit {code}"), "bad"),
        None => ("no exit".to_owned(), "bad"),
    };
    let mark = if check.passed() { "✓" } else { "✕" };
    let outcome = badge(&Shown { word: "", tone, mark }).text(words);
    let reused = badge(&Shown { word: "reused", tone: "info", mark: "↺" });
    let line = el("div")
        .class("check")
        .with(outcome)
        .with(el("code").class("command").text(&check.command))
        .with(check.reused.then_some(reused))
        .with(el("span").class("muted num").text(duration(check.duration_ms)));
    let facts = el("dl")
        .class("facts small")
        .with(fact("Note", check.note.as_deref().map(Html::text)))
        .with(fact("Command", whole(&check.command_sha256)))
        .with(fact("Tree", whole(&check.tree)))
        .with(fact("Log", whole(&check.log_sha256)));
    let (text, left) = tail(check.log_tail.trim_end(), TAIL);
    let cut = (left > 0).then(|| {
        let words = format!(
            "{} before this are in the JSON.",
            count(left as u64, "character", "characters")
        );
        el("p").class("muted small").text(words)
    });
    let log = (!text.is_empty()).then(|| block(text, "Last lines of the log"));
    // What is red is what a reader came for.
    let proof = el("details");
    let proof = if check.passed() { proof } else { proof.flag("open") };
    let proof = proof
        .with(el("summary").class("small").text("Digests and last lines"))
        .with(facts)
        .with(cut)
        .with(log);
    el("li").with(line).with(proof)
}

/// A digest in full, since here it is the proof.
fn whole(id: &str) -> Html {
    code(id)
}

/// The checks of something in a few characters: `3 of 4`.
pub(super) fn score<'a>(checks: impl Iterator<Item = &'a Check>) -> Html {
    let (mut all, mut green) = (0_u64, 0_u64);
    for check in checks {
        all += 1;
        green += u64::from(check.passed());
    }
    match all {
        0 => el("span").class("muted").text("none").into(),
        _ if all == green => el("span").class("ok").text(format!("✓ {green} of {all}")).into(),
        _ => el("span").class("bad").text(format!("✕ {green} of {all}")).into(),
    }
}

/// A commit or tree in a line of facts.
pub(super) fn id(id: Option<&str>) -> Html {
    id.map_or_else(Html::new, digest)
}
