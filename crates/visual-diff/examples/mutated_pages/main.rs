//! Pages that are made, changed and photographed, and how well the changes are named.
//!
//! `mutated_pages [--style first|second] [--seed N] [--pages N] [--one PAGE] [-v]`: each page is drawn twice by Chromium, as it was and as it is; the truth is what the document says
//! of its elements' boxes. Prints precision, recall and F1 of each kind, and what each sort of change
//! was called. A region is right when its kind is and its boxes overlap those of the truth by at least
//! half of what both cover (intersection over union). `--limits F1 REGIONS` fails below the one or
//! above the other. What `--keep FOLDER` kept is judged again without a browser.

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

mod camera;
mod dice;
mod first;
mod score;
mod second;
mod truth;

use camera::Camera;
use leadforge_visual_diff::{Bytes, Config, Tolerance, diff};
use std::path::PathBuf;
use truth::Mutated;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Args {
    make: fn(u64, u64) -> Mutated,
    seed: u64,
    pages: std::ops::Range<u64>,
    keep: Option<PathBuf>,
    limits: Option<(f64, f64)>,
    verbose: bool,
}

fn main() -> Result<()> {
    let args = args()?;
    let mut camera = Camera { session: None, keep: args.keep };
    let mut sums = score::Sums::default();
    for number in args.pages {
        let page = (args.make)(args.seed, number);
        let (before, was) =
            camera.photograph(&format!("{number}-before"), &page.before, page.width)?;
        let (after, is) = camera.photograph(&format!("{number}-after"), &page.after, page.width)?;
        let truth = page.truth(&was, &is);
        let truth =
            truth.ok_or(format!("page {number} has not what was changed: {}", page.name))?;
        let found = diff(
            &Bytes { name: "before", bytes: &before },
            &Bytes { name: "after", bytes: &after },
            &Config::default(),
            &Tolerance::default(),
        )?;
        let regions = found.structure.as_ref().map_or(&[][..], |all| &all.regions);
        let faults = sums.add(&truth, regions);
        if args.verbose && !faults.is_empty() {
            println!("page {number} ({}): {}", page.name, found.summary);
            faults.iter().for_each(|fault| println!("    {fault}"));
        }
    }
    println!("{sums}");
    let (f1, regions) = sums.marks();
    match args.limits {
        Some((least, most)) if f1 < least || regions > most => Err(format!(
            "macro-F1 {f1:.3} (at least {least}), {regions:.2} regions (at most {most})"
        ))?,
        _ => Ok(()),
    }
}

fn args() -> Result<Args> {
    let mut parsed = Args {
        make: first::mutated,
        seed: 20_261_122,
        pages: 0..200,
        keep: None,
        limits: None,
        verbose: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--style" => {
                parsed.make = match value()?.as_str() {
                    "first" => first::mutated,
                    "second" => second::mutated,
                    other => return Err(format!("{other} is no style: first, second").into()),
                }
            }
            "--seed" => parsed.seed = value()?.parse()?,
            "--pages" => parsed.pages = 0..value()?.parse()?,
            "--one" => {
                let one = value()?.parse()?;
                parsed.pages = one..one + 1;
            }
            "--keep" => parsed.keep = Some(value()?.into()),
            "--limits" => parsed.limits = Some((value()?.parse()?, value()?.parse()?)),
            "-v" => parsed.verbose = true,
            _ => return Err(format!("{word} is no option").into()),
        }
    }
    Ok(parsed)
}
