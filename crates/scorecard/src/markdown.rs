//! The dossier as Markdown for a pull request: whole blocks until the limit, and said when cut.

use leadforge_markup::{markdown, markdown_code, markdown_fence, markdown_html, markdown_table};

use crate::data::{Attempt, Check, Dossier, FileStatus, Refusal, Section, Task, TaskOutcome};
use crate::verdict::{Shown, answer_shown, attempt_shown, task_shown};
use crate::words::{between, clip, count, duration, head, number, short, tail, time};

/// The length that GitHub takes for a body, in UTF-16 units, which is never less than characters.
const LIMIT: usize = 65_536;
/// Room for the word about what was left out.
const RESERVE: usize = 400;
/// How much of a task's text and of a log stands in the text.
const ASKED: usize = 2_000;
const TAIL: usize = 1_200;
const FILES: usize = 40;
const EXHIBITS: usize = 50;

/// Writes the dossier as Markdown for the body of a pull request, at most 65,536 characters.
///
/// What does not fit is left out in whole blocks, least important first, and the text says so. No
/// value in it formats, links, mentions or closes anything.
#[must_use]
pub fn render_markdown(dossier: &Dossier) -> String {
    let mut text = Bounded::new(overview(dossier));
    let rows: Vec<&Task> = ordered(dossier);
    let table = table(&rows);
    if !rows.is_empty() {
        text.push(&table, 0);
    }
    for section in dossier.sections_in_order() {
        text.push(&other(section), 0);
    }
    if !dossier.refusals.is_empty() {
        let list: String = dossier.refusals.iter().take(50).map(refusal).collect();
        let more = dossier.refusals.len().saturating_sub(50) as u64;
        let more = if more > 0 { format!("- and {} more\n", number(more)) } else { String::new() };
        text.push(&format!("### Refused\n\n{list}{more}\n"), 0);
    }
    if !rows.is_empty() {
        text.push("### Each task\n\n", 0);
    }
    for task in rows {
        text.push(&details(task), 1);
    }
    text.push(&footer(dossier), 0);
    text.finish()
}

/// Text that takes whole blocks as long as they fit.
struct Bounded {
    text: String,
    length: usize,
    left: usize,
    tasks: u64,
}

impl Bounded {
    fn new(text: String) -> Self {
        Self { length: text.encode_utf16().count(), text, left: 0, tasks: 0 }
    }

    fn push(&mut self, block: &str, tasks: u64) {
        let length = self.length + block.encode_utf16().count();
        if length + RESERVE <= LIMIT {
            self.length = length;
            self.text.push_str(block);
        } else {
            self.left += 1;
            self.tasks += tasks;
        }
    }

    fn finish(mut self) -> String {
        if self.left > 0 {
            let what = match (self.tasks, self.left as u64 - self.tasks) {
                (0, blocks) => count(blocks, "part", "parts"),
                (tasks, 0) => format!("the details of {}", count(tasks, "task", "tasks")),
                (tasks, blocks) => format!(
                    "the details of {} and {}",
                    count(tasks, "task", "tasks"),
                    count(blocks, "other part", "other parts")
                ),
            };
            self.text.push_str(&format!(
                "\n> [!NOTE]\n> Left out for GitHub's limit on length: {what}. \
                 The HTML page and the JSON hold everything.\n"
            ));
        }
        self.text
    }
}

fn emoji(shown: &Shown) -> &'static str {
    match shown.tone {
        "ok" => "✅",
        "bad" => "❌",
        "warn" => "⚠️",
        "info" => "🔄",
        _ => "➖",
    }
}

/// What was held back first, as on the page.
fn ordered(dossier: &Dossier) -> Vec<&Task> {
    let landed = |task: &&Task| task.outcome == TaskOutcome::Landed;
    let held = dossier.tasks.iter().filter(|task| !landed(task));
    held.chain(dossier.tasks.iter().filter(landed)).collect()
}

fn overview(dossier: &Dossier) -> String {
    let (run, totals, verdict) = (&dossier.run, dossier.totals(), dossier.verdict());
    let mut out = format!(
        "## {} {}\n\n{}\n\n",
        emoji(&answer_shown(verdict.answer)),
        verdict.headline,
        dossier.proof()
    );
    for reason in &verdict.reasons {
        out.push_str(&format!("- {}\n", markdown(&clip(reason, 400))));
    }
    let at = |id: &str| markdown_code(&clip(short(id), 80));
    let tip = run.tip.as_deref().map_or_else(String::new, |tip| format!(" at {}", at(tip)));
    let lasted = between(run.started_ms, run.ended_ms).unwrap_or_else(|| "no end known".into());
    out.push_str(&format!(
        "\n**{}**: {}{tip}, from {}. Started {}, {lasted}; {} at once, sandbox: {}.\n\n",
        markdown(&clip(&run.repository, 200)),
        markdown_code(&clip(&run.branch, 200)),
        at(&run.base),
        time(run.started_ms),
        count(run.jobs.into(), "agent", "agents"),
        markdown(&clip(&run.sandbox, 80)),
    ));
    if let Some(note) = &run.note {
        out.push_str(&format!("{}\n\n", markdown(&clip(note, 400))));
    }
    let green = totals.checks - totals.checks_red;
    let heads = ["Lines landed", "Checks passed", "Wall clock", "Agents’ time", "Refused"];
    let figures = vec![
        format!(
            "+{} −{} in {}",
            number(totals.added),
            number(totals.removed),
            count(totals.files, "file", "files")
        ),
        format!("{} of {}", number(green), number(totals.checks)),
        duration(totals.wall_ms),
        duration(totals.agent_ms),
        number(totals.refusals),
    ];
    out.push_str(&markdown_table(&heads, &[figures]));
    out.push('\n');
    out
}

/// At most two hundred rows; the details say the rest.
fn table(tasks: &[&Task]) -> String {
    let row = |task: &&Task| {
        let shown = task_shown(task.outcome);
        let stat = task.diffstat();
        let green = task.checks().filter(|check| check.passed()).count();
        vec![
            format!("{} {}", emoji(&shown), shown.word),
            format!("{} {}", markdown(&clip(&task.title, 100)), markdown_code(&clip(&task.id, 40))),
            markdown(&clip(task.agent.as_deref().unwrap_or("–"), 40)),
            format!("+{} −{}", number(stat.added), number(stat.removed)),
            format!("{green} of {}", task.checks().count()),
        ]
    };
    let rows: Vec<_> = tasks.iter().take(200).map(row).collect();
    let more = tasks.len().saturating_sub(200) as u64;
    let more = match more {
        0 => String::new(),
        n => format!("\n{} more in the HTML page and the JSON.\n", count(n, "task", "tasks")),
    };
    let table = markdown_table(&["Outcome", "Task", "Agent", "Change", "Checks"], &rows);
    format!("### Tasks\n\n{table}{more}\n")
}

fn details(task: &Task) -> String {
    let shown = task_shown(task.outcome);
    let mut out = format!(
        "<details><summary>{} {} — {}</summary>\n\n",
        emoji(&shown),
        shown.word,
        markdown_html(&clip(&task.title, 160))
    );
    if let Some(reason) = &task.reason {
        out.push_str(&format!("**Why**: {}\n\n", markdown(&clip(reason, 600))));
    }
    let (asked, left) = head(task.asked.trim(), ASKED);
    if !asked.is_empty() {
        out.push_str(&format!("**Asked**\n\n{}\n", markdown_fence(asked, "")));
        out.push_str(&cut(left));
    }
    if let Some(source) = &task.source {
        // As code, since a link to an issue would leave a mention over there.
        out.push_str(&format!("**Source**: {}\n\n", markdown_code(&clip(source, 300))));
    }
    if !task.attempts.is_empty() {
        out.push_str("**Who**\n\n");
        out.extend(task.attempts.iter().map(attempt));
        out.push('\n');
    }
    if !task.files.is_empty() {
        out.push_str(&files(task));
    }
    if !task.landing.is_empty() {
        out.push_str("**Verified on the merged tree**\n\n");
        out.extend(task.landing.iter().map(|one| check(one, "")));
        out.push('\n');
    }
    let red = task.checks().filter(|check| !check.passed() && !check.log_tail.trim().is_empty());
    for check in red.take(3) {
        let (text, left) = tail(check.log_tail.trim_end(), TAIL);
        let command = markdown_code(&clip(&check.command, 300));
        out.push_str(&format!("Last lines of {command}:\n\n{}\n", markdown_fence(text, "")));
        out.push_str(&cut(left));
    }
    out.push_str("</details>\n\n");
    out
}

fn cut(left: usize) -> String {
    match left as u64 {
        0 => String::new(),
        n => format!("{} more in the JSON.\n\n", count(n, "character", "characters")),
    }
}

fn attempt(attempt: &Attempt) -> String {
    let shown = attempt_shown(attempt.outcome);
    let lasted = between(attempt.started_ms, attempt.ended_ms);
    let lasted = lasted.map_or_else(String::new, |lasted| format!(", {lasted}"));
    let why = attempt.reason.as_deref().map(|why| format!(": {}", markdown(&clip(why, 300))));
    let mut out = format!(
        "- {} {} {} (slot {}, epoch {}{lasted}){}\n",
        emoji(&shown),
        markdown(&clip(&attempt.agent, 60)),
        shown.word,
        attempt.slot,
        attempt.epoch,
        why.unwrap_or_default()
    );
    out.extend(attempt.checks.iter().map(|one| check(one, "  ")));
    out
}

fn check(check: &Check, indent: &str) -> String {
    let exit = match check.exit {
        Some(code) => format!("exit {code}"),
        None => "no exit".to_owned(),
    };
    format!(
        "{indent}- {} {} {exit}, {}{}, log {}\n",
        if check.passed() { "✅" } else { "❌" },
        markdown_code(&clip(&check.command, 300)),
        duration(check.duration_ms),
        if check.reused { ", reused" } else { "" },
        markdown_code(&clip(short(&check.log_sha256), 80)),
    )
}

fn files(task: &Task) -> String {
    let stat = task.diffstat();
    let scope = task.scope.as_ref().and_then(|scope| match scope.kept() {
        Some(true) => Some(", scope kept".to_owned()),
        Some(false) => Some(format!(
            ", **scope left**: {}",
            count(scope.outside.len() as u64, "path", "paths")
        )),
        None => None,
    });
    let mut out = format!(
        "**Changed**: {}, +{} −{}{}\n\n",
        count(stat.files, "file", "files"),
        number(stat.added),
        number(stat.removed),
        scope.unwrap_or_default()
    );
    for file in task.files.iter().take(FILES) {
        let letter = match file.status {
            FileStatus::Added => "A",
            FileStatus::Modified => "M",
            FileStatus::Deleted => "D",
            FileStatus::Renamed => "R",
            FileStatus::Copied => "C",
            FileStatus::TypeChanged => "T",
        };
        let change = match (file.added, file.removed) {
            (None, None) => "binary".to_owned(),
            (added, removed) => {
                format!("+{} −{}", number(added.unwrap_or(0)), number(removed.unwrap_or(0)))
            }
        };
        out.push_str(&format!("- {letter} {} {change}\n", markdown_code(&clip(&file.path, 300))));
    }
    let more = task.files.len().saturating_sub(FILES) as u64;
    if more > 0 {
        out.push_str(&format!("- and {} more\n", number(more)));
    }
    out.push('\n');
    out
}

fn refusal(refusal: &Refusal) -> String {
    let task = refusal.task.as_deref().map(|id| format!(" {}", markdown_code(&clip(id, 60))));
    format!(
        "- ⚠️ {}{}: {} {}\n",
        markdown_code(&clip(&refusal.code, 60)),
        task.unwrap_or_default(),
        markdown(&clip(&refusal.what, 300)),
        markdown(&clip(&refusal.why, 300)),
    )
}

fn other(section: &Section) -> String {
    let envelope = &section.envelope;
    let figures: Vec<String> = envelope
        .summary
        .iter()
        .take(12)
        .map(|(key, value)| format!("{}: {}", clip(key, 40), clip(&value.to_string(), 60)))
        .collect();
    let mut out = format!(
        "### {}\n\n{} {}. {} ({})\n\n",
        section.kind.heading(),
        markdown(&clip(&envelope.tool.name, 60)),
        markdown(&clip(&envelope.outcome, 60)),
        markdown(&figures.join(", ")),
        count(envelope.findings.len() as u64, "finding", "findings"),
    );
    for one in envelope.exhibits.iter().take(EXHIBITS) {
        let text = markdown(&clip(&one.text, 300));
        out.push_str(&format!("- {}: {text}\n", markdown_code(&clip(&one.title, 200))));
    }
    let more = envelope.exhibits.len().saturating_sub(EXHIBITS) as u64;
    if more > 0 {
        out.push_str(&format!("- and {} more\n", number(more)));
    }
    if !envelope.exhibits.is_empty() {
        out.push('\n');
    }
    out
}

fn footer(dossier: &Dossier) -> String {
    let tip = dossier.run.tip_tree.as_deref().unwrap_or_default();
    let tree = if tip.is_empty() {
        String::new()
    } else {
        format!(", tree {}", markdown_code(&clip(tip, 80)))
    };
    format!(
        "---\nWritten by {} {}, {}{tree}.\n",
        markdown(&clip(&dossier.tool.name, 60)),
        markdown(&clip(&dossier.tool.version, 40)),
        markdown_code(&dossier.schema),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_used_to_the_limit_and_not_beyond() {
        let mut text = Bounded::new(String::new());
        for at in 0..80_000 {
            text.push(if at % 2 == 0 { "x" } else { "𝄞" }, at % 2);
        }
        let length = text.finish().encode_utf16().count();
        assert!((65_536 - RESERVE..=65_536).contains(&length), "{length}");
    }
}
