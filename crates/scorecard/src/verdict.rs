//! The verdict in one sentence, and the sums: both follow from the facts and are never given.

use serde::{Deserialize, Serialize};

use crate::data::{AttemptOutcome, Dossier, Level, RunOutcome, SpanKind, Task, TaskOutcome};
use crate::words::{clip, count, number};

/// Whether the work may be merged, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// The answer.
    pub answer: Answer,
    /// The answer in a few words.
    pub headline: String,
    /// What stands against it, one sentence each; what was held back last.
    pub reasons: Vec<String>,
}

/// Whether the work may be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Everything on the branch is verified.
    Ready,
    /// Everything is verified as far as it was; something wants a look first.
    Look,
    /// Something on the branch is red or unproven, or the run did not come to its end.
    Stop,
    /// Nothing landed.
    Nothing,
}

/// The sums over a dossier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// All tasks.
    pub tasks: u64,
    /// Tasks that landed.
    pub landed: u64,
    /// Tasks that failed.
    pub failed: u64,
    /// Tasks that a rule stopped.
    pub refused: u64,
    /// Tasks given back to the queue.
    pub released: u64,
    /// Tasks that were not begun.
    pub skipped: u64,
    /// Tasks still being worked on.
    pub running: u64,
    /// Attempts of all tasks.
    pub attempts: u64,
    /// Checks run or reused.
    pub checks: u64,
    /// Checks that were red or had no exit code.
    pub checks_red: u64,
    /// Checks whose result was taken from an earlier run on the same tree.
    pub checks_reused: u64,
    /// Distinct files that landed tasks change.
    pub files: u64,
    /// Lines that landed tasks add.
    pub added: u64,
    /// Lines that landed tasks remove.
    pub removed: u64,
    /// From the start of the run to its end, or to the last thing known of it.
    pub wall_ms: u64,
    /// Time that agents worked, added up over all attempts.
    pub agent_ms: u64,
    /// Time of verification that was run, added up.
    pub check_ms: u64,
    /// Processor time of the agents, where it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_ms: Option<u64>,
    /// Hours that the sources of landed tasks state, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_hours: Option<f64>,
    /// Things refused.
    pub refusals: u64,
}

impl Dossier {
    /// Adds everything up.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let ended = |of: TaskOutcome| self.tasks.iter().filter(|t| t.outcome == of).count() as u64;
        let landed = || self.tasks.iter().filter(|task| task.outcome == TaskOutcome::Landed);
        let attempts = || self.tasks.iter().flat_map(|task| &task.attempts);
        let checks = || self.tasks.iter().flat_map(Task::checks);
        let paths: std::collections::BTreeSet<_> =
            landed().flat_map(|task| &task.files).map(|file| &file.path).collect();
        let sum = |values: &mut dyn Iterator<Item = u64>| values.fold(0, u64::saturating_add);
        let lasted = |from: i64, to: Option<i64>| {
            u64::try_from(to.unwrap_or(from).saturating_sub(from)).unwrap_or(0)
        };
        let known = self.timeline.iter().map(|span| span.to_ms);
        let end = self.run.ended_ms.or_else(|| known.max());
        let measured: Vec<u64> = attempts().filter_map(|attempt| attempt.cpu_ms).collect();
        let hours: Vec<f64> =
            landed().filter_map(|task| task.estimate?.hours).filter(|h| h.is_finite()).collect();
        Totals {
            tasks: self.tasks.len() as u64,
            landed: ended(TaskOutcome::Landed),
            failed: ended(TaskOutcome::Failed),
            refused: ended(TaskOutcome::Refused),
            released: ended(TaskOutcome::Released),
            skipped: ended(TaskOutcome::Skipped),
            running: ended(TaskOutcome::Running),
            attempts: attempts().count() as u64,
            checks: checks().count() as u64,
            checks_red: checks().filter(|check| !check.passed()).count() as u64,
            checks_reused: checks().filter(|check| check.reused).count() as u64,
            files: paths.len() as u64,
            added: sum(&mut landed().map(|task| task.diffstat().added)),
            removed: sum(&mut landed().map(|task| task.diffstat().removed)),
            wall_ms: lasted(self.run.started_ms, end),
            agent_ms: sum(&mut attempts().map(|a| lasted(a.started_ms, a.ended_ms))),
            check_ms: sum(&mut checks().filter(|c| !c.reused).map(|check| check.duration_ms)),
            cpu_ms: (!measured.is_empty()).then(|| sum(&mut measured.into_iter())),
            estimated_hours: (!hours.is_empty())
                .then(|| hours.iter().sum())
                .filter(|sum: &f64| sum.is_finite()),
            refusals: self.refusals.len() as u64,
        }
    }

    /// Says whether the work may be merged, from the facts alone.
    ///
    /// A landed task counts as proven when the checks on its merged tree are there and all green.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let (stop, look) = (self.stops(), self.looks());
        let totals = self.totals();
        let held = totals.tasks - totals.landed;
        let answer = match (totals.landed, stop.is_empty(), look.is_empty()) {
            (0, ..) => Answer::Nothing,
            (_, false, _) => Answer::Stop,
            (_, true, false) => Answer::Look,
            (_, true, true) => Answer::Ready,
        };
        let headline = match answer {
            Answer::Ready => "Ready to merge",
            Answer::Look => "Look before merging",
            Answer::Stop => "Do not merge",
            Answer::Nothing => "Nothing to merge",
        };
        let mut reasons = stop;
        reasons.extend(look);
        if held > 0 && totals.landed > 0 {
            let text = match held {
                1 => "1 task was held back; none of its work is on the branch.".to_owned(),
                n => format!("{n} tasks were held back; none of their work is on the branch."),
            };
            reasons.push(text);
        }
        Verdict { answer, headline: headline.to_owned(), reasons }
    }

    /// What landed and what that rests on, in one or two sentences.
    pub(crate) fn proof(&self) -> String {
        let totals = self.totals();
        if totals.landed == 0 {
            return "No task landed.".to_owned();
        }
        let tasks = count(totals.tasks, "task", "tasks");
        let landed = format!("{} of {tasks} landed.", number(totals.landed));
        let (mut all, mut green) = (0, 0);
        let of = self.tasks.iter().filter(|task| task.outcome == TaskOutcome::Landed);
        for check in of.flat_map(|task| &task.landing) {
            all += 1;
            green += u64::from(check.passed());
        }
        let checks = count(all, "check", "checks");
        match (all, green) {
            (0, _) => landed,
            (1, 1) => format!("{landed} The check on the merged tree passed."),
            (all, green) if all == green => {
                format!("{landed} All {checks} on the merged trees passed.")
            }
            (_, green) => {
                format!("{landed} {} of {checks} on the merged trees passed.", number(green))
            }
        }
    }

    /// What speaks against merging.
    fn stops(&self) -> Vec<String> {
        let mut found = Vec::new();
        match self.run.outcome {
            RunOutcome::Completed => {}
            RunOutcome::Failed => found.push("The run stopped on an error of its own.".to_owned()),
            RunOutcome::Interrupted => found.push("The run was interrupted.".to_owned()),
            RunOutcome::Running => found.push("The run has not come to its end.".to_owned()),
        }
        let landed = || self.tasks.iter().filter(|task| task.outcome == TaskOutcome::Landed);
        let red = landed().filter(|task| task.landing.iter().any(|check| !check.passed()));
        found.extend(counted(red.count(), "landed although a check was red"));
        found
    }

    /// What wants a look.
    fn looks(&self) -> Vec<String> {
        let mut found = Vec::new();
        let landed = || self.tasks.iter().filter(|task| task.outcome == TaskOutcome::Landed);
        let bare = landed().filter(|task| task.landing.is_empty());
        found.extend(counted(bare.count(), "landed without a check on the merged tree"));
        let left =
            landed().filter(|task| task.scope.as_ref().is_some_and(|s| s.kept() == Some(false)));
        found.extend(counted(left.count(), "changed files outside the declared scope"));
        if self.run.sandbox == "none" {
            found.push("The agents ran without a sandbox.".to_owned());
        }
        for section in &self.sections {
            let errors = section.envelope.findings.iter().filter(|f| f.level == Level::Error);
            let name = clip(&section.envelope.tool.name, 40);
            let errors = errors.count();
            match (errors, section.envelope.outcome.as_str()) {
                (0, "clean" | "done" | "findings" | "ok") => {}
                (0, outcome) => {
                    let outcome = clip(outcome, 40);
                    found.push(format!("{name} ended with “{outcome}”."));
                }
                (1, _) => found.push(format!("{name} found 1 error.")),
                (n, _) => found.push(format!("{name} found {n} errors.")),
            }
            // An error that was found does not say that all was looked at.
            if errors > 0 && section.envelope.outcome == "incomplete" {
                let heading = section.kind.heading();
                found.push(format!("{heading}: {name} could not look at everything."));
            }
        }
        found
    }
}

fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 task {what}.")),
        n => Some(format!("{n} tasks {what}.")),
    }
}

/// How an outcome is shown: a word, and the tone that colours it.
pub(crate) struct Shown {
    pub(crate) word: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) mark: &'static str,
}

const fn shown(word: &'static str, tone: &'static str, mark: &'static str) -> Shown {
    Shown { word, tone, mark }
}

pub(crate) fn task_shown(outcome: TaskOutcome) -> Shown {
    match outcome {
        TaskOutcome::Landed => shown("landed", "ok", "✓"),
        TaskOutcome::Failed => shown("failed", "bad", "✕"),
        TaskOutcome::Refused => shown("refused", "warn", "⊘"),
        TaskOutcome::Released => shown("released", "info", "↺"),
        TaskOutcome::Skipped => shown("skipped", "", "–"),
        TaskOutcome::Running => shown("running", "info", "…"),
    }
}

pub(crate) fn attempt_shown(outcome: AttemptOutcome) -> Shown {
    match outcome {
        AttemptOutcome::Landed => shown("landed", "ok", "✓"),
        AttemptOutcome::Verified => shown("verified", "ok", "✓"),
        AttemptOutcome::Outdone => shown("outdone", "info", "✓"),
        AttemptOutcome::Red => shown("check red", "bad", "✕"),
        AttemptOutcome::Conflict => shown("conflict", "bad", "✕"),
        AttemptOutcome::Empty => shown("no change", "", "–"),
        AttemptOutcome::Crashed => shown("agent failed", "bad", "✕"),
        AttemptOutcome::Limit => shown("over a limit", "bad", "✕"),
        AttemptOutcome::Refused => shown("refused", "warn", "⊘"),
        AttemptOutcome::Lost => shown("lost", "", "–"),
    }
}

pub(crate) fn answer_shown(answer: Answer) -> Shown {
    match answer {
        Answer::Ready => shown("Ready to merge", "ok", "✓"),
        Answer::Look => shown("Look before merging", "warn", "!"),
        Answer::Stop => shown("Do not merge", "bad", "✕"),
        Answer::Nothing => shown("Nothing to merge", "", "–"),
    }
}

pub(crate) fn span_word(kind: SpanKind) -> &'static str {
    match kind {
        SpanKind::Agent => "agent",
        SpanKind::Verify => "verify",
        SpanKind::Land => "land",
        SpanKind::Prepare => "prepare",
    }
}
