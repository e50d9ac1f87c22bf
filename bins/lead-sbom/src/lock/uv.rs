//! `uv.lock` beside the `pyproject.toml` that it was made from.

use std::collections::BTreeSet;

use leadforge_cli_kit::{Finding, Level};
use toml::{Table, Value};

use super::requirement::{Requirement, normal};
use super::{fault, line_of};

/// What is wrong with a lock, given both files and where they lie.
pub(crate) fn check(project: &str, lock: &str, at: (&str, &str)) -> Result<Vec<Finding>, String> {
    let read = |text: &str, path: &str| {
        text.parse::<Table>().map_err(|error| format!("{path}: {}", error.message()))
    };
    let (project_at, lock_at) = at;
    let pyproject = read(project, project_at)?;
    let locked = read(lock, lock_at)?;
    let Some(meta) = pyproject.get("project").and_then(Value::as_table) else {
        return Ok(Vec::new());
    };
    let name = normal(text(meta, "name"));
    let packages = locked.get("package").and_then(Value::as_array).cloned().unwrap_or_default();
    let root = packages.iter().filter_map(Value::as_table).find(|package| {
        let local = |key: &str| package.get("source").and_then(|source| source.get(key)).is_some();
        normal(text(package, "name")) == name
            && (local("editable") || local("virtual") || local("directory"))
    });
    let stale = |message: String, line: Option<u64>| {
        let message = format!("{message}: run `uv lock`");
        fault("lock.stale", Level::Error, message, lock_at, line)
    };
    let Some(root) = root else {
        return Ok(vec![stale(format!("the project {name} of {project_at} is not in it"), None)]);
    };
    let mut found = Vec::new();
    let here = line_of(lock, &format!("name = \"{name}\"\nversion")).map(|line| line + 1);
    let (wanted, got) = (text(meta, "version"), text(root, "version"));
    if !wanted.is_empty() && !got.is_empty() && wanted != got {
        found.push(stale(format!("{name} is {got} here and {wanted} in {project_at}"), here));
    }
    let (wanted, got) = (text(meta, "requires-python"), text(&locked, "requires-python"));
    let plain =
        |text: &str| -> BTreeSet<String> { text.split(',').map(|p| p.replace(' ', "")).collect() };
    if !wanted.is_empty() && !got.is_empty() && plain(wanted) != plain(got) {
        let message = format!("it is for Python {got}, and {project_at} asks for {wanted}");
        found.push(stale(message, line_of(lock, "requires-python")));
    }
    let (wanted, got) = (asked(&pyproject, meta), recorded(root));
    for requirement in wanted.difference(&got) {
        let message = format!("{} of {project_at} is not in it", requirement.shown());
        found.push(stale(message, here));
    }
    for requirement in got.difference(&wanted) {
        let message = format!("{} is in it and no more in {project_at}", requirement.shown());
        found.push(stale(message, here));
    }
    Ok(found)
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Every requirement that a project states, in its extras and groups, too.
fn asked(pyproject: &Table, meta: &Table) -> BTreeSet<Requirement> {
    let mut lines: Vec<&Value> = Vec::new();
    let list = |value: Option<&Value>| -> Vec<Value> {
        value.and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let direct = list(meta.get("dependencies"));
    lines.extend(&direct);
    let tables = [meta.get("optional-dependencies"), pyproject.get("dependency-groups")];
    let nested: Vec<Value> = tables
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .flat_map(|table| table.values().flat_map(|value| list(Some(value))))
        .collect();
    lines.extend(&nested);
    let old = list(
        pyproject.get("tool").and_then(|t| t.get("uv")).and_then(|uv| uv.get("dev-dependencies")),
    );
    lines.extend(&old);
    lines.iter().filter_map(|line| Requirement::read(line.as_str()?)).collect()
}

/// Every requirement that the lock remembers of its project.
fn recorded(root: &Table) -> BTreeSet<Requirement> {
    let meta = root.get("metadata").and_then(Value::as_table);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut all: Vec<Value> = Vec::new();
    if let Some(meta) = meta {
        all.extend(meta.get("requires-dist").map(list).unwrap_or_default());
        let groups = meta.get("requires-dev").and_then(Value::as_table);
        all.extend(groups.into_iter().flat_map(|table| table.values().flat_map(list)));
    }
    let read = |value: &Value| {
        let table = value.as_table()?;
        let mut requirement = Requirement::read(text(table, "name"))?;
        let extras = table.get("extras").map(list).unwrap_or_default();
        requirement.extras = extras.iter().filter_map(Value::as_str).map(normal).collect();
        requirement.versions = text(table, "specifier")
            .split(',')
            .map(|part| part.replace(' ', ""))
            .filter(|part| !part.is_empty())
            .collect();
        Some(requirement)
    };
    all.iter().filter_map(read).collect()
}
