//! Groups as a flowchart of Mermaid.

use std::fmt::Write;

use super::{Groups, counted};

pub(super) fn render(groups: &Groups) -> String {
    let mut text = String::from("flowchart TD\n");
    for (at, (name, modules)) in groups.names.iter().enumerate() {
        let size = format!("<br/>{}", counted(*modules, "module"));
        let size = if groups.plain { "" } else { &size };
        let _ = writeln!(text, "  g{at}[\"{}{size}\"]", quoted(name));
    }
    for (at, name) in groups.alone.iter().enumerate() {
        let _ = writeln!(text, "  a{at}[\"{}\"]", quoted(name));
    }
    for (pair, count) in &groups.imports {
        let (from, to) = pair;
        let arrow = if Groups::up(pair) { "-.->" } else { "-->" };
        let count = format!("|{count}|");
        let count = if groups.plain { "" } else { &count };
        let _ = writeln!(text, "  g{from} {arrow}{count} g{to}");
    }
    text
}

/// Between quotes Mermaid reads entities, with `#` where HTML has `&`.
fn quoted(name: &str) -> String {
    let name = leadforge_markup::html(name);
    let parts: Vec<String> =
        name.split("&#").map(|part| part.replace('#', "#35;").replace('&', "#")).collect();
    parts.join("#").replace('`', "#96;").replace('\n', " ")
}
