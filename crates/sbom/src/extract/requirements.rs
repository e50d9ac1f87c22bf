//! `requirements.txt` and its like: what pip is told to install, with other files that it names.

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads, pyproject};
use crate::Error;
use crate::inventory::{Artifact, Draft, Ecosystem, Hash, Origin, Packaging};
use crate::purl::pypi_name;
use crate::text::addresses::walk;
use crate::text::requirement;

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "requirements",
    files: &["requirements*.txt", "*requirements.txt", "requirements/*.txt"],
    versions: "pip's",
    gives: Gives { edges: false, scopes: false, hashes: true, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

/// Files may name others so deep.
const DEPTH: usize = 8;

/// A line with the lines that continue it.
struct Line {
    number: u32,
    text: String,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let mut constraints = BTreeMap::new();
    let mut seen = vec![found.path.to_owned()];
    read(found, draft, &mut constraints, &mut seen)
}

/// Reads a file and those it names; what a constraint pins is pinned where a requirement is not.
fn read(
    found: &Found<'_>,
    draft: &mut Draft,
    constraints: &mut BTreeMap<String, String>,
    seen: &mut Vec<String>,
) -> Result<(), Error> {
    let lines = lines(found.text);
    for line in &lines {
        let Some(path) = option(&line.text, "-c", "--constraint") else { continue };
        let Some((text, _)) = found.beside(path)? else { continue };
        for line in self::lines(&text) {
            let read = requirement::read(strip(&line.text).0);
            let pin = read.and_then(|r| Some((pypi_name(r.name), r.pinned()?.to_owned())));
            constraints.extend(pin);
        }
    }
    for line in &lines {
        if let Some(path) = option(&line.text, "-r", "--requirement") {
            let Some(path) = walk(found.folder(), path) else { continue };
            if seen.len() >= DEPTH || seen.contains(&path) {
                continue;
            }
            let Some((text, at)) = found.beside(&line_target(found, &path))? else {
                let message = format!("names {path}, which is not there");
                draft.warn(found.warning(Some(line.number), "requirements.missing", message));
                continue;
            };
            seen.push(path);
            read(&Found { path: &at, text: &text, ..*found }, draft, constraints, seen)?;
        } else if !line.text.starts_with('-') {
            requirement_of(found, draft, line, constraints);
        }
    }
    Ok(())
}

/// The path as it is named from the folder of the file.
fn line_target(found: &Found<'_>, path: &str) -> String {
    let folder = found.folder();
    let up = "../".repeat(folder.split('/').filter(|part| !part.is_empty()).count());
    format!("{up}{path}")
}

fn requirement_of(
    found: &Found<'_>,
    draft: &mut Draft,
    line: &Line,
    constraints: &BTreeMap<String, String>,
) {
    let (text, hashes) = strip(&line.text);
    let Some(read) =
        requirement::read(text).filter(|_| !text.contains("://") || text.contains('@'))
    else {
        let message = format!("has no requirement with a name in {text:?}");
        draft.warn(found.warning(Some(line.number), "requirements.unnamed", message));
        return;
    };
    let name = pypi_name(read.name);
    let version = read.pinned().map(str::to_owned).or_else(|| constraints.get(&name).cloned());
    let artifacts = match hashes.is_empty() {
        true => Vec::new(),
        // One requirement has the digests of all files of its version.
        false => vec![Artifact { url: None, packaging: Packaging::Built, hashes }],
    };
    let facts = Facts {
        version: version.filter(|_| read.url.is_none()),
        origin: read.url.map_or(Origin::Registry, pyproject::origin),
        artifacts,
        line: line.number,
        ..Facts::default()
    };
    draft.add(found.component(Ecosystem::Pypi, &name, facts), false);
}

/// The lines that say something, continued ones joined, without comments.
fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut open: Option<Line> = None;
    for (number, raw) in (1..).zip(text.lines()) {
        let raw = raw.trim();
        let comment = raw.starts_with('#');
        let raw = if comment { "" } else { raw.find(" #").map_or(raw, |at| raw[..at].trim_end()) };
        let (part, goes_on) = match raw.strip_suffix('\\') {
            Some(part) => (part.trim_end(), true),
            // A comment between continued lines does not end them for pip; an empty line does.
            None => (raw, comment && open.is_some()),
        };
        let line = open.get_or_insert_with(|| Line { number, text: String::new() });
        if !line.text.is_empty() && !part.is_empty() {
            line.text.push(' ');
        }
        line.text.push_str(part);
        if !goes_on {
            found.extend(open.take());
        }
    }
    found.extend(open);
    found.retain(|line| !line.text.is_empty());
    found
}

/// The path behind an option.
fn option<'t>(text: &'t str, short: &str, long: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(long).or_else(|| text.strip_prefix(short))?;
    let path = rest.trim_start_matches(['=', ' ']).trim();
    (!path.is_empty() && !path.contains("://") && rest.starts_with(['=', ' '])).then_some(path)
}

/// A requirement without its options, and the digests among them.
fn strip(text: &str) -> (&str, Vec<Hash>) {
    let end = text.find(" --").unwrap_or(text.len());
    let digests = text[end..].split("--hash").skip(1);
    let digests = digests.filter_map(|rest| {
        let value = rest.trim_start_matches(['=', ' ']);
        Hash::prefixed(value.split_whitespace().next()?)
    });
    (text[..end].trim_end(), digests.collect())
}
