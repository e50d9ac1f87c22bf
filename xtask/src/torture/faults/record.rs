//! A command without faults: what it changes, what it says, and the calls it makes.

use super::calls::{self, Call};
use super::judge::Calm;
use super::scripts::{Kind, Script};
use super::shim::{self, Follow};
use super::stage::Stage;
use super::{seen, strace};
use crate::sh::{Fail, Result};
use std::fs;

/// How a script ends on this stage when nothing fails.
pub(super) fn calm(stage: &Stage, script: &Script) -> Result<Calm> {
    stage.ready(script)?;
    let old = seen::look(stage, script)?;
    stage.ready(script)?;
    let ended = stage.plain(script.world, script.line)?;
    if ended.code != Some(script.clean) {
        let Script { name, .. } = script;
        return Err(Fail::gate(format!("{name} ends with {:?}: {}", ended.code, ended.err)));
    }
    let new = seen::look(stage, script)?;
    Ok(Calm { old, new, said: seen::told(&ended.out) })
}

/// The calls of a script on state files.
pub(super) struct Recorded {
    /// Those of the command itself, and of each git that it starts.
    pub(super) calls: Vec<Call>,
    /// How many more its other threads make. Which of them makes the `n`th call differs from run to
    /// run, so no fault is aimed at them.
    pub(super) by_threads: u64,
}

/// Its calls on state files, and those of each git that it starts.
pub(super) fn calls(stage: &Stage, script: &Script) -> Result<Recorded> {
    let trace = ["-e".to_owned(), format!("trace={}", calls::WATCHED)];
    let options = [&script.follow()[..], &trace].concat();
    let mut found = followed(stage, script, &strace(stage, options), "log", 0)?;
    if found.calls.is_empty() {
        return Err(Fail::gate(format!("no call of {} was recorded", script.name)));
    }
    if script.kind == Kind::Alone {
        return Ok(found);
    }
    let options = [&["--seccomp-bpf".to_owned()], &trace[..]].concat();
    let front = shim::front(stage, &Follow::All { options })?;
    found.calls.extend(followed(stage, script, &front, "log.1", 1)?.calls);
    for git in 2.. {
        let log = format!("log.{git}");
        if !stage.file(&log).exists() {
            break;
        }
        found.calls.extend(read(stage, &log, git)?.calls);
    }
    Ok(found)
}

fn followed(
    stage: &Stage,
    script: &Script,
    front: &[String],
    log: &str,
    process: usize,
) -> Result<Recorded> {
    stage.ready(script)?;
    let ended = stage.run(&[front, &stage.words(script.world, script.line)[..]].concat())?;
    if ended.code != Some(script.clean) {
        return Err(Fail::gate(format!("{} when it is followed: {}", script.name, ended.err)));
    }
    read(stage, log, process)
}

/// Reads a recording once.
fn read(stage: &Stage, log: &str, process: usize) -> Result<Recorded> {
    let path = stage.file(log);
    let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
    fs::remove_file(path)?;
    let (root, cwd) = (stage.case(), stage.repo());
    let calls = calls::below(&text, &root.to_string_lossy(), &cwd.to_string_lossy());
    let (own, others): (Vec<_>, Vec<_>) = calls.into_iter().partition(|call| call.process == 0);
    let calls = own.into_iter().map(|call| Call { process, ..call }).collect();
    Ok(Recorded { calls, by_threads: others.len() as u64 })
}
