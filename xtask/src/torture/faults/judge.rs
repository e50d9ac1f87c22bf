//! What must hold after a fault, and what was seen instead.

use super::scripts::Script;
use super::seen::{self, Seen, State};
use super::stage::{Ended, Stage};
use crate::sh::Result;

/// How a script ends when nothing fails.
#[derive(Debug)]
pub(super) struct Calm {
    pub(super) old: Seen,
    pub(super) new: Seen,
    /// What it says, without leases and times.
    pub(super) said: String,
}

/// A command that was hurt, and what that excuses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hurt<'a> {
    pub(super) script: &'a Script,
    /// It was killed itself.
    pub(super) killed: bool,
    /// What it met is over at the next try.
    pub(super) passing: bool,
    /// A git that it started met it, which has words of its own.
    pub(super) git: bool,
}

/// The end of a case, or which promise was broken.
pub(super) type Verdict = std::result::Result<End, String>;

/// The end of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// It succeeded, and everything is as it promised.
    Done,
    /// It said exit 3 and which path, and nothing has changed.
    Old,
    /// It said exit 3 and which path, and all has changed: only the answer failed.
    New,
    /// It writes several files, and some are new; a repetition completed them.
    Partly,
    /// The call did not come in this run, and all is well.
    Missed,
    /// A git passed over what it could not read and said nothing, so that a report lacks it; all
    /// that counts is as it should be, and a repetition has it.
    Blind,
}

impl End {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Old => "refused, old state",
            Self::New => "refused, new state",
            Self::Partly => "refused, some files new",
            Self::Missed => "the call did not come",
            Self::Blind => "done, git passed over something",
        }
    }
}

/// Judges a case right after the command has ended, then repeats the command.
pub(super) fn judge(stage: &Stage, hurt: &Hurt<'_>, calm: &Calm, ended: &Ended) -> Result<Verdict> {
    let Hurt { script, .. } = hurt;
    let after = seen::look(stage, script)?;
    let end = match ending(hurt, calm, ended, &after, stage) {
        Ok(end) => end,
        Err(what) => return Ok(Err(what)),
    };
    if end == End::Done && after.leftovers.is_empty() {
        return Ok(Ok(end));
    }
    let again = stage.plain(script.world, script.line)?;
    let last = seen::files(stage)?;
    Ok(repeated(script, calm, end, &again, &last).map(|()| end))
}

fn ending(hurt: &Hurt<'_>, calm: &Calm, ended: &Ended, after: &Seen, stage: &Stage) -> Verdict {
    let Hurt { script, killed, passing, git } = *hurt;
    let said = ended.err.trim();
    if ended.hung {
        return Err(format!("it hangs; {said}"));
    }
    let code = match ended.code {
        Some(code) => code,
        None if killed => -9,
        None => return Err(format!("a signal ended it; {said}")),
    };
    let by_git = git && script.by_file && code == script.clean;
    let place = side(script, calm, &after.state).or(by_git.then_some(End::Blind)).ok_or_else(|| {
        let from_old = difference(&calm.old.state, &after.state);
        let from_new = difference(&calm.new.state, &after.state);
        format!("exit {code}, neither old nor new state: from old: {from_old}; from new: {from_new}; {said}")
    })?;
    // What git does about it is git's.
    if passing && code != script.clean {
        return Err(format!(
            "exit {code} instead of {} for what is over at the next try; {said}",
            script.clean
        ));
    }
    let warned: Vec<&str> =
        ended.err.lines().filter(|line| line.starts_with("warning: ")).collect();
    if let Some(vague) = warned.iter().find(|line| !names_a_path(line, stage)) {
        return Err(format!("a warning without a path: {vague}"));
    }
    let same = calm.new.state == after.state && calm.said == seen::told(&ended.out);
    if code == script.clean && git && !same && warned.is_empty() {
        return Ok(End::Blind);
    }
    if code == script.clean {
        if calm.new.state != after.state {
            let missing = difference(&calm.new.state, &after.state);
            return Err(format!("exit {code}, and it is not done: {missing}; {said}"));
        }
        if warned.is_empty() && after.view != calm.new.view {
            let missing = difference(&calm.new.view, &after.view);
            return Err(format!("exit {code} without a warning, and the view is old: {missing}"));
        }
        let out = seen::told(&ended.out);
        if warned.is_empty() && out != calm.said {
            return Err(format!("exit {code}, and it says something else: {out}"));
        }
        return Ok(End::Done);
    }
    match code {
        -9 => {}
        3 => {
            let errors: Vec<&str> =
                ended.err.lines().filter(|line| line.starts_with("error: ")).collect();
            let by_git = git && errors.iter().all(|line| line.contains("git "));
            if errors.len() != 1 || !by_git && !names_a_path(errors[0], stage) {
                return Err(format!("exit 3 without one line that names the path: {said}"));
            }
        }
        101 => return Err(format!("a panic: {said}")),
        code => return Err(format!("exit {code} for a fault of the system: {said}")),
    }
    Ok(place)
}

/// A file of the case, or a path of the queue as its users know it, or what the system tells.
fn names_a_path(line: &str, stage: &Stage) -> bool {
    let known = ["docs/TASKS/queue/", "leadforge.toml", "TODO.md", "/proc/"];
    line.contains(&*stage.case().to_string_lossy()) || known.iter().any(|path| line.contains(path))
}

/// Old, new, or for a command of several files each of them old or new.
fn side(script: &Script, calm: &Calm, state: &State) -> Option<End> {
    let (old, new) = (&calm.old.state, &calm.new.state);
    if state == old {
        return Some(End::Old);
    }
    if state == new {
        return Some(End::New);
    }
    let either = |(name, text): (&String, &String)| {
        name == seen::LEASES || old.get(name) == Some(text) || new.get(name) == Some(text)
    };
    let kept = |name: &&String| {
        state.contains_key(*name) || !old.contains_key(*name) || !new.contains_key(*name)
    };
    let mut names = old.keys().chain(new.keys());
    (script.by_file && state.iter().all(either) && names.all(|name| kept(&name)))
        .then_some(End::Partly)
}

fn repeated(
    script: &Script,
    calm: &Calm,
    end: End,
    again: &Ended,
    last: &Seen,
) -> std::result::Result<(), String> {
    let said = again.err.trim();
    let code = again.code.unwrap_or(-9);
    let fine = match end {
        End::Old | End::Partly | End::Blind => code == script.clean,
        _ => code == script.clean || script.again.contains(&code),
    };
    if !fine {
        return Err(format!("repeated after {}, it exits with {code}: {said}", end.word()));
    }
    if matches!(end, End::Old | End::Partly | End::Blind) {
        // The leases are asked for once in a case; here the command's own words tell of them.
        let mut new = calm.new.state.clone();
        new.remove(seen::LEASES);
        if last.state != new {
            let missing = difference(&new, &last.state);
            return Err(format!("repeated after {}, it is not done: {missing}", end.word()));
        }
        if end == End::Old && seen::told(&again.out) != calm.said {
            return Err(format!("repeated after {}, it says {}", end.word(), again.out));
        }
    }
    if !last.leftovers.is_empty() {
        return Err(format!("leftovers after a repetition: {}", last.leftovers.join(", ")));
    }
    Ok(())
}

/// The names that differ, with a little of what is there.
fn difference(expected: &State, found: &State) -> String {
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    let differing = names.filter(|name| expected.get(*name) != found.get(*name));
    let list: Vec<String> = differing
        .take(4)
        .map(|name| match found.get(name) {
            None => format!("{name} is missing"),
            Some(text) => format!("{name} = {:?}", text.chars().take(300).collect::<String>()),
        })
        .collect();
    if list.is_empty() { "nothing".to_owned() } else { list.join(", ") }
}
