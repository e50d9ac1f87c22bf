//! `bench visual`: our comparison beside others', answers first, then what they cost.

use super::peers::{self, Program};
use super::plot;
use crate::cost::Cost;
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

/// Runs of each command; the peers take turns.
const RUNS: u32 = 9;

/// Two pictures, and what each program is known to count: without smoothed edges, with them.
pub(super) struct Pair {
    name: &'static str,
    before: &'static str,
    after: &'static str,
    /// pixelmatch's, and so ours.
    truth: [u64; 2],
    odiff: [u64; 2],
    blazediff: [u64; 2],
    /// The greatest share of odiff's CPU that we may need.
    limits: [f64; 2],
}

const PAIRS: &[Pair] = &[
    Pair {
        name: "cypress, 3446 × 10728",
        before: "visual/odiff/www.cypress.io.png",
        after: "visual/odiff/www.cypress.io-1.png",
        truth: [927_205, 1_091_034],
        odiff: [924_786, 1_090_946],
        blazediff: [927_137, 1_091_034],
        limits: [0.50, 0.40],
    },
    Pair {
        name: "dashboard, 1920 × 1080",
        before: "job-lead-finder/docs/images/pr71/dashboard-before.png",
        after: "job-lead-finder/docs/images/pr71/dashboard.png",
        truth: [592, 1252],
        odiff: [578, 1250],
        blazediff: [606, 1252],
        limits: [0.45, 0.45],
    },
    Pair {
        name: "ai-monitor, 1920 × 1482",
        before: "job-lead-finder/docs/images/pr71/ai-monitor.png",
        after: "job-lead-finder/docs/images/pr71/ai-monitor-fixed.png",
        truth: [639, 1054],
        odiff: [584, 1052],
        blazediff: [650, 1054],
        limits: [0.45, 0.45],
    },
    Pair {
        name: "job-search, 1920 × 1080",
        before: "job-lead-finder/docs/images/pr71/job-search-before.png",
        after: "job-lead-finder/docs/images/pr71/job-search.png",
        truth: [0, 0],
        odiff: [0, 0],
        blazediff: [0, 0],
        limits: [0.45, 0.45],
    },
];

/// Of memory, in MiB; of time on the wall; of CPU and of bytes with a picture of the differences.
const MEMORY: f64 = 32.0;
const WALL: f64 = 0.60;
const WITH_PICTURE: f64 = 0.60;
const PICTURE: f64 = 1.2;

/// Measures, and gives the section for docs/benchmarks.md; the plot is written beside it.
pub(crate) fn section(write: bool) -> Result<String> {
    setup::ensure("visual-peers")?;
    let corpora = crate::conform::corpora()?;
    let build =
        ["build", "--release", "--locked", "-p", "leadforge-visual-diff", "--example", "compare"];
    sh::run(sh::cargo().args(build))?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-shot"]))?;
    let dir = sh::scratch("bench-visual");
    sh::fresh(&dir)?;
    let mut text = format!(
        "Median of {RUNS} runs in turn; CPU is user and system time together. Each program's count is \
         compared with what it is known to answer before anything is timed; ours is pixelmatch 7.2.0's. \
         The shares are of odiff's. Memory includes what the measuring process leaves behind, 10 MiB.\n\n\
         | pictures | program | counts | CPU, ms | share | wall | memory, MiB | limit |\n\
         |---|---|---|---|---|---|---|---|\n"
    );
    let mut missed = Vec::new();
    for pair in PAIRS {
        for smooth in [true, false] {
            counted(pair, smooth, &corpora, &mut text, &mut missed)?;
        }
    }
    for pair in &PAIRS[..2] {
        drawn(pair, &corpora, &dir, &mut text, &mut missed)?;
    }
    text.push_str(&plot::growth(&dir, write)?);
    text.push_str(&match missed.as_slice() {
        [] => "\nEvery limit is met.\n".to_owned(),
        _ => format!("\nMissed: {}.\n", missed.join("; ")),
    });
    Ok(text)
}

impl Pair {
    fn files(&self, corpora: &Path) -> [PathBuf; 2] {
        [corpora.join(self.before), corpora.join(self.after)]
    }
}

/// Counts only, with smoothed edges counted or taken aside.
fn counted(
    pair: &Pair,
    all: bool,
    corpora: &Path,
    text: &mut String,
    missed: &mut Vec<String>,
) -> Result {
    let which = usize::from(all);
    let files = pair.files(corpora);
    let programs = [
        (peers::odiff(&files, all, None), pair.odiff[which]),
        (peers::ours(&files, all, None), pair.truth[which]),
        (peers::lead_shot(&files, all, None), pair.truth[which]),
        (peers::blazediff(&files, all), pair.blazediff[which]),
    ];
    let slow = [(peers::pixelmatch(&files, all), pair.truth[which])];
    let mut costs = measured(&programs, RUNS)?;
    costs.extend(measured(&slow, 3)?);
    let odiff = costs[0].clone();
    let name = format!("{}, {}", pair.name, if all { "all edges" } else { "smoothed edges aside" });
    for ((program, answer), cost) in programs.iter().chain(&slow).zip(&costs) {
        let (share, wall) = (cost.cpu / odiff.cpu, cost.wall / odiff.wall);
        let limit = pair.limits[which];
        let mut limits = String::new();
        if is_ours(program) {
            limits = format!("{limit:.2}, wall {WALL:.2}, {MEMORY} MiB");
            let rules = [("CPU", share, limit), ("wall", wall, WALL), ("MiB", cost.mib(), MEMORY)];
            for (what, found, allowed) in
                rules.into_iter().filter(|(_, found, allowed)| found > allowed)
            {
                missed.push(format!("{name}, {}: {what} {found:.2} > {allowed:.2}", program.name));
            }
        }
        text.push_str(&format!(
            "| {name} | {} | {answer} | {:.1} | {share:.2} | {wall:.2} | {:.0} | {limits} |\n",
            program.name,
            cost.cpu,
            cost.mib(),
        ));
    }
    Ok(())
}

/// With a picture of the differences.
fn drawn(
    pair: &Pair,
    corpora: &Path,
    dir: &Path,
    text: &mut String,
    missed: &mut Vec<String>,
) -> Result {
    let files = pair.files(corpora);
    let pictures = ["odiff.png", "ours.png", "lead-shot.png"].map(|name| dir.join(name));
    let programs = [
        (peers::odiff(&files, true, Some(&pictures[0])), pair.odiff[1]),
        (peers::ours(&files, true, Some(&pictures[1])), pair.truth[1]),
        (peers::lead_shot(&files, true, Some(&pictures[2])), pair.truth[1]),
    ];
    let costs = measured(&programs, RUNS)?;
    let bytes = |path: &PathBuf| Ok::<f64, Fail>(std::fs::metadata(path)?.len() as f64);
    let sizes = pictures.iter().map(bytes).collect::<Result<Vec<f64>>>()?;
    for (((program, answer), cost), size) in programs.iter().zip(&costs).zip(&sizes) {
        let (share, part) = (cost.cpu / costs[0].cpu, size / sizes[0]);
        let wall = cost.wall / costs[0].wall;
        let mut limits = String::new();
        if is_ours(program) {
            limits = format!("{WITH_PICTURE:.2}, bytes {PICTURE:.1}");
            for (what, found, allowed) in [("CPU", share, WITH_PICTURE), ("bytes", part, PICTURE)] {
                if found > allowed {
                    missed.push(format!(
                        "{} with a picture, {}: {what} {found:.2} > {allowed:.2}",
                        pair.name, program.name
                    ));
                }
            }
        }
        text.push_str(&format!(
            "| {}, all edges, picture of {size} bytes ({part:.2}) | {} | {answer} | {:.1} | {share:.2} | {wall:.2} | {:.0} | {limits} |\n",
            pair.name, program.name, cost.cpu, cost.mib(),
        ));
    }
    Ok(())
}

/// Both of our rows have the same limits: what a user gets, and the counting in it.
fn is_ours(program: &Program) -> bool {
    [peers::OURS, peers::LEAD_SHOT].contains(&program.name)
}

/// What programs cost, once each has given the answer that it is known for.
fn measured(programs: &[(Program, u64)], runs: u32) -> Result<Vec<Cost>> {
    let only: Vec<&Program> = programs.iter().map(|(program, _)| program).collect();
    for ((program, known), cost) in programs.iter().zip(peers::cost(&only, 1)?) {
        let said = (program.answer)(&cost.said);
        if said != Some(*known) {
            let line = program.command.join(" ");
            return Err(Fail::gate(format!("{line} counts {said:?}, known is {known}")));
        }
    }
    peers::cost(&only, runs)
}
