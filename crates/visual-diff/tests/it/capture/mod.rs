//! Capture with a real Chromium; a test that finds none fails.

mod ending;
mod fence;
mod parts;
mod states;
mod steady;

use std::collections::BTreeSet;
use std::fs;

use leadforge_visual_diff::capture::{Answer, Asked, Browser, Error, Picture, Session, Shot};

/// Chromium as everybody gets it.
fn session() -> Session {
    started(Browser::default())
}

fn started(browser: Browser) -> Session {
    Session::start(browser).unwrap_or_else(|error| {
        panic!("{error}; `cargo xtask setup` installs Chromium, fonts and bubblewrap")
    })
}

/// One page at the root, and nothing else.
fn page(html: &str) -> impl Fn(&Asked<'_>) -> Answer {
    move |asked| match asked.url {
        "http://localhost/" => answer("text/html; charset=utf-8", html),
        _ => Answer::Block,
    }
}

fn answer(kind: &str, text: &str) -> Answer {
    Answer::Body { status: 200, kind: kind.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn small() -> Shot {
    Shot { viewport: leadforge_visual_diff::Size { width: 400, height: 300 }, ..Shot::default() }
}

fn shoot(session: &mut Session, shot: &Shot, html: &str) -> Result<Picture, Error> {
    session.capture(shot, &page(html))
}

/// The colour at a place of a picture.
fn colour(picture: &Picture, x: usize, y: usize) -> [u8; 3] {
    let mut reader =
        png::Decoder::new(std::io::Cursor::new(&picture.png)).read_info().expect("PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it fits")];
    let info = reader.next_frame(&mut pixels).expect("whole");
    let samples = info.color_type.samples();
    let at = y * info.line_size + x * samples;
    [pixels[at], pixels[at + 1], pixels[at + 2]]
}

/// Every process below another one.
fn descendants(root: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        for task in tasks {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            let children = children.split_whitespace().filter_map(|pid| pid.parse().ok());
            open.extend(children.filter(|pid| found.insert(*pid)));
        }
    }
    found
}
