//! The agents side by side as a picture: one row per worker, coloured and patterned by what it did.

use leadforge_markup::{El, el};

use super::time;
use crate::data::{Dossier, Span, SpanKind};
use crate::verdict::span_word;
use crate::words::{count, duration};

/// Heights and distances, in CSS pixels.
const ROW: usize = 34;
const BAR: usize = 22;
const AXIS: usize = 26;

/// A lane: its name, and its spans laid out in as many rows as overlap.
struct Lane<'a> {
    name: &'a str,
    rows: Vec<Vec<&'a Span>>,
}

/// The section with the picture and its legend; nothing when no time was recorded.
pub(super) fn section(dossier: &Dossier) -> Option<El> {
    let lanes = lanes(&dossier.timeline);
    let start = dossier.timeline.iter().map(|span| span.from_ms).min()?;
    let end = dossier.timeline.iter().map(|span| span.to_ms.max(span.from_ms)).max()?;
    let scale = Scale::new(start, end, &lanes);
    let height: usize = lanes.iter().map(|lane| lane.rows.len() * ROW).sum::<usize>() + AXIS;

    let mut picture = el("svg")
        .attr("class", "time")
        .attr("role", "img")
        .attr("width", scale.width)
        .attr("height", height)
        .attr("viewBox", format!("0 0 {} {height}", scale.width))
        .with(patterns())
        .each(scale.ticks().into_iter().flat_map(|(x, label)| tick(x, &label, height)));
    let mut names = el("ul").class("lanes");
    let mut y = AXIS;
    for lane in &lanes {
        let rows = lane.rows.len();
        // Taller names come from overlapping spans; their rows have a class each up to four.
        names = names.with(el("li").class(&format!("rows-{}", rows.min(4))).text(lane.name));
        picture = picture.with(rule(y, scale.width));
        for (at, row) in lane.rows.iter().enumerate() {
            let top = y + at * ROW + (ROW - BAR) / 2;
            picture = picture.each(row.iter().map(|span| bar(span, &scale, top)));
        }
        y += rows.min(4) * ROW;
    }
    let length = duration(u64::try_from(end.saturating_sub(start)).unwrap_or(0));
    let spans = count(dossier.timeline.len() as u64, "span", "spans");
    let rows = count(lanes.len() as u64, "row", "rows");
    let words = format!("Timeline: {spans} in {rows} over {length}. The tasks below say the same.");
    let picture = picture.attr("aria-label", words);
    let scroll = el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", "Timeline, scrolls sideways")
        .with(picture);
    let figure = el("figure")
        .class("card timeline")
        .with(el("div").class("plot").with(names).with(scroll))
        .with(legend(&dossier.timeline));
    let lead = el("p")
        .class("muted")
        .text(format!("{length} in all, counted from "))
        .with(time(start))
        .text(".");
    Some(
        el("section")
            .attr("aria-labelledby", "timeline")
            .with(el("h2").attr("id", "timeline").text("Side by side"))
            .with(lead)
            .with(figure),
    )
}

/// Groups spans by lane in natural order (`worker 2` before `worker 10`), the gate last.
fn lanes(spans: &[Span]) -> Vec<Lane<'_>> {
    let mut names: Vec<&str> = spans.iter().map(|span| span.lane.as_str()).collect();
    let landing =
        |name: &str| spans.iter().filter(|s| s.lane == name).all(|s| s.kind == SpanKind::Land);
    names.sort_by_cached_key(|name| (landing(name), natural(name)));
    names.dedup();
    names.into_iter().map(|name| Lane { name, rows: rows(spans, name) }).collect()
}

/// Puts the spans of a lane into the first row where they do not overlap, four rows at most.
fn rows<'a>(spans: &'a [Span], name: &str) -> Vec<Vec<&'a Span>> {
    let mut own: Vec<&Span> = spans.iter().filter(|span| span.lane == name).collect();
    own.sort_by_key(|span| (span.from_ms, span.to_ms));
    let mut rows: Vec<Vec<&Span>> = Vec::new();
    for span in own {
        let free = |row: &Vec<&Span>| row.last().is_none_or(|last| last.to_ms <= span.from_ms);
        match rows.iter().position(free) {
            Some(at) => rows[at].push(span),
            None if rows.len() < 4 => rows.push(vec![span]),
            None => rows[3].push(span),
        }
    }
    rows
}

fn natural(name: &str) -> (String, u64, String) {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (stem, number) = name.split_at(name.len() - digits);
    (stem.to_lowercase(), number.parse().unwrap_or(0), name.to_owned())
}

/// From times to pixels.
struct Scale {
    start: i64,
    length: f64,
    width: usize,
}

impl Scale {
    /// Wide enough that the busiest row stays readable, within bounds.
    fn new(start: i64, end: i64, lanes: &[Lane<'_>]) -> Self {
        let busiest = lanes.iter().flat_map(|lane| &lane.rows).map(Vec::len).max().unwrap_or(0);
        let length = (i128::from(end) - i128::from(start)).max(1) as f64;
        Self { start, length, width: (busiest * 32).clamp(920, 6000) }
    }

    fn x(&self, ms: i64) -> f64 {
        let from_start = (i128::from(ms) - i128::from(self.start)) as f64;
        8.0 + from_start / self.length * (self.width as f64 - 24.0)
    }

    /// Ticks at round distances, about one per hundred pixels.
    fn ticks(&self) -> Vec<(f64, String)> {
        const STEPS: [f64; 25] = [
            10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 1.5e4, 3e4, 6e4, 1.2e5, 3e5,
            6e5, 1.8e6, 3.6e6, 1.08e7, 4.32e7, 8.64e7, 1.728e8, 8.64e8, 8.64e9, 3.15e10,
        ];
        // Beyond ten years the numbers are broken, not long.
        if self.length > 3.2e11 {
            return vec![(8.0, since(0))];
        }
        let wanted = self.length / (self.width as f64 / 100.0);
        let step = STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(wanted);
        let count = (self.length / step).floor().min(200.0) as u64;
        let tick = |at: u64| {
            let ms = at as f64 * step;
            (8.0 + ms / self.length * (self.width as f64 - 24.0), since(ms as u64))
        };
        (0..=count).map(tick).collect()
    }
}

/// A tick's label: time since the start, in the largest unit that is whole enough.
fn since(ms: u64) -> String {
    match ms {
        0 => "0".to_owned(),
        ms if ms < 60_000 && ms % 1000 != 0 => format!("{}.{:02} s", ms / 1000, ms % 1000 / 10),
        ms if ms < 60_000 => format!("{} s", ms / 1000),
        ms if ms < 3_600_000 => format!("{}:{:02} min", ms / 60_000, ms / 1000 % 60),
        ms if ms < 172_800_000 => format!("{}:{:02} h", ms / 3_600_000, ms / 60_000 % 60),
        ms => format!("{} d", ms / 86_400_000),
    }
}

fn tick(x: f64, label: &str, height: usize) -> [El; 2] {
    let x = format!("{x:.1}");
    [
        el("line")
            .attr("class", "tick")
            .attr("x1", &x)
            .attr("x2", &x)
            .attr("y1", 18)
            .attr("y2", height),
        el("text").attr("class", "tick").attr("x", &x).attr("y", 13).text(label),
    ]
}

fn rule(y: usize, width: usize) -> El {
    el("line").attr("class", "rule").attr("x1", 0).attr("x2", width).attr("y1", y).attr("y2", y)
}

fn bar(span: &Span, scale: &Scale, top: usize) -> El {
    let (from, to) = (scale.x(span.from_ms), scale.x(span.to_ms.max(span.from_ms)));
    let width = (to - from).max(3.0);
    let red = span.ok == Some(false);
    let lasted = u64::try_from(span.to_ms.saturating_sub(span.from_ms)).unwrap_or(0);
    let ended = match span.ok {
        Some(true) => ", passed",
        Some(false) => ", red",
        None => "",
    };
    let what = span_word(span.kind);
    let who = if span.who.is_empty() { String::new() } else { format!(" by {}", span.who) };
    let title = format!("{}: {what}{who}, {}{ended}", span.task, duration(lasted));
    let shape = |class: String| {
        el("rect")
            .attr("class", class)
            .attr("x", format!("{from:.1}"))
            .attr("y", top)
            .attr("width", format!("{width:.1}"))
            .attr("height", BAR)
            .attr("rx", 4)
    };
    // Room for a label: how wide a character of the small face is, plain and bold.
    let face = if span.kind == SpanKind::Land { 7.4 } else { 6.6 };
    let room = ((width - 10.0) / face) as usize;
    let label = if red { format!("✕ {}", span.task) } else { span.task.clone() };
    let (cut, left) = crate::words::head(&label, room.max(1));
    let label = if left == 0 { label.clone() } else { format!("{}…", cut.trim_end()) };
    let text = el("text")
        .attr("class", format!("label {what}"))
        .attr("x", format!("{:.1}", from + 6.0))
        .attr("y", top + 15)
        .text(&label);
    let group = el("g")
        .with(el("title").text(title))
        .with(shape(format!("span {what}")))
        .with((span.kind != SpanKind::Agent).then(|| shape(format!("texture {what}"))))
        .with(red.then(|| shape("edge".to_owned())));
    group.with((room >= 3 && left < label.chars().count() + left).then_some(text))
}

/// Textures that tell the kinds apart without colour.
fn patterns() -> El {
    let pattern = |id: &'static str| {
        el("pattern")
            .attr("id", id)
            .attr("width", 6)
            .attr("height", 6)
            .attr("patternUnits", "userSpaceOnUse")
    };
    let line = |x: u8| {
        el("line")
            .attr("class", "texture-line")
            .attr("x1", x)
            .attr("x2", x)
            .attr("y1", 0)
            .attr("y2", 6)
    };
    let dot = el("circle").attr("class", "texture-dot").attr("cx", 3).attr("cy", 3).attr("r", 1);
    el("defs")
        .with(pattern("t-verify").attr("patternTransform", "rotate(45)").with(line(1)))
        .with(pattern("t-prepare").with(dot))
}

/// What the colours and textures mean, for the kinds that occur.
fn legend(spans: &[Span]) -> El {
    let kinds = [
        (SpanKind::Prepare, "something was made ready"),
        (SpanKind::Agent, "an agent at work"),
        (SpanKind::Verify, "verification"),
        (SpanKind::Land, "landing"),
    ];
    let sample = |class: &str| {
        let shape = |class: String| {
            el("rect")
                .attr("class", class)
                .attr("x", 1)
                .attr("y", 1)
                .attr("width", 26)
                .attr("height", 12)
                .attr("rx", 3)
        };
        el("svg")
            .attr("width", 28)
            .attr("height", 14)
            .attr("aria-hidden", "true")
            .with(shape(format!("span {class}")))
            .with((!matches!(class, "agent" | "red")).then(|| shape(format!("texture {class}"))))
            .with((class == "red").then(|| shape("edge".to_owned())))
    };
    let occurring = kinds
        .into_iter()
        .filter(|(kind, _)| spans.iter().any(|span| span.kind == *kind))
        .map(|(kind, words)| (span_word(kind), words));
    let red = spans.iter().any(|span| span.ok == Some(false)).then_some(("red", "ended red"));
    el("figcaption").with(
        el("ul").class("legend").each(
            occurring.chain(red).map(|(class, words)| el("li").with(sample(class)).text(words)),
        ),
    )
}
