//! Things to be looked at: before and after side by side, with the parts that changed outlined.

use std::collections::BTreeSet;

use leadforge_markup::{El, Html, el, is_inline_picture};

use super::task_link;
use crate::data::{Dossier, Exhibit, Part, PartKind, Picture, TaskOutcome};
use crate::words::{clip, count, number};

/// How many stand on the page, and how many of them are unfolded from the start.
const SHOWN: usize = 100;
const OPEN: usize = 4;
/// More outlines than these hide the picture; numbers hide it earlier.
const OUTLINED: usize = 80;
const NUMBERED: usize = 24;

/// Every exhibit of a section, below a legend of the outlines that are used.
pub(super) fn all(dossier: &Dossier, section: &str, exhibits: &[Exhibit]) -> Html {
    if exhibits.is_empty() {
        return Html::new();
    }
    let shown = &exhibits[..exhibits.len().min(SHOWN)];
    let kinds: BTreeSet<PartKind> = shown
        .iter()
        .flat_map(|one| one.parts.iter().take(OUTLINED))
        .map(|part| part.kind)
        .collect();
    let legend = (!kinds.is_empty()).then(|| {
        let keys = kinds.into_iter().map(|kind| {
            let key = el("rect").attr("x", 2).attr("y", 2).attr("width", 20).attr("height", 12);
            let key = el("g").class(word(kind)).with(key.class("line"));
            let swatch = el("svg")
                .class("swatch")
                .attr("viewBox", "0 0 24 16")
                .attr("aria-hidden", "true")
                .with(key);
            el("li").with(swatch).text(word(kind))
        });
        el("ul").class("legend").attr("aria-label", "Outlines").each(keys)
    });
    let more = exhibits.len().saturating_sub(SHOWN) as u64;
    let cut = (more > 0).then(|| {
        let text = format!("{} more are in the JSON.", count(more, "change", "changes"));
        el("p").class("muted small").text(text)
    });
    let each = shown.iter().enumerate();
    let each = each.map(|(at, one)| exhibit(dossier, &format!("{section}-{}", at + 1), at, one));
    Html::new().with(legend).with(each.collect::<Html>()).with(cut)
}

fn exhibit(dossier: &Dossier, id: &str, at: usize, one: &Exhibit) -> El {
    let summary = el("summary")
        .with(el("code").class("title").text(clip(&one.title, 200)))
        .with(el("span").class("what").text(clip(&one.text, 600)));
    let sides = [(one.before.as_ref(), false), (one.after.as_ref(), true)];
    let figures = sides
        .into_iter()
        .filter_map(|(side, after)| Some(figure(one, side?, after)))
        .collect::<Vec<_>>();
    let both = if figures.len() == 2 { "sides" } else { "sides one" };
    let drawn = one.parts.len().min(OUTLINED);
    let rows = one.parts[..drawn].iter().map(|part| {
        let kind = el("strong").class(word(part.kind)).text(word(part.kind));
        el("li").with(kind).text(" ").text(clip(&part.text, 300))
    });
    let left = (one.parts.len() - drawn) as u64;
    let left = (left > 0).then(|| {
        let text = format!("{} more are in the JSON.", count(left, "part", "parts"));
        el("p").class("muted small").text(text)
    });
    let parts = (drawn > 0).then(|| {
        let label = format!("What changed in {}", clip(&one.title, 80));
        el("ol").class("parts-list small").attr("aria-label", label).each(rows)
    });
    let body = el("div")
        .class("body")
        .with(by(dossier, one))
        .with((!figures.is_empty()).then(|| el("div").class(both).each(figures)))
        .with(parts)
        .with(left);
    let whole = el("details").class("exhibit card").attr("id", id);
    let whole = if at < OPEN { whole.flag("open") } else { whole };
    whole.with(summary).with(body)
}

/// The tasks whose landed work touches what is shown.
fn by(dossier: &Dossier, one: &Exhibit) -> Option<El> {
    let landed = dossier.tasks.iter().filter(|task| task.outcome == TaskOutcome::Landed);
    let of = landed.filter(|task| task.files.iter().any(|file| one.paths.contains(&file.path)));
    let links: Vec<El> = of.take(12).map(|task| task_link(dossier, &task.id)).collect();
    if links.is_empty() {
        return None;
    }
    let mut text = el("p").class("muted small").text("Changed by ");
    for (at, link) in links.into_iter().enumerate() {
        text = if at > 0 { text.text(", ").with(link) } else { text.with(link) };
    }
    Some(text)
}

fn figure(one: &Exhibit, side: &Picture, after: bool) -> El {
    let label = clip(&side.label, 60);
    let known = side.width > 0 && side.height > 0;
    let caption = if known {
        format!("{label}, {}×{}", number(side.width.into()), number(side.height.into()))
    } else {
        label.clone()
    };
    let caption = el("figcaption").class("muted small").text(caption);
    let image = side.image.as_deref().filter(|image| is_inline_picture(image));
    let Some(image) = image else {
        let why = side.absent.as_deref().unwrap_or("the picture is not in this page");
        let none = el("p").class("muted small absent").text(clip(why, 300));
        return el("figure").with(caption).with(none);
    };
    let name = format!("{label}: {}", clip(&one.title, 200));
    let mut picture = el("img").attr("alt", &name).attr("src", image);
    let mut over = None;
    if known {
        picture = picture.attr("width", side.width).attr("height", side.height);
        over = Some(outlines(one, side, after));
    }
    let shot = el("div").class("shot").with(picture).with(over);
    // A long page is scrolled within its frame, with the keyboard too.
    let frame = el("div").class("frame").attr("tabindex", "0").attr("role", "group");
    el("figure").with(caption).with(frame.attr("aria-label", name).with(shot))
}

/// The outlines upon a picture; the list below says the same in words.
fn outlines(one: &Exhibit, side: &Picture, after: bool) -> El {
    let view = format!("0 0 {} {}", side.width, side.height);
    let letters = side.width.div_ceil(34).max(9);
    let numbered = one.parts.len() <= NUMBERED;
    let parts = one.parts.iter().take(OUTLINED).enumerate().filter_map(|(at, part)| {
        let area = if after { part.after } else { part.before }?;
        Some(outline(at, part, area, letters, numbered))
    });
    el("svg").attr("viewBox", view).attr("aria-hidden", "true").each(parts)
}

fn outline(at: usize, part: &Part, area: [u32; 4], letters: u32, numbered: bool) -> El {
    let [x, y, width, height] = area;
    let rect = |class: &str| {
        el("rect")
            .class(class)
            .attr("x", x)
            .attr("y", y)
            .attr("width", width)
            .attr("height", height)
    };
    let mark = numbered.then(|| {
        el("text")
            .attr("x", u64::from(x) + u64::from(letters) / 3)
            .attr("y", u64::from(y) + u64::from(letters) * 11 / 10)
            .attr("font-size", letters)
            .text(at + 1)
    });
    // A pale line below the coloured one, so that it is seen on every ground.
    el("g").class(word(part.kind)).with(rect("halo")).with(rect("line")).with(mark)
}

/// The word for a kind, which is its class as well.
fn word(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Added => "added",
        PartKind::Removed => "removed",
        PartKind::Moved => "moved",
        PartKind::Recoloured => "recoloured",
        PartKind::Changed => "changed",
    }
}
