//! Task files of Backlog.md: YAML between `---` lines, then Markdown with marker comments.

use serde::Deserialize;
use serde_json::Value;

use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::fields::priority;
use super::text::title;
use crate::Priority;

/// Front matter above this is refused.
const LONGEST: usize = 64 << 10;

#[derive(Deserialize)]
struct Front {
    id: Value,
    title: Value,
    #[serde(default)]
    status: Value,
    #[serde(default)]
    priority: Value,
    #[serde(default)]
    dependencies: Value,
    #[serde(default)]
    parent_task_id: Value,
}

/// Reads one task file of Backlog.md; its id is its key, so a rename or a move changes nothing.
///
/// Dependencies become keys of the same backlog; `Done` is finished, drafts and archived files are
/// left out. An assignee is a note there, not a restriction, and is not taken over.
#[must_use]
pub fn parse_backlog_md(path: &str, text: &str) -> Import {
    let at = At { path: path.to_owned(), line: 1, end: text.lines().count().max(1) as u32 };
    let left = |why: Why, what: String| Import::one(Remark { at: at.clone(), why, what });
    let Some((yaml, body)) = front_matter(text) else {
        return left(Why::Unreadable, "no front matter between '---' lines".into());
    };
    let front: Front = match serde_saphyr::from_str(&quoted(yaml)) {
        Ok(front) => front,
        Err(e) => {
            let line = e.location().map_or(1, |l| l.line() as u32 + 1);
            let what = format!("front matter: {}", reason(&e.to_string()));
            return Import::one(Remark { at: At::line(path, line), why: Why::Unreadable, what });
        }
    };
    let (root, folder) = place(path);
    let id = scalar(&front.id).to_lowercase();
    let named = title(&scalar(&front.title));
    if id.is_empty() || named.is_empty() {
        return left(Why::Unreadable, "front matter without id or title".into());
    }
    let key = format!("{root}#{id}");
    let status = scalar(&front.status);
    let label = format!("{}: {named}", scalar(&front.id));
    match (folder, status.to_lowercase().as_str()) {
        ("drafts", _) | (_, "draft") => return left(Why::Inactive, format!("{label} (a draft)")),
        ("archive", _) => return left(Why::Inactive, format!("{label} (archived)")),
        ("completed", _) | (_, "done" | "complete" | "completed" | "closed") => {
            return Import { done: vec![key], ..left(Why::Done, label) };
        }
        _ => {}
    }
    let mut out = Import::default();
    if !matches!(status.to_lowercase().as_str(), "" | "to do" | "todo" | "open" | "backlog") {
        let what = format!("its status there is {status:?}; imported as pending");
        out.remarks.push(Remark { at: At::line(path, 1), why: Why::Note, what });
    }
    let full = |id: &Value| format!("{root}#{}", scalar(id).to_lowercase());
    let parent = Some(full(&front.parent_task_id)).filter(|_| front.parent_task_id.is_string());
    let body = body.trim_matches('\n').trim_end();
    out.drafts.push(Draft {
        key,
        title: named,
        priority: priority(&scalar(&front.priority)).unwrap_or(Priority::P2),
        after: list(&front.dependencies).iter().map(full).collect(),
        touches: Vec::new(),
        agents: Vec::new(),
        estimate: None,
        body: if body.is_empty() { String::new() } else { format!("{body}\n") },
        at,
        format: Format::BacklogMd,
        stated_after: Vec::new(),
        parent,
    });
    out
}

/// Whether a text is a task file of Backlog.md; its documents and decisions look alike but for this.
pub(super) fn is_backlog_md(text: &str) -> bool {
    front_matter(text).is_some_and(|(yaml, _)| {
        let has = |key: &str| yaml.lines().any(|line| line.starts_with(key));
        has("id:")
            && has("title:")
            && has("status:")
            && (has("assignee:") || has("dependencies:") || has("created_date:"))
    })
}

/// The YAML between the `---` lines and the text after them.
pub(super) fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let end = rest.find("\n---")?;
    let after = &rest[end + 4..];
    let body = after.strip_prefix('\n').or_else(|| after.is_empty().then_some(after))?;
    (end <= LONGEST).then(|| (&rest[..end], body))
}

/// `assignee: @name` is no YAML; Backlog.md quotes it before it reads it, and so do we.
fn quoted(yaml: &str) -> String {
    let mut out = String::with_capacity(yaml.len() + 16);
    for line in yaml.lines() {
        let at = line.find(": @").map(|i| i + 2).or_else(|| line.find("- @").map(|i| i + 2));
        match at {
            Some(at) => {
                let value = line[at..].replace('\\', "\\\\").replace('"', "\\\"");
                out.push_str(&format!("{}\"{value}\"", &line[..at]));
            }
            None if line.contains("[@") || line.contains(", @") => {
                let words: Vec<String> =
                    line.split_inclusive([',', ']', '[', ' ']).map(quote_name).collect();
                out.push_str(&words.concat());
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

fn quote_name(word: &str) -> String {
    let name = word.trim_end_matches([',', ']', '[', ' ']);
    match name.strip_prefix('@') {
        Some(_) => format!("\"{name}\"{}", &word[name.len()..]),
        None => word.to_owned(),
    }
}

/// The backlog's folder, which names it, and the folder in it that holds the file.
fn place(path: &str) -> (&str, &str) {
    let folders = ["tasks", "completed", "drafts", "archive"];
    let mut at = 0;
    for part in path.split('/') {
        if folders.contains(&part) && at + part.len() < path.len() {
            let root = path[..at].trim_end_matches('/');
            return (if root.is_empty() { "backlog" } else { root }, part);
        }
        at += part.len() + 1;
    }
    (path.rsplit_once('/').map_or("backlog", |(folder, _)| folder), "tasks")
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(all) => all.clone(),
        Value::String(s) if !s.is_empty() => vec![value.clone()],
        _ => Vec::new(),
    }
}

/// What a parser of YAML says, without its own count of the lines.
fn reason(message: &str) -> String {
    let line = message.lines().next().unwrap_or("unreadable YAML");
    let after = line.split_once("column ").and_then(|(_, rest)| rest.split_once(": "));
    title(after.map_or(line, |(_, rest)| rest))
}
