//! `[tool.poetry]` as `[project]`: the tables that poetry alone reads are replaced, and all else stays as it is.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// The text of a `pyproject.toml` with `[project]`, or why it is not made.
pub(super) fn convert(text: &str, table: &Table) -> Result<String, String> {
    let poetry = table.get("tool").and_then(|tool| tool.get("poetry")).and_then(Value::as_table);
    let poetry = poetry.ok_or("there is no [tool.poetry]")?;
    for key in ["plugins", "source", "build"] {
        if poetry.contains_key(key) {
            return Err(format!("[tool.poetry] has {key}, which has no place in [project]"));
        }
    }
    let new = project(poetry)?;
    let (rest, at) = without(text);
    let mut out = rest;
    let core = out.lines().any(|line| line.contains("poetry-core") && !line.contains("tool"));
    out.insert_str(at, &format!("{new}\n"));
    if core {
        // Before 2.0 it did not read [project].
        out = requires(&out);
    }
    // What was not meant must be as it was.
    let after: Table = out.parse().map_err(|_| "its tables could not be taken apart".to_owned())?;
    let others = |table: &Table| {
        let mut table = table.clone();
        for key in ["project", "dependency-groups", "build-system"] {
            table.remove(key);
        }
        if let Some(tool) = table.get_mut("tool").and_then(Value::as_table_mut) {
            tool.remove("poetry");
            tool.remove("uv");
        }
        table.retain(|_, value| value.as_table().is_none_or(|table| !table.is_empty()));
        table
    };
    if others(&after) != others(table) {
        return Err("its tables could not be taken apart".to_owned());
    }
    Ok(out)
}

/// The text without poetry's tables, and where the first stood.
fn without(text: &str) -> (String, usize) {
    let (mut out, mut at, mut inside) = (String::new(), None, false);
    for line in text.split_inclusive('\n') {
        let head = line.trim_start();
        if head.starts_with('[') && !line.starts_with([' ', '\t']) {
            let name = head.trim_start_matches('[').trim_start();
            inside = name.starts_with("tool.poetry")
                && name["tool.poetry".len()..].trim_start().starts_with([']', '.']);
        }
        if inside {
            at = at.or(Some(out.len()));
        } else {
            out.push_str(line);
        }
    }
    let at = at.unwrap_or(out.len());
    (out, at)
}

/// poetry-core of a release that reads `[project]`.
fn requires(text: &str) -> String {
    let is = |line: &str| {
        let rest = line.trim_start().strip_prefix("requires").map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with('='))
    };
    let line = |line: &str| match is(line) {
        true => "requires = [\"poetry-core>=2.0\"]\n".to_owned(),
        false => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

fn string(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn project(poetry: &Table) -> Result<String, String> {
    let mut meta = Table::new();
    let name = string(poetry, "name").unwrap_or_else(|| "app".to_owned());
    meta.insert("name".into(), name.into());
    meta.insert(
        "version".into(),
        string(poetry, "version").unwrap_or_else(|| "0.0.0".into()).into(),
    );
    for key in ["description", "readme", "license"] {
        if let Some(value) = string(poetry, key) {
            meta.insert(key.into(), value.into());
        }
    }
    for key in ["keywords", "classifiers"] {
        if let Some(value) = poetry.get(key) {
            meta.insert(key.into(), value.clone());
        }
    }
    let people = poetry.get("authors").and_then(Value::as_array);
    let people: Vec<Value> =
        people.into_iter().flatten().filter_map(Value::as_str).map(person).collect();
    if !people.is_empty() {
        meta.insert("authors".into(), people.into());
    }
    let empty = Table::new();
    let table = |key: &str| poetry.get(key).and_then(Value::as_table).unwrap_or(&empty);
    let mut dependencies = Vec::new();
    let mut named = BTreeMap::new();
    for (name, value) in table("dependencies") {
        if name == "python" {
            let python = value.as_str().ok_or("python is not one version")?;
            meta.insert("requires-python".into(), versions(python)?.into());
            continue;
        }
        let requirement = requirement(name, value)?;
        let optional = value.get("optional").and_then(Value::as_bool).unwrap_or(false);
        if !optional {
            dependencies.push(Value::from(requirement.clone()));
        }
        named.insert(name.to_lowercase(), requirement);
    }
    meta.insert("dependencies".into(), dependencies.into());
    let mut more = Table::new();
    for (extra, list) in table("extras") {
        let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
        let all: Result<Vec<Value>, String> = names
            .map(|name| {
                let found = named.get(&name.to_lowercase());
                found
                    .map(|r| Value::from(r.clone()))
                    .ok_or(format!("the extra {extra} names {name}, which is no dependency"))
            })
            .collect();
        more.insert(extra.clone(), all?.into());
    }
    if !more.is_empty() {
        meta.insert("optional-dependencies".into(), more.into());
    }
    if table("scripts").values().any(|value| !value.is_str()) {
        return Err("a script is more than a name".to_owned());
    }
    if !table("scripts").is_empty() {
        meta.insert("scripts".into(), table("scripts").clone().into());
    }
    let mut urls = table("urls").clone();
    for (key, name) in
        [("homepage", "Homepage"), ("repository", "Repository"), ("documentation", "Documentation")]
    {
        if let Some(url) = string(poetry, key) {
            urls.insert(name.into(), url.into());
        }
    }
    if !urls.is_empty() {
        meta.insert("urls".into(), urls.into());
    }
    let mut groups = Table::new();
    let mut group = |name: &str, table: &Table| {
        let all: Result<Vec<Value>, String> =
            table.iter().map(|(name, value)| requirement(name, value).map(Value::from)).collect();
        all.map(|all| drop(groups.insert(name.to_owned(), all.into())))
    };
    if !table("dev-dependencies").is_empty() {
        group("dev", table("dev-dependencies"))?;
    }
    for (name, value) in table("group") {
        let inner = value.get("dependencies").and_then(Value::as_table).unwrap_or(&empty);
        group(name, inner)?;
    }
    // The name comes first, as people look for it there.
    let head = ["name", "version"].into_iter().filter_map(|key| {
        let value = meta.remove(key)?;
        Some(format!("{key} = {value}\n"))
    });
    let head: String = head.collect();
    let mut out = format!("[project]\n{head}");
    let rest = pretty("project", meta)?;
    out.push_str(rest.strip_prefix("[project]\n").unwrap_or(&rest));
    if !groups.is_empty() {
        out.push('\n');
        out.push_str(&pretty("dependency-groups", groups)?);
    }
    let mut tool = Table::new();
    // What tells poetry's builder where the packages lie stays.
    let mut kept = Table::new();
    for key in ["packages", "include", "exclude"] {
        if let Some(value) = poetry.get(key) {
            kept.insert(key.into(), value.clone());
        }
    }
    if !kept.is_empty() {
        tool.insert("poetry".into(), kept.into());
    }
    if poetry.get("package-mode").and_then(Value::as_bool) == Some(false) {
        let mut uv = Table::new();
        uv.insert("package".into(), false.into());
        tool.insert("uv".into(), uv.into());
    }
    if !tool.is_empty() {
        out.push('\n');
        out.push_str(&pretty("tool", tool)?);
    }
    Ok(out)
}

fn pretty(name: &str, table: Table) -> Result<String, String> {
    let mut out = Table::new();
    out.insert(name.to_owned(), table.into());
    toml::to_string_pretty(&out).map_err(|error| error.to_string())
}

/// `Name <mail>` as a table.
fn person(text: &str) -> Value {
    let mut table = Table::new();
    match text.split_once('<') {
        Some((name, mail)) => {
            table.insert("name".into(), name.trim().into());
            table.insert("email".into(), mail.trim_end_matches('>').trim().into());
        }
        None => drop(table.insert("name".into(), text.trim().into())),
    }
    table.into()
}

/// One dependency as PEP 508 writes it.
fn requirement(name: &str, value: &Value) -> Result<String, String> {
    if let Some(version) = value.as_str() {
        return Ok(format!("{name}{}", versions(version)?));
    }
    let table = value.as_table().ok_or(format!("{name} has several versions"))?;
    for key in ["path", "url", "source", "develop", "subdirectory"] {
        if table.contains_key(key) {
            return Err(format!("{name} has {key}, which has no place in [project]"));
        }
    }
    let extras = table.get("extras").and_then(Value::as_array);
    let extras: Vec<&str> = extras.into_iter().flatten().filter_map(Value::as_str).collect();
    let extras = if extras.is_empty() { String::new() } else { format!("[{}]", extras.join(",")) };
    let mut text = match string(table, "git") {
        Some(address) => {
            let at = ["rev", "tag", "branch"].iter().find_map(|key| string(table, key));
            let at = at.map_or_else(String::new, |at| format!("@{at}"));
            format!("{name}{extras} @ git+{address}{at} ")
        }
        None => {
            let version = string(table, "version").unwrap_or_else(|| "*".to_owned());
            format!("{name}{extras}{}", versions(&version)?)
        }
    };
    let mut markers: Vec<String> = Vec::new();
    if let Some(python) = string(table, "python") {
        let all = versions(&python)?;
        let part = |part: &str| {
            let end = part.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            format!("python_version {} '{}'", &part[..end], &part[end..])
        };
        markers.extend(all.split(',').filter(|part| !part.is_empty()).map(part));
    }
    markers.extend(string(table, "markers").map(|marker| match marker.contains(" or ") {
        true => format!("({marker})"),
        false => marker,
    }));
    if !markers.is_empty() {
        text.push_str(&format!("; {}", markers.join(" and ")));
    }
    Ok(text.trim_end().to_owned())
}

/// A version as poetry writes it, as the standard does.
pub(super) fn versions(text: &str) -> Result<String, String> {
    if text.contains('|') {
        return Err(format!("`{text}` is one of several ranges"));
    }
    let parts = text.split(',').map(str::trim).filter(|part| !matches!(*part, "" | "*"));
    let parts: Result<Vec<String>, String> = parts.map(range).collect();
    Ok(parts?.join(","))
}

fn range(part: &str) -> Result<String, String> {
    let odd = || format!("`{part}` is no version that is understood");
    let numbers = |text: &str| -> Result<Vec<u64>, String> {
        text.split('.').map(|number| number.parse().map_err(|_| odd())).collect()
    };
    let shown = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
    let below = |mut numbers: Vec<u64>, at: usize| {
        numbers.truncate(at + 1);
        if let Some(last) = numbers.get_mut(at) {
            *last += 1;
        }
        shown(&numbers)
    };
    if let Some(version) = part.strip_prefix('^') {
        let version = version.trim();
        let all = numbers(version)?;
        // The first number that is not 0 may not change.
        let at = all.iter().position(|number| *number > 0).unwrap_or(all.len() - 1);
        return Ok(format!(">={version},<{}", below(all, at)));
    }
    if let Some(version) = part.strip_prefix('~').filter(|rest| !rest.starts_with('=')) {
        let version = version.trim();
        let all = numbers(version)?;
        let at = usize::from(all.len() > 1);
        return Ok(format!(">={version},<{}", below(all, at)));
    }
    let plain = part.starts_with(|c: char| c.is_ascii_digit());
    let text = part.replace(' ', "");
    let known = |c: char| c.is_ascii_alphanumeric() || "<>=!~.*+-".contains(c);
    if !text.chars().all(known) {
        return Err(odd());
    }
    Ok(if plain { format!("=={text}") } else { text })
}

#[cfg(test)]
mod tests {
    use super::versions;

    #[test]
    fn ranges() {
        for (poetry, standard) in [
            ("^1.2.3", ">=1.2.3,<2"),
            ("^0.2.3", ">=0.2.3,<0.3"),
            ("^0.0.3", ">=0.0.3,<0.0.4"),
            ("^0.0", ">=0.0,<0.1"),
            ("^0", ">=0,<1"),
            ("~1.2.3", ">=1.2.3,<1.3"),
            ("~1.2", ">=1.2,<1.3"),
            ("~1", ">=1,<2"),
            ("~=1.2", "~=1.2"),
            ("*", ""),
            ("1.2.3", "==1.2.3"),
            ("1.2.*", "==1.2.*"),
            (">=1.0, <2.0", ">=1.0,<2.0"),
        ] {
            assert_eq!(versions(poetry).as_deref(), Ok(standard), "{poetry}");
        }
        for odd in ["^1 || ^2", "^x", "~1.b", "1; import", "^"] {
            assert!(versions(odd).is_err(), "{odd}");
        }
    }
}
