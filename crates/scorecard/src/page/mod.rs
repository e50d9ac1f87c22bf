//! The dossier as one page: the verdict first, then the proof, from the whole to the single check.

mod checks;
mod exhibits;
mod overview;
mod sections;
mod tasks;
mod timeline;

use leadforge_markup::{El, Html, Page, el};

use crate::data::Dossier;
use crate::verdict::Shown;
use crate::words;

/// Writes the dossier as one self-contained page.
///
/// No script, no request, light and dark, from 390 px up; every value is escaped.
#[must_use]
pub fn render_html(dossier: &Dossier) -> String {
    let verdict = dossier.verdict();
    let name = words::clip(&dossier.run.repository, 48);
    Page {
        title: format!("{} · {}", verdict.headline, name),
        description: format!("What a run on {name} did, and how it is proven."),
        header: overview::header(dossier, &verdict),
        main: Html::new()
            .with(overview::tiles(dossier))
            .with(timeline::section(dossier))
            .with(tasks::table(dossier))
            .with(tasks::details(dossier))
            .with(sections::refusals(dossier))
            .with(sections::others(dossier)),
        footer: sections::footer(dossier),
        style: include_str!("style.css"),
        ..Page::default()
    }
    .render()
}

/// A word in its colour, with a mark so that colour is not all there is.
fn badge(shown: &Shown) -> El {
    let mark = el("span").attr("aria-hidden", "true").text(shown.mark);
    el("span").class(format!("badge {}", shown.tone).trim_end()).with(mark).text(shown.word)
}

/// A time with its machine form.
fn time(ms: i64) -> Html {
    match words::rfc3339(ms) {
        Some(machine) => el("time").attr("datetime", machine).text(words::time(ms)).into(),
        None => Html::text(&words::time(ms)),
    }
}

/// A digest or commit, short to look at and whole on demand.
fn digest(id: &str) -> Html {
    el("code").attr("title", id).text(words::short(id)).into()
}

/// One line of a list of facts; nothing when there is nothing to say.
fn fact(name: &'static str, value: impl Into<Html>) -> Html {
    let value = value.into();
    if value.is_empty() {
        return Html::new();
    }
    Html::new().with(el("dt").text(name)).with(el("dd").with(value))
}

/// Code in a line of facts, nothing when empty.
fn code(text: &str) -> Html {
    if text.is_empty() { Html::new() } else { el("code").text(text).into() }
}

/// A block of text as it was given, which can be scrolled with the keyboard.
fn block(text: &str, label: &str) -> El {
    el("pre").attr("tabindex", "0").attr("role", "group").attr("aria-label", label).text(text)
}

/// Lines added and removed, as numbers.
fn lines(added: u64, removed: u64) -> Html {
    Html::new()
        .with(el("span").class("plus").text(format!("+{}", words::number(added))))
        .with(Html::constant(" "))
        .with(el("span").class("minus").text(format!("−{}", words::number(removed))))
}

/// Lines added and removed, as a bar whose length grows with their logarithm.
fn bar(added: u64, removed: u64) -> Html {
    let total = added.saturating_add(removed);
    if total == 0 {
        return Html::new();
    }
    let length = (4.0 + 12.0 * (total as f64).log2()).min(96.0);
    let plus = (length * added as f64 / total as f64).round();
    let part = |class: &str, x: f64, width: f64| {
        let height = if class == "plus" { 8 } else { 4 };
        el("rect")
            .attr("class", class)
            .attr("x", x)
            .attr("y", if height == 8 { 0 } else { 2 })
            .attr("width", width)
            .attr("height", height)
    };
    let length = length.round();
    el("svg")
        .attr("class", "bar")
        .attr("width", length)
        .attr("height", 8)
        .attr("viewBox", format!("0 0 {length} 8"))
        .attr("aria-hidden", "true")
        .each((plus > 0.0).then(|| part("plus", 0.0, plus)))
        .each((plus < length).then(|| part("minus", plus, length - plus)))
        .into()
}

/// A task's id, as a link to its details when they are on the page.
fn task_link(dossier: &Dossier, id: &str) -> El {
    match dossier.tasks.iter().position(|task| task.id == id) {
        Some(at) => el("a").attr("href", format!("#{}", anchor(at))).text(id),
        None => el("code").text(id),
    }
}

/// The place of a task's details on the page.
fn anchor(index: usize) -> String {
    format!("task-{}", index + 1)
}
