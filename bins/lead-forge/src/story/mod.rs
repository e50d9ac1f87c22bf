//! From the events of a run to its dossier: what happened, told task by task.

mod tell;

use std::collections::BTreeMap;

use leadforge_agent_dispatch::{Event, Job, What};
use leadforge_scorecard::{
    Attempt, AttemptOutcome, Dossier, Estimate, FileChange, Overlap, OverlapKind, Provenance,
    Refusal, Run, RunOutcome, Scope, Span, SpanKind, Task, TaskOutcome, Tool,
};

/// What a dossier says besides the events.
pub(crate) struct Frame<'a> {
    pub(crate) repository: &'a str,
    pub(crate) base_branch: Option<String>,
    pub(crate) tip_tree: Option<String>,
    pub(crate) version: &'a str,
    pub(crate) provenance: Vec<Provenance>,
}

/// Tells the whole run, killed and restarted sessions included, from its journal.
pub(crate) fn dossier(events: &[Event], frame: Frame<'_>) -> Dossier {
    let mut story = Story::default();
    for event in events {
        story.take(event);
    }
    story.close(frame)
}

/// What is known so far.
#[derive(Default)]
struct Story {
    run: Run,
    sessions: u32,
    order: Vec<String>,
    tasks: BTreeMap<String, Task>,
    /// Where each attempt stands: its task, its place in the task, its lane.
    attempts: BTreeMap<(String, u64), Place>,
    spans: Vec<Span>,
    /// Open spans by task and epoch.
    open: BTreeMap<(String, u64), Span>,
    refusals: Vec<Refusal>,
    notes: Vec<String>,
    /// What each attempt changed and where it left its scope, for the one that lands.
    changes: BTreeMap<(String, u64), (Vec<FileChange>, Vec<String>)>,
}

#[derive(Clone)]
struct Place {
    index: usize,
    lane: String,
}

fn ms(at: u64) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

impl Story {
    fn close(mut self, frame: Frame<'_>) -> Dossier {
        for (_, mut span) in std::mem::take(&mut self.open) {
            // Ended by a kill: nothing is known after the last event.
            span.to_ms = span.to_ms.max(span.from_ms);
            self.spans.push(span);
        }
        self.spans
            .sort_by(|a, b| (a.from_ms, &a.lane, &a.task).cmp(&(b.from_ms, &b.lane, &b.task)));
        self.run.repository = frame.repository.to_owned();
        self.run.base_branch = frame.base_branch;
        self.run.tip_tree = frame.tip_tree;
        if self.sessions > 1 {
            self.notes.insert(
                0,
                format!("The run was taken up {} times after an interruption.", self.sessions - 1),
            );
        }
        self.run.note = (!self.notes.is_empty()).then(|| self.notes.join(" "));
        let mut tasks = self.tasks;
        Dossier {
            tool: Tool { name: "lead-forge".to_owned(), version: frame.version.to_owned() },
            run: self.run,
            tasks: self.order.iter().filter_map(|id| tasks.remove(id)).collect(),
            timeline: self.spans,
            refusals: self.refusals,
            provenance: frame.provenance,
            ..Dossier::default()
        }
    }

    fn started(&mut self, at: u64, what: &What) {
        let What::RunStarted { session, base, branch, workers, sandbox, .. } = what else {
            return;
        };
        self.sessions += 1;
        if self.sessions == 1 {
            self.run.started_ms = ms(at);
        }
        self.run.id = Some(session.clone());
        self.run.base.clone_from(base);
        self.run.branch.clone_from(branch);
        self.run.jobs = u32::try_from(*workers).unwrap_or(u32::MAX);
        self.run.sandbox.clone_from(sandbox);
        self.run.outcome = RunOutcome::Interrupted;
        self.run.ended_ms = None;
        self.order.clear();
        // An attempt that was open when the session before was killed was lost with it.
        for task in self.tasks.values_mut() {
            for attempt in &mut task.attempts {
                if attempt.ended_ms.is_none() {
                    attempt.outcome = AttemptOutcome::Lost;
                    attempt.reason.get_or_insert_with(|| "the run was interrupted".to_owned());
                }
            }
        }
    }

    pub(super) fn planned(&mut self, jobs: &[Job]) {
        self.order.extend(jobs.iter().map(|j| j.id.clone()));
        for job in jobs {
            let fresh = task(job);
            let known = self.tasks.entry(job.id.clone()).or_default();
            let (attempts, landing, files) = (
                std::mem::take(&mut known.attempts),
                std::mem::take(&mut known.landing),
                std::mem::take(&mut known.files),
            );
            let old = std::mem::replace(known, fresh);
            *known = Task {
                attempts,
                landing,
                files,
                branch: old.branch,
                commit: old.commit,
                agent: old.agent,
                scope: old.scope.or(known.scope.take()),
                ..std::mem::take(known)
            };
        }
    }

    fn attempt(&mut self, id: &str, epoch: u64) -> Option<&mut Attempt> {
        let place = self.attempts.get(&(id.to_owned(), epoch))?.index;
        self.tasks.get_mut(id)?.attempts.get_mut(place)
    }

    fn begin(&mut self, at: u64, id: &str, epoch: u64, kind: SpanKind, lane: String, who: String) {
        let span =
            Span { lane, task: id.to_owned(), kind, who, from_ms: ms(at), to_ms: ms(at), ok: None };
        self.open.insert((id.to_owned(), epoch), span);
    }

    fn end(&mut self, at: u64, id: &str, epoch: u64, ok: bool) -> Option<Span> {
        let mut span = self.open.remove(&(id.to_owned(), epoch))?;
        span.to_ms = ms(at);
        span.ok = Some(ok);
        self.spans.push(span.clone());
        Some(span)
    }

    fn refuse(&mut self, at: u64, id: &str, code: &str, what: &str, why: &str) {
        self.refusals.push(Refusal {
            task: Some(id.to_owned()),
            code: code.to_owned(),
            what: what.to_owned(),
            why: why.to_owned(),
            at_ms: Some(ms(at)),
        });
    }
}

fn task(job: &Job) -> Task {
    Task {
        id: job.id.clone(),
        title: job.title.clone(),
        priority: job.priority.clone(),
        source: job.source.clone(),
        asked: match (&job.run, job.body.trim()) {
            (Some(run), "") => format!("Run: {run}"),
            (Some(run), body) => format!("{body}\n\nRun: {run}"),
            (None, body) => body.to_owned(),
        },
        after: job.after.clone(),
        outcome: TaskOutcome::Skipped,
        scope: Some(Scope { declared: job.touches.clone(), outside: Vec::new() }),
        overlaps: job
            .overlaps
            .iter()
            .map(|id| Overlap { task: id.clone(), kind: OverlapKind::Same, witness: None })
            .collect(),
        estimate: (job.estimate_hours.is_some() || job.estimate_keystrokes.is_some())
            .then_some(Estimate { hours: job.estimate_hours, keystrokes: job.estimate_keystrokes }),
        ..Task::default()
    }
}

/// The first line of a reason: the rest is the log's tail, which stands with its check.
fn first_line(reason: &str) -> String {
    reason.lines().next().unwrap_or_default().to_owned()
}
