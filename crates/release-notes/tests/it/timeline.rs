//! The timeline page: what is folded, what a reader without a script sees, hostile texts.

use leadforge_release_notes::*;
use scraper::{Html, Selector};

fn shot(at: i64, hash: &str) -> Shot {
    Shot {
        commit: format!("{at:040x}"),
        seconds: at * 86_400,
        subject: format!("feat: {at}"),
        hash: hash.into(),
        picture: format!("shots/{hash}.png"),
        size: Some((1280, 2000)),
        summary: format!("step {at}"),
        ..Shot::default()
    }
}

fn timeline() -> Timeline {
    let mut tagged = shot(4, "b");
    tagged.versions = vec!["v1".into()];
    let broken =
        Shot { problem: Some("the page did not load".into()), hash: String::new(), ..shot(6, "") };
    Timeline {
        title: "octo/cat".into(),
        incomplete: None,
        tracks: vec![
            Track {
                screen: "dashboard".into(),
                source: "templates/dashboard.html".into(),
                shots: vec![
                    shot(1, "a"),
                    shot(2, "a"),
                    shot(3, "b"),
                    tagged,
                    shot(5, "a"),
                    broken.clone(),
                    broken,
                ],
            },
            Track { screen: "index".into(), shots: vec![shot(1, "c")], ..Track::default() },
        ],
    }
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    let text =
        |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
    page.select(&selector).map(text).collect()
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).filter_map(|found| found.attr(name).map(str::to_owned)).collect()
}

#[test]
fn neighbours_that_look_the_same_are_one_moment() {
    let page = Html::parse_document(&render_timeline(&timeline()));
    assert_eq!(
        attributes(&page, ".track img", "src"),
        ["shots/a.png", "shots/b.png", "shots/a.png", "shots/c.png"],
        "a picture that comes back is a moment of its own"
    );
    assert_eq!(
        attributes(&page, ".moment", "data-when")[..2],
        ["1 of 5, 1970-01-02 to 1970-01-03", "2 of 5, 1970-01-04 to 1970-01-05"]
    );
    assert_eq!(texts(&page, ".note"), ["No picture: the page did not load."; 2]);
    assert_eq!(texts(&page, ".badge"), ["v1"]);
    assert_eq!(
        texts(&page, ".what")[..2],
        ["step 1", "step 3"],
        "what changed when it first looked so"
    );
    assert_eq!(texts(&page, "details summary"), ["2 versions look like this"; 2]);
    assert!(attributes(&page, "img", "alt").iter().all(|alt| !alt.is_empty()));
    assert_eq!(attributes(&page, "input", "max"), ["5", "1"]);
    assert!(texts(&page, "main > p")[0].starts_with("2 screens, 8 versions, 6 pictures"));
}

#[test]
fn pictures_are_inside_or_beside_the_page_and_nowhere_else() {
    let mut timeline = timeline();
    let inline = leadforge_markup::inline_picture(b"\x89PNG\r\n\x1a\n").expect("a PNG");
    timeline.tracks[0].shots[0].picture.clone_from(&inline);
    timeline.tracks[0].shots[2].picture = "https://evil.example/x.png".into();
    timeline.tracks[0].shots[4].picture = "//evil.example/x.png".into();
    timeline.tracks[1].shots[0].picture = "data:image/svg+xml;base64,AA==".into();
    let text = render_timeline(&timeline);
    let page = Html::parse_document(&text);
    assert_eq!(attributes(&page, "img", "src"), [inline]);
    assert!(text.contains("img-src data: &#39;self&#39;;"), "nothing from another host");
    assert_eq!(text, render_timeline(&timeline), "the same bytes");
}

#[test]
fn no_text_acts() {
    let evil = "</script></li><img src=x onerror=alert(1)>\" onclick=\"alert(2)";
    let mut timeline = timeline();
    timeline.title = evil.into();
    timeline.incomplete = Some(evil.into());
    for track in &mut timeline.tracks {
        track.screen = evil.into();
        track.source = evil.into();
        for shot in &mut track.shots {
            for text in [&mut shot.commit, &mut shot.subject, &mut shot.summary, &mut shot.picture]
            {
                *text = evil.into();
            }
            shot.versions = vec![evil.into(); 10];
        }
    }
    let page = Html::parse_document(&render_timeline(&timeline));
    assert!(attributes(&page, "*", "onerror").is_empty());
    assert!(attributes(&page, "*", "onclick").is_empty());
    assert!(attributes(&page, "img", "src").is_empty());
    assert_eq!(texts(&page, "script").len(), 1);
}

#[test]
fn nothing_to_show_is_a_page_too() {
    let page = Html::parse_document(&render_timeline(&Timeline::default()));
    assert_eq!(texts(&page, "h1"), ["Visual history"]);
}
