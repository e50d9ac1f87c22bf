//! `gather dockerfiles`: the files of the list, from clones by commit and path, each held beside its digest.

use super::list::{FOLDER, LIST, Listed, is_it, listed};
use crate::conform;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

const USAGE: &str = "cargo xtask gather dockerfiles --from FOLDER [--fetch https://github.com]";

/// Fills the folder of the corpora.
pub(crate) fn main(args: &[&str]) -> Result {
    let (from, fetch) = match args {
        ["dockerfiles", "--from", from] => (*from, None),
        ["dockerfiles", "--from", from, "--fetch", address] => (*from, Some(*address)),
        _ => return Err(Fail::usage(USAGE)),
    };
    let from = std::path::absolute(from)?;
    let folder = conform::corpora()?.join(FOLDER);
    let (mut kept, mut written, mut absent) = (0, 0, Vec::new());
    let all = listed()?;
    for file in &all {
        let target = folder.join(file.place());
        if target.is_file() && is_it(&target, &file.digest)? {
            kept += 1;
        } else if let Some(text) = blob(&from, fetch, file)? {
            put(&target, &text, file)?;
            written += 1;
        } else {
            absent.push(format!("{} {} {}", file.repository, file.commit, file.path));
        }
    }
    println!("gather: {} files of {LIST}: {kept} were there, {written} written", all.len());
    if absent.is_empty() {
        return Ok(());
    }
    let hint = "clone these, or let --fetch https://github.com do it";
    let head = format!("{} are in no clone below {}: {hint}", absent.len(), from.display());
    Err(Fail::missing(format!("{head}\n       {}", absent.join("\n       "))))
}

/// Writes a file whose digest is right; no other is left behind.
fn put(target: &Path, text: &[u8], file: &Listed) -> Result {
    let parent = target.parent().expect("it lies in a folder");
    std::fs::create_dir_all(parent)?;
    let part = target.with_extension("part");
    std::fs::write(&part, text)?;
    if is_it(&part, &file.digest)? {
        return Ok(std::fs::rename(part, target)?);
    }
    std::fs::remove_file(part)?;
    let (repository, commit, path) = (&file.repository, &file.commit, &file.path);
    Err(Fail::gate(format!("{repository} {commit} {path}: not the file of {LIST}")))
}

/// The file in one of the places where a clone of its repository may lie.
fn blob(from: &Path, fetch: Option<&str>, file: &Listed) -> Result<Option<Vec<u8>>> {
    let plus = file.repository.replacen('/', "+", 1);
    let name = file.repository.rsplit('/').next().unwrap_or_default();
    for place in [plus.as_str(), &file.repository, name] {
        for tail in ["", "/repo", ".git"] {
            let clone = from.join(format!("{place}{tail}"));
            if let Some(text) = show(&clone, file, false)? {
                return Ok(Some(text));
            }
        }
    }
    let Some(address) = fetch else { return Ok(None) };
    let clone = from.join(plus);
    let address = format!("{}/{}", address.trim_end_matches('/'), file.repository);
    if !clone.is_dir() {
        sh::run(git().args(["init", "--quiet", "--bare"]).arg(&clone))?;
        sh::run(git().arg("-C").arg(&clone).args(["remote", "add", "origin", &address]))?;
    }
    // Folders come with the commit, and of the files the one that is asked for.
    let mut one = git();
    one.arg("-C").arg(&clone).args(["fetch", "--quiet", "--depth", "1", "--filter=blob:none"]);
    // A repository may be gone; it is told with the others at the end.
    match sh::run(one.args(["origin", &file.commit])) {
        Ok(()) => show(&clone, file, true),
        Err(_) => Ok(None),
    }
}

/// Git without questions and without what the caller's environment points at.
fn git() -> Command {
    let mut git = sh::program("git");
    git.env("GIT_TERMINAL_PROMPT", "0").env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
    git
}

/// A file of a commit, as its bytes are; nothing is fetched unless that is asked for.
fn show(clone: &PathBuf, file: &Listed, fetch: bool) -> Result<Option<Vec<u8>>> {
    if !clone.is_dir() {
        return Ok(None);
    }
    let mut git = git();
    // The ceiling keeps a folder that is no clone from standing for one above it.
    git.env("GIT_CEILING_DIRECTORIES", clone.parent().unwrap_or(clone));
    if !fetch {
        git.env("GIT_NO_LAZY_FETCH", "1");
    }
    git.arg("-C").arg(clone).args(["cat-file", "blob"]);
    let said = git.arg(format!("{}:{}", file.commit, file.path)).output();
    let said = said.map_err(|error| Fail::missing(format!("git: {error}")))?;
    Ok(said.status.success().then_some(said.stdout))
}
