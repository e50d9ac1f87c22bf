//! Writes the timeline: everything is on the page without its script, which only adds the slider.

use leadforge_markup::{El, Html, Page, el};

use super::{Moment, Shot, Timeline, Track};
use crate::data::day;
use crate::notes::clip;

/// Writes the timeline as one page; its pictures are inside it or lie beside it.
#[must_use]
pub fn render_timeline(timeline: &Timeline) -> String {
    let title = clip(&timeline.title, 200);
    let title = if title.is_empty() {
        "Visual history".to_owned()
    } else {
        format!("Visual history of {title}")
    };
    let header = el("h1").text(&title);
    let versions: usize = timeline.tracks.iter().map(|track| track.shots.len()).sum();
    let pictures: usize = timeline.tracks.iter().map(|track| track.moments().len()).sum();
    let lead = format!(
        "{}, {}, {} once neighbours that look the same are folded.",
        count(timeline.tracks.len(), "screen", "screens"),
        count(versions, "version", "versions"),
        count(pictures, "picture", "pictures"),
    );
    let mut main = Html::new().with(el("p").class("muted").text(lead));
    if let Some(why) = &timeline.incomplete {
        let text = format!("Not complete: {}.", clip(why, 300));
        main.push(el("div").class("note warn").with(el("p").text(text)));
    }
    main.push(el("p").class("keys muted small").flag("hidden").with(keys()));
    for (at, track) in timeline.tracks.iter().enumerate() {
        main.push(section(track, at));
    }
    Page {
        title,
        description: "What the screens looked like at each version of their sources".to_owned(),
        header: header.into(),
        main,
        style: include_str!("page.css"),
        script: include_str!("page.js"),
        pictures: true,
        ..Page::default()
    }
    .render()
}

fn keys() -> Html {
    let key = |name: &str| el("kbd").text(name);
    Html::new()
        .with(key("←"))
        .with(Html::text(" "))
        .with(key("→"))
        .with(Html::text(" older and newer, "))
        .with(key("Home"))
        .with(Html::text(" "))
        .with(key("End"))
        .with(Html::text(" first and last, "))
        .with(key("b"))
        .with(Html::text(" hold to see the picture before."))
}

fn section(track: &Track, at: usize) -> El {
    let id = format!("track-{}", at + 1);
    let moments = track.moments();
    let name = clip(&track.screen, 200);
    let lead = format!(
        "{} of {}",
        count(moments.len(), "picture", "pictures"),
        count(track.shots.len(), "version", "versions")
    );
    let source = (!track.source.is_empty())
        .then(|| Html::text(", made from ").with(el("code").text(clip(&track.source, 300))));
    let button = |class: &str, label: &str, sign: &str| {
        el("button").attr("type", "button").class(class).attr("aria-label", label).text(sign)
    };
    let slider = el("input")
        .attr("type", "range")
        .attr("min", 1)
        .attr("max", moments.len().max(1))
        .attr("value", moments.len().max(1))
        .attr("aria-label", format!("Version of {name}"));
    let controls = el("div")
        .class("controls")
        .flag("hidden")
        .with(button("older", "Older", "←"))
        .with(slider)
        .with(button("newer", "Newer", "→"))
        .with(el("output").class("num muted small"));
    let last = moments.len();
    let items = moments.iter().enumerate().map(|(at, moment)| item(&name, moment, at, last));
    el("section")
        .class("track")
        .attr("aria-labelledby", format!("{id}-name"))
        .with(el("h2").attr("id", format!("{id}-name")).text(&name))
        .with(el("p").class("muted small").text(lead).with(source))
        .with(controls)
        .with(el("ol").class("moments").each(items))
}

fn item(screen: &str, moment: &Moment<'_>, at: usize, of: usize) -> El {
    let (first, last) = (moment.shots[0], moment.shots[moment.shots.len() - 1]);
    let from = day(first.seconds).unwrap_or_else(|| "no day".to_owned());
    let to = day(last.seconds).unwrap_or_else(|| "no day".to_owned());
    let days = if from == to { from } else { format!("{from} to {to}") };
    let versions: Vec<&String> = moment.shots.iter().flat_map(|shot| &shot.versions).collect();
    let badges =
        versions.iter().take(8).map(|name| el("span").class("badge info").text(clip(name, 60)));
    let more = (versions.len() > 8)
        .then(|| el("span").class("muted small").text(format!("and {} more", versions.len() - 8)));
    let summary = match first.summary.as_str() {
        "" if at == 0 => "the first picture".to_owned(),
        "" => "changed".to_owned(),
        summary => clip(summary, 400),
    };
    let head = el("p")
        .class("when")
        .with(el("b").text(&days))
        .with(Html::text(" "))
        .each(badges)
        .with(more);
    el("li")
        .class("moment")
        .attr("data-when", format!("{} of {of}, {days}", at + 1))
        .with(head)
        .with(el("p").class("what").text(&summary))
        .with(shown(screen, first, &days))
        .with(commits(&moment.shots))
}

/// The picture, or why there is none.
fn shown(screen: &str, shot: &Shot, days: &str) -> Html {
    if let Some(problem) = &shot.problem {
        let text = format!("No picture: {}.", clip(problem, 400));
        return el("div").class("note warn").with(el("p").text(text)).into();
    }
    let picture = el("img").attr("alt", format!("{screen} at {days}")).attr("loading", "lazy");
    let picture = match shot.size {
        Some((width, height)) => picture.attr("width", width).attr("height", height),
        None => picture,
    };
    let picture = if shot.picture.starts_with("data:") {
        picture.attr("src", &shot.picture)
    } else {
        picture.picture(&shot.picture)
    };
    el("div").class("stage card").with(picture).into()
}

fn commits(shots: &[&Shot]) -> El {
    let line = |shot: &&Shot| {
        let short: String = shot.commit.chars().take(7).collect();
        el("li").with(el("code").text(short)).text(" ").text(clip(&shot.subject, 200))
    };
    let list = el("ul").class("small").each(shots.iter().map(line));
    match shots.len() {
        1 => el("div").with(list),
        many => el("details")
            .with(el("summary").class("small").text(format!("{many} versions look like this")))
            .with(list),
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
