//! `conform rulebook`: every rule file that a repository ever had, read as data and written for every tool.

use crate::bench;
use crate::sh::{self, Fail, Result};
use std::path::Path;

/// Names of files that some tool reads.
const NAMES: [&str; 10] = [
    "AGENTS.md",
    "CLAUDE.md",
    "GEMINI.md",
    "copilot-instructions.md",
    ".cursorrules",
    ".clinerules",
    ".windsurfrules",
    ".mdc",
    ".instructions.md",
    ".clinerules/*",
];

/// So much processor time one whole round may take: import, seven tools, import again, sync.
const MOST_MS: f64 = 20.0;

/// How often a round is run for its time.
const RUNS: u32 = 20;

/// Reads what the clone holds, now and in all of its history.
pub(crate) fn conform(repo: Option<&Path>) -> Result {
    let repo = repo.ok_or_else(|| Fail::usage("conform rulebook needs --repo CLONE"))?;
    let build =
        ["build", "--locked", "--release", "-p", "leadforge-rulebook", "--example", "round"];
    sh::run(sh::cargo().args(build))?;
    let round = sh::target().join("release/examples/round");
    let git = |args: &[&str]| sh::capture(sh::program("git").arg("-C").arg(repo).args(args));
    let mut raw =
        vec!["log", "--all", "--format=", "--raw", "--no-abbrev", "--no-renames", "-m", "--"];
    let globs: Vec<String> = NAMES.iter().map(|name| format!(":(glob)**/*{name}")).collect();
    raw.extend(globs.iter().map(String::as_str));
    let log = git(&raw)?;
    let mut versions: Vec<(&str, &str)> = log
        .lines()
        .filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            let mut words = about.split(' ').skip(1);
            let (mode, blob) = (words.next()?, words.nth(1)?);
            (mode.starts_with("100") && !blob.starts_with("0000000")).then_some((path, blob))
        })
        .collect();
    versions.sort_unstable();
    versions.dedup();
    let dir = sh::scratch("rulebook");
    let (mut read, mut absent, mut failed) = (0, 0, Vec::new());
    let (mut largest, mut most) = (0, 0.0);
    for (path, blob) in &versions {
        sh::fresh(&dir)?;
        let file = dir.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&dir))?;
        // A clone may lack blobs of its history; they are counted.
        let mut cat = sh::program("git");
        let out = cat.arg("-C").arg(repo).args(["cat-file", "blob", blob]).output()?;
        if !out.status.success() {
            absent += 1;
            continue;
        }
        std::fs::write(&file, out.stdout)?;
        let done = sh::program(&round).arg(&dir).arg(path).output()?;
        read += 1;
        // The kernel counts in ticks of 10 ms: the largest file is read often.
        let size = file.metadata()?.len();
        if size > largest {
            (largest, most) = (size, cost(&round, &dir, path)?);
        }
        if !done.status.success() {
            let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
            failed.push(format!("{path} ({blob}): {}", said.trim_end()));
        }
    }
    println!(
        "rulebook: {} of {read} versions of rule files the same, {absent} absent; the largest, {largest} bytes, \
         takes {most:.1} ms of processor time to data, through 7 tools, to data again and through sync",
        read - failed.len()
    );
    if read == 0 {
        return Err(Fail::missing("the clone never had a file that a tool reads"));
    }
    if most > MOST_MS {
        failed
            .push(format!("the largest takes {most:.1} ms of processor time, more than {MOST_MS}"));
    }
    if failed.is_empty() { Ok(()) } else { Err(Fail::gate(failed.join("\n"))) }
}

/// Processor time of one round of a file, in ms.
fn cost(round: &Path, dir: &Path, path: &str) -> Result<f64> {
    let before = bench::children()?;
    for _ in 0..RUNS {
        sh::program(round).arg(dir).arg(path).output()?;
    }
    Ok((bench::children()? - before) / f64::from(RUNS))
}
