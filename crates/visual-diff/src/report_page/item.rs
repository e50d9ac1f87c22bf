//! One picture of the page: verdict, both sides with boxes, and the list of what changed.

use leadforge_markup::{El, Html, el};

use super::Shown;
use crate::{Area, Kind, Region, Size, State, Structure};

/// The views, in the order of their keys.
const VIEWS: [(&str, &str); 4] =
    [("side", "Side by side"), ("slider", "Slider"), ("onion", "Onion skin"), ("blink", "Blink")];

/// More boxes than these hide the picture.
const MOST: usize = 200;

pub(super) fn word(state: State) -> &'static str {
    match state {
        State::Failed => "failed",
        State::Deleted => "deleted",
        State::New => "new",
        State::Passed => "passed",
    }
}

/// A picture that passed: its name and what was accepted.
pub(super) fn passed(shown: &Shown<'_>) -> El {
    let name = el("code").text(&shown.item.path);
    let text = shown.item.diff.as_ref().map_or("equal files", |diff| diff.summary.as_str());
    el("li").with(name).text(format!(" {text}"))
}

/// A picture that should be looked at.
pub(super) fn section(number: usize, shown: &Shown<'_>) -> El {
    let item = shown.item;
    let id = format!("item-{number}");
    let tone = match (item.fails, item.state) {
        (true, _) => "badge bad",
        (_, State::New) => "badge info",
        _ => "badge warn",
    };
    let name = el("a").attr("href", format!("#{id}")).text(&item.path);
    let badge = el("span").class(tone).text(word(item.state));
    let head = el("h2").with(name).text(" ").with(badge);
    let summary = match (&item.diff, &item.problem) {
        (Some(diff), _) => diff.summary.as_str(),
        (_, Some(problem)) => problem.as_str(),
        (None, None) if item.state == State::New => "it has no baseline",
        _ => "it has a baseline and no new picture",
    };
    let mut section = el("section").class("item card").attr("id", &id).attr("tabindex", "-1");
    section = section.with(head).with(el("p").class("summary").text(summary));
    if !shown.decision.is_empty() {
        section = section.with(el("p").class("muted small").text(shown.decision));
    }
    let structure = item.diff.as_ref().and_then(|diff| diff.structure.as_ref());
    let mut regions = structure.map(Structure::parts).unwrap_or_default();
    let all = regions.len();
    regions.truncate(MOST);
    let regions = &regions;
    if all > MOST {
        let text = format!(
            "{all} parts changed; the first {MOST} are outlined and listed. \
             lead-shot diff --format json names all."
        );
        section = section.with(el("p").class("note small").text(text));
    }
    let sizes = item.diff.as_ref().map(|diff| diff.report.sizes);
    let both = shown.before.is_some() && shown.after.is_some();
    if both {
        section = section.with(modes(number));
    }
    let side = |what: Side, address: Option<&str>| {
        address.map(|address| Html::from(figure(number, what, address, sizes, regions, &item.path)))
    };
    section = section.with(
        el("div")
            .class(if both { "view side" } else { "view single" })
            .with(side(Side::Before, shown.before))
            .with(side(Side::After, shown.after)),
    );
    if !regions.is_empty() {
        let rows = regions.iter().enumerate().map(|(at, region)| row(number, at, region));
        section = section.with(el("ol").class("regions small").each(rows));
    }
    section
}

/// The buttons and the handle; they need the script and are hidden without it.
fn modes(number: usize) -> El {
    let buttons = VIEWS.iter().enumerate().map(|(at, (mode, label))| {
        let pressed = if at == 0 { "true" } else { "false" };
        el("button")
            .attr("type", "button")
            .attr("data-mode", mode)
            .attr("aria-pressed", pressed)
            .text(format!("{} {label}", at + 1))
    });
    let handle = el("input")
        .class("handle")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", "100")
        .attr("value", "50")
        .attr("id", format!("handle-{number}"))
        .attr("aria-label", "How much of the picture before is seen")
        .flag("hidden");
    el("div")
        .class("modes")
        .attr("role", "group")
        .attr("aria-label", "View")
        .flag("hidden")
        .each(buttons)
        .with(handle)
}

/// One of the two pictures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn figure(
    number: usize,
    side: Side,
    address: &str,
    sizes: Option<[Size; 2]>,
    regions: &[Region],
    path: &str,
) -> El {
    let (word, at) = if side == Side::Before { ("Before", 0) } else { ("After", 1) };
    let size = sizes.map(|sizes| sizes[at]);
    let mut image = el("img").attr("alt", format!("{word}: {path}")).attr("loading", "lazy");
    image = if address.starts_with("data:") {
        image.attr("src", address)
    } else {
        image.picture(address)
    };
    let mut frame = el("div").class("frame");
    let mut caption = word.to_owned();
    if let Some(Size { width, height }) = size {
        caption = format!("{word}, {width}×{height}");
        image = image.attr("width", width).attr("height", height);
        let boxes = regions.iter().enumerate().filter_map(|(at, region)| {
            let area = if side == Side::Before { region.before } else { region.after };
            area.map(|area| mark(number, side, at, region, area))
        });
        let drawn = el("svg").attr("viewBox", format!("0 0 {width} {height}")).each(boxes);
        frame = frame.with(image).with(drawn);
    } else {
        frame = frame.with(image);
    }
    let class = if side == Side::Before { "before" } else { "after" };
    el("figure").class(class).with(el("figcaption").class("muted small").text(caption)).with(frame)
}

/// A box that leads to its line in the list.
fn mark(number: usize, side: Side, at: usize, region: &Region, area: Area) -> El {
    let letter = if side == Side::Before { "b" } else { "a" };
    let rect = el("rect")
        .attr("x", area.x)
        .attr("y", area.y)
        .attr("width", area.width)
        .attr("height", area.height)
        .with(el("title").text(format!("{}. {}", at + 1, kind(region.kind))));
    el("a")
        .attr("id", format!("box-{number}-{at}-{letter}"))
        .attr("href", format!("#line-{number}-{at}"))
        .class(kind(region.kind))
        .with(rect)
}

/// A line of the list, which leads to its box.
fn row(number: usize, at: usize, region: &Region) -> El {
    let place = |area: &Area| format!("{},{} {}×{}", area.x, area.y, area.width, area.height);
    let places = match (&region.before, &region.after) {
        (Some(before), Some(after)) if before != after => {
            format!("{} → {}", place(before), place(after))
        }
        (one, other) => other.as_ref().or(one.as_ref()).map(place).unwrap_or_default(),
    };
    let letter = if region.after.is_some() { "a" } else { "b" };
    let link = el("a")
        .attr("href", format!("#box-{number}-{at}-{letter}"))
        .text(format!("{} {places}", kind(region.kind)));
    let colours: Vec<String> =
        region.recolours.iter().map(|map| format!("{} → {}", map.from, map.to)).collect();
    let text = if colours.is_empty() {
        format!(", {} pixels", region.pixels)
    } else {
        format!(", {} pixels: {}", region.pixels, colours.join(", "))
    };
    el("li").attr("id", format!("line-{number}-{at}")).with(link).text(text)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Moved => "moved",
        Kind::Recoloured => "recoloured",
        Kind::Content => "content",
    }
}
