//! `bench secrets`: what is found and what is wrongly reported, and what it costs, beside other scanners.

use crate::cost::{Cost, cost};
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The commit of gitleaks at which its samples are those of our rule data.
const COMMIT: &str = "b58d3f102cf3a2c84cb7f923d05c25c9b1aed84b";
/// What everybody reads: the same release, whose sources are on PyPI.
const DJANGO: &str = "django==5.2";

/// A scanner and how it is called on a folder.
struct Scanner {
    name: &'static str,
    command: fn(&str) -> Vec<String>,
}

fn words(program: PathBuf, words: &str, folder: &str) -> Vec<String> {
    let mut command = vec![program.display().to_string()];
    command.extend(words.split_whitespace().map(str::to_owned));
    command.push(folder.to_owned());
    command
}

const SCANNERS: &[Scanner] = &[
    Scanner {
        name: "lead-guard",
        command: |folder| {
            let program = sh::target().join("release/lead-guard");
            words(program, "secrets --threads 1 --format json", folder)
        },
    },
    Scanner {
        name: "kingfisher-bin 2.14.0",
        command: |folder| {
            let flags = "scan --no-dedup --no-validate --jobs 1 --no-update-check --git-history none --format jsonl";
            words(setup::tool_path("kingfisher"), flags, folder)
        },
    },
    Scanner {
        name: "ripsecrets 0.1.11",
        command: |folder| words(setup::tool_path("ripsecrets"), "", folder),
    },
    Scanner {
        name: "detect-secrets 1.5.0",
        command: |folder| {
            words(setup::tool_path("detect-secrets"), "-c 1 scan --all-files", folder)
        },
    },
];

/// The section of docs/benchmarks.md; `clones` is one of gitleaks.
pub(crate) fn section(clones: &[&str]) -> Result<String> {
    let [gitleaks] = clones else {
        return Err(Fail::usage("cargo xtask bench secrets --repo GITLEAKS [--write]"));
    };
    setup::ensure("secrets-peers")?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-guard"]))?;
    let dir = sh::scratch("bench-secrets");
    sh::fresh(&dir)?;
    let checkout = dir.join("checkout");
    std::fs::create_dir_all(&checkout)?;
    let archive = dir.join("gitleaks.tar");
    sh::run(sh::program("git").args(["-C", gitleaks, "archive", "-o"]).arg(&archive).args([
        COMMIT,
        "cmd/generate",
        "config",
    ]))?;
    sh::run(sh::program("tar").arg("-xf").arg(&archive).arg("-C").arg(&checkout))?;
    super::samples(&checkout, &dir.join("gitleaks"))?;
    super::main(&["heldout", &dir.join("heldout").display().to_string()])?;
    let found = table(&dir)?;
    let speed = speed(&dir)?;
    Ok(format!("{found}\n{speed}"))
}

/// Of each corpus the share of samples in which something is reported.
fn table(dir: &Path) -> Result<String> {
    let corpora = [
        ("gitleaks' samples to be reported", "gitleaks/hit"),
        ("gitleaks' samples not to be", "gitleaks/miss"),
        ("forms that no rule names", "heldout/hit"),
        ("what only looks like a secret", "heldout/miss"),
    ];
    let mut text = String::from("| |");
    corpora.iter().for_each(|(title, _)| text.push_str(&format!(" {title} |")));
    text.push_str("\n|---|---|---|---|---|\n");
    for scanner in SCANNERS {
        text.push_str(&format!("| {} |", scanner.name));
        for (_, corpus) in corpora {
            let folder = dir.join(corpus);
            let all = std::fs::read_dir(&folder)?.count();
            let answer = run(scanner, &folder)?;
            let hit = samples_in(&answer.said, corpus).len();
            // A scanner that fails finds nothing, which would look like care.
            if answer.said.trim().is_empty() && answer.code != Some(0) {
                return Err(Fail::gate(format!("{} said nothing on {corpus}", scanner.name)));
            }
            let share = 100.0 * hit as f64 / all as f64;
            text.push_str(&format!(" {hit} of {all}, {share:.1} % |"));
        }
        text.push('\n');
    }
    text.push_str(
        "\nA sample counts when anything is reported in it. Of gitleaks' samples that are not to be reported by one rule, \
         some are another rule's secrets. The other two corpora are drawn by `cargo xtask secrets heldout`.\n",
    );
    Ok(text)
}

fn run(scanner: &Scanner, folder: &Path) -> Result<Cost> {
    let command = (scanner.command)(&folder.display().to_string());
    let mut costs = cost(&[command], 1)?;
    costs.pop().ok_or_else(|| Fail::missing(format!("{} did not run", scanner.name)))
}

/// The samples that an answer names.
fn samples_in<'s>(said: &'s str, corpus: &str) -> BTreeSet<&'s str> {
    let mark = format!("/{corpus}/");
    said.match_indices(&mark)
        .filter_map(|(at, mark)| said[at + mark.len()..].split('/').next())
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

/// What one look at Django's sources costs, and at one small file.
fn speed(dir: &Path) -> Result<String> {
    let sdist = dir.join("sdist");
    sh::run(
        sh::program(setup::tool_path("python3"))
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "-d"])
            .arg(&sdist)
            .arg(DJANGO),
    )?;
    let archive = std::fs::read_dir(&sdist)?.next().ok_or_else(|| Fail::missing("no sdist"))??;
    let django = dir.join("django");
    std::fs::create_dir_all(&django)?;
    sh::run(sh::program("tar").arg("-xf").arg(archive.path()).arg("-C").arg(&django))?;
    let small = dir.join("small");
    std::fs::create_dir_all(&small)?;
    std::fs::write(small.join("a.py"), "token = 'Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB'\n")?;
    let mut text = String::from(
        "| | Django's sources, CPU | memory | files reported | one small file, CPU | memory |\n|---|---|---|---|---|---|\n",
    );
    for scanner in SCANNERS {
        let whole = run(scanner, &django)?;
        let files: BTreeSet<&str> = whole
            .said
            .split(['"', ' ', ':', '\n', '\u{1b}'])
            .filter(|word| word.contains("/bench-secrets/django/"))
            .collect();
        let command = (scanner.command)(&small.display().to_string());
        let little = cost(&[command], 5)?;
        text.push_str(&format!(
            "| {} | {:.2} s | {:.0} MiB | {} | {:.1} ms | {:.1} MiB |\n",
            scanner.name,
            whole.cpu / 1000.0,
            whole.mib(),
            files.len(),
            little[0].cpu,
            little[0].mib()
        ));
    }
    text.push_str("\nOne thread each; CPU is user and system.\n");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_counted_once() {
        let said = "\"/x/gitleaks/hit/0007/text\" /x/gitleaks/hit/0007/text:1 /x/gitleaks/miss/0008/a /x/gitleaks/hit/0012/a.py";
        assert_eq!(samples_in(said, "gitleaks/hit"), BTreeSet::from(["0007", "0012"]));
    }
}
