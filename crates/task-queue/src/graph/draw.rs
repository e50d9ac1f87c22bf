//! The graph of a queue as text for Graphviz, Mermaid and people.

use std::fmt::Write as _;

use crate::queue::Queue;

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// For Graphviz.
    Dot,
    /// For a Mermaid block in Markdown.
    Mermaid,
    /// One line for each task, in the order in which they are worked off.
    Text,
}

/// Writes the graph of a queue; an arrow points from a task to those that wait for it.
pub fn draw(queue: &Queue, drawing: Drawing) -> String {
    match drawing {
        Drawing::Dot => dot(queue),
        Drawing::Mermaid => mermaid(queue),
        Drawing::Text => text(queue),
    }
}

fn dot(queue: &Queue) -> String {
    let mut out = String::from("digraph queue {\n  rankdir=LR;\n  node [shape=box];\n");
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    for task in queue.completed() {
        let _ =
            writeln!(out, "  \"{}\" [label=\"{}\", style=dashed];", task.id, quoted(&task.title));
    }
    for task in queue.pending() {
        let label = format!("{} {}\\n{}", task.id, task.priority, quoted(&task.title));
        let _ = writeln!(out, "  \"{}\" [label=\"{label}\"];", task.id);
        for after in &task.after {
            let _ = writeln!(out, "  \"{after}\" -> \"{}\";", task.id);
        }
    }
    out.push_str("}\n");
    out
}

fn mermaid(queue: &Queue) -> String {
    let mut out = String::from("graph LR\n");
    // Ids hold `-`, which Mermaid reads as the beginning of an arrow, so nodes are numbered.
    let tasks = || queue.completed().chain(queue.pending());
    let number = |id| tasks().position(|task| &task.id == id).unwrap_or_default();
    let quoted = |text: &str| {
        let mut safe = String::new();
        for c in text.chars() {
            match c {
                '"' | '<' | '>' | '&' | '#' | '`' | '\\' => {
                    let _ = write!(safe, "#{};", c as u32);
                }
                _ => safe.push(c),
            }
        }
        safe
    };
    for (n, task) in tasks().enumerate() {
        let done = if task.done.is_some() { " (done)" } else { "" };
        let _ = writeln!(out, "  t{n}[\"{} {}{done}\"]", task.id, quoted(&task.title));
    }
    for task in queue.pending() {
        for after in &task.after {
            let _ = writeln!(out, "  t{} --> t{}", number(after), number(&task.id));
        }
    }
    out
}

fn text(queue: &Queue) -> String {
    let mut out = String::new();
    for id in queue.order() {
        let Some(task) = queue.get(&id) else { continue };
        let _ = write!(out, "{} {id} {}", task.priority, task.title);
        let open = queue.blockers(&id);
        if !open.is_empty() {
            let open: Vec<&str> = open.iter().map(AsRef::as_ref).collect();
            let _ = write!(out, " (after {})", open.join(", "));
        }
        out.push('\n');
    }
    out
}
