//! Groups as a flowchart of Mermaid.

use std::fmt::Write;

use super::Groups;

pub(super) fn render(groups: &Groups) -> String {
    let mut text = String::from("flowchart TD\n");
    for (at, (name, modules)) in groups.names.iter().enumerate() {
        // Between quotes Mermaid reads entities, with `#` where HTML has `&`.
        let name = leadforge_markup::html(name);
        let name: Vec<String> =
            name.split("&#").map(|part| part.replace('#', "#35;").replace('&', "#")).collect();
        let name = name.join("#").replace('`', "#96;").replace('\n', " ");
        let plural = if *modules == 1 { "module" } else { "modules" };
        let _ = writeln!(text, "  g{at}[\"{name}<br/>{modules} {plural}\"]");
    }
    for (&(from, to), count) in &groups.imports {
        let arrow = if from < to { "-->" } else { "-.->" };
        let _ = writeln!(text, "  g{from} {arrow}|{count}| g{to}");
    }
    text
}
