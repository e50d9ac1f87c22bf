//! `bench`: what our commands cost as whole processes, in CPU time of the kernel's own count.

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::Path;
use std::process::Stdio;

/// Tasks in the measured queue.
const TASKS: usize = 10_000;
/// Runs of one command; their mean is reported.
const RUNS: u32 = 50;

pub(crate) fn main(args: &[&str]) -> Result {
    let write = match args {
        [] | ["queue"] => false,
        ["--write"] | ["queue", "--write"] => true,
        _ => return Err(Fail::usage("cargo xtask bench [queue] [--write]")),
    };
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
    let page = format!(
        "# Benchmarks\n\nMade by `cargo xtask bench --write`: {TASKS} tasks, mean of {RUNS} runs each, release build.\n\
         Commit {}, {}.\n\n{rows}",
        sh::capture(sh::program("git").args(["rev-parse", "--short", "HEAD"]))?.trim(),
        machine(),
    );
    println!("{page}");
    if write {
        std::fs::write(sh::root().join("docs/benchmarks.md"), page)?;
    }
    Ok(())
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
    fn the_cpu_of_children_is_counted() {
        let before = children().expect("this is Linux");
        let spin = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        let status = sh::program("sh").args(["-c", spin]).status().expect("sh runs");
        assert!(status.success());
        assert!(children().expect("this is Linux") > before);
    }
}
