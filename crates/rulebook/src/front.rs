//! Front matter: what the tools' own files say about when they are told.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::check::split;
use crate::{Note, Scope, Tool};

/// No tool's front matter is longer.
const LARGEST: usize = 8 << 10;

/// No list of globs becomes longer by taking braces apart.
const MOST_GLOBS: usize = 64;

/// The front matter at the start of a text, with both its lines of hyphens, and what follows.
pub(crate) fn cut(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let mut at = 4;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim_ascii_end() == "---" {
            return Some(text.split_at(at));
        }
        if at > LARGEST {
            break;
        }
    }
    None
}

/// What decides when a file is told, in one tool or another.
const KNOWN: [&str; 6] = ["description", "globs", "alwaysApply", "applyTo", "paths", "trigger"];

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Flag(bool),
    Text(String),
    List(Vec<String>),
    Other(serde_json::Value),
}

impl Value {
    fn list(&self) -> Vec<String> {
        match self {
            Self::Text(text) => split(text).into_iter().map(str::to_owned).collect(),
            Self::List(list) => list.clone(),
            _ => Vec::new(),
        }
        .into_iter()
        .filter(|glob| !glob.is_empty())
        .collect()
    }

    fn text(&self) -> &str {
        if let Self::Text(text) = self { text.trim() } else { "" }
    }
}

/// When a file is told, by its front matter; what has no place in a rulebook becomes a note.
pub(crate) fn scope(front: &str, notes: &mut Vec<Note>) -> Scope {
    let inner = front.strip_prefix("---\n").unwrap_or(front);
    let inner = inner.trim_ascii_end().strip_suffix("---").unwrap_or(inner);
    let values = match read(inner) {
        Ok(values) => values,
        Err(why) => {
            notes.push(Note::new(
                1,
                format!(
                    "the front matter is not understood ({why}); the text counts as told always"
                ),
            ));
            return Scope::Always;
        }
    };
    for (key, value) in &values {
        if matches!(value, Value::Other(other) if !other.is_null()) && KNOWN.contains(&key.as_str())
        {
            notes.push(Note::new(
                1,
                format!("{key:?} of the front matter is neither text nor a list"),
            ));
        }
    }
    for key in values.keys().filter(|key| !KNOWN.contains(&key.as_str())) {
        notes.push(Note::new(1, format!("{key:?} of the front matter has no place in a rulebook")));
    }
    let list = |key: &str| values.get(key).map(Value::list).unwrap_or_default();
    let globs: Vec<String> = [list("globs"), list("applyTo"), list("paths")].concat();
    let asked = values.get("description").map(Value::text).unwrap_or_default();
    let trigger = values.get("trigger").map(Value::text).unwrap_or_default();
    let everywhere = globs.iter().any(|glob| matches!(glob.as_str(), "**" | "*" | "**/*"));
    let always = match values.get("alwaysApply") {
        Some(Value::Flag(flag)) => Some(*flag),
        Some(Value::Text(text)) if text == "true" || text == "false" => {
            notes.push(Note::new(1, "alwaysApply is text here, which Cursor takes for false"));
            Some(false)
        }
        _ => None,
    };
    let scope = match trigger {
        "always_on" => Scope::Always,
        "manual" => Scope::Manual,
        "model_decision" => Scope::Asked(asked.to_owned()),
        _ if always == Some(true) || everywhere => Scope::Always,
        _ if !globs.is_empty() => Scope::Paths(globs.clone()),
        // Only Cursor has files that are told on request alone by saying nothing.
        _ if always.is_none() && !values.contains_key("globs") && asked.is_empty() => Scope::Always,
        _ if asked.is_empty() => Scope::Manual,
        _ => Scope::Asked(asked.to_owned()),
    };
    if !asked.is_empty() && !matches!(scope, Scope::Asked(_)) {
        notes.push(Note::new(
            1,
            format!("the description {asked:?} decides nothing here and is left out"),
        ));
    }
    if !globs.is_empty() && !everywhere && !matches!(scope, Scope::Paths(_)) {
        notes.push(Note::new(
            1,
            format!("the globs {} decide nothing here and are left out", globs.join(", ")),
        ));
    }
    scope
}

/// Cursor and Windsurf write globs bare, which YAML takes for an alias: they are quoted first.
fn read(front: &str) -> Result<BTreeMap<String, Value>, String> {
    let mut text = String::new();
    for line in front.lines() {
        let bare = ["globs:", "applyTo:", "description:"].iter().find_map(|key| {
            let value = line.strip_prefix(key)?.trim_ascii();
            let quoted = value.is_empty() || value.starts_with(['"', '\'', '[', '|', '>', '#']);
            (!quoted).then(|| format!("{key} {}", serde_json::Value::from(value)))
        });
        text.push_str(bare.as_deref().unwrap_or(line));
        text.push('\n');
    }
    if text.trim_ascii().is_empty() {
        return Ok(BTreeMap::new());
    }
    let values: BTreeMap<String, Value> = serde_saphyr::from_str(&text)
        .map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())?;
    Ok(values)
}

/// The front matter that says a scope to a tool, or nothing where the tool knows none.
pub(crate) fn write(tool: Tool, scope: &Scope) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let inner = match (tool, scope) {
        (Tool::Copilot, Scope::Paths(globs)) => format!("applyTo: {}\n", quoted(&listed(globs))),
        (Tool::Cline, Scope::Paths(globs)) => {
            let globs: String =
                globs.iter().map(|glob| format!("  - {}\n", quoted(glob))).collect();
            format!("paths:\n{globs}")
        }
        (Tool::Cursor, Scope::Always) => "alwaysApply: true\n".to_owned(),
        (Tool::Cursor, Scope::Paths(globs)) => {
            format!("globs: {}\nalwaysApply: false\n", listed(globs))
        }
        (Tool::Cursor, Scope::Asked(when)) => {
            format!("description: {}\nalwaysApply: false\n", quoted(when))
        }
        (Tool::Cursor, Scope::Manual) => "alwaysApply: false\n".to_owned(),
        (Tool::Windsurf, Scope::Always) => "trigger: always_on\n".to_owned(),
        (Tool::Windsurf, Scope::Paths(globs)) => {
            format!("trigger: glob\nglobs: {}\n", listed(globs))
        }
        (Tool::Windsurf, Scope::Asked(when)) => {
            format!("trigger: model_decision\ndescription: {}\n", quoted(when))
        }
        (Tool::Windsurf, Scope::Manual) => "trigger: manual\n".to_owned(),
        _ => return String::new(),
    };
    format!("---\n{inner}---\n")
}

/// Globs of a list with commas; not every reader knows that a comma inside of braces is none.
fn listed(globs: &[String]) -> String {
    globs.iter().flat_map(|glob| unbraced(glob)).collect::<Vec<_>>().join(",")
}

/// A glob for each word in its braces; the glob itself when that would be very many.
fn unbraced(whole: &str) -> Vec<String> {
    let mut open = vec![whole.to_owned()];
    let mut done = Vec::new();
    while let Some(glob) = open.pop() {
        let braces = glob.find('{').and_then(|from| Some((from, closing(&glob[from..])? + from)));
        let Some((from, to)) = braces else {
            done.push(glob);
            continue;
        };
        for word in split(&glob[from + 1..to]).into_iter().rev() {
            open.push(format!("{}{word}{}", &glob[..from], &glob[to + 1..]));
        }
        if open.len() + done.len() > MOST_GLOBS {
            return vec![whole.to_owned()];
        }
    }
    done
}

/// Where the brace closes that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_become_globs_of_their_own() {
        for (glob, globs) in [
            ("a", "a"),
            ("*.{py,pyi}", "*.py,*.pyi"),
            ("{a,b}/{c,d{e,f}}", "a/c,a/de,a/df,b/c,b/de,b/df"),
            ("{a", "{a"),
            ("a}{}b", "a}b"),
        ] {
            assert_eq!(listed(&[glob.to_owned()]), globs);
        }
        let many = "{a,b}".repeat(20);
        assert_eq!(unbraced(&many).len(), 1);
    }
}
