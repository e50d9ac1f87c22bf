//! `package-lock.json` beside its `package.json`.

use std::collections::BTreeMap;

use leadforge_cli_kit::{Finding, Level};
use serde_json::Value;

use super::{fault, line_of};

/// What is wrong with a lock, given both files and where they lie.
pub(crate) fn check(project: &str, lock: &str, at: (&str, &str)) -> Result<Vec<Finding>, String> {
    let (project_at, lock_at) = at;
    let read = |text: &str, path: &str| {
        serde_json::from_str::<Value>(text).map_err(|error| format!("{path}: {error}"))
    };
    let (project, locked) = (read(project, project_at)?, read(lock, lock_at)?);
    let mut found = Vec::new();
    // The first format has no copy of what was asked for.
    let Some(root) = locked.pointer("/packages/") else { return Ok(found) };
    let mut stale = |message: String, part: &str| {
        let message = format!("{message}: run `npm install --package-lock-only`");
        found.push(fault("lock.stale", Level::Error, message, lock_at, line_of(lock, part)));
    };
    let version = |value: &Value| value["version"].as_str().unwrap_or_default().to_owned();
    if version(root) != version(&project) {
        let message = format!(
            "the project is {} here and {} in {project_at}",
            version(root),
            version(&project)
        );
        stale(message, "\"version\"");
    }
    for kind in ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] {
        let (wanted, got) = (pairs(&project[kind]), pairs(&root[kind]));
        // An optional dependency may be listed in both places.
        let optional = pairs(&project["optionalDependencies"]);
        for (name, version) in &wanted {
            let doubled = kind == "dependencies" && optional.contains_key(name);
            if got.get(name) != Some(version) && !doubled {
                stale(format!("{name} {version} of {project_at} is not in it"), "\"packages\"");
            }
        }
        for name in got.keys().filter(|name| !wanted.contains_key(*name)) {
            stale(format!("{name} is in it and no more in {project_at}"), "\"packages\"");
        }
    }
    Ok(found)
}

fn pairs(value: &Value) -> BTreeMap<String, String> {
    let object = value.as_object().into_iter().flatten();
    object.filter_map(|(name, v)| Some((name.clone(), v.as_str()?.to_owned()))).collect()
}
