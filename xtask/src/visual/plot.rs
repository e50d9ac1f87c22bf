//! How the cost grows, with pixels and with difference, as a drawing.

use super::peers::{self, Program};
use crate::plot::{self, Curve, Panel};
use crate::sh::{self, Result};
use std::path::{Path, PathBuf};

/// Runs of each command.
const RUNS: u32 = 5;
/// Sizes in Mpx at a tenth of different rows; shares of different rows at 8 Mpx.
const SIZES: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
const SHARES: &[f64] = &[0.0, 0.1, 0.25, 0.5, 0.75, 1.0];
/// Where the drawing lies, and its name in the page.
const FILE: &str = "docs/benchmarks-visual.svg";

/// Points of ours, counting and telling what changed, and of odiff: x, CPU in ms.
type Curves = [Vec<(f64, f64)>; 3];
/// What the curves are called, and their colours.
const CURVES: [(&str, &str); 3] =
    [(peers::OURS, "#0a7"), (peers::LEAD_SHOT, "#06c"), ("odiff", "#c33")];

/// Measures drawn pages and gives the lines for the page.
pub(super) fn growth(dir: &Path, write: bool) -> Result<String> {
    let mut by_size: Curves = Default::default();
    for size in SIZES {
        let costs = point(dir, *size, 0.1)?;
        by_size.iter_mut().zip(costs).for_each(|(curve, cost)| curve.push((*size, cost)));
    }
    let mut by_share: Curves = Default::default();
    for share in SHARES {
        let costs = point(dir, 8.0, *share)?;
        by_share.iter_mut().zip(costs).for_each(|(curve, cost)| curve.push((share * 100.0, cost)));
    }
    if write {
        let panel = |title, curves: &Curves| Panel { title, curves: named(curves) };
        let svg = plot::drawing(&[
            panel("Mpx, 10 % of the rows different", &by_size),
            panel("% of the rows different, 8 Mpx", &by_share),
        ]);
        std::fs::write(sh::root().join(FILE), svg)?;
    }
    let row = |curves: &Curves| {
        let point = |at: usize| {
            let [counting, telling, odiff] = curves.each_ref().map(|curve| curve[at]);
            format!("{:.0}: {:.0} / {:.0} / {:.0}", counting.0, counting.1, telling.1, odiff.1)
        };
        (0..curves[0].len()).map(point).collect::<Vec<_>>().join(", ")
    };
    Ok(format!(
        "\nHow the cost grows (drawn pages, all edges counted; CPU in ms, ours counting / lead-shot diff / odiff):\n\n\
         - with pixels, in Mpx: {}\n- with difference, in % of the rows: {}\n\n![CPU by size and by difference](benchmarks-visual.svg)\n",
        row(&by_size),
        row(&by_share),
    ))
}

/// The cost of ours and of odiff for a page of so many Mpx.
fn point(dir: &Path, size: f64, share: f64) -> Result<[f64; 3]> {
    let files = ["before.png", "after.png"].map(|name| dir.join(name));
    let height = (size * 1e6 / 1280.0).round();
    let script = sh::root().join("xtask/src/visual/pages.py");
    let mut python = sh::program("python3");
    python.arg(script).args(["1280".to_owned(), height.to_string(), share.to_string()]);
    sh::capture(python.args::<&[PathBuf], _>(&files))?;
    let programs: [Program; 3] = [
        peers::ours(&files, true, None),
        peers::lead_shot(&files, true, None),
        peers::odiff(&files, true, None),
    ];
    let costs = peers::cost(&programs.each_ref(), RUNS)?;
    Ok([costs[0].cpu, costs[1].cpu, costs[2].cpu])
}

/// The curves with their names and colours.
fn named(curves: &Curves) -> Vec<Curve> {
    let curve = |((name, colour), points): ((&'static str, &'static str), &Vec<(f64, f64)>)| {
        Curve { name, colour, points: points.clone() }
    };
    CURVES.into_iter().zip(curves).map(curve).collect()
}
