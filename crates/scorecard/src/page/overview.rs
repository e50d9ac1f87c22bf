//! The head of the page: may it be merged, what of, and the sums.

use leadforge_markup::{El, Html, el};

use super::{code, digest, fact, lines, time};
use crate::data::Dossier;
use crate::verdict::{Verdict, answer_shown, task_shown};
use crate::words::{between, clip, count, duration, number};
use crate::{TaskOutcome, Totals};

/// The verdict and what it is about.
pub(super) fn header(dossier: &Dossier, verdict: &Verdict) -> Html {
    let run = &dossier.run;
    let totals = dossier.totals();
    let shown = answer_shown(verdict.answer);
    let reasons = el("ul").each(verdict.reasons.iter().map(|reason| el("li").text(reason)));
    let words = el("div")
        .with(el("p").class("headline").text(&verdict.headline))
        .with(el("p").text(dossier.proof()))
        .with((!verdict.reasons.is_empty()).then_some(reasons));
    let mark = el("span").class("mark").attr("aria-hidden", "true").text(shown.mark);
    let banner = el("div")
        .class(format!("verdict {}", shown.tone).trim_end())
        .with(mark)
        .with(words.with(proportions(&totals)));
    let from = match &run.base_branch {
        Some(branch) => code(branch).with(Html::constant(" at ")).with(digest(&run.base)),
        None => digest(&run.base),
    };
    let to = match &run.tip {
        Some(tip) => code(&run.branch).with(Html::constant(" at ")).with(digest(tip)),
        None => code(&run.branch),
    };
    let lasted = match between(run.started_ms, run.ended_ms) {
        Some(lasted) => format!(", {lasted}"),
        None => ", its end is not known".to_owned(),
    };
    let how =
        format!("{} at once, sandbox: {}", count(run.jobs.into(), "agent", "agents"), run.sandbox);
    let named = !run.repository.trim().is_empty();
    let facts = el("dl")
        .class("facts")
        .with(fact("Branch", to))
        .with(fact("From", from))
        .with(fact("When", time(run.started_ms).with(Html::text(&lasted))))
        .with(fact("Worked by", Html::text(&how)))
        .with(fact("Note", run.note.as_deref().map(Html::text)));
    Html::new()
        .with(el("p").class("eyebrow").text("LeadForge dossier"))
        .with(el("h1").text(clip(if named { &run.repository } else { "Unnamed repository" }, 120)))
        .with(banner)
        .with(facts)
}

/// How the tasks ended, as one bar with its legend in words.
fn proportions(totals: &Totals) -> Option<Html> {
    let parts = [
        (TaskOutcome::Landed, totals.landed),
        (TaskOutcome::Running, totals.running),
        (TaskOutcome::Released, totals.released),
        (TaskOutcome::Skipped, totals.skipped),
        (TaskOutcome::Refused, totals.refused),
        (TaskOutcome::Failed, totals.failed),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(_, n)| *n > 0).collect();
    if totals.tasks == 0 {
        return None;
    }
    let mut at = 0.0;
    let mut bars = Vec::new();
    for (outcome, n) in &parts {
        let width = *n as f64 * 1000.0 / totals.tasks as f64;
        let gap = if at + width < 999.9 { 4.0 } else { 0.0 };
        bars.push(
            el("rect")
                .attr("class", format!("part {}", task_shown(*outcome).tone).trim_end())
                .attr("x", format!("{at:.1}"))
                .attr("width", format!("{:.1}", (width - gap).max(1.0)))
                .attr("height", 8),
        );
        at += width;
    }
    let svg: El = el("svg")
        .attr("class", "parts")
        .attr("viewBox", "0 0 1000 8")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .each(bars);
    let legend = el("ul").class("legend").each(parts.into_iter().map(|(outcome, n)| {
        let shown = task_shown(outcome);
        let mark = el("span").class(shown.tone).attr("aria-hidden", "true").text(shown.mark);
        el("li").with(mark).text(format!(" {} {}", number(n), shown.word))
    }));
    Some(Html::from(svg).with(legend))
}

/// The sums as tiles.
pub(super) fn tiles(dossier: &Dossier) -> El {
    let totals = dossier.totals();
    let tile = |label: &str, value: Html, more: String| {
        el("li")
            .class("card tile")
            .with(el("span").class("label").text(label))
            .with(el("span").class("value").with(value))
            .with((!more.is_empty()).then(|| el("span").class("more").text(more)))
    };
    let reused = match totals.checks_reused {
        0 => String::new(),
        n => format!(", {} reused", number(n)),
    };
    let green = totals.checks - totals.checks_red;
    let checks = format!("{} of {}", number(green), number(totals.checks));
    let side = match (totals.agent_ms, totals.wall_ms) {
        (agent, wall) if wall > 0 && agent > wall => {
            format!("{:.1} times the wall clock", agent as f64 / wall as f64)
        }
        _ => count(totals.attempts, "attempt", "attempts"),
    };
    let cpu = totals.cpu_ms.map(|cpu| format!("{} of processor", duration(cpu)));
    let list =
        el("ul")
            .class("tiles")
            .with(tile(
                "Lines landed",
                lines(totals.added, totals.removed),
                count(totals.files, "file", "files"),
            ))
            .with(tile(
                "Checks passed",
                Html::text(&checks),
                format!("{} run{reused}", duration(totals.check_ms)),
            ))
            .with(tile(
                "Wall clock",
                Html::text(&duration(totals.wall_ms)),
                count(totals.attempts, "attempt", "attempts"),
            ))
            .with(tile("Agents’ time", Html::text(&duration(totals.agent_ms)), cpu.unwrap_or(side)))
            .with(tile(
                "Refused",
                Html::text(&number(totals.refusals)),
                "by a rule or the sandbox".into(),
            ))
            .with(totals.estimated_hours.map(|hours| {
                tile("By hand", hours_words(hours), "as the sources estimate".into())
            }));
    let title = el("h2").class("hidden").attr("id", "totals").text("Totals");
    el("section").attr("aria-labelledby", "totals").with(title).with(list)
}

/// Hours with one decimal, or in powers of ten where nobody would read the digits.
fn hours_words(hours: f64) -> Html {
    Html::text(&if hours.abs() < 1e6 { format!("{hours:.1} h") } else { format!("{hours:.1e} h") })
}
