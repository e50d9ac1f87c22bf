//! A whole review of one change of job-lead-finder, beside two programs that apply the same four rules to its files.

use super::{row, within};
use crate::cost::cost;
use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// The change: email webhooks, 6 files of Python.
const CHANGE: &str = "351bf7e0f96d677e537883b2fdded9573c58067f";
const RUNS: u32 = 9;
/// CPU milliseconds and MiB that ours may need.
const LIMIT: (f64, f64) = (150.0, 60.0);

/// Name, pattern of semgrep, pattern of ast-grep, an example.
const RULES: [(&str, &str, &str, &str); 4] = [
    ("no-print", "print(...)", "print($$$)", "print(1)"),
    ("no-eval", "eval(...)", "eval($$$)", "eval(x)"),
    ("no-shell", "$F(..., shell=True, ...)", "$F($$$, shell=True)", "run(x, shell=True)"),
    ("no-naive-time", "datetime.now()", "datetime.now()", "datetime.now()"),
];

/// Lays the change out with rules at its base; gives the rows.
pub(super) fn table(dir: &Path, clone: &str, missed: &mut Vec<String>) -> Result<String> {
    let repo = dir.join("repo");
    std::fs::create_dir_all(dir)?;
    sh::capture(
        sh::program("git")
            .args(["clone", "--quiet", "--shared", "--no-checkout", clone])
            .arg(&repo),
    )?;
    let git = |args: &[&str]| -> Result<String> {
        let name = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "-c",
            "advice.detachedHead=false",
        ];
        sh::capture(sh::program("git").arg("-C").arg(&repo).args(name).args(args))
    };
    // Rules count from the base, which did not have them.
    git(&["checkout", "--quiet", "-B", "base", &format!("{CHANGE}^")])?;
    std::fs::create_dir_all(repo.join("docs/review"))?;
    std::fs::write(repo.join("docs/review/RULES.md"), ours())?;
    git(&["add", "docs/review/RULES.md"])?;
    git(&["commit", "--quiet", "-m", "rules"])?;
    git(&["checkout", "--quiet", "-B", "head"])?;
    git(&["checkout", "--quiet", CHANGE, "--", "."])?;
    git(&["commit", "--quiet", "-m", "change"])?;
    let names = git(&["diff", "--name-only", "--diff-filter=AM", "base", "head", "--", "*.py"])?;
    let files: Vec<&str> = names.lines().collect();
    let report = dir.join("lcov.info");
    std::fs::write(&report, lcov(&repo, &git(&["ls-files", "*.py"])?)?)?;
    let (semgrep_rules, ast_rules) = (dir.join("semgrep.yml"), dir.join("ast-grep.yml"));
    std::fs::write(&semgrep_rules, semgrep())?;
    std::fs::write(&ast_rules, ast_grep())?;
    let text = |path: &Path| path.display().to_string();
    let program = text(&sh::target().join("release/lead-review"));
    let (semgrep, ast) = (text(&setup::tool_path("semgrep")), text(&setup::tool_path("ast-grep")));
    let (report, config, rule) = (text(&report), text(&semgrep_rules), text(&ast_rules));
    let flags = ["--base", "base", "--head", "head", "--format", "json", "--coverage", &report];
    let check = within(&repo, &[&[program.as_str(), "check"][..], &flags].concat());
    let scan = ["scan", "--json", "--metrics=off", "--disable-version-check", "--config", &config];
    let theirs = within(&repo, &[&[semgrep.as_str()][..], &scan, &files].concat());
    let others = within(
        &repo,
        &[&[ast.as_str(), "scan", "--json=compact", "--rule", &rule][..], &files].concat(),
    );
    let costs = cost(&[check, theirs, others], RUNS)?;
    let read = |at: usize| -> Result<Value> {
        serde_json::from_str(&costs[at].said)
            .map_err(|error| Fail::gate(format!("no JSON: {error}: {}", costs[at].said)))
    };
    // Theirs find in whole files, ours on new lines: what ours found has to be among theirs.
    let (found, wide, narrow) = (read(0)?, read(1)?, read(2)?);
    let place = |path: &Value, line: i64, rule: &str| {
        format!("{}:{line}:{rule}", path.as_str().unwrap_or_default())
    };
    let end = |rule: &Value| {
        rule.as_str().unwrap_or_default().rsplit('.').next().unwrap_or_default().to_owned()
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let known = |rule: &str| RULES.iter().any(|(name, ..)| *name == rule);
    let mine: Vec<String> = list(&found["findings"])
        .iter()
        .filter(|finding| known(&end(&finding["rule"])))
        .map(|finding| {
            place(
                &finding["at"]["path"],
                finding["at"]["line"].as_i64().unwrap_or(0),
                &end(&finding["rule"]),
            )
        })
        .collect();
    let wide: Vec<String> = list(&wide["results"])
        .iter()
        .map(|result| {
            place(
                &result["path"],
                result["start"]["line"].as_i64().unwrap_or(0),
                &end(&result["check_id"]),
            )
        })
        .collect();
    let narrow: Vec<String> = list(&narrow)
        .iter()
        .map(|result| {
            place(
                &result["file"],
                result["range"]["start"]["line"].as_i64().unwrap_or(-1) + 1,
                &end(&result["ruleId"]),
            )
        })
        .collect();
    let lacking: Vec<&String> =
        mine.iter().filter(|at| !wide.contains(at) || !narrow.contains(at)).collect();
    if mine.is_empty() || !lacking.is_empty() {
        return Err(Fail::gate(format!(
            "ours found {} places, of which others lack {lacking:?}",
            mine.len()
        )));
    }
    let looked = found["data"]["looked"]
        .as_object()
        .map(|looked| looked.keys().cloned().collect::<Vec<_>>().join(", "));
    let looked = looked.unwrap_or_default();
    for check in ["arch", "coverage", "rules", "secrets", "size"] {
        if !looked.contains(check) {
            return Err(Fail::gate(format!("the review did not make the check {check}: {looked}")));
        }
    }
    let what = format!("{} files of Python", files.len());
    let mut text =
        String::from("| | program | CPU, ms | memory, MiB | limit |\n|---|---|---|---|---|\n");
    text.push_str(&row(
        "the whole review of 351bf7e",
        &format!("lead-review: {looked}"),
        &costs[0],
        Some(LIMIT),
        missed,
    ));
    text.push_str(&row(&what, "semgrep: the four rules", &costs[1], None, missed));
    text.push_str(&row(&what, "ast-grep: the four rules", &costs[2], None, missed));
    let _ = write!(
        text,
        "\nOn new lines the four rules are broken at {} places; semgrep finds them among {} and ast-grep among {} in the \
         whole files.\n",
        mine.len(),
        wide.len(),
        narrow.len()
    );
    Ok(text)
}

/// The four rules and two contracts about imports, as this repository would write them.
fn ours() -> String {
    let mut text = String::from("# Rules\n\n");
    for (name, _, pattern, bad) in RULES {
        let _ = write!(
            text,
            "## {name} {{#{name}}}\n\nNot here.\n\n```toml rule\nlevel = \"warning\"\nlanguage = \"python\"\nmatch = {{ pattern = \"{pattern}\" }}\n\
             bad = [{:?}]\ngood = [\"x = 1\\n\"]\n```\n\n",
            format!("{bad}\n")
        );
    }
    text.push_str(
        "## Providers know no page {#providers}\n\nNever back.\n\n```toml rule\n\
         imports = { forbidden = { from = [\"app.providers\"], to = [\"app.ui_server\"] } }\n\
         bad = [{ \"app/__init__.py\" = \"\", \"app/providers.py\" = \"import app.ui_server\\n\", \"app/ui_server.py\" = \"\" }]\n\
         good = [{ \"app/__init__.py\" = \"\", \"app/providers.py\" = \"\", \"app/ui_server.py\" = \"\" }]\n```\n",
    );
    text
}

fn semgrep() -> String {
    let rule = |(name, pattern, ..): (&str, &str, &str, &str)| {
        format!(
            "- id: {name}\n  languages: [python]\n  severity: WARNING\n  message: no\n  pattern: |\n      {pattern}\n"
        )
    };
    format!("rules:\n{}", RULES.map(rule).concat())
}

fn ast_grep() -> String {
    let rule = |(name, _, pattern, _): (&str, &str, &str, &str)| {
        format!(
            "id: {name}\nlanguage: Python\nseverity: warning\nmessage: no\nrule:\n  pattern: {pattern}\n"
        )
    };
    RULES.map(rule).join("---\n")
}

/// A report in which every second line of every file ran.
fn lcov(repo: &Path, files: &str) -> Result<String> {
    let mut text = String::from("TN:\n");
    for file in files.lines() {
        let _ = writeln!(text, "SF:{file}");
        for line in 1..=std::fs::read_to_string(repo.join(file))?.lines().count() {
            let _ = writeln!(text, "DA:{line},{}", line % 2);
        }
        text.push_str("end_of_record\n");
    }
    Ok(text)
}
