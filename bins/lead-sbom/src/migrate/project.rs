//! The project: what names its dependencies, and a `pyproject.toml` where only requirements were.

use toml::{Table, Value};

use super::Repository;
use super::changes::Plan;
use super::poetry;

/// What the other files need to know.
#[derive(Debug, Default)]
pub(crate) struct Project {
    /// Whether `pyproject.toml` states the project as the standard says, so that uv can lock it.
    pub(crate) standard: bool,
    /// Its extras.
    pub(crate) extras: Vec<String>,
}

/// Looks at the project, and plans a `pyproject.toml` where there is none.
pub(crate) fn look(repository: &dyn Repository, name: &str, plan: &mut Plan) -> Project {
    let Some(text) = repository.text("pyproject.toml") else {
        return from_requirements(repository, name, plan);
    };
    let Ok(table) = text.parse::<Table>() else {
        plan.left.push("pyproject.toml: it is no TOML, so nothing is locked".to_owned());
        return Project::default();
    };
    let poetry = table.get("tool").and_then(|tool| tool.get("poetry")).is_some();
    let mut table = table;
    if poetry && !table.contains_key("project") {
        match poetry::convert(text, &table) {
            Ok(after) => {
                plan.left.push(
                    "poetry.lock: `uv lock` resolves anew; compare what it takes, then remove poetry.lock"
                        .to_owned(),
                );
                table = after.parse().expect("it was read when it was made");
                plan.change("pyproject.toml", Some(text), after);
            }
            Err(why) => plan.left.push(format!(
                "pyproject.toml: {why}; write [project] by hand or with `uvx migrate-to-uv`, then run this again"
            )),
        }
    }
    let meta = table.get("project").and_then(Value::as_table);
    let extras = meta.and_then(|meta| meta.get("optional-dependencies")).and_then(Value::as_table);
    let extras = extras.map(|table| table.keys().cloned().collect()).unwrap_or_default();
    if meta.is_some() && repository.text("uv.lock").is_none() {
        plan.left.push("uv.lock: run `uv lock` and commit it".to_owned());
    }
    Project { standard: meta.is_some(), extras }
}

/// A project of the requirements of the top folder.
fn from_requirements(repository: &dyn Repository, name: &str, plan: &mut Plan) -> Project {
    let Some(text) = repository.text("requirements.txt") else { return Project::default() };
    let mut dependencies = Vec::new();
    for line in text.lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let plain = line.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !line.contains("--")
            && !line.ends_with('\\');
        if plain {
            dependencies.push(Value::String(line.to_owned()));
        } else {
            plan.left.push(format!("requirements.txt: `{line}` has no place in pyproject.toml"));
        }
    }
    let python = python(repository);
    let list: String = dependencies.iter().map(|value| format!("    {value},\n")).collect();
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "app" } else { name };
    plan.change(
        "pyproject.toml",
        None,
        format!(
            "[project]\nname = \"{name}\"\nversion = \"0.0.0\"\nrequires-python = \">={python}\"\ndependencies = [\n{list}]\n\n\
             [tool.uv]\n# An application: it is run from its folder, and not installed.\npackage = false\n"
        ),
    );
    plan.left.push(
        "uv.lock: run `uv lock` and commit it; requirements.txt can go when nothing reads it"
            .to_owned(),
    );
    Project::default()
}

/// The Python that the images have; the oldest that is still mended where none is named.
fn python(repository: &dyn Repository) -> String {
    for path in
        repository.paths().iter().filter(|path| path.rsplit('/').next() == Some("Dockerfile"))
    {
        let text = repository.text(path).unwrap_or_default();
        if let Some((_, rest)) = text.split_once("python:3.") {
            let minor: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if !minor.is_empty() {
                return format!("3.{minor}");
            }
        }
    }
    "3.10".to_owned()
}
