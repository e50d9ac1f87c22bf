//! A Memory Bank: documents that agents read and people write, each kept in step with its template.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::lines::Lines;
use crate::{Error, Level, Seen, Tree, text};

/// Where the documents and their templates are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryConfig {
    /// The folders with documents, in which `NAME_template.md` is the template of `NAME.md`.
    pub folders: Vec<String>,
    /// Templates by path of their document, from elsewhere: those of packs.
    pub templates: BTreeMap<String, String>,
    /// What stands behind the name of a template, before its ending.
    pub mark: String,
}

impl Default for MemoryConfig {
    fn default() -> Self {
        Self {
            folders: vec!["memory/docs".to_owned(), "memory/tasks".to_owned()],
            templates: BTreeMap::new(),
            mark: "_template".to_owned(),
        }
    }
}

/// What is out of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// There is a template and no document.
    MissingFile,
    /// The document lacks most of the template's sections.
    OtherOutline,
    /// A section of the template is not in the document.
    MissingSection,
    /// Sections stand in another order than in the template.
    OutOfOrder,
    /// A placeholder or a whole section still reads as in the template.
    NotFilled,
    /// The document cannot be read.
    Unreadable,
}

/// One thing out of step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MemoryFinding {
    /// The document.
    pub path: String,
    /// Its line, from 1; 0 for the document as a whole.
    pub line: usize,
    /// What it is.
    pub step: Step,
    /// How much it weighs.
    pub level: Level,
    /// What it is, in one line. It may hold text of the document.
    pub message: String,
}

/// What [`memory`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MemoryReport {
    /// How many documents were compared with a template.
    pub documents: usize,
    /// What is out of step, by document and line.
    pub findings: Vec<MemoryFinding>,
    /// Documents to write that are not there: copies of their templates. No other file is ever written.
    pub create: BTreeMap<String, String>,
}

/// Compares the documents of a Memory Bank with their templates.
///
/// A heading of the document is a template's when it begins with its words; case, numbers in front and a
/// colon behind do not count. A template's own title and what it says below a line of hyphens to whoever fills it in
/// are no sections.
///
/// # Errors
/// A tree that cannot be looked at, a template that is not text.
pub fn memory(tree: &dyn Tree, config: &MemoryConfig) -> Result<MemoryReport, Error> {
    let mut templates = config.templates.clone();
    let ending = format!("{}.md", config.mark);
    for folder in &config.folders {
        for path in tree.list(folder)? {
            let Some(stem) = path.strip_suffix(&ending) else { continue };
            let Seen::File(bytes) = tree.look(&path)? else { continue };
            // The project's own template wins over a pack's.
            templates.insert(format!("{stem}.md"), text::Shape::read(&path, &bytes)?.1);
        }
    }
    let mut report = MemoryReport::default();
    for (path, template) in &templates {
        let mut told = |line, step, level, message: String| {
            report.findings.push(MemoryFinding { path: path.clone(), line, step, level, message });
        };
        let unread = match tree.look(path)? {
            Seen::Nothing => {
                let message = "it is not there, and its template waits to be filled in";
                told(0, Step::MissingFile, Level::Warning, message.into());
                report.create.insert(path.clone(), template.clone());
                continue;
            }
            Seen::File(bytes) => match text::Shape::read(path, &bytes) {
                Ok((_, document)) => {
                    compare(template, &document, &mut told);
                    report.documents += 1;
                    continue;
                }
                Err(Error::File { line, why, .. }) => (line, why),
                Err(error) => return Err(error),
            },
            Seen::Link(target) => (0, format!("it is a link to {target}, which is not followed")),
            Seen::Folder => (0, "it is a folder".into()),
            Seen::Other(what) => (0, what),
        };
        told(unread.0, Step::Unreadable, Level::Error, unread.1);
    }
    report.findings.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    Ok(report)
}

/// A heading with what follows it.
struct Part<'t> {
    line: usize,
    name: &'t str,
    key: String,
    body: Vec<&'t str>,
}

fn compare(template: &str, document: &str, told: &mut dyn FnMut(usize, Step, Level, String)) {
    let wanted = parts(template, true);
    let found = parts(document, false);
    let same = |part: &Part<'_>, other: &Part<'_>| {
        // "Deployment Architecture" is where "Deployment" was asked for.
        let rest = other.key.strip_prefix(&part.key);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let place = |part: &Part<'_>| {
        let exact = found.iter().position(|other| other.key == part.key);
        exact.or_else(|| found.iter().position(|other| same(part, other)))
    };
    let places: Vec<Option<usize>> = wanted.iter().map(place).collect();
    let missing: Vec<&str> = wanted
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none())
        .map(|(part, _)| part.name)
        .collect();
    // One who has most sections forgot one; one who has few never followed the template.
    let own = missing.len() * 2 > wanted.len();
    if own {
        let message = format!(
            "it has an outline of its own: {} of the {} sections of its template are missing: {}",
            missing.len(),
            wanted.len(),
            missing.join(", ")
        );
        told(0, Step::OtherOutline, Level::Note, message);
    } else {
        for name in missing {
            let message = format!("the section {name:?} is missing");
            told(0, Step::MissingSection, Level::Warning, message);
        }
    }
    let mut furthest: Option<usize> = None;
    for (part, at) in wanted.iter().zip(&places) {
        let Some(at) = *at else { continue };
        if !own && furthest.is_some_and(|before| at < before) {
            let before = &found[furthest.expect("it was just compared")];
            let message = format!(
                "the section {:?} stands before {:?}, in the template behind it",
                part.name, before.name
            );
            told(found[at].line, Step::OutOfOrder, Level::Note, message);
        }
        furthest = furthest.max(Some(at));
        let asks: Vec<&str> =
            part.body.iter().copied().filter(|line| !line.trim_ascii().is_empty()).collect();
        let says = &found[at].body;
        if !asks.is_empty()
            && asks
                .iter()
                .copied()
                .eq(says.iter().copied().filter(|line| !line.trim_ascii().is_empty()))
        {
            let message = format!("the section {:?} still reads as in the template", part.name);
            told(found[at].line, Step::NotFilled, Level::Warning, message);
        }
    }
    // A placeholder that the template has and the document still has.
    let lines = Lines::of(document, usize::MAX);
    for (at, line) in lines.all.iter().enumerate().filter(|(at, _)| !lines.is_code(*at)) {
        for holder in placeholders(line) {
            let asked = template.contains(&format!("\\[{holder}]"))
                || template.contains(&format!("[{holder}]"));
            let link =
                line.contains(&format!("[{holder}](")) || line.contains(&format!("[{holder}]["));
            if asked && !link && !matches!(holder, "" | " " | "x" | "X") {
                let message = format!("the placeholder [{holder}] was never filled in");
                told(at + 1, Step::NotFilled, Level::Warning, message);
            }
        }
    }
}

/// The sections below the title; of a template up to the line of hyphens.
fn parts(text: &str, template: bool) -> Vec<Part<'_>> {
    let lines = Lines::of(text, usize::MAX);
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (at, line) in lines.all.iter().enumerate() {
        if template && line.trim_ascii() == "---" && !lines.is_code(at) {
            break;
        }
        match lines.heading(at) {
            Some((1, _)) => {}
            Some((_, name)) if template && name.contains(['[', ']']) => {
                // A heading that is itself a placeholder asks for any name.
            }
            Some((_, name)) => {
                parts.push(Part { line: at + 1, name, key: key(name), body: Vec::new() });
            }
            None => {
                if let Some(part) = parts.last_mut() {
                    part.body.push(line.trim_ascii_end());
                }
            }
        }
    }
    parts.retain(|part| !part.key.is_empty());
    parts
}

fn key(name: &str) -> String {
    let name =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    name.trim_end_matches([':', ' '])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// What stands in square brackets on a line.
fn placeholders(line: &str) -> impl Iterator<Item = &str> {
    line.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(inner, _)| inner.trim_end_matches('\\')))
}
