//! Pages that are made, changed and photographed, and how well the changes are named.
//!
//! `mutated_pages [--seed N] [--pages N] [--keep FOLDER] [--one PAGE] [-v]`: each page is drawn
//! twice by Chromium, as it was and as it is; the truth is what the document says of its elements'
//! boxes. Prints precision, recall and F1 of each kind. A region is right when its kind is and its
//! boxes overlap those of the truth by at least half of what both cover (intersection over union).

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

mod page;
mod score;

use leadforge_visual_diff::capture::{Answer, Asked, Browser, Session, Shot};
use leadforge_visual_diff::{Bytes, Config, Size, Tolerance, diff};
use page::{Boxes, Mutated};
use std::cell::RefCell;
use std::path::PathBuf;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Args {
    seed: u64,
    pages: std::ops::Range<u64>,
    keep: Option<PathBuf>,
    verbose: bool,
}

fn main() -> Result<()> {
    let args = args()?;
    let mut session = Session::start(Browser::default())?;
    let mut sums = score::Sums::default();
    for number in args.pages {
        let page = page::mutated(args.seed, number);
        let (before, was) = photograph(&mut session, &page.before)?;
        let (after, is) = photograph(&mut session, &page.after)?;
        let truth = page.truth(&was, &is);
        let found = diff(
            &Bytes { name: "before", bytes: &before },
            &Bytes { name: "after", bytes: &after },
            &Config::default(),
            &Tolerance::default(),
        )?;
        let regions = found.structure.as_ref().map_or(&[][..], |all| &all.regions);
        let faults = sums.add(&truth, regions);
        if let Some(folder) = &args.keep {
            std::fs::create_dir_all(folder)?;
            std::fs::write(folder.join(format!("{number}-before.png")), &before)?;
            std::fs::write(folder.join(format!("{number}-after.png")), &after)?;
        }
        if args.verbose && !faults.is_empty() {
            println!("page {number} ({}): {}", page.name, found.summary);
            faults.iter().for_each(|fault| println!("    {fault}"));
        }
    }
    println!("{sums}");
    Ok(())
}

fn args() -> Result<Args> {
    let mut parsed = Args { seed: 20_261_122, pages: 0..200, keep: None, verbose: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--seed" => parsed.seed = value()?.parse()?,
            "--pages" => parsed.pages = 0..value()?.parse()?,
            "--one" => {
                let one = value()?.parse()?;
                parsed.pages = one..one + 1;
            }
            "--keep" => parsed.keep = Some(value()?.into()),
            "-v" => parsed.verbose = true,
            _ => return Err(format!("{word} is no option").into()),
        }
    }
    Ok(parsed)
}

/// The picture of a page and the boxes of its marked elements.
fn photograph(session: &mut Session, html: &str) -> Result<(Vec<u8>, Boxes)> {
    let told = RefCell::new(String::new());
    let content = |asked: &Asked<'_>| {
        let body = |kind: &str, bytes: &[u8]| Answer::Body {
            status: 200,
            kind: kind.into(),
            bytes: bytes.to_vec(),
        };
        if let Some((_, boxes)) = asked.url.split_once("/boxes?") {
            boxes.clone_into(&mut told.borrow_mut());
            return body("text/plain", b"");
        }
        if asked.url == "http://localhost/" {
            body("text/html; charset=utf-8", html.as_bytes())
        } else {
            Answer::Block
        }
    };
    let viewport = Size { width: 1024, height: 768 };
    let shot = Shot { viewport, full_page: true, settle_ms: 50, ..Shot::default() };
    let picture = session.capture(&shot, &content)?;
    let boxes = Mutated::boxes(&told.borrow()).ok_or("the page told no boxes")?;
    Ok((picture.png, boxes))
}
