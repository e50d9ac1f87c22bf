//! What must hold after a fault in `lead-forge run`: the user's checkout is as it was, and a
//! further run lands the task exactly once and leaves nothing lying about.

use super::Case;
use super::judge::{Calm, End, Verdict};
use super::seen::{self, State};
use super::stage::{Ended, Stage};
use crate::sh::Result;
use std::fs;
use std::path::Path;

/// Judges a run that met a fault, and runs again.
pub(super) fn judge(stage: &Stage, case: &Case<'_>, calm: &Calm, ended: &Ended) -> Result<Verdict> {
    let Case { script, call, fault } = case;
    let (by_git, kills) = (call.process > 0, fault.kills() && call.process == 0);
    let said = ended.err.trim();
    let code = match ended.code {
        _ if ended.hung => return Ok(Err(format!("it hangs; {said}"))),
        Some(code) => code,
        None if kills => -9,
        None => return Ok(Err(format!("a signal ended it; {said}"))),
    };
    let errors = ended.err.lines().filter(|line| line.starts_with("error: ")).count();
    match code {
        // A killed git may be the answer of a check, of an agent, or of ours: failed, or could not look.
        0 | 1 | -9 => {}
        // The second line, if any, says where what was done until then stands.
        3 if (1..=2).contains(&errors) => {}
        3 => return Ok(Err(format!("exit 3 with {errors} lines of error: {said}"))),
        // Git itself takes a ref that it cannot look at for one that is not there.
        2 if by_git && said.contains("has no commit yet") => {}
        code => return Ok(Err(format!("exit {code} for a fault of the system: {said}"))),
    }
    let mine = user_state(&seen::files(stage)?.state);
    if mine != user_state(&calm.old.state) {
        return Ok(Err(format!("exit {code}, and the user's own files or refs changed; {said}")));
    }
    let before = landed(stage)?;
    if code == 0 && before != 1 {
        return Ok(Err(format!("exit 0, and it has landed {before} times; {said}")));
    }
    // A try that failed may need a person's word before the next.
    for line in [script.line, "lead-queue release lf-one", script.line] {
        if landed(stage)? == 1 && line != script.line {
            break;
        }
        let again = stage.plain(script.world, line)?;
        if line == script.line && again.code == Some(0) {
            break;
        }
        if code == -9 && line == script.line {
            let said = again.err.trim();
            return Ok(Err(format!(
                "after a kill, a further run exits with {:?}: {said}",
                again.code
            )));
        }
    }
    let times = landed(stage)?;
    if times != 1 {
        return Ok(Err(format!(
            "after exit {code} and a further run it has landed {times} times; {said}"
        )));
    }
    if let Some(left) = leftovers(stage)? {
        return Ok(Err(format!("after exit {code} and a further run: {left}; {said}")));
    }
    Ok(Ok(match (code, before) {
        (0, _) => End::Done,
        (_, 0) => End::Old,
        _ => End::New,
    }))
}

/// Everything that is not ours: files, index, configuration, other refs.
fn user_state(state: &State) -> State {
    let ours =
        ["leadforge/", "refs/leadforge", "refs/heads/lf", "refs/heads/leadforge", "worktrees"];
    let foreign = |name: &str| {
        let git = name.strip_prefix("repo/.git/");
        name != seen::LEASES
            && !name.starts_with("state/")
            && !git.is_some_and(|git| ours.iter().any(|o| git.starts_with(o)))
    };
    state.iter().filter(|(name, _)| foreign(name)).map(|(n, t)| (n.clone(), t.clone())).collect()
}

/// How often the task was completed on the integration branch.
fn landed(stage: &Stage) -> Result<usize> {
    let words = ["git", "log", "--format=%B", "refs/heads/leadforge/run", "--"].map(str::to_owned);
    let log = stage.run(&words)?;
    Ok(log.out.lines().filter(|line| *line == "LeadForge-Outcome: done").count())
}

/// What nobody should find after a run that has ended by itself.
fn leftovers(stage: &Stage) -> Result<Option<String>> {
    let git = stage.repo().join(".git");
    let mut left = seen::files(stage)?.leftovers;
    for folder in ["leadforge/attempts", "worktrees"] {
        if let Ok(entries) = fs::read_dir(git.join(folder)) {
            left.extend(entries.flatten().map(|entry| entry.path().display().to_string()));
        }
    }
    locks(&git, &mut left)?;
    let fsck =
        stage.run(&["git", "fsck", "--no-dangling", "--connectivity-only"].map(str::to_owned))?;
    if fsck.code != Some(0) {
        left.push(format!("git fsck says {}", fsck.err.trim()));
    }
    Ok((!left.is_empty()).then(|| format!("left: {}", left.join(", "))))
}

/// Locks of git; those of ours are files that stay.
fn locks(folder: &Path, left: &mut Vec<String>) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("leadforge") {
            locks(&path, left)?;
        } else if path.extension().is_some_and(|end| end == "lock") {
            left.push(path.display().to_string());
        }
    }
    Ok(())
}
