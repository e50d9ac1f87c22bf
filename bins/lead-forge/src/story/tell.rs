//! What each event adds to the story.

use leadforge_agent_dispatch::{Changed, Check as Ran, Event, What};
use leadforge_scorecard::{
    Attempt, AttemptOutcome, Check, Diffstat, FileChange, FileStatus, RunOutcome, SpanKind,
    TaskOutcome,
};

use super::{Place, Story, first_line, ms};

impl Story {
    pub(super) fn take(&mut self, event: &Event) {
        let at = event.at;
        match &event.what {
            What::RunStarted { .. } => self.started(at, &event.what),
            What::Planned { jobs } => self.planned(jobs),
            What::Recovered { what } => self.notes.push(format!("{what}.")),
            What::AttemptStarted { .. } => self.attempt_started(at, &event.what),
            What::AgentEnded { .. } => self.agent_ended(at, &event.what),
            What::WorkTaken { .. } => self.work_taken(at, &event.what),
            What::Checked { id, epoch, tree, landing, check } => {
                let check = checked(check, tree);
                if *landing {
                    if let Some(task) = self.tasks.get_mut(id) {
                        task.landing.push(check);
                    }
                } else if let Some(attempt) = self.attempt(id, *epoch) {
                    attempt.checks.push(check);
                }
            }
            What::AttemptEnded { id, epoch, verified, reason, .. } => {
                self.attempt_ended(at, (id, *epoch), *verified, reason.as_deref());
            }
            What::LandingStarted { id, epoch, .. } => {
                if let Some(task) = self.tasks.get_mut(id) {
                    task.landing.clear();
                }
                let who = self.attempt(id, *epoch).map(|a| a.agent.clone()).unwrap_or_default();
                self.begin(at, id, *epoch, SpanKind::Land, "gate".to_owned(), who);
            }
            What::Landed { .. } => self.landed(at, &event.what),
            What::SentBack { id, epoch, reason } => self.sent_back(at, id, *epoch, reason),
            What::Settled { id, outcome, reason } => {
                self.settled(at, id, outcome, reason.as_deref());
            }
            What::RunEnded { tip } => {
                self.run.tip = Some(tip.clone());
                self.run.ended_ms = Some(ms(at));
                self.run.outcome = RunOutcome::Completed;
            }
        }
    }

    fn attempt_started(&mut self, at: u64, what: &What) {
        let What::AttemptStarted { id, slot, epoch, agent, branch, lane, adopted, .. } = what
        else {
            return;
        };
        let Some(task) = self.tasks.get_mut(id) else { return };
        let lane = format!("worker {}", lane + 1);
        let place = Place { index: task.attempts.len(), lane: lane.clone() };
        task.agent = Some(agent.clone());
        task.attempts.push(Attempt {
            slot: slot.saturating_sub(1),
            epoch: *epoch,
            agent: agent.clone(),
            branch: branch.clone(),
            started_ms: ms(at),
            reason: adopted.then(|| "taken up from an interrupted session".to_owned()),
            ..Attempt::default()
        });
        self.attempts.insert((id.clone(), *epoch), place);
        let kind = if *adopted { SpanKind::Verify } else { SpanKind::Agent };
        self.begin(at, id, *epoch, kind, lane, agent.clone());
    }

    fn agent_ended(&mut self, at: u64, what: &What) {
        let What::AgentEnded {
            id,
            epoch,
            exit,
            ended,
            cpu_ms,
            log_sha256,
            log_tail,
            survivors,
            ..
        } = what
        else {
            return;
        };
        if let Some(attempt) = self.attempt(id, *epoch) {
            attempt.exit = *exit;
            attempt.cpu_ms = Some(*cpu_ms);
            attempt.log_sha256 = Some(format!("sha256:{log_sha256}"));
            attempt.log_tail.clone_from(log_tail);
            if ended != "exited" && ended != "signalled" {
                attempt.outcome = AttemptOutcome::Limit;
            }
        }
        if *survivors > 0 {
            let what = format!("{survivors} processes outlived the agent");
            self.refuse(
                at,
                id,
                "sandbox.survivors",
                &what,
                "every descendant is ended with its agent",
            );
        }
        let ok = *exit == Some(0) && ended == "exited";
        if let Some(span) = self.end(at, id, *epoch, ok)
            && ok
        {
            self.begin(at, id, *epoch, SpanKind::Verify, span.lane, span.who);
        }
    }

    fn work_taken(&mut self, at: u64, what: &What) {
        let What::WorkTaken { id, epoch, files, outside, collides, discarded, .. } = what else {
            return;
        };
        let files: Vec<FileChange> = files.iter().map(file).collect();
        let sum = |pick: fn(&FileChange) -> Option<u64>| files.iter().filter_map(pick).sum();
        let size = Diffstat {
            files: files.len() as u64,
            added: sum(|f| f.added),
            removed: sum(|f| f.removed),
        };
        if let Some(attempt) = self.attempt(id, *epoch) {
            attempt.diffstat = size;
        }
        self.changes.insert((id.clone(), *epoch), (files, outside.clone()));
        self.show_changes(id, *epoch);
        if !collides.is_empty() {
            let what =
                format!("it changed files that running tasks declared: {}", collides.join(", "));
            self.refuse(
                at,
                id,
                "scope.collides",
                &what,
                "it lands only after a merge and new verification",
            );
        }
        if !discarded.is_empty() {
            let what = format!("its changes to the queue were discarded: {}", discarded.join(", "));
            self.refuse(at, id, "queue.discarded", &what, "only the landing gate writes there");
        }
    }

    fn attempt_ended(
        &mut self,
        at: u64,
        (id, epoch): (&str, u64),
        verified: bool,
        reason: Option<&str>,
    ) {
        self.end(at, id, epoch, verified);
        let reason = reason.map(first_line);
        let Some(attempt) = self.attempt(id, epoch) else { return };
        attempt.ended_ms = Some(ms(at));
        attempt.outcome = match (verified, attempt.outcome) {
            (true, _) => AttemptOutcome::Verified,
            (false, AttemptOutcome::Limit) => AttemptOutcome::Limit,
            (false, _) if attempt.exit.is_some_and(|code| code != 0) => AttemptOutcome::Crashed,
            (false, _) if attempt.checks.iter().any(|c| !c.passed()) => AttemptOutcome::Red,
            (false, _) if attempt.diffstat.files == 0 => AttemptOutcome::Empty,
            (false, _) => AttemptOutcome::Refused,
        };
        if reason.is_some() {
            attempt.reason = reason;
        }
    }

    fn landed(&mut self, at: u64, what: &What) {
        let What::Landed { id, epoch, commit, reused, others, .. } = what else { return };
        self.end(at, id, *epoch, true);
        self.show_changes(id, *epoch);
        let Some(place) = self.attempts.get(&(id.clone(), *epoch)).cloned() else { return };
        let Some(task) = self.tasks.get_mut(id) else { return };
        task.commit = Some(commit.clone());
        if let Some(attempt) = task.attempts.get_mut(place.index) {
            attempt.outcome = AttemptOutcome::Landed;
            task.agent = Some(attempt.agent.clone());
            task.branch = Some(attempt.branch.clone());
            if *reused {
                task.landing =
                    attempt.checks.iter().map(|c| Check { reused: true, ..c.clone() }).collect();
            }
        }
        for attempt in &mut task.attempts {
            if others.contains(&attempt.branch) {
                attempt.outcome = AttemptOutcome::Outdone;
                attempt.reason = Some("verified too, but another attempt was smaller".to_owned());
            }
        }
    }

    /// The task shows what this attempt changed: the last one, and in the end the one that landed.
    fn show_changes(&mut self, id: &str, epoch: u64) {
        let Some((files, outside)) = self.changes.get(&(id.to_owned(), epoch)) else { return };
        let Some(task) = self.tasks.get_mut(id) else { return };
        task.files.clone_from(files);
        if let Some(scope) = &mut task.scope {
            scope.outside.clone_from(outside);
        }
    }

    fn sent_back(&mut self, at: u64, id: &str, epoch: u64, reason: &str) {
        let lane = self.attempts.get(&(id.to_owned(), epoch)).map(|p| p.lane.clone());
        self.end(at, id, epoch, false);
        let conflict = reason.starts_with("conflict");
        if let Some(attempt) = self.attempt(id, epoch) {
            attempt.outcome = if conflict { AttemptOutcome::Conflict } else { AttemptOutcome::Red };
            attempt.reason = Some(first_line(reason));
        }
        if lane.is_some() {
            let code = if conflict { "land.conflict" } else { "land.red" };
            self.refuse(at, id, code, "it was sent back by the landing gate", &first_line(reason));
        }
    }

    fn settled(&mut self, at: u64, id: &str, outcome: &str, reason: Option<&str>) {
        let Some(task) = self.tasks.get_mut(id) else { return };
        task.outcome = match outcome {
            "landed" => TaskOutcome::Landed,
            "failed" => TaskOutcome::Failed,
            _ => TaskOutcome::Skipped,
        };
        task.reason = reason.map(first_line);
        if let (TaskOutcome::Failed, Some(last)) = (task.outcome, task.attempts.last()) {
            task.branch = Some(last.branch.clone());
        }
        let code = match outcome {
            "failed" => "task.failed",
            "blocked" => "task.blocked",
            "skipped" => "task.skipped",
            _ => return,
        };
        let what = match outcome {
            "failed" => "its tries are used up; it stays failed until it is released",
            _ => "it was not begun",
        };
        self.refuse(at, id, code, what, &first_line(reason.unwrap_or_default()));
    }
}

fn checked(check: &Ran, tree: &str) -> Check {
    Check {
        command: check.command.clone(),
        command_sha256: format!("sha256:{}", check.command_sha256),
        exit: check.exit,
        duration_ms: check.wall_ms,
        log_sha256: format!("sha256:{}", check.log_sha256),
        log_tail: check.log_tail.clone(),
        tree: tree.to_owned(),
        reused: false,
        note: (check.ended != "exited").then(|| check.ended.clone()),
    }
}

fn file(changed: &Changed) -> FileChange {
    FileChange {
        path: changed.path.clone(),
        old_path: None,
        added: changed.added,
        removed: changed.removed,
        status: match changed.status.as_str() {
            "A" => FileStatus::Added,
            "D" => FileStatus::Deleted,
            "R" => FileStatus::Renamed,
            "C" => FileStatus::Copied,
            "T" => FileStatus::TypeChanged,
            _ => FileStatus::Modified,
        },
    }
}
