//! `fuzz`: the fuzz targets of the crates, on the stable toolchain, each with its bounds and its figures.

use crate::bench;
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Bounds of every run: memory, seconds on the wall for one input (many, because others may work beside it), and its length.
const BOUNDS: [&str; 3] = ["-rss_limit_mb=256", "-timeout=30", "-max_len=8192"];

/// Inputs that once failed; they stay in the corpus whatever they cover.
const FOUND: &str = "found-";

/// One target: `crates/CRATE/fuzz/targets/NAME.rs`.
pub(crate) struct Target {
    /// Its name, with hyphens.
    pub(crate) name: String,
    /// `crates/CRATE/fuzz`, absolute.
    dir: PathBuf,
}

pub(crate) fn main(args: &[&str]) -> Result {
    let usage = || Fail::usage("cargo xtask fuzz [TARGET…] [--seconds N] [--minimize]");
    let (mut names, mut seconds, mut minimize) = (Vec::new(), 60_u32, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--minimize" => minimize = true,
            "--seconds" => {
                seconds = args.next().and_then(|n| n.parse().ok()).ok_or_else(usage)?;
            }
            flag if flag.starts_with('-') => return Err(usage()),
            name => names.push(name),
        }
    }
    let all = targets()?;
    if let Some(unknown) = names.iter().find(|name| !all.iter().any(|t| t.name == **name)) {
        let known: Vec<&str> = all.iter().map(|target| target.name.as_str()).collect();
        return Err(Fail::usage(format!("no target {unknown}; there are {}", known.join(", "))));
    }
    setup::ensure("fuzz")?;
    let asked = all.iter().filter(|t| names.is_empty() || names.contains(&t.name.as_str()));
    let mut failed = Vec::new();
    println!(
        "| target | CPU, s | runs | corpus, inputs/bytes | edges | peak memory, MB | found |\n\
         |---|---|---|---|---|---|---|"
    );
    for target in asked {
        let ended = if minimize { target.minimize()? } else { target.run(seconds, "")? };
        if let Some(end) = ended {
            failed.push(end);
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        _ => Err(Fail::gate(failed.join("\n"))),
    }
}

/// Every target of the repository, sorted by crate and name.
pub(crate) fn targets() -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for package in listed(&sh::root().join("crates"))? {
        let dir = package.join("fuzz");
        for file in listed(&dir.join("targets")).unwrap_or_default() {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
            targets.push(Target { name: stem, dir: dir.clone() });
        }
    }
    Ok(targets)
}

/// Refuses lock files that are behind their manifests: a fuzzer would be built from what nobody committed.
pub(crate) fn locks() -> Result {
    for package in listed(&sh::root().join("crates"))? {
        let manifest = package.join("fuzz/Cargo.toml");
        if !manifest.is_file() {
            continue;
        }
        let mut cargo = sh::cargo();
        cargo.args(["update", "--quiet", "--workspace", "--locked", "--manifest-path"]);
        sh::run(cargo.arg(manifest))?;
    }
    Ok(())
}

impl Target {
    /// Fuzzes until the fuzzer has used so much CPU and prints a row of figures; gives the line
    /// that replays a failure.
    ///
    /// `flags` go into RUSTFLAGS; with them, everything lies in a target folder of its own.
    pub(crate) fn run(&self, seconds: u32, flags: &str) -> Result<Option<String>> {
        let see = || format!("see {}", self.log(flags).display());
        let (built, good) = self.logged(self.cargo("build", flags)?, flags)?;
        if !good {
            let why = built.lines().find(|line| line.starts_with("error")).unwrap_or("no build");
            return Err(Fail::gate(format!("{}: {why}; {}", self.name, see())));
        }
        let mut figures = Figures::default();
        let failed = loop {
            // Where others work too, so many seconds on the wall are fewer of the CPU.
            let rest = (f64::from(seconds) - figures.cpu).ceil();
            let before = bench::children()?;
            let (text, good) = self.slice(rest, flags)?;
            figures.add(&text, (bench::children()? - before) / 1000.0);
            if !good {
                break Some(text);
            }
            if figures.cpu + 1.0 > f64::from(seconds) {
                break None;
            }
        };
        let artifact = failed.as_deref().and_then(|text| last(text, "Test unit written to "));
        let found = artifact.map_or("nothing", |path| path.rsplit('/').next().unwrap_or(path));
        println!("| {} | {} | {found} |", self.name, figures.row());
        let Some(text) = &failed else { return Ok(None) };
        let loud = |line: &&str| line.contains("panicked at") || line.contains("ERROR: ");
        let said = text.lines().find(loud).unwrap_or("it ended early").trim();
        let Some(artifact) = artifact else {
            return Err(Fail::gate(format!("{}: {said}; {}", self.name, see())));
        };
        let dir = self.dir.strip_prefix(sh::root()).unwrap_or(&self.dir).display();
        Ok(Some(format!(
            "{0}: {said}\n  CARGO_TARGET_DIR=target/fuzz cargo fuzz run --fuzz-dir {dir} --sanitizer none {0} {artifact}",
            self.name
        )))
    }

    /// One run of the fuzzer, for so many seconds on the wall.
    fn slice(&self, seconds: f64, flags: &str) -> Result<(String, bool)> {
        let work = self.scratch(flags).join("corpus").join(&self.name);
        std::fs::create_dir_all(&work)?;
        let mut command = self.cargo("run", flags)?;
        command.args([&work, &self.committed()]).arg("--").args(BOUNDS);
        command.args([format!("-max_total_time={seconds}"), "-print_final_stats=1".to_owned()]);
        let dictionary = self.dir.join("dict").join(&self.name);
        if dictionary.is_file() {
            command.arg(format!("-dict={}", dictionary.display()));
        }
        self.logged(command, flags)
    }

    /// Reduces what the runs so far collected to inputs that cover as much, in place of the committed corpus.
    fn minimize(&self) -> Result<Option<String>> {
        let (scratch, committed) = (self.scratch(""), self.committed());
        let (work, fresh) =
            (scratch.join("corpus").join(&self.name), scratch.join("fresh").join(&self.name));
        std::fs::create_dir_all(&work)?;
        sh::fresh(&fresh)?;
        let mut command = self.cargo("run", "")?;
        command.args([&fresh, &work, &committed]).arg("--").args(BOUNDS);
        // Edges alone decide: with counters the corpus would be ten times as large.
        command.args(["-set_cover_merge=1", "-use_counters=0"]);
        let (_, good) = self.logged(command, "")?;
        if !good {
            return Ok(Some(format!("{}: see {}", self.name, self.log("").display())));
        }
        for old in listed(&committed)? {
            if !name(&old).starts_with(FOUND) {
                std::fs::remove_file(old)?;
            }
        }
        let mut bytes = 0;
        let fresh = listed(&fresh)?;
        for file in &fresh {
            bytes += std::fs::copy(file, committed.join(name(file)))?;
        }
        println!("| {} | | | {}/{bytes} | | | |", self.name, fresh.len());
        Ok(None)
    }

    /// The corpus that is a part of the repository.
    fn committed(&self) -> PathBuf {
        self.dir.join("corpus").join(&self.name)
    }

    /// One target folder for all fuzz crates, so that what they share is built once.
    fn scratch(&self, flags: &str) -> PathBuf {
        sh::scratch(if flags.is_empty() { "fuzz" } else { "planted" })
    }

    fn log(&self, flags: &str) -> PathBuf {
        self.scratch(flags).join("logs").join(&self.name)
    }

    fn cargo(&self, verb: &str, flags: &str) -> Result<Command> {
        let mut cargo = sh::program(setup::cargo_tool(setup::FUZZ)?);
        cargo.args(["fuzz", verb, "--sanitizer=none", "--fuzz-dir"]).arg(&self.dir).arg(&self.name);
        cargo.env("CARGO_TARGET_DIR", self.scratch(flags)).env("RUSTFLAGS", flags);
        Ok(cargo)
    }

    /// Runs with everything that is said in a file; gives it, and whether all went well.
    fn logged(&self, mut command: Command, flags: &str) -> Result<(String, bool)> {
        let path = self.log(flags);
        std::fs::create_dir_all(path.parent().expect("it was joined"))?;
        let log = std::fs::File::create(&path)?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let status =
            command.status().map_err(|error| Fail::missing(format!("cargo fuzz: {error}")))?;
        Ok((String::from_utf8_lossy(&std::fs::read(path)?).into_owned(), status.success()))
    }
}

/// What the fuzzer told of itself, over all its runs.
#[derive(Default)]
struct Figures {
    runs: u64,
    cpu: f64,
    corpus: String,
    edges: String,
    peak: u64,
}

impl Figures {
    fn add(&mut self, text: &str, cpu: f64) {
        let word = |mark: &str| last(text, mark).and_then(|rest| rest.split_whitespace().next());
        let number = |mark: &str| word(mark).and_then(|word| word.parse().ok()).unwrap_or(0);
        self.runs += number("stat::number_of_executed_units:");
        self.peak = self.peak.max(number("stat::peak_rss_mb:"));
        self.cpu += cpu;
        self.corpus = word(" corp: ").unwrap_or("?").to_owned();
        self.edges = word(" cov: ").unwrap_or("?").to_owned();
    }

    fn row(&self) -> String {
        let Self { runs, cpu, corpus, edges, peak } = self;
        format!("{cpu:.0} | {runs} | {corpus} | {edges} | {peak}")
    }
}

/// What follows the last mark in a text, to the end of its line.
fn last<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.lines().rev().find_map(|line| line.split_once(mark)).map(|(_, rest)| rest.trim())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The entries of a folder, sorted.
fn listed(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir)
        .map_err(|error| Fail::missing(format!("{}: {error}", dir.display())))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|e| e.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}
