//! What is borne: read from the files or from a commit, and written one file each.

use std::fs;
use std::path::Path;

use leadforge_cli_kit::{Context, Exit, Failure, Outcome};
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_host_git::{Config, Error, Git};
use leadforge_markup::terminal;
use leadforge_secret_scan::{Baseline, Borne};

use crate::report::{Report, fingerprint};
use crate::sources::repository;

/// A file larger than this is none of ours.
const LIMIT: u64 = 64 << 10;

/// Today, as baselines have days.
pub(crate) fn today() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%d").to_string()
}

/// What is borne, from the files or from a commit.
pub(crate) fn load(folder: &str, from: Option<&str>) -> Result<Baseline, Failure> {
    let files = match from {
        Some(rev) => committed(folder, rev)?,
        None => lying(&root().join(folder))?,
    };
    // The folder is that of other findings, too.
    let files = files.iter().filter(|(_, text)| !Borne::is_other(text));
    let files = files.map(|(name, text)| (name.as_str(), text.as_str()));
    Baseline::read(files).map_err(|error| Failure::usage("secrets.baseline", error))
}

/// The repository's root, or this folder where there is none.
pub(crate) fn root() -> std::path::PathBuf {
    let git = Git::discover(Path::new("."), &Config::default());
    let here = git.ok().and_then(|git| git.here().map(Path::to_owned));
    here.unwrap_or_else(|| ".".into())
}

fn lying(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(Failure::cannot_look("io", format!("{}: {error}", folder.display())));
        }
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(Failure::from)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push((
                path.display().to_string(),
                text(&path.display().to_string(), read(&RealDisk, &path, LIMIT)?)?,
            ));
        }
    }
    files.sort();
    Ok(files)
}

fn committed(folder: &str, rev: &str) -> Result<Vec<(String, String)>, Failure> {
    let git = repository()?;
    let fault = |error: Error| Failure::git(&error);
    let commit = git.resolve(rev).map_err(fault)?.ok_or_else(|| {
        Failure::new(
            Exit::CannotLook,
            "secrets.rev",
            format!("--baseline-from {rev}: there is no such commit"),
        )
        .hint("fetch it: a shallow clone has not got all commits")
    })?;
    let entries = git.ls_tree(&commit, folder).map_err(fault)?;
    let names: Vec<&str> = entries.iter().map(|entry| entry.oid.as_str()).collect();
    let contents = git.cat(&names).map_err(fault)?;
    let mut files = Vec::new();
    for (entry, content) in entries.iter().zip(contents) {
        let name = String::from_utf8_lossy(&entry.path).into_owned();
        if name.ends_with(".toml") && entry.mode & 0o170_000 == 0o100_000 {
            files.push((name.clone(), text(&name, content.unwrap_or_default())?));
        }
    }
    Ok(files)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes)
        .map_err(|_| Failure::usage("secrets.baseline", format!("{name}: this is no UTF-8 text")))
}

/// Writes a file for each of these findings.
pub(crate) fn bear(
    report: &Report,
    wanted: &[String],
    folder: &str,
    (reason, until): (&str, &str),
    ctx: &Context,
) -> Result<Outcome, Failure> {
    let folder = root().join(folder);
    let mut files = Vec::new();
    for want in wanted {
        let mut found = report.found.iter().filter(|found| fingerprint(found) == *want).peekable();
        if found.peek().is_none() {
            return Err(Failure::usage(
                "secrets.bear",
                format!("--bear {want}: nothing that was found has it"),
            )
            .hint("each finding is followed by its fingerprint"));
        }
        for found in found {
            let borne = Borne::new(&found.finding, &found.path, reason, until, &salt()?)
                .map_err(|error| Failure::usage("secrets.bear", error))?;
            files.push(borne);
        }
    }
    create_dir_all(&RealDisk, &folder)?;
    for borne in &files {
        let path = folder.join(borne.file_name());
        replace(&RealDisk, &path, borne.render().as_bytes())?;
        ctx.note(&format!("wrote {}", terminal(&path.display().to_string())));
    }
    Ok(Outcome::Clean)
}

/// Random characters, new for each file.
fn salt() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    let mut filled = 0;
    while filled < bytes.len() {
        let flags = rustix::rand::GetRandomFlags::empty();
        let more = rustix::rand::getrandom(&mut bytes[filled..], flags);
        filled += more.map_err(|error| Failure::cannot_look("random", error))?;
    }
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
