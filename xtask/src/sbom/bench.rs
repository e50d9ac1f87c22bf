//! `bench sbom`: our inventories, matches and comparisons beside others', answers first, then what they cost.

use super::answers::{self, Truth};
use super::cases;
use super::growth;
use super::peers::Program;
use crate::cost::{Cost, cost};
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::PathBuf;

/// How a program's answer is read.
pub(super) type Answer = Box<dyn Fn(&str) -> Result<String>>;

/// A program, how its answer is read, and what it is known to answer.
pub(super) struct Row {
    pub(super) program: Program,
    pub(super) answer: Answer,
    pub(super) known: String,
}

/// What is asked of several programs.
pub(super) struct Case {
    pub(super) what: String,
    /// The answer that is right, when one of them is.
    pub(super) truth: Option<String>,
    pub(super) rows: Vec<Row>,
    /// The most CPU of ours in ms, memory in MB, and the least times that the fastest peer needs of our CPU.
    pub(super) limits: [Option<f64>; 3],
    pub(super) runs: u32,
}

/// Where things lie.
pub(super) struct Places<'a> {
    pub(super) corpora: PathBuf,
    pub(super) clones: &'a [&'a str],
    pub(super) dir: PathBuf,
}

/// What of it is asked for.
#[derive(Default)]
pub(crate) struct Asked<'a> {
    pub(crate) write: bool,
    pub(crate) clones: Vec<&'a str>,
    /// Leave other programs out, which take nearly all of the time.
    pub(crate) alone: bool,
    /// Only inputs whose names hold this; `growth` is the drawing.
    pub(crate) only: Option<&'a str>,
}

/// Measures, and gives the section for docs/benchmarks.md; the plot is written beside it.
pub(crate) fn section(asked: &Asked<'_>) -> Result<String> {
    let partly = asked.alone || asked.only.is_some();
    if partly && asked.write {
        return Err(Fail::usage("--write is of all of it: without --alone and --only"));
    }
    setup::ensure("sbom-peers")?;
    let corpora = crate::conform::corpora()?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-sbom"]))?;
    let dir = sh::scratch("bench-sbom");
    sh::fresh(&dir)?;
    let places = Places { corpora, clones: &asked.clones, dir };
    let mut text = String::from(
        "Medians of runs in turn; CPU is user and system time together, and `times` is a program's CPU by ours. \
         Each program's answer is compared with what it is known to answer before anything is timed, and ours with \
         the truth: what an independent script finds in the lock files, and what cargo-audit, tarfile and the two \
         lock files say of the rest. ✗ marks an answer that is not the truth, and the times it took. Memory is never \
         less than the 15 MB of the process that measures.\n\n\
         | input | program | answer | CPU, ms | times | memory, MB | limit |\n|---|---|---|---|---|---|---|\n",
    );
    let (mut faults, mut missed) = (Vec::new(), Vec::new());
    let wanted = |what: &str| asked.only.is_none_or(|only| what.contains(only));
    let growth = wanted("growth");
    let cases = if asked.only == Some("growth") { Vec::new() } else { cases::all(&places)? };
    for mut case in cases.into_iter().filter(|case| wanted(&case.what)) {
        if asked.alone {
            case.rows.retain(|row| row.program.ours);
            case.limits[2] = None;
        }
        measure(&case, &mut text, &mut faults, &mut missed)?;
    }
    if !faults.is_empty() {
        return Err(Fail::gate(faults.join("\n       ")));
    }
    if growth {
        text.push_str(&growth::section(&places.dir, asked)?);
    }
    text.push_str(&match missed.as_slice() {
        [] => "\nEvery limit is met.\n".to_owned(),
        _ => format!("\nMissed: {}.\n", missed.join("; ")),
    });
    Ok(text)
}

/// What a program answered.
fn answer(row: &Row, cost: &Cost) -> Result<String> {
    match &row.program.file {
        Some(file) => (row.answer)(&std::fs::read_to_string(file)?),
        None => (row.answer)(&cost.said),
    }
}

fn measure(
    case: &Case,
    text: &mut String,
    faults: &mut Vec<String>,
    missed: &mut Vec<String>,
) -> Result {
    let commands: Vec<&[String]> = case.rows.iter().map(|row| &row.program.command[..]).collect();
    for (row, cost) in case.rows.iter().zip(cost(&commands, 1)?) {
        let line = row.program.command.join(" ");
        let said = answer(row, &cost).map_err(|fail| {
            Fail::gate(format!("{line} (exit {:?}): {}", cost.code, fail.message))
        })?;
        if said != row.known {
            faults.push(format!("{line} answers {said:?}, known is {:?}", row.known));
        }
    }
    let costs = cost(&commands, case.runs)?;
    let both = || case.rows.iter().zip(&costs);
    let ours = both().find(|(row, _)| row.program.ours).map_or(f64::NAN, |(_, cost)| cost.cpu);
    let right = |row: &Row| case.truth.as_ref().is_none_or(|truth| *truth == row.known);
    for (row, cost) in both() {
        let mark = if right(row) { "" } else { " ✗" };
        let mut limits = Vec::new();
        if row.program.ours {
            let peers = both().filter(|(row, _)| !row.program.ours).map(|(_, cost)| cost.cpu);
            let least = peers.fold(f64::INFINITY, f64::min) / cost.cpu;
            let [cpu, memory, times] = case.limits;
            let mut bound = |limit: Option<f64>, words: String, kept: bool| {
                if limit.is_some() {
                    if !kept {
                        missed.push(format!("{}: {words}", case.what));
                    }
                    limits.push(words);
                }
            };
            let limit = |limit: Option<f64>| limit.unwrap_or_default();
            bound(cpu, format!("{:.0} ms", limit(cpu)), cost.cpu <= limit(cpu));
            bound(memory, format!("{:.0} MB", limit(memory)), cost.mb() <= limit(memory));
            bound(
                times,
                format!("{:.0} times less than the fastest", limit(times)),
                least >= limit(times),
            );
        }
        let line = format!(
            "| {} | {} | {}{mark} | {:.1} | {:.1}{mark} | {:.1} | {} |\n",
            case.what,
            row.program.name,
            row.known,
            cost.cpu,
            cost.cpu / ours,
            cost.mb(),
            limits.join(", "),
        );
        // What takes long is seen as it comes.
        print!("{line}");
        text.push_str(&line);
    }
    Ok(())
}

/// A program that answers with a document, beside the truth.
pub(super) fn document(
    program: Program,
    truth: &std::rc::Rc<Truth>,
    alone: bool,
    known: &str,
) -> Row {
    let truth = truth.clone();
    let known = if program.ours { truth.whole() } else { known.to_owned() };
    Row { program, answer: Box::new(move |said| truth.beside(said, alone)), known }
}

/// A program whose answer a function reads.
pub(super) fn row(program: Program, answer: fn(&str) -> Result<String>, known: &str) -> Row {
    Row { program, answer: Box::new(answer), known: known.to_owned() }
}

/// The advisories of a lock file by their classes.
pub(super) fn known(classes: [usize; 3]) -> String {
    answers::classes(classes)
}
