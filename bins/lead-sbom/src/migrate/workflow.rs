//! A workflow whose packages uv installs, line by line: what is no command stays as it is.

use leadforge_dockerfile_syntax::Text;
use leadforge_dockerfile_syntax::shell::split;

use super::UV;
use super::command::{Place, replacements};
use super::dockerfile::apply;
use super::project::Project;

/// The text of a workflow for uv.
pub(crate) fn migrate(text: &str, project: &Project) -> String {
    let mut edits = Vec::new();
    let mut has_uv = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        // Each job has a machine of its own.
        if line.trim() == "steps:" {
            has_uv = false;
        }
        has_uv |= line.contains("astral-sh/setup-uv") || line.contains("pip install uv");
        let Some((offset, command)) = command(line) else { continue };
        let place = Place { project, active: false, has_lock: true };
        for replacement in replacements(&split(&Text::at(command, start + offset)), &place) {
            let mut new = replacement.text;
            if !has_uv {
                let get = format!("python -m pip install uv=={UV}");
                new = if new == "uv --version" { get } else { format!("{get} && {new}") };
                has_uv = true;
            }
            edits.push((replacement.span.start, replacement.span.end, new));
        }
    }
    apply(text, edits)
}

/// The command on a line of a workflow, and where it begins.
fn command(line: &str) -> Option<(usize, &str)> {
    let bare = line.trim_end();
    let mut at = bare.len() - bare.trim_start().len();
    for mark in ["- ", "run:"] {
        if let Some(rest) = bare.get(at..).and_then(|rest| rest.strip_prefix(mark)) {
            at = bare.len() - rest.trim_start().len();
        }
    }
    let text = bare.get(at..)?;
    // What is quoted as YAML is another text than it looks.
    let plain = !text.starts_with(['#', '"', '\'', '|', '>'])
        && !text.contains("${{")
        && !text.ends_with('\\');
    (plain && (text.contains("pip") || text.contains("poetry"))).then_some((at, text))
}
