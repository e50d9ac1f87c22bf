//! How the cost grows, with pixels and with difference, as a drawing.

use super::peers::{self, Program};
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
        let svg = drawing(&[
            ("Mpx, 10 % of the rows different", &by_size),
            ("% of the rows different, 8 Mpx", &by_share),
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

/// Two panels side by side.
fn drawing(panels: &[(&str, &Curves)]) -> String {
    const WIDTH: f64 = 360.0;
    const HEIGHT: f64 = 220.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 290\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        panels.len() as f64 * (WIDTH + 80.0),
    );
    for (number, (title, curves)) in panels.iter().enumerate() {
        let left = 60.0 + number as f64 * (WIDTH + 80.0);
        let all = || curves.iter().flatten();
        let most = |of: fn(&(f64, f64)) -> f64| all().map(of).fold(1.0, f64::max);
        let (wide, high) = (most(|point| point.0), most(|point| point.1));
        let place =
            |(x, y): &(f64, f64)| (left + x / wide * WIDTH, 20.0 + HEIGHT - y / high * HEIGHT);
        svg.push_str(&format!(
            "<path d=\"M{left} 20V{bottom}H{right}\" fill=\"none\" stroke=\"#888\"/>\n\
             <text x=\"{middle}\" y=\"{under}\" text-anchor=\"middle\">{title}</text>\n\
             <text x=\"{beside}\" y=\"24\" text-anchor=\"end\">{high:.0} ms</text>\n\
             <text x=\"{beside}\" y=\"{bottom}\" text-anchor=\"end\">0</text>\n\
             <text x=\"{right}\" y=\"{scale}\" text-anchor=\"end\">{wide:.0}</text>\n",
            bottom = 20.0 + HEIGHT,
            right = left + WIDTH,
            middle = left + WIDTH / 2.0,
            under = HEIGHT + 58.0,
            scale = HEIGHT + 36.0,
            beside = left - 6.0,
        ));
        for (curve, (name, colour)) in curves.iter().zip(CURVES) {
            let points: Vec<String> =
                curve.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let (x, y) = curve.last().map(place).unwrap_or_default();
            svg.push_str(&format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n\
                 <text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\" text-anchor=\"end\">{name}</text>\n",
                points.join(" "),
                x,
                y - 6.0,
            ));
        }
    }
    svg + "</svg>\n"
}
