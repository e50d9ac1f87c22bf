//! `codegen`: writes what the binaries say about themselves, or compares it with what is committed.

use crate::sh::{self, Fail, Result};
use crate::tidy::Workspace;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The folders in which every file is generated.
const FOLDERS: &[&str] = &["docs/cli", "docs/schemas"];
const BEGIN: &str = "<!-- crates: made by `cargo xtask codegen` -->";
const END: &str = "<!-- end of crates -->";

pub(crate) fn main(args: &[&str]) -> Result {
    let check = match args {
        [] => false,
        ["--check"] => true,
        _ => return Err(Fail::usage("cargo xtask codegen [--check]")),
    };
    let files = wanted()?;
    let stale = stale(&files)?;
    if !check {
        return write(&files, &stale);
    }
    if stale.is_empty() {
        println!("codegen: {} generated files are up to date", files.len());
        return Ok(());
    }
    let fresh = sh::scratch("codegen");
    sh::fresh(&fresh)?;
    for path in &stale {
        let made = fresh.join(path);
        std::fs::create_dir_all(made.parent().expect("generated files lie in folders"))?;
        std::fs::write(&made, files.get(path).map_or("", String::as_str))?;
        let old = if sh::root().join(path).exists() { path } else { "/dev/null" };
        let made = made.strip_prefix(sh::root()).unwrap_or(&made);
        // Exit 1 of `git diff --no-index` says that there is a difference, which we know.
        let _ = sh::program("git").args(["diff", "--no-index", "--"]).arg(old).arg(made).status();
    }
    Err(Fail::gate(format!(
        "generated files are stale: {}; run: cargo xtask codegen",
        stale.join(", ")
    )))
}

/// Every generated file by its path under the root.
fn wanted() -> Result<BTreeMap<String, String>> {
    let workspace = Workspace::load(sh::root())?;
    let bins: Vec<&str> = workspace
        .packages
        .iter()
        .filter(|p| p.folder.starts_with("bins/"))
        .map(|p| p.name.as_str())
        .collect();
    let mut build = sh::cargo();
    build.args(["build", "--quiet", "--locked"]);
    for bin in &bins {
        build.args(["-p", bin]);
    }
    sh::run(&mut build)?;
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for bin in bins {
        let path = sh::target().join("debug").join(bin);
        let text = sh::capture(sh::program(path).args(["meta", "files"]))?;
        let Ok(Value::Object(made)) = serde_json::from_str(&text) else {
            return Err(Fail::gate(format!("{bin} meta files: not a JSON object")));
        };
        for (path, text) in made {
            let path = format!("docs/{path}");
            let text = signed(&path, text.as_str().unwrap_or_default())?;
            let text = match files.get(&path) {
                // One file for all binaries: each knows its own tables.
                Some(other) => joined(&path, other, &text)?,
                None => text,
            };
            files.insert(path, text);
        }
    }
    // Who imports whom among our packages; without numbers, so that it changes when the architecture does.
    let imports = [
        "arch",
        "diagram",
        "--form",
        "svg",
        "--language",
        "rust",
        "--depth",
        "1",
        "--plain",
        "--without",
        "tests",
        "--except",
        "crates/*/fuzz/**",
        "--quiet",
    ];
    let mut draw = sh::program(sh::target().join("debug/lead-review"));
    files.insert("docs/imports.svg".to_owned(), sh::capture(draw.args(imports))?);
    // The page that `lead-forge init` gives to a repository explains our own queue too.
    let readme = sh::root().join("bins/lead-forge/src/template/queue-readme.md");
    files.insert("docs/TASKS/queue/README.md".to_owned(), std::fs::read_to_string(readme)?);
    files.insert("docs/fakes.md".to_owned(), fakes()?);
    let architecture = "docs/architecture.md";
    let text = std::fs::read_to_string(sh::root().join(architecture))?;
    files.insert(architecture.to_owned(), between(&text, &table(&workspace))?);
    Ok(files)
}

/// The table of fake completions, from the data that its tests read.
fn fakes() -> Result<String> {
    let path = "tests/e2e/fakes/table.json";
    let text = std::fs::read_to_string(sh::root().join(path))?;
    let rows: Vec<Value> =
        serde_json::from_str(&text).map_err(|error| Fail::gate(format!("{path}: {error}")))?;
    let mut page = format!(
        "# Fake completions\n\n{} ways to have a task counted as done that is not. Each is a test of the same name in \
         [tests/e2e/fakes](../tests/e2e/fakes), played on a real repository with the real commands, and refused as it \
         says here; the same worlds without their fake land or are believed. Where another defence would refuse it too, \
         the row names that one after \"behind it\"; behind every red check the gate moves no ref for evidence of a check \
         that was not passed. Exit codes are explained in [conventions.md](conventions.md#exit-codes).\n\n\
         | name | what the cheat does | who refuses it | exit | what is said |\n|---|---|---|---|---|\n",
        rows.len()
    );
    for row in &rows {
        let text = |key: &str| row[key].as_str().unwrap_or_default().replace('|', "\\|");
        let name = text("name").replace('_', " ");
        let (does, by, says) = (text("does"), text("by"), text("says").replace('`', "'"));
        page.push_str(&format!("| {name} | {does} | {by} | {} | `{says}` |\n", row["exit"]));
    }
    signed("fakes.md", &page)
}

/// Two schemas of one file as one: what each of them knows, and where both do, the same.
fn joined(path: &str, one: &str, other: &str) -> Result<String> {
    let read = |text: &str| {
        serde_json::from_str::<Value>(text).map_err(|e| Fail::gate(format!("{path}: {e}")))
    };
    let (mut whole, more) = (read(one)?, read(other)?);
    for key in ["properties", "$defs"] {
        let Some(parts) = more[key].as_object() else { continue };
        for (name, part) in parts {
            let known = whole[key][name].take();
            if !known.is_null() && known != *part {
                return Err(Fail::gate(format!("{path}: two binaries differ in {key}/{name}")));
            }
            whole[key][name] = part.clone();
        }
    }
    Ok(format!("{whole:#}\n"))
}

/// The text with a line that names the command which makes it, in the comment of its format.
fn signed(path: &str, text: &str) -> Result<String> {
    let made = "Made by `cargo xtask codegen`.";
    Ok(match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "json" => {
            let mut schema: Value = serde_json::from_str(text)
                .map_err(|error| Fail::gate(format!("{path}: {error}")))?;
            schema["$comment"] = made.into();
            format!("{schema:#}\n")
        }
        "md" => format!("{text}\n{made}\n"),
        "1" => format!("{text}.\\\" {made}\n"),
        _ => format!("{}\n# {made}\n", text.trim_end()),
    })
}

/// Wanted files that differ from the disk, and files on the disk that nobody makes.
fn stale(files: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut stale: Vec<String> = Vec::new();
    for (path, text) in files {
        if std::fs::read_to_string(sh::root().join(path)).ok().as_ref() != Some(text) {
            stale.push(path.clone());
        }
    }
    for folder in FOLDERS {
        let mut found = Vec::new();
        walk(&sh::root().join(folder), &mut found)?;
        stale.extend(found.into_iter().filter(|path| !files.contains_key(path)));
    }
    stale.sort();
    Ok(stale)
}

fn walk(dir: &Path, found: &mut Vec<String>) -> Result {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else {
            let inside = path.strip_prefix(sh::root()).expect("it was found under the root");
            found.push(inside.display().to_string());
        }
    }
    Ok(())
}

fn write(files: &BTreeMap<String, String>, stale: &[String]) -> Result {
    for path in stale {
        let full = sh::root().join(path);
        match files.get(path) {
            Some(text) => {
                std::fs::create_dir_all(full.parent().expect("generated files lie in folders"))?;
                std::fs::write(full, text)?;
                println!("codegen: wrote {path}");
            }
            None => {
                std::fs::remove_file(full)?;
                println!("codegen: removed {path}");
            }
        }
    }
    println!("codegen: {} files, {} changed", files.len(), stale.len());
    Ok(())
}

/// The table of packages: what each is for and what it stands on.
fn table(workspace: &Workspace) -> String {
    let mut rows = String::from("| package | what it is for | stands on |\n|---|---|---|\n");
    for package in workspace.packages.iter().filter(|p| p.publish) {
        let mut inside: Vec<&str> = package
            .dependencies
            .iter()
            .filter(|d| d.kind == "normal" && workspace.package(&d.name).is_some())
            .map(|d| d.name.trim_start_matches("leadforge-"))
            .collect();
        inside.sort_unstable();
        inside.dedup();
        let inside =
            if inside.is_empty() { "nothing of ours".to_owned() } else { inside.join(", ") };
        rows.push_str(&format!(
            "| [`{}`](../{}) | {} | {inside} |\n",
            package.name, package.folder, package.description
        ));
    }
    rows
}

fn between(text: &str, table: &str) -> Result<String> {
    let parts = text.split_once(BEGIN).and_then(|(head, rest)| {
        let (_, tail) = rest.split_once(END)?;
        Some((head, tail))
    });
    let (head, tail) = parts.ok_or_else(|| {
        Fail::gate(format!("docs/architecture.md lacks the lines {BEGIN} and {END}"))
    })?;
    Ok(format!("{head}{BEGIN}\n\n{table}\n{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_two_binaries_are_one_schema() {
        let one = r#"{"properties":{"run":{"type":"object"}},"$defs":{"A":{"a":1}}}"#;
        let other = r#"{"properties":{"shot":true},"$defs":{"A":{"a":1},"B":{}}}"#;
        let whole: Value =
            serde_json::from_str(&joined("x", one, other).expect("they agree")).expect("JSON");
        let wanted =
            r#"{"properties":{"run":{"type":"object"},"shot":true},"$defs":{"A":{"a":1},"B":{}}}"#;
        assert_eq!(whole, serde_json::from_str::<Value>(wanted).expect("JSON"));
        assert!(joined("x", one, r#"{"$defs":{"A":{"a":2}}}"#).is_err());
    }

    #[test]
    fn only_what_lies_between_the_marks_is_replaced() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nz\n");
        let made = between(&text, "new\n").expect("the marks are there");
        assert_eq!(made, format!("a\n{BEGIN}\n\nnew\n\n{END}\nz\n"));
        assert_eq!(between(&made, "new\n").expect("still there"), made);
        assert!(between("no marks", "new").is_err());
    }
}
