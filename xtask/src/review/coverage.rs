//! The coverage of three changed files by reports of 4,000, beside diff-cover.

use super::{row, within};
use crate::cost::{Cost, cost};
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::fmt::Write as _;
use std::path::Path;

const FILES: usize = 4_000;
/// Lines of each file, all of which can run.
const LINES: usize = 500;
const RUNS: u32 = 5;
/// CPU milliseconds and MiB that ours may need for lcov and for Cobertura.
const LIMITS: [(f64, f64); 2] = [(100.0, 40.0), (400.0, 40.0)];

pub(super) fn table(dir: &Path, missed: &mut Vec<String>) -> Result<String> {
    let repo = dir.join("repo");
    std::fs::create_dir_all(repo.join("src"))?;
    let git = |args: &[&str]| -> Result<String> {
        let name = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
        sh::capture(sh::program("git").arg("-C").arg(&repo).args(name).args(args))
    };
    git(&["init", "--quiet", "-b", "main"])?;
    let same = "x = 1\n".repeat(LINES);
    for file in 0..FILES {
        std::fs::write(repo.join(name(file)), &same)?;
    }
    git(&["add", "-A"])?;
    git(&["commit", "--quiet", "-m", "base"])?;
    git(&["checkout", "--quiet", "-b", "work"])?;
    for file in [7, 1_999, 3_999] {
        let changed = "x = 1\n".repeat(LINES / 2) + &"y = 2\n".repeat(LINES / 2);
        std::fs::write(repo.join(name(file)), changed)?;
    }
    git(&["commit", "--quiet", "-a", "-m", "change"])?;
    let mut text = String::from(
        "| report | program | CPU, ms | memory, MiB | limit |\n|---|---|---|---|---|\n",
    );
    let mut shares = Vec::new();
    for ((file, report), limit) in
        [("lcov.info", lcov()), ("coverage.xml", cobertura())].into_iter().zip(LIMITS)
    {
        let path = dir.join(file);
        std::fs::write(&path, &report)?;
        let given = path.display().to_string();
        let program = sh::target().join("release/lead-review").display().to_string();
        let theirs = setup::tool_path("diff-cover").display().to_string();
        let flags = ["coverage", "--base", "main", "--head", "work", "--coverage", &given];
        let commands = [
            within(&repo, &[&[program.as_str()][..], &flags].concat()),
            within(&repo, &[&theirs, &given, "--compare-branch=main"]),
        ];
        let costs = cost(&commands, RUNS)?;
        // Of 750 new lines every third did not run.
        let (mine, other) = (
            costs[0].said.contains("66.8 % (501 of 750)"),
            costs[1].said.contains("Missing: 249 lines"),
        );
        if !mine || !other {
            return Err(Fail::gate(format!(
                "{file}: ours\n{}\ndiff-cover\n{}",
                costs[0].said, costs[1].said
            )));
        }
        let what = format!("{file}, {FILES} files, {:.1} MB", report.len() as f64 / 1e6);
        let mut line = |program: &str, cost: &Cost, limit| {
            text.push_str(&row(&what, program, cost, limit, missed));
        };
        line("lead-review coverage", &costs[0], Some(limit));
        line("diff-cover 11.0.1", &costs[1], None);
        shares.push(costs[1].cpu / costs[0].cpu);
    }
    let _ = write!(
        text,
        "\nBoth name 249 of 750 new lines that no test ran. Times of ours: {:.0} and {:.0}.\n",
        shares[0], shares[1]
    );
    Ok(text)
}

fn name(file: usize) -> String {
    format!("src/part_{file:04}.py")
}

/// Every third line did not run.
fn ran(line: usize) -> usize {
    usize::from(!line.is_multiple_of(3))
}

fn lcov() -> String {
    let mut text = String::new();
    for file in 0..FILES {
        let _ = write!(text, "TN:\nSF:{}\n", name(file));
        for line in 1..=LINES {
            let _ = writeln!(text, "DA:{line},{}", ran(line));
        }
        let _ = write!(text, "LF:{LINES}\nLH:{}\nend_of_record\n", LINES - LINES / 3);
    }
    text
}

/// As coverage.py writes it.
fn cobertura() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" ?>\n<coverage version=\"7.6\" line-rate=\"0.6667\" branch-rate=\"0\" complexity=\"0\">\n\
         \t<sources>\n\t\t<source>.</source>\n\t</sources>\n\t<packages>\n\t\t<package name=\"src\" line-rate=\"0.6667\">\n\t\t\t<classes>\n",
    );
    for file in 0..FILES {
        let _ = write!(
            text,
            "\t\t\t\t<class name=\"part_{file:04}.py\" filename=\"{}\" complexity=\"0\" line-rate=\"0.6667\" branch-rate=\"0\">\n\
             \t\t\t\t\t<methods/>\n\t\t\t\t\t<lines>\n",
            name(file)
        );
        for line in 1..=LINES {
            let _ = writeln!(text, "\t<line number=\"{line}\" hits=\"{}\"/>", ran(line));
        }
        text.push_str("\t\t\t\t\t</lines>\n\t\t\t\t</class>\n");
    }
    text.push_str("\t\t\t</classes>\n\t\t</package>\n\t</packages>\n</coverage>\n");
    text
}
