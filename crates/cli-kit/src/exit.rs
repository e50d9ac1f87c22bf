//! The exit codes, which are the part of a command that scripts read first.

use serde::Serialize;

/// What a process's exit status means, the same in every `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Clean or done. A closed pipe counts as done.
    Clean = 0,
    /// Findings, drift, a gate or a task that failed, nothing to hand out.
    Findings = 1,
    /// Usage, configuration, or input that is not what it claims to be.
    Usage = 2,
    /// Could not look, or not completely: I/O, git, network, a missing tool.
    CannotLook = 3,
    /// Refused: trust, sandbox, path, a lost race, another's lock.
    Refused = 4,
    /// Our bug.
    Bug = 101,
    /// Interrupted by the user.
    Interrupted = 130,
}

impl Exit {
    /// The number that the process ends with.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// How a command that did its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing to complain about; exit 0.
    Clean,
    /// Something was found; exit 1.
    Findings,
    /// Not everything could be looked at, whatever was found; exit 3.
    Incomplete,
    /// The work was done but its result is refused; exit 4.
    Refused,
    /// The user stopped it and what was done is reported; exit 130.
    Interrupted,
}

impl Outcome {
    /// The exit code of this outcome.
    #[must_use]
    pub const fn exit(self) -> Exit {
        match self {
            Self::Clean => Exit::Clean,
            Self::Findings => Exit::Findings,
            Self::Incomplete => Exit::CannotLook,
            Self::Refused => Exit::Refused,
            Self::Interrupted => Exit::Interrupted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_documented_ones() {
        let codes = [
            Exit::Clean,
            Exit::Findings,
            Exit::Usage,
            Exit::CannotLook,
            Exit::Refused,
            Exit::Bug,
            Exit::Interrupted,
        ]
        .map(Exit::code);
        assert_eq!(codes, [0, 1, 2, 3, 4, 101, 130]);
    }

    #[test]
    fn an_incomplete_look_is_not_findings() {
        assert_eq!(Outcome::Incomplete.exit(), Exit::CannotLook);
        assert_eq!(Outcome::Findings.exit(), Exit::Findings);
    }
}
