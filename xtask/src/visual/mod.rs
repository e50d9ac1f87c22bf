//! What others say of the pictures in the corpora, and how their programs are installed.

pub(crate) mod bench;
mod controls;
mod mutated;
mod ours;
mod peers;
mod plot;
mod steps;
mod tall;
mod variants;

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

/// What the checks read.
pub(crate) struct Data<'a> {
    pub(crate) corpora: &'a Path,
    pub(crate) repo: Option<&'a Path>,
}

impl Data<'_> {
    fn repo(&self) -> Result<&Path> {
        self.repo.ok_or_else(|| Fail::missing("--repo CLONE: a clone of vcaboara/job-lead-finder"))
    }
}

/// A check prints what it saw and gives what is wrong with it.
type Check = fn(&Data<'_>) -> Result<Vec<String>>;

/// The checks of what we say of pictures, by their areas' names.
const CHECKS: &[(&str, Check)] = &[
    ("variants", variants::check),
    ("controls", controls::check),
    ("steps", steps::check),
    ("tall", tall::check),
    ("pages", mutated::check),
];

/// Runs a check; it fails when anything is wrong.
pub(crate) fn check(area: &str, data: &Data<'_>) -> Result {
    let (_, check) = CHECKS.iter().find(|(name, _)| *name == area).expect("areas are checks");
    ours::build()?;
    match check(data)?.as_slice() {
        [] => Ok(()),
        faults => Err(Fail::gate(format!("{area}: {}", faults.join("; ")))),
    }
}

/// Prints a table in Markdown.
fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) {
    println!("| {} |\n|{}", head.join(" | "), "---|".repeat(N));
    rows.iter().for_each(|row| println!("| {} |", row.join(" | ")));
}

/// The pixels of PngSuite as Pillow and pypng read them; the path of the file is given.
pub(crate) fn truth(corpora: &Path) -> Result<PathBuf> {
    setup::ensure("visual")?;
    let dir = sh::scratch("conform");
    std::fs::create_dir_all(&dir)?;
    let script = sh::root().join("xtask/src/visual/pngsuite.py");
    let mut python = sh::program(setup::tool_path("python3"));
    let said = sh::capture(python.arg(script).arg(corpora.join("visual/pngsuite")))?;
    let file = dir.join("pngsuite");
    std::fs::write(&file, said)?;
    Ok(file)
}
