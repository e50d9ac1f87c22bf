//! The page, parsed: its structure holds whatever the values are, and it says what it must.

use leadforge_scorecard::*;
use scraper::{ElementRef, Html, Selector};

use crate::sample;

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector of this file")).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// The shape of a page: its elements in order, without any value.
fn shape(page: &Html) -> Vec<String> {
    select(page, "body *").into_iter().map(|e| e.value().name().to_owned()).collect()
}

#[test]
fn hostile_values_change_no_shape() {
    // The same facts with harmless words of the same kind: text in place of text.
    let hostile = sample::hostile();
    let mut tame: serde_json::Value =
        serde_json::from_str(&hostile.to_json()).expect("our own JSON");
    fn soothe(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(s) if s.contains("<script>") => {
                *s = s.chars().map(|c| if c == '\n' { '\n' } else { 'x' }).collect();
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(soothe),
            serde_json::Value::Object(map) => map.values_mut().for_each(soothe),
            _ => {}
        }
    }
    soothe(&mut tame);
    let tame = Dossier::from_json(tame.to_string().as_bytes()).expect("still a dossier");
    let (a, b) = (render_html(&hostile), render_html(&tame));
    let (a, b) = (Html::parse_document(&a), Html::parse_document(&b));
    let names = |page: &Html| {
        let mut names = shape(page);
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(names(&a), names(&b));
    let bodies = |page: &Html| {
        (
            select(page, "details.task").len(),
            select(page, "tbody tr").len(),
            select(page, "pre").len(),
        )
    };
    assert_eq!(bodies(&a), bodies(&b));
}

#[test]
fn no_page_runs_or_fetches_anything() {
    for (name, dossier) in sample::all() {
        let page = Html::parse_document(&render_html(&dossier));
        for forbidden in ["script", "iframe", "object", "link", "form", "[style]"] {
            assert!(select(&page, forbidden).is_empty(), "{name}: {forbidden}");
        }
        // Pictures stand in the page itself.
        for element in select(&page, "[src]") {
            let inline =
                element.attr("src").is_some_and(|s| s.starts_with("data:image/png;base64,"));
            assert!(element.value().name() == "img" && inline, "{name}: {:?}", element.value());
        }
        for element in select(&page, "*") {
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on"), "{name}: {attribute}");
                assert!(attribute != "href" || value.starts_with('#'), "{name}: {value}");
            }
        }
        let policy = select(&page, "meta[http-equiv]")[0].attr("content").unwrap_or_default();
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'none'"));
    }
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_one() {
    for (name, dossier) in sample::all() {
        let page = Html::parse_document(&render_html(&dossier));
        let mut ids: Vec<&str> =
            select(&page, "[id]").into_iter().filter_map(|e| e.attr("id")).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}");
        for link in select(&page, "a[href], [aria-labelledby]") {
            let to = link.attr("href").map(|href| &href[1..]).or(link.attr("aria-labelledby"));
            assert!(ids.contains(&to.unwrap_or_default()), "{name}: {to:?}");
        }
    }
}

#[test]
fn the_verdict_comes_first_and_each_task_tells_all() {
    let page = Html::parse_document(&render_html(&sample::usual()));
    assert_eq!(text(select(&page, "header .headline")[0]), "Look before merging");
    assert_eq!(select(&page, "details.task").len(), 10);
    for section in ["What was asked", "Who worked on it", "What changed", "How it was verified"] {
        let heads = select(&page, "details.task h3");
        assert_eq!(heads.iter().filter(|h| text(**h) == section).count(), 10, "{section}");
    }
    let first = text(select(&page, "details.task")[0]);
    for fact in ["Replace requests by httpx", "exit 1", "pytest -q", "sha256:", "net-8wp"] {
        assert!(first.contains(fact), "{fact} in {first}");
    }
    // Absent, never faked.
    assert!(select(&page, "[id^=tool-]").is_empty());
    let with = Html::parse_document(&render_html(&sample::with_sections()));
    let tools: Vec<_> = select(&with, "h2[id^=tool-]").into_iter().map(text).collect();
    assert_eq!(tools, ["Pictures", "Review"]);
}

#[test]
fn what_changed_is_outlined_and_told() {
    let mut dossier = sample::with_sections();
    let page = Html::parse_document(&render_html(&dossier));
    let shown = select(&page, "details.exhibit[open]");
    assert_eq!(shown.len(), 2);
    let first = text(shown[0]);
    for fact in ["job-search.png", "theme recolour #080c16→#0f1729", "before, 8×4", "Changed by"]
    {
        assert!(first.contains(fact), "{fact} in {first}");
    }
    // Each side has the boxes of its own parts, and a kind that is not known is a change.
    let boxes = |side: usize| {
        let frames = select(&page, "#tool-1-1 svg");
        let line = Selector::parse("g > rect.line").expect("a selector");
        let group = |rect: ElementRef<'_>| {
            rect.parent()
                .and_then(ElementRef::wrap)
                .map(|g| g.attr("class").unwrap_or_default().to_owned())
        };
        frames[side].select(&line).filter_map(group).collect::<Vec<_>>()
    };
    assert_eq!(boxes(0), ["recoloured", "changed"]);
    assert_eq!(boxes(1), ["recoloured", "added", "changed"]);
    assert_eq!(select(&page, "#tool-1-1 img").len(), 2);
    assert_eq!(select(&page, "#tool-1-1 svg text").len(), 5, "each outline has its number");
    let legend: Vec<_> =
        select(&page, ".legend[aria-label=Outlines] li").into_iter().map(text).collect();
    assert_eq!(legend, ["added", "recoloured", "changed"]);
    // What is not in the page says why; what is gone or new has one side.
    assert!(text(shown[1]).contains("3.1 MB, more than fits"));
    assert_eq!(select(&page, "#tool-1-2 figure").len(), 1);
    // Only work that landed changed anything, and an image that is none is said to be absent.
    let mut held = dossier.clone();
    let by = |dossier: &Dossier| {
        let page = Html::parse_document(&render_html(dossier));
        select(&page, "#tool-1-1 .body > p a").len()
    };
    assert_eq!(by(&held), 1);
    held.tasks.iter_mut().for_each(|task| task.outcome = TaskOutcome::Failed);
    assert_eq!(by(&held), 0);
    for image in ["https://collector.example/x.png", "data:image/svg+xml;base64,AAAA", "x.png"] {
        let side = &mut held.sections[1].envelope.exhibits[0].after.as_mut().expect("a side");
        side.image = Some(image.into());
        let page = Html::parse_document(&render_html(&held));
        let frames = select(&page, "#tool-1-1 figure:last-child .frame");
        assert!(frames.is_empty(), "{image}");
        assert!(text(select(&page, "#tool-1-1")[0]).contains("the picture is not in this page"));
    }
    // Long lists are folded, cut and said to be.
    let one = dossier.sections[1].envelope.exhibits[0].clone();
    let many = Exhibit { parts: vec![one.parts[0].clone(); 500], ..one };
    dossier.sections[1].envelope.exhibits = vec![many; 150];
    let page = Html::parse_document(&render_html(&dossier));
    assert_eq!(select(&page, "details.exhibit").len(), 100);
    assert_eq!(select(&page, "details.exhibit[open]").len(), 4);
    assert!(text(select(&page, "main")[0]).contains("50 changes more are in the JSON"));
    assert!(text(select(&page, "#tool-1-1")[0]).contains("420 parts more are in the JSON"));
    // As many outlines as lines, without numbers that would hide the picture.
    assert_eq!(select(&page, "#tool-1-1 figure:first-child rect.line").len(), 80);
    assert!(select(&page, "#tool-1-1 svg text").is_empty());
}

#[test]
fn the_timeline_has_a_row_per_worker_and_a_bar_per_span() {
    let mut dossier = sample::usual();
    dossier.timeline.push(Span { lane: "worker 10".into(), to_ms: 1, ..Span::default() });
    let page = Html::parse_document(&render_html(&dossier));
    let lanes: Vec<_> = select(&page, ".lanes li").into_iter().map(text).collect();
    assert_eq!(lanes, ["worker 1", "worker 2", "worker 3", "worker 4", "worker 10", "gate"]);
    assert_eq!(select(&page, "svg.time > g").len(), dossier.timeline.len());
    // The kinds differ by texture as well as by colour.
    assert!(!select(&page, "svg.time rect.texture.verify").is_empty());
    let labels = select(&page, "svg.time > g > title");
    assert!(labels.iter().any(|title| text(*title) == "net-8wp: verify, 5.2 s, red"));
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    for (name, dossier) in sample::all() {
        let back = Dossier::from_json(dossier.to_json().as_bytes()).expect(name);
        assert_eq!(render_html(&dossier), render_html(&back), "{name}");
    }
}

#[test]
fn an_empty_run_is_told_as_one() {
    let page = Html::parse_document(&render_html(&sample::empty()));
    assert_eq!(text(select(&page, "header .headline")[0]), "Nothing to merge");
    assert!(select(&page, "table, svg, details").is_empty());
    let none = Html::parse_document(&render_html(&Dossier::default()));
    assert_eq!(text(select(&none, "h1")[0]), "Unnamed repository");
}
