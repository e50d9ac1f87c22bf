//! What must hold when a crowd is done.

use super::figures::Figures;
use super::site::{Site, id};
use crate::sh::Result;
use std::collections::BTreeMap;

/// Words of an error that shows somebody a lock.
const LOCKED: &[&str] = &["lock", "busy", "unable to create", "another git process"];

/// Everything that does not hold.
pub(super) fn all(site: &Site, tasks: usize, figures: &Figures) -> Result<Vec<String>> {
    let mut wrong = once(site, tasks)?;
    wrong.extend(left(site)?);
    wrong.extend(said(site)?);
    let mut claimed: Vec<&str> =
        figures.tasks.iter().filter_map(|task| task["task"].as_str()).collect();
    claimed.sort_unstable();
    let before = claimed.len();
    claimed.dedup();
    if before != tasks || claimed.len() != tasks {
        wrong.push(format!("{before} claims came to an end, of {} tasks", claimed.len()));
    }
    Ok(wrong)
}

/// Each task is completed once: by its commit, its file, its ref and its work.
fn once(site: &Site, tasks: usize) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for id in site.completed()? {
        *times.entry(id).or_default() += 1;
    }
    let branch = "leadforge/run";
    let listed = site.git(&["ls-tree", "-r", "--name-only", branch])?;
    let done = site.git(&["for-each-ref", "--format=%(refname)", "refs/leadforge/done/"])?;
    for n in 0..tasks {
        let id = id(n);
        let counts = [
            times.get(&id).copied().unwrap_or(0),
            listed.lines().filter(|l| l.ends_with(&format!("completed/{id}.md"))).count(),
            listed.lines().filter(|l| **l == format!("work/{id}.txt")).count(),
            done.lines().filter(|l| l.contains(&format!("/{id}/"))).count(),
        ];
        if counts != [1, 1, 1, 1] {
            let told = std::fs::read_to_string(site.root.join("summary"))?;
            let told: Vec<&str> =
                told.lines().skip_while(|line| !line.contains(&id)).take(2).collect();
            let what = "commits, files, works, refs of its completion";
            wrong.push(format!("{id}: {what}: {counts:?}: {}", told.join(" / ")));
        }
    }
    let pending = listed.lines().filter(|line| line.contains("/queue/pending/")).count();
    if pending > 0 || times.len() != tasks {
        wrong.push(format!("{pending} are pending, {} completed", times.len()));
    }
    Ok(wrong)
}

/// Nothing is left: no lease, worktree, branch without an outcome, scratch, lock of git.
fn left(site: &Site) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let worktrees = site.git(&["worktree", "list"])?;
    if worktrees.lines().count() != 1 {
        wrong.push(format!("worktrees are left: {worktrees}"));
    }
    // A branch whose commits have landed is its worker's to keep.
    let open = ["for-each-ref", "--no-merged=leadforge/run", "refs/heads/lf/"];
    for branch in site.git(&open)?.lines() {
        wrong.push(format!("{branch} is left, and not landed"));
    }
    let state = site.repo().join(".git/leadforge");
    let view = site.repo().join("docs/TASKS/queue/in-progress");
    for folder in [state.join("attempts"), state.join("tmp"), site.root.join("trees"), view] {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry?.path();
            if !path.ends_with(".gitignore") {
                wrong.push(format!("{} is left", path.display()));
            }
        }
    }
    let doctor = site.tool("lead-queue").args(["doctor", "--format", "json"]).output()?;
    let told: serde_json::Value = serde_json::from_slice(&doctor.stdout).unwrap_or_default();
    if told["summary"]["leases"].as_u64() != Some(0) {
        wrong.push(format!("leases are left, says doctor: {}", told["summary"]));
    }
    let mut find = std::process::Command::new("find");
    let find = find.arg(site.repo().join(".git")).args(["-name", "*.lock"]);
    let locks = crate::sh::capture(find.args(["-not", "-path", "*/leadforge/*"]))?;
    if !locks.is_empty() {
        wrong.push(format!("locks of git are left: {locks}"));
    }
    Ok(wrong)
}

/// Nobody was shown a lock.
fn said(site: &Site) -> Result<Vec<String>> {
    let mut shown = Vec::new();
    for entry in std::fs::read_dir(site.root.join("said"))? {
        for line in std::fs::read_to_string(entry?.path())?.lines() {
            let low = line.to_lowercase();
            if LOCKED.iter().any(|word| low.contains(word)) {
                shown.push(format!("somebody was shown a lock: {line}"));
            }
        }
    }
    Ok(shown)
}
