//! The tasks: all of them as a table, then each with what was asked, done, changed and proven.

use leadforge_markup::{El, Html, el};

use super::{anchor, badge, bar, block, checks, code, fact, lines, time};
use crate::data::{
    Attempt, Check, Dossier, FileChange, FileStatus, OverlapKind, Task, TaskOutcome,
};
use crate::verdict::{Shown, attempt_shown, task_shown};
use crate::words::{between, clip, count, duration, head, number};

/// How much of a task's text, and how many files, stand on the page.
const ASKED: usize = 20_000;
const FILES: usize = 300;

/// The tasks in the order of the page: what was held back first, then what landed.
fn ordered(dossier: &Dossier) -> [(&'static str, Vec<(usize, &Task)>); 2] {
    let landed = |task: &Task| task.outcome == TaskOutcome::Landed;
    let pick = |wanted: bool| {
        dossier.tasks.iter().enumerate().filter(|(_, task)| landed(task) == wanted).collect()
    };
    [("Held back", pick(false)), ("Landed, in this order", pick(true))]
}

/// All tasks at a glance.
pub(super) fn table(dossier: &Dossier) -> El {
    let title = el("h2").attr("id", "tasks").text("Tasks");
    let section = el("section").attr("aria-labelledby", "tasks").with(title);
    if dossier.tasks.is_empty() {
        return section.with(el("p").class("muted").text("The queue held no task for this run."));
    }
    let column = |name: &str| el("th").attr("scope", "col").text(name);
    let heads = el("tr")
        .with(column("Outcome"))
        .with(column("Task"))
        .with(column("Agent").class("wide"))
        .with(column("Change").class("wide"))
        .with(column("Checks").class("wide"))
        .with(column("Time").class("num wide"));
    let mut table = el("table").with(el("caption").class("hidden").text("All tasks of the run"));
    table = table.with(el("thead").with(heads));
    for (name, group) in ordered(dossier) {
        if group.is_empty() {
            continue;
        }
        let words = format!("{name} ({})", number(group.len() as u64));
        let head = el("th").attr("colspan", 6).attr("scope", "rowgroup").text(words);
        table = table.with(
            el("tbody")
                .with(el("tr").class("group").with(head))
                .each(group.into_iter().map(|(index, task)| row(index, task))),
        );
    }
    section.with(el("div").class("card tasks").with(table))
}

fn row(index: usize, task: &Task) -> El {
    let link = el("a").attr("href", format!("#{}", anchor(index))).text(clip(title(task), 160));
    let id = el("span").class("muted small").with(el("code").text(clip(&task.id, 48)));
    let reason = task.reason.as_deref().filter(|_| task.outcome != TaskOutcome::Landed);
    let what = el("td")
        .class("what")
        .with(link)
        .with(el("br"))
        .with(priority(task))
        .with(id)
        .with(reason.map(|reason| el("p").class("small reason").text(clip(reason, 240))));
    let stat = task.diffstat();
    let change = el("td").class("wide").with((stat.files > 0).then(|| {
        lines(stat.added, stat.removed)
            .with(Html::constant(" "))
            .with(bar(stat.added, stat.removed))
    }));
    el("tr")
        .with(el("td").with(badge(&task_shown(task.outcome))))
        .with(what)
        .with(el("td").class("wide").text(clip(task.agent.as_deref().unwrap_or("–"), 24)))
        .with(change)
        .with(el("td").class("wide nowrap").with(checks::score(task.checks())))
        .with(el("td").class("num wide").text(worked(task)))
}

/// The time that agents worked on a task, all attempts together.
fn worked(task: &Task) -> String {
    let lasted = |a: &Attempt| u64::try_from(a.ended_ms?.checked_sub(a.started_ms)?).ok();
    match task.attempts.iter().filter_map(lasted).fold(0, u64::saturating_add) {
        0 => "–".to_owned(),
        ms => duration(ms),
    }
}

fn title(task: &Task) -> &str {
    if task.title.trim().is_empty() { "Untitled task" } else { &task.title }
}

fn priority(task: &Task) -> Html {
    if task.priority.is_empty() {
        return Html::new();
    }
    let tone = if task.priority == "P0" { "priority top" } else { "priority" };
    Html::new().with(el("span").class(tone).text(clip(&task.priority, 8))).with(Html::constant(" "))
}

/// Each task, folded.
pub(super) fn details(dossier: &Dossier) -> Option<El> {
    if dossier.tasks.is_empty() {
        return None;
    }
    let all = ordered(dossier).into_iter().flat_map(|(_, group)| group);
    let title = el("h2").attr("id", "each").text("Each task");
    let section = el("section").attr("aria-labelledby", "each").with(title);
    Some(section.each(all.map(|(index, task)| one(index, task))))
}

fn one(index: usize, task: &Task) -> El {
    let shown = task_shown(task.outcome);
    let summary = el("summary")
        .with(badge(&shown))
        .with(el("span").class("title").text(title(task)))
        .with(priority(task))
        .with(el("code").class("muted small").text(&task.id));
    let reason = task.reason.as_deref().map(|reason| {
        let tone = format!("note {}", shown.tone);
        el("div").class(tone.trim_end()).with(el("p").text(reason))
    });
    let body = el("div")
        .class("body")
        .attr("id", anchor(index))
        .with(reason)
        .with(facts(task))
        .with(asked(task))
        .with(attempts(task))
        .with(changed(task))
        .with(verified(task));
    el("details").class("card task").with(summary).with(body)
}

fn facts(task: &Task) -> El {
    let after: Html = task
        .after
        .iter()
        .map(|id| Html::from(el("code").text(id)).with(Html::constant(" ")))
        .collect();
    let estimate = task.estimate.and_then(|estimate| {
        let hours = estimate.hours.map(|hours| format!("{hours:.1} h"));
        let keys = estimate.keystrokes.map(|n| count(n, "keystroke", "keystrokes"));
        let words: Vec<_> = hours.into_iter().chain(keys).collect();
        (!words.is_empty()).then(|| Html::text(&words.join(", ")))
    });
    el("dl")
        .class("facts")
        .with(fact("Agent", task.agent.as_deref().map(Html::text)))
        .with(fact("Source", task.source.as_deref().map(code)))
        .with(fact("Waits for", after))
        .with(fact("Commit", checks::id(task.commit.as_deref())))
        .with(fact("Branch", task.branch.as_deref().map(code)))
        .with(fact("By hand", estimate))
}

fn asked(task: &Task) -> Html {
    let heading = el("h3").text("What was asked");
    let (text, left) = head(task.asked.trim(), ASKED);
    if text.is_empty() {
        let words = "The task has a title and no text.";
        return Html::from(heading).with(el("p").class("muted").text(words));
    }
    let cut = (left > 0).then(|| {
        let words =
            format!("{} more are in the JSON.", count(left as u64, "character", "characters"));
        el("p").class("muted small").text(words)
    });
    Html::from(heading).with(block(text, "What was asked")).with(cut)
}

fn attempts(task: &Task) -> Html {
    let heading = el("h3").text("Who worked on it");
    if task.attempts.is_empty() {
        return Html::from(heading).with(el("p").class("muted").text("Nobody did."));
    }
    Html::from(heading).with(el("ul").class("attempts").each(task.attempts.iter().map(attempt)))
}

fn attempt(attempt: &Attempt) -> El {
    let lasted = between(attempt.started_ms, attempt.ended_ms);
    let exit = match attempt.exit {
        Some(code) => format!("agent’s exit {code}"),
        None => "agent ended by a signal or limit".to_owned(),
    };
    let place = format!("slot {}, epoch {}", attempt.slot, attempt.epoch);
    let words: Vec<String> = [Some(place), lasted, Some(exit)].into_iter().flatten().collect();
    let stat = attempt.diffstat;
    let change = (stat.files > 0).then(|| {
        Html::text(&format!("{}, ", count(stat.files, "file", "files")))
            .with(lines(stat.added, stat.removed))
    });
    let facts = el("dl")
        .class("facts small")
        .with(fact("Started", time(attempt.started_ms)))
        .with(fact("Branch", code(&attempt.branch)))
        .with(fact("Change", change))
        .with(fact("Processor", attempt.cpu_ms.map(|ms| Html::text(&duration(ms)))))
        .with(fact("Output", attempt.log_sha256.as_deref().map(code)));
    let log = crate::words::tail(attempt.log_tail.trim_end(), 6_000).0;
    let log = (!log.is_empty()).then(|| block(log, "Last lines of the agent’s output"));
    el("li")
        .with(
            el("div")
                .class("check")
                .with(badge(&attempt_shown(attempt.outcome)))
                .with(el("strong").text(&attempt.agent))
                .with(el("span").class("muted small").text(words.join(" · "))),
        )
        .with(attempt.reason.as_deref().map(|reason| el("p").class("small").text(reason)))
        .with(
            if attempt.checks.iter().all(Check::passed) {
                el("details")
            } else {
                el("details").flag("open")
            }
            .with(el("summary").class("small").text("Branch, time and checks"))
            .with(facts)
            .with(checks::list(&attempt.checks, "No check ran on this attempt."))
            .with(log),
        )
}

fn changed(task: &Task) -> Html {
    let heading = el("h3").text("What changed");
    if task.files.is_empty() {
        return Html::from(heading).with(el("p").class("muted").text("No file."));
    }
    let stat = task.diffstat();
    let sum = el("p")
        .text(format!("{}, ", count(stat.files, "file", "files")))
        .with(lines(stat.added, stat.removed))
        .text(" lines.");
    let more = task.files.len().saturating_sub(FILES) as u64;
    let cut = (more > 0).then(|| {
        el("p")
            .class("muted small")
            .text(format!("{} more are in the JSON.", count(more, "file", "files")))
    });
    Html::from(heading)
        .with(scope(task))
        .with(overlaps(task))
        .with(sum)
        .with(el("ul").class("files").each(task.files.iter().take(FILES).map(file)))
        .with(cut)
}

fn file(file: &FileChange) -> El {
    let (letter, word) = match file.status {
        FileStatus::Added => ("A", "added"),
        FileStatus::Modified => ("M", "modified"),
        FileStatus::Deleted => ("D", "deleted"),
        FileStatus::Renamed => ("R", "renamed"),
        FileStatus::Copied => ("C", "copied"),
        FileStatus::TypeChanged => ("T", "type changed"),
    };
    let change = match (file.added, file.removed) {
        (None, None) => el("span").class("muted").text("binary").into(),
        (added, removed) => lines(added.unwrap_or(0), removed.unwrap_or(0)),
    };
    let old =
        file.old_path.as_deref().map(|old| el("span").class("muted").text(format!("{old} → ")));
    el("li")
        .with(el("abbr").class("muted").attr("title", word).text(letter))
        .with(el("code").class("path").with(old).text(&file.path))
        .with(el("span").class("stat num").with(change))
        .with(bar(file.added.unwrap_or(0), file.removed.unwrap_or(0)))
}

fn scope(task: &Task) -> Html {
    let Some(scope) = &task.scope else { return Html::new() };
    let globs = |paths: &[String]| -> Html {
        paths
            .iter()
            .take(40)
            .map(|path| Html::from(el("code").text(path)).with(Html::constant(" ")))
            .collect()
    };
    let (tone, mark, word) = match scope.kept() {
        Some(true) => ("ok", "✓", "scope kept"),
        Some(false) => ("warn", "!", "scope left"),
        None => ("", "–", "no scope declared"),
    };
    let line =
        el("p").with(badge(&Shown { word, tone, mark })).text(" ").with(globs(&scope.declared));
    let outside = (!scope.outside.is_empty()).then(|| {
        el("div").class("note warn").with(el("p").text("Outside: ").with(globs(&scope.outside)))
    });
    Html::from(line).with(outside)
}

fn overlaps(task: &Task) -> Html {
    let one = |overlap: &crate::data::Overlap| {
        let sure = match overlap.kind {
            OverlapKind::Same => "shares ",
            OverlapKind::Unknown => "may share files, its scope is unknown",
        };
        let witness = overlap.witness.as_deref().filter(|_| overlap.kind == OverlapKind::Same);
        el("li")
            .text("with ")
            .with(el("code").text(&overlap.task))
            .text(": ")
            .text(if witness.is_none() && overlap.kind == OverlapKind::Same {
                "shares files"
            } else {
                sure
            })
            .with(witness.map(code))
    };
    if task.overlaps.is_empty() {
        return Html::new();
    }
    let list = el("ul").each(task.overlaps.iter().map(one));
    Html::from(el("p").text("Overlaps, so it was verified again after the merge:")).with(list)
}

fn verified(task: &Task) -> Html {
    let heading = el("h3").text("How it was verified");
    let none = match task.outcome {
        TaskOutcome::Landed => "No check ran on the merged tree.",
        _ => "It did not come to the landing gate.",
    };
    Html::from(heading).with(checks::list(&task.landing, none))
}
