//! `go.mod`: the modules of a build. `go.sum` is no list of them: it names more than is built.

use std::collections::BTreeMap;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Scope};

pub(super) const EXTRACTOR: Extractor = Extractor {
    name: "go.mod",
    files: &["go.mod"],
    versions: "any",
    gives: Gives { edges: true, scopes: false, hashes: false, licences: false },
    unless: &[],
    reads: Reads::text(extract),
};

/// A path and perhaps a version.
type Module<'a> = (&'a str, Option<&'a str>);

struct Line<'a> {
    number: u32,
    verb: &'a str,
    words: Vec<&'a str>,
    indirect: bool,
}

fn extract(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let lines = lines(found)?;
    let module = lines.iter().find(|line| line.verb == "module" && line.words.len() == 1);
    let Some(module) = module else {
        return Err(found.fault(None, "names no module"));
    };
    let facts = Facts { origin: found.local(""), line: module.number, ..Facts::default() };
    let own = draft.add(found.component(Ecosystem::Golang, module.words[0], facts), false);
    draft.project(found.folder(), own);
    // By path and version, and by path alone.
    let mut replaced: BTreeMap<Module<'_>, Module<'_>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.verb == "replace") {
        let arrow = line.words.iter().position(|word| *word == "=>");
        let Some((old, [_, new @ ..])) = arrow.map(|at| line.words.split_at(at)) else {
            return Err(found.fault(Some(line.number), "replaces nothing by anything"));
        };
        let (Some(path), Some(target)) = (old.first(), new.first()) else {
            return Err(found.fault(Some(line.number), "replaces nothing by anything"));
        };
        replaced.insert((path, old.get(1).copied()), (target, new.get(1).copied()));
    }
    for line in lines.iter().filter(|line| line.verb == "require") {
        let [path, version] = line.words[..] else {
            return Err(found.fault(Some(line.number), "requires no module with a version"));
        };
        let new = replaced.get(&(path, Some(version))).or_else(|| replaced.get(&(path, None)));
        let (name, version, origin) = match new {
            // A folder stands in for the module.
            Some((folder, None)) => (path, Some(version), found.local(folder)),
            Some((path, new)) => (*path, *new, Default::default()),
            None => (path, Some(version), Default::default()),
        };
        let version = version.map(str::to_owned);
        let facts = Facts { version, origin, line: line.number, ..Facts::default() };
        let id = draft.add(found.component(Ecosystem::Golang, name, facts), false);
        if !line.indirect {
            draft.depend(own, id, Scope::Runtime);
        }
    }
    Ok(())
}

fn lines<'a>(found: &Found<'a>) -> Result<Vec<Line<'a>>, Error> {
    let mut all = Vec::new();
    let mut block = None;
    for (number, raw) in (1..).zip(found.text.lines()) {
        let (text, comment) = raw.split_once("//").unwrap_or((raw, ""));
        let indirect = comment.trim() == "indirect" || comment.trim().starts_with("indirect;");
        let mut words: Vec<&str> =
            text.split_whitespace().map(|word| word.trim_matches(['"', '`'])).collect();
        let verb = match (block, words.first()) {
            (_, None) => continue,
            (Some(_), Some(&")")) => {
                block = None;
                continue;
            }
            (Some(verb), Some(_)) => verb,
            (None, Some(verb)) => {
                let verb = *verb;
                words.remove(0);
                if words.first() == Some(&"(") {
                    block = Some(verb);
                    continue;
                }
                verb
            }
        };
        all.push(Line { number, verb, words, indirect });
    }
    match block {
        Some(_) => Err(found.fault(None, "has a block that does not end")),
        None => Ok(all),
    }
}
