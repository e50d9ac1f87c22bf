//! A large change as several that can be reviewed one by one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Class, Config, Read};
use crate::change::RepoPath;

/// One of the changes to make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it is about.
    pub title: String,
    /// Its changed lines.
    pub lines: u32,
    /// Its files, sorted.
    pub files: Vec<RepoPath>,
    /// Whether somebody has to read it line by line.
    pub review: bool,
}

/// Code by folders, each part below the limit where its files allow it; then the rest by class.
///
/// Tests stay with the code of the part when they are the only part; otherwise they follow it, as do
/// documents and data.
pub(super) fn split(files: &[Read], config: &Config) -> Vec<Part> {
    let mut parts = Vec::new();
    let counted = |file: &&Read| config.count.contains(&file.class);
    let mut folders: BTreeMap<String, Vec<&Read>> = BTreeMap::new();
    for file in files.iter().filter(counted) {
        folders.entry(folder(&file.path)).or_default().push(file);
    }
    let mut open: Option<Part> = None;
    for (name, mut inside) in folders {
        inside.sort_by(|a, b| a.path.cmp(&b.path));
        for file in inside {
            let full = open.as_ref().is_some_and(|part| part.lines + lines(file) > config.warn);
            if full {
                parts.extend(open.take());
            }
            let part = open.get_or_insert_with(|| Part {
                title: name.clone(),
                lines: 0,
                files: Vec::new(),
                review: true,
            });
            part.lines += lines(file);
            part.files.push(file.path.clone());
        }
    }
    parts.extend(open);
    for class in
        [Class::Core, Class::Config, Class::Test, Class::Docs, Class::Fixture, Class::Generated]
    {
        let rest: Vec<_> =
            files.iter().filter(|file| file.class == class && !counted(file)).collect();
        if rest.is_empty() {
            continue;
        }
        let mut paths: Vec<_> = rest.iter().map(|file| file.path.clone()).collect();
        paths.sort();
        parts.push(Part {
            title: class.to_string(),
            lines: rest.iter().map(|file| lines(file)).sum(),
            files: paths,
            review: matches!(class, Class::Core | Class::Config),
        });
    }
    parts
}

fn lines(file: &Read) -> u32 {
    file.added.saturating_add(file.removed)
}

/// The folder that a file lies in, no deeper than three levels.
fn folder(path: &RepoPath) -> String {
    let path = path.to_string();
    let mut parts: Vec<_> = path.split('/').collect();
    parts.pop();
    parts.truncate(3);
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}
