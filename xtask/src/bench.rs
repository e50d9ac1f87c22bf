//! `bench`: what our commands cost as whole processes, in CPU time of the kernel's own count.

use crate::sbom::bench::Asked;
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::Path;
use std::process::Stdio;

/// Tasks in the measured queue.
const TASKS: usize = 10_000;
/// Runs of one command; their mean is reported.
const RUNS: u32 = 50;

pub(crate) fn main(args: &[&str]) -> Result {
    let (mut area, mut asked) = (None, Asked::default());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--write" => asked.write = true,
            "--alone" => asked.alone = true,
            "--only" => asked.only = Some(args.next().ok_or_else(|| Fail::usage(USAGE))?),
            "--repo" => asked.clones.push(*args.next().ok_or_else(|| Fail::usage(USAGE))?),
            name if area.is_none() && !name.starts_with('-') => area = Some(name),
            _ => return Err(Fail::usage(USAGE)),
        }
    }
    let area = area.unwrap_or("queue");
    let (title, text) = match area {
        "arch" => ("Imports", crate::arch::section(&asked.clones)?),
        "queue" => ("The queue", queue()?),
        "review" => ("Reviews", crate::review::section(&asked.clones)?),
        "secrets" => ("Secrets", crate::secrets::bench::section(&asked.clones)?),
        "visual" => ("Pictures", crate::visual::bench::section(asked.write)?),
        "installers" => ("Installers", crate::sbom::installers::section()?),
        "sbom" => ("What is inside", crate::sbom::bench::section(&asked)?),
        _ => return Err(Fail::usage(USAGE)),
    };
    let section = format!(
        "## {title}\n\nMade by `cargo xtask bench {area} --write` at commit {}, {}.\n\n{text}",
        sh::capture(sh::program("git").args(["rev-parse", "--short", "HEAD"]))?.trim(),
        machine(),
    );
    println!("{section}");
    if asked.write {
        let path = sh::root().join("docs/benchmarks.md");
        let page = with_section(&std::fs::read_to_string(&path)?, title, &section);
        std::fs::write(path, page)?;
    }
    Ok(())
}

const USAGE: &str = "cargo xtask bench [arch|installers|queue|review|sbom|secrets|visual] [--write] [--repo CLONE]… [--alone] [--only WORD]";

/// The page with a section in place of the one of that title, or behind all others.
fn with_section(page: &str, title: &str, section: &str) -> String {
    let mut parts: Vec<String> = page.split("\n## ").map(str::to_owned).collect();
    let new = section.trim_start_matches("## ").trim_end();
    match parts.iter_mut().skip(1).find(|part| part.lines().next() == Some(title)) {
        Some(part) => *part = new.to_owned(),
        None => parts.push(new.to_owned()),
    }
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    parts.join("\n\n## ") + "\n"
}

/// What the commands that agents call most cost on a large queue.
fn queue() -> Result<String> {
    setup::ensure("forge")?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-queue"]))?;
    let lead_queue = sh::target().join("release/lead-queue");
    let dir = sh::scratch("bench");
    sh::fresh(&dir)?;
    repository(&dir)?;
    let import = ["import", "tasks.md"];
    sh::run(sh::program(&lead_queue).args(import).current_dir(&dir).stdout(Stdio::null()))?;
    let commands: [&[&str]; 4] = [
        &["--version"],
        &["ready", "--limit", "20"],
        &["ready", "--limit", "20", "--fresh"],
        &["claim", "--agent", "bench"],
    ];
    let mut rows = String::from("| command | CPU per run (user + system) |\n|---|---|\n");
    let floor = cost(Path::new("/bin/true"), &[], &dir)?;
    rows.push_str(&format!("| `true`, what any process costs here | {floor:.2} ms |\n"));
    for command in commands {
        // The first run fills the index; it is not what a user waits for every day.
        let _ =
            sh::program(&lead_queue).args(command).current_dir(&dir).stdout(Stdio::null()).status();
        let spent = cost(&lead_queue, command, &dir)?;
        rows.push_str(&format!("| `lead-queue {}` | {spent:.2} ms |\n", command.join(" ")));
    }
    Ok(format!("{TASKS} tasks, mean of {RUNS} runs each, release build.\n\n{rows}"))
}

/// A repository with a checklist from which the tasks are imported.
fn repository(dir: &Path) -> Result {
    let tasks: Vec<String> =
        (0..TASKS).map(|n| format!("- [ ] Task number {n} of the benchmark\n")).collect();
    std::fs::write(dir.join("tasks.md"), format!("# Tasks\n\n{}", tasks.concat()))?;
    sh::run(sh::program("git").args(["init", "--quiet"]).current_dir(dir))?;
    sh::run(sh::program("git").args(["add", "tasks.md"]).current_dir(dir))?;
    let name = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"];
    sh::run(
        sh::program("git").args(name).args(["commit", "--quiet", "-m", "tasks"]).current_dir(dir),
    )
}

/// Mean CPU milliseconds of a command that must succeed.
fn cost(program: &Path, args: &[&str], dir: &Path) -> Result<f64> {
    let before = children()?;
    for _ in 0..RUNS {
        let mut command = sh::program(program);
        let status = command.args(args).current_dir(dir).stdout(Stdio::null()).status()?;
        if !status.success() {
            return Err(Fail::gate(format!("{} {}: {status}", program.display(), args.join(" "))));
        }
    }
    Ok((children()? - before) / f64::from(RUNS))
}

/// CPU milliseconds of all children that have ended (proc(5), fields 16 and 17 of `stat`).
///
/// The kernel shows ticks of 10 ms but sums nanoseconds, so a mean over many runs is finer.
pub(crate) fn children() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name in field 2 may hold spaces and ends with the last parenthesis.
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
    match (ticks(13), ticks(14)) {
        (Some(user), Some(system)) => Ok((user + system) * 10.0),
        _ => Err(Fail::missing("/proc/self/stat is not as proc(5) says")),
    }
}

/// The processor and how many of them, as the kernel names them.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let count = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{count} × {}", name.trim_start_matches(['\t', ' ', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_takes_the_place_of_the_old_one() {
        let page = with_section("# Benchmarks\n\nWords.\n", "One", "## One\n\n1\n");
        let page = with_section(&page, "Two", "## Two\n\n2\n");
        let page = with_section(&page, "One", "## One\n\n3\n");
        assert_eq!(page, "# Benchmarks\n\nWords.\n\n## One\n\n3\n\n## Two\n\n2\n");
    }

    #[test]
    fn the_cpu_of_children_is_counted() {
        let before = children().expect("this is Linux");
        let spin = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        let status = sh::program("sh").args(["-c", spin]).status().expect("sh runs");
        assert!(status.success());
        assert!(children().expect("this is Linux") > before);
    }
}
