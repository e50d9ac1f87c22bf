//! The blind spots: every case laid out, lead-review called, and then those who say that all is well.

use super::cases::{CASES, Case, Content, Peer, RULES};
use crate::cost::{Cost, cost};
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::ffi::OsStr;
use std::fs::Permissions;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The rule against `print` in the words of the two that have structural rules; `print` or what a case has in its place.
const SEMGREP: &str = "rules:\n- id: no-print\n  languages: [python]\n  severity: ERROR\n  message: no print\n  pattern: PATTERN(...)\n";
const AST_GREP: &str = "id: no-print\nlanguage: Python\nseverity: error\nmessage: no print\nrule:\n  pattern: PATTERN($$$)\n";

/// Every case; gives a table.
pub(super) fn table(dir: &Path) -> Result<String> {
    let mut text = String::from(
        "| what cannot be seen | lead-review | exit 0 all the same |\n|---|---|---|\n",
    );
    let mut wrong = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let case_dir = dir.join(format!("{number:02}"));
        let repo = case_dir.join("repo");
        lay_out(case, &repo, &case_dir)?;
        let (said, code) = ours(case, &repo, &case_dir)?;
        if code != Some(case.code) || !said.contains(case.named) {
            wrong.push(format!("{}: lead-review ended with {code:?}:\n{said}", case.what));
        }
        let mut calm = Vec::new();
        for (peer, words) in case.calm {
            let (name, answer) = peer.ask(case, &repo, &case_dir)?;
            let silent = words.is_empty() && answer.said.trim().is_empty();
            if answer.code != Some(0)
                || !(silent || !words.is_empty() && answer.said.contains(words))
            {
                wrong.push(format!(
                    "{}: {name} ended with {:?}:\n{}",
                    case.what, answer.code, answer.said
                ));
            }
            let quoted = if silent { "nothing".to_owned() } else { format!("“{words}”") };
            calm.push(format!("{name}: {quoted}"));
        }
        let named = case.named.replace('|', "\\|");
        text.push_str(&format!(
            "| {} | {}, “{named}” | {} |\n",
            case.what,
            case.code,
            calm.join("; ")
        ));
    }
    if wrong.is_empty() { Ok(text) } else { Err(Fail::gate(wrong.join("\n       "))) }
}

fn write(path: &Path, content: &Content) -> Result {
    std::fs::create_dir_all(path.parent().expect("it was joined"))?;
    Ok(std::fs::write(path, content.0.repeat(content.1))?)
}

/// The repository with a commit of its base and one of the change, and beside it what is handed over.
fn lay_out(case: &Case, repo: &Path, beside: &Path) -> Result {
    let git = |args: &[&str]| -> Result {
        let mut git = sh::program("git");
        git.args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-C"])
            .arg(repo)
            .args(args);
        sh::capture(&mut git).map(|_| ())
    };
    write(&repo.join("src/a.py"), &Content(b"x = 1\n", 1))?;
    std::fs::create_dir_all(repo.join("docs/review"))?;
    std::fs::write(repo.join("docs/review/RULES.md"), RULES)?;
    for (path, content) in case.base {
        write(&repo.join(path), content)?;
    }
    git(&["init", "--quiet", "-b", "main"])?;
    git(&["add", "-A"])?;
    git(&["commit", "--quiet", "-m", "base"])?;
    git(&["checkout", "--quiet", "-b", "work"])?;
    for (path, content) in case.change {
        write(&repo.join(OsStr::from_bytes(path)), content)?;
    }
    if !case.change.is_empty() {
        git(&["add", "-A"])?;
        git(&["commit", "--quiet", "-m", "change"])?;
    }
    if let Some((name, content, flag)) = &case.given {
        write(&beside.join(name), content)?;
        if *flag == "--ai-cmd" {
            std::fs::set_permissions(beside.join(name), Permissions::from_mode(0o755))?;
        }
    }
    let never = case.what.contains("never match");
    let pattern = if never { "pritn" } else { "print" };
    let semgrep = if case.named.starts_with("no rule") { "rules: []\n" } else { SEMGREP };
    std::fs::write(beside.join("semgrep.yml"), semgrep.replace("PATTERN", pattern))?;
    Ok(std::fs::write(beside.join("ast-grep.yml"), AST_GREP.replace("PATTERN", pattern))?)
}

/// What lead-review says, on both of its outputs.
fn ours(case: &Case, repo: &Path, beside: &Path) -> Result<(String, Option<i64>)> {
    let mut command = sh::program(sh::target().join("release/lead-review"));
    command.current_dir(repo).args(["check", "--base", "main"]);
    if let Some((name, _, flag)) = &case.given {
        command.arg(flag).arg(beside.join(name));
    }
    let output = command.output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((String::from_utf8_lossy(&said).into_owned(), output.status.code().map(i64::from)))
}

impl Peer {
    /// Its name, and what it says of the case.
    fn ask(self, case: &Case, repo: &Path, beside: &Path) -> Result<(&'static str, Cost)> {
        let given = case.given.as_ref().map_or("", |(name, ..)| name);
        let report = beside.join(given).display().to_string();
        let rules = |name: &str| beside.join(name).display().to_string();
        let (name, args): (_, Vec<String>) = match self {
            Self::Semgrep => {
                let config = format!("--config={}", rules("semgrep.yml"));
                let flags = ["scan", "--error", "--metrics=off", "--disable-version-check"];
                ("semgrep", [&flags.map(str::to_owned)[..], &[config, "src".into()]].concat())
            }
            Self::AstGrep => {
                let rule = format!("--rule={}", rules("ast-grep.yml"));
                ("ast-grep", vec!["scan".into(), rule, "src".into()])
            }
            Self::Bandit => ("bandit", vec!["-r".into(), "src".into()]),
            Self::DiffCover if given == "change.diff" => {
                // It needs a report as well: one of all three lines of the module, the last of them not run.
                let lcov = beside.join("lcov.info");
                std::fs::write(&lcov, "TN:\nSF:src/a.py\nDA:1,1\nDA:2,1\nDA:3,0\nend_of_record\n")?;
                let diff = format!("--diff-file={report}");
                ("diff-cover", vec![lcov.display().to_string(), diff, "--fail-under=80".into()])
            }
            Self::DiffCover => {
                let flags = ["--compare-branch=main", "--fail-under=80"].map(str::to_owned);
                ("diff-cover", [&[report][..], &flags].concat())
            }
            Self::DiffQuality => {
                // It reads no SARIF: what pylint would have written in the same plight.
                let text = if case.what.contains("another folder") {
                    "/other/src/a.py:1: [E0602] undefined\n"
                } else {
                    ""
                };
                let said = beside.join("pylint.txt");
                std::fs::write(
                    &said,
                    if case.what.contains("was not there") {
                        "pylint: command not found\n"
                    } else {
                        text
                    },
                )?;
                let flags = [
                    "--violations=pylint",
                    &said.display().to_string(),
                    "--compare-branch=main",
                    "--fail-under=80",
                ];
                ("diff-quality", flags.map(str::to_owned).to_vec())
            }
        };
        // The shell brings its words on standard error beside the others, and it stands in the repository.
        let program = setup::tool_path(name).display().to_string();
        let line = "cd \"$1\" && shift && exec \"$@\" 2>&1";
        let mut command = ["/bin/sh", "-c", line, "sh"].map(str::to_owned).to_vec();
        command.extend([repo.display().to_string(), program]);
        command.extend(args);
        let mut costs = cost(&[command], 1)?;
        Ok((name, costs.pop().ok_or_else(|| Fail::missing(format!("{name} did not run")))?))
    }
}
