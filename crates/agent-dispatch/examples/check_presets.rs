//! Compares every flag of every preset with what the installed agents say of themselves.
//!
//! `LEADFORGE_AGENTS=FOLDER cargo run -p leadforge-agent-dispatch --example check_presets`, where FOLDER holds
//! the programs (or links to them) under their own names. Only `--version` and `--help` are called, in an empty
//! home. Ends with 1 when a flag or a program is missing that a preset says was checked, with 3 when it could not
//! look.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use leadforge_agent_dispatch::agent::{PRESETS, Preset};

/// The variable that names the folder.
const FOLDER: &str = "LEADFORGE_AGENTS";

/// One option of a help text: its spellings, and everything that is said of it.
struct Entry {
    spellings: BTreeSet<String>,
    text: String,
}

fn main() -> ExitCode {
    match check(&mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(io::stderr(), "check_presets: {error}");
            ExitCode::from(3)
        }
    }
}

fn check(out: &mut impl Write) -> io::Result<bool> {
    let folder = std::env::var_os(FOLDER)
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::other(format!("{FOLDER} is not set")))?;
    let home = std::env::temp_dir().join(format!("check-presets-{}", std::process::id()));
    std::fs::create_dir(&home)?;
    let result = table(out, &folder, &home);
    std::fs::remove_dir_all(&home)?;
    result
}

fn table(out: &mut impl Write, folder: &Path, home: &Path) -> io::Result<bool> {
    let mut clean = true;
    writeln!(out, "{:<13} {:<40} {:>5}  missing", "preset", "installed", "found")?;
    for preset in PRESETS {
        let program = folder.join(preset.program);
        if !program.exists() {
            clean &= preset.checked.is_none();
            let word = if preset.checked.is_none() { "not run" } else { "NOT INSTALLED" };
            writeln!(out, "{:<13} {word:<40} {:>5}  -", preset.name, "-")?;
            continue;
        }
        let version = ask(&program, &["--version"], home)?;
        let version = version.lines().next().unwrap_or_default().trim().to_owned();
        let options = entries(&ask(&program, &help(preset), home)?);
        let (found, missing) = compare(preset, &options);
        clean &= missing.is_empty();
        let said = if missing.is_empty() { "none".to_owned() } else { missing.join(", ") };
        writeln!(out, "{:<13} {version:<40} {found:>5}  {said}", preset.name)?;
    }
    Ok(clean)
}

/// The preset's subcommand, if it has one, and `--help`.
fn help(preset: &Preset) -> Vec<&'static str> {
    let words = preset.arguments().iter().copied().take_while(|part| !part.starts_with('-'));
    words.chain(["--help"]).collect()
}

/// What a program prints, without its colours and without anything of the user's.
fn ask(program: &Path, arguments: &[&str], home: &Path) -> io::Result<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let output = Command::new(program)
        .args(arguments)
        .current_dir(home)
        .env_clear()
        .env("PATH", path)
        .env("HOME", home)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "200")
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!(
            "{} {}: {}",
            program.display(),
            arguments.join(" "),
            output.status
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A line that begins with a dash begins an option; what follows, up to the next, is about it.
fn entries(help: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in help.lines() {
        let line = line.trim();
        if line.starts_with('-') {
            let head = line.split("  ").next().unwrap_or(line);
            let words = head.split([' ', ',', '=', '[', '<', '|']);
            let spellings = words.filter(|word| word.starts_with('-')).map(str::to_owned).collect();
            entries.push(Entry { spellings, text: line.to_owned() });
        } else if let Some(entry) = entries.last_mut() {
            entry.text.push(' ');
            entry.text.push_str(line);
        }
    }
    entries
}

/// How many flags are described, and which are not; of `--flag=value` the value too, where a list is given.
fn compare(preset: &Preset, options: &[Entry]) -> (usize, Vec<String>) {
    let mut found = 0;
    let mut missing = Vec::new();
    let flags = preset.arguments().iter().filter(|part| part.starts_with("--") && part.len() > 2);
    for part in flags {
        let (flag, value) = part.split_once('=').map_or((*part, None), |(f, v)| (f, Some(v)));
        let entry = options.iter().find(|entry| entry.spellings.contains(flag));
        match (entry, value) {
            (Some(entry), Some(value)) if !allows(&entry.text, value) => {
                missing.push((*part).to_owned());
            }
            (Some(_), _) => found += 1,
            (None, _) => missing.push(flag.to_owned()),
        }
    }
    (found, missing)
}

/// Whether a value is in the list that the help gives, if it gives one.
fn allows(text: &str, value: &str) -> bool {
    let list = ["choices:", "possible values:"].iter().find_map(|mark| text.split_once(mark));
    list.is_none_or(|(_, rest)| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').any(|word| word == value)
    })
}
