//! What was refused, what other tools found, and what it all rests on.

use leadforge_markup::{El, Html, el};

use super::{badge, code, digest, exhibits, fact, task_link, time};
use crate::data::{Dossier, Finding, Level, Refusal, Section};
use crate::verdict::Shown;
use crate::words::{clip, count, number};

/// How many findings of one tool stand on the page.
const FINDINGS: usize = 200;

/// Everything that was refused, in the order it happened.
pub(super) fn refusals(dossier: &Dossier) -> Option<El> {
    if dossier.refusals.is_empty() {
        return None;
    }
    let words = format!("Refused ({})", number(dossier.refusals.len() as u64));
    let list =
        el("ul").class("card refusals").each(dossier.refusals.iter().map(|r| refusal(dossier, r)));
    let title = el("h2").attr("id", "refused").text(words);
    Some(el("section").attr("aria-labelledby", "refused").with(title).with(list))
}

fn refusal(dossier: &Dossier, refusal: &Refusal) -> El {
    let code_badge =
        badge(&Shown { word: "", tone: "warn", mark: "⊘" }).text(clip(&refusal.code, 40));
    let head = el("div")
        .class("check")
        .with(code_badge)
        .with(refusal.task.as_ref().map(|id| task_link(dossier, id)))
        .with(refusal.at_ms.map(|ms| el("span").class("muted small").with(time(ms))));
    el("li")
        .with(head)
        .with(el("p").text(&refusal.what))
        .with((!refusal.why.is_empty()).then(|| el("p").class("muted small").text(&refusal.why)))
}

/// One section per tool that ran; none is made up for one that did not.
pub(super) fn others(dossier: &Dossier) -> Html {
    dossier
        .sections_in_order()
        .into_iter()
        .enumerate()
        .map(|(at, section)| other(dossier, at, section))
        .collect()
}

fn other(dossier: &Dossier, at: usize, section: &Section) -> El {
    let envelope = &section.envelope;
    let tone = match envelope.outcome.as_str() {
        "clean" | "done" | "ok" => ("ok", "✓"),
        "findings" => ("warn", "!"),
        _ => ("bad", "✕"),
    };
    let id = format!("tool-{}", at + 1);
    let title = el("h2").attr("id", &id).text(section.kind.heading());
    let outcome =
        badge(&Shown { word: "", tone: tone.0, mark: tone.1 }).text(clip(&envelope.outcome, 40));
    let tool = format!("{} {}", envelope.tool.name, envelope.tool.version);
    let lead = el("p")
        .with(outcome)
        .text(" ")
        .text(tool.trim_end())
        .text(" ")
        .with(digest(&section.sha256));
    let figures = el("dl").class("facts").each(envelope.summary.iter().map(|(key, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Html::new().with(el("dt").text(key)).with(el("dd").text(value))
    }));
    let mut findings: Vec<&Finding> = envelope.findings.iter().collect();
    findings.sort_by_key(|finding| match finding.level {
        Level::Error => 0,
        Level::Warning => 1,
        Level::Note => 2,
    });
    let more = findings.len().saturating_sub(FINDINGS) as u64;
    let cut = (more > 0).then(|| {
        el("p")
            .class("muted small")
            .text(format!("{} more are in the JSON.", count(more, "finding", "findings")))
    });
    let list = (!findings.is_empty()).then(|| {
        el("ul").class("card refusals").each(findings.into_iter().take(FINDINGS).map(finding))
    });
    el("section")
        .attr("aria-labelledby", &id)
        .with(title)
        .with(lead)
        .with((!envelope.summary.is_empty()).then_some(figures))
        .with(list)
        .with(cut)
        .with(exhibits::all(dossier, &id, &envelope.exhibits))
}

fn finding(finding: &Finding) -> El {
    let (tone, mark, word) = match finding.level {
        Level::Error => ("bad", "✕", "error"),
        Level::Warning => ("warn", "!", "warning"),
        Level::Note => ("info", "i", "note"),
    };
    let place = finding.at.as_ref().map(|at| match at.line {
        Some(line) => code(&format!("{}:{line}", at.path)),
        None => code(&at.path),
    });
    el("li")
        .with(
            el("div")
                .class("check")
                .with(badge(&Shown { word, tone, mark }))
                .with(code(&clip(&finding.rule, 80)))
                .with(place),
        )
        .with(el("p").text(&finding.message))
}

/// What the page rests on.
pub(super) fn footer(dossier: &Dossier) -> Html {
    let run = &dossier.run;
    let tool = format!("{} {}", dossier.tool.name, dossier.tool.version);
    let facts =
        el("dl")
            .class("facts small")
            .with(fact("Written by", Html::text(tool.trim())))
            .with(fact("Format", code(&dossier.schema)))
            .with(fact("Run", run.id.as_deref().map(code)))
            .with(fact("Base", code(&run.base)))
            .with(fact("Tip", run.tip.as_deref().map(code)))
            .with(fact("Tree", run.tip_tree.as_deref().map(code)))
            .each(dossier.provenance.iter().map(|p| {
                Html::new().with(el("dt").text(&p.what)).with(el("dd").with(code(&p.value)))
            }));
    Html::new().with(el("h2").text("What this rests on")).with(facts).with(el("p").text(
        "Checks ran in a clean checkout of the tree named beside them. This page makes no request \
             and runs no script; the same facts stand in the JSON next to it.",
    ))
}
