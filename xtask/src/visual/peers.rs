//! The programs that are compared, how each is called and how its answer is read.

use crate::cost::Cost;
use crate::setup;
use crate::sh::{self, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A program with its arguments.
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) command: Vec<String>,
    /// Its count in what it prints.
    pub(super) answer: fn(&str) -> Option<u64>,
}

/// The names of our rows: counting alone, and all that a user gets.
pub(super) const OURS: &str = "ours, counting";
pub(super) const LEAD_SHOT: &str = "lead-shot diff";

fn words(paths: &[&Path]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

fn example() -> PathBuf {
    sh::target().join("release/examples/compare")
}

fn in_json(said: &str, pointer: &str) -> Option<u64> {
    serde_json::from_str::<Value>(said).ok()?.pointer(pointer)?.as_u64()
}

pub(super) fn ours(files: &[PathBuf; 2], all: bool, picture: Option<&Path>) -> Program {
    let mut command = words(&[&example(), &files[0], &files[1]]);
    command.extend(all.then(|| "--include-aa".to_owned()));
    command.extend(picture.iter().flat_map(|path| ["-o".to_owned(), path.display().to_string()]));
    Program { name: OURS, command, answer: |said| in_json(said, "/counts/counted") }
}

/// Ours, with recolours, alignment and regions.
pub(super) fn ours_telling(files: &[PathBuf; 2], all: bool) -> Program {
    let mut program = ours(files, all, None);
    program.command.push("--structure".to_owned());
    Program { name: "ours, telling what changed", ..program }
}

/// The command as a user calls it: counts, recolours, alignment, regions and the verdict.
pub(super) fn lead_shot(files: &[PathBuf; 2], all: bool, picture: Option<&Path>) -> Program {
    let mut command = words(&[&sh::target().join("release/lead-shot")]);
    command.extend(["diff", "--format", "json"].map(str::to_owned));
    command.extend(words(&[&files[0], &files[1]]));
    command.extend(all.then(|| "--include-aa".to_owned()));
    command.extend(picture.iter().flat_map(|path| ["-o".to_owned(), path.display().to_string()]));
    Program { name: LEAD_SHOT, command, answer: |said| in_json(said, "/data/counts/counted") }
}

pub(super) fn odiff(files: &[PathBuf; 2], all: bool, picture: Option<&Path>) -> Program {
    let binary = sh::scratch("tools").join("node_modules/@odiff/linux-x64/odiff");
    let mut command = words(&[&binary, &files[0], &files[1]]);
    command.extend(picture.map(|path| path.display().to_string()));
    command.push("--parsable-stdout".to_owned());
    command.extend((!all).then(|| "--antialiasing".to_owned()));
    // Equal pictures are told by nothing at all.
    let answer = |said: &str| match said.trim() {
        "" | "success" => Some(0),
        text => text.split(';').next()?.trim().parse().ok(),
    };
    Program { name: "odiff 4.5.0", command, answer }
}

pub(super) fn blazediff(files: &[PathBuf; 2], all: bool) -> Program {
    let mut command = words(&[&setup::tool_path("blazediff"), &files[0], &files[1]]);
    command.extend((!all).then(|| "-a".to_owned()));
    Program { name: "blazediff 6.0.2", command, answer: |said| in_json(said, "/diffCount") }
}

pub(super) fn pixelmatch(files: &[PathBuf; 2], all: bool) -> Program {
    let node = sh::which("node").unwrap_or_default();
    let script = sh::root().join("xtask/src/visual/pixelmatch.mjs");
    let mut command = words(&[&node, &script, &sh::scratch("tools"), &files[0], &files[1]]);
    command.extend(all.then(|| "--include-aa".to_owned()));
    Program { name: "pixelmatch 7.2.0, node", command, answer: |said| said.trim().parse().ok() }
}

/// Runs each program so many times, in turn.
pub(super) fn cost(programs: &[&Program], runs: u32) -> Result<Vec<Cost>> {
    let commands: Vec<&[String]> = programs.iter().map(|program| &program.command[..]).collect();
    crate::cost::cost(&commands, runs)
}
