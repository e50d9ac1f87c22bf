//! A tool's file read back as data, and written back without a byte changed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::data::tidy;
use crate::layout::slug;
use crate::lines::Lines;
use crate::{Error, Item, Rulebook, Scope, Section, Shape, Tool, block, front};

/// Something that a reader of the data should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The line of the file, from 1.
    pub line: usize,
    /// What it is.
    pub what: String,
}

impl Note {
    pub(crate) fn new(line: usize, what: impl Into<String>) -> Self {
        Self { line, what: what.into() }
    }
}

/// A file of a tool as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Where it stands.
    pub path: String,
    /// The tool that reads it.
    pub tool: Tool,
    /// How it is written.
    pub shape: Shape,
    /// What we once wrote into it, as it reads today.
    pub ours: Vec<Item>,
    /// What people wrote around it, cut at its headings.
    pub theirs: Vec<Item>,
    /// Whether our block was edited since we wrote it.
    pub edited: bool,
    /// What of the file has no place in data.
    pub notes: Vec<Note>,
    /// The text in its order.
    #[serde(skip)]
    pieces: Vec<Piece>,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Text as it stands.
    Text(String),
    /// Our block, written anew from its items.
    Block { digest: String, notice: String, crlf: bool, feed: bool },
}

/// Reads a file of a tool.
///
/// Which tool is told from the path, see [`Tool::of`]; a path that no tool reads counts as `AGENTS.md`.
///
/// # Errors
/// A file that is not UTF-8 or too large, a block whose marks are broken, and a block that was edited
/// into something that is no rule, with the line.
pub fn import(path: &str, bytes: &[u8]) -> Result<Imported, Error> {
    let tool = Tool::of(path).unwrap_or(Tool::Agents);
    let (shape, text) = Shape::read(path, bytes)?;
    let mut file = Imported {
        path: path.to_owned(),
        tool,
        shape,
        ours: Vec::new(),
        theirs: Vec::new(),
        edited: false,
        notes: Vec::new(),
        pieces: Vec::new(),
    };
    let broken = |(line, why)| Error::file(path, line, why);
    let alone = tool.folder().is_some_and(|folder| path.starts_with(folder)) && path.contains('/');
    let (matter, body) = front::cut(&text).filter(|_| alone).unwrap_or(("", &text));
    match block::find(body)
        .map_err(|(line, why)| broken((line + matter.matches('\n').count(), why)))?
    {
        Some(found) => {
            let above =
                matter.matches('\n').count() + body[..found.start].matches('\n').count() + 1;
            file.edited = found.digest != block::digest(matter, &found.content);
            file.ours =
                block::items(&found.content).map_err(|(line, why)| broken((above + line, why)))?;
            unique(file.ours.iter_mut());
            file.text(matter);
            file.theirs(&body[..found.start], matter.matches('\n').count());
            let notice = found.content.split_inclusive('\n').next().unwrap_or_default().to_owned();
            let mut piece = Piece::Block {
                digest: found.digest.to_owned(),
                notice,
                crlf: found.crlf,
                feed: found.feed,
            };
            // What somebody edited, a name that stands twice, and line ends of two kinds are not what
            // we would write.
            let raw = &body[found.start..found.end];
            if file.piece(&piece) != raw {
                piece = Piece::Text(raw.to_owned());
            }
            file.pieces.push(piece);
            file.theirs(&body[found.end..], above + found.content.matches('\n').count() + 1);
        }
        None if alone => {
            // A file of a folder is one section, told when its front matter says.
            let scope = if matter.is_empty() {
                Scope::Always
            } else {
                front::scope(matter, &mut file.notes)
            };
            file.text(matter);
            file.text(body);
            let name = path.rsplit('/').next().unwrap_or(path);
            let name =
                name.strip_suffix(tool.ending()).or(name.strip_suffix(".md")).unwrap_or(name);
            file.section(slug(name, 60, "section"), scope, body, 1 + matter.matches('\n').count());
        }
        None => file.theirs(body, 0),
    }
    unique(file.ours.iter_mut().chain(&mut file.theirs));
    Ok(file)
}

/// The content of a block, written again.
fn rewritten(notice: &str, items: &[Item]) -> String {
    let items: Vec<&Item> = items.iter().collect();
    let body = block::content("", &items);
    let body = body.split_once('\n').map_or("", |(_, body)| body);
    format!("{notice}{body}")
}

impl Imported {
    /// The file's bytes, as they were read.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let text: String = self.pieces.iter().map(|piece| self.piece(piece)).collect();
        self.shape.write(&text)
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Text(text) => text.clone(),
            Piece::Block { digest, notice, crlf, feed } => {
                let mut block = block::marked(digest, &rewritten(notice, &self.ours));
                if !feed {
                    block.pop();
                }
                if *crlf { block.replace('\n', "\r\n") } else { block }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    fn section(&mut self, id: String, scope: Scope, text: &str, line: usize) {
        let text = tidy(text);
        if text.is_empty() {
            self.notes.push(Note::new(line, format!("{id} is empty and is left out")));
        } else {
            self.theirs.push(Item::Section(Section { id, scope, text }));
        }
    }

    /// Takes text of people apart at its headings.
    fn theirs(&mut self, text: &str, above: usize) {
        self.text(text);
        if text.trim_ascii().is_empty() {
            return;
        }
        // Inside of lists a fence may be indented further; no heading is looked for in any.
        let lines = Lines::of(text, usize::MAX);
        if let Some(open) = lines.open {
            let what = "this opens a block of code that nothing closes";
            self.notes.push(Note::new(above + open + 1, what));
        }
        let cuts = cuts(&lines);
        for (nth, &(start, ref name, joined)) in cuts.iter().enumerate() {
            let end = cuts.get(nth + 1).map_or(lines.all.len(), |(start, ..)| *start);
            let mut body = lines.all[start..end].join("\n");
            let mut scope = Scope::Always;
            if joined {
                body = body.split_once('\n').map_or(String::new(), |(_, body)| tidy(body));
                let last = nth + 1 == cuts.len();
                if let Some(cut) = body.strip_suffix("\n---").filter(|_| !last) {
                    body = tidy(cut);
                }
                if let Some((matter, rest)) = front::cut(&format!("{body}\n")) {
                    let from = self.notes.len();
                    scope = front::scope(matter, &mut self.notes);
                    self.notes[from..].iter_mut().for_each(|note| note.line = above + start + 1);
                    body = rest.to_owned();
                }
            }
            self.section(slug(name, 60, "section"), scope, &body, above + start + 1);
        }
    }
}

/// Where sections begin, with a name, and whether it is a file that rulebook-ai joined to others.
fn cuts(lines: &Lines<'_>) -> Vec<(usize, String, bool)> {
    let joined: Vec<_> = (0..lines.all.len())
        .filter_map(|at| {
            let name = lines.all[at].trim_end_matches('\r').strip_prefix("# Rule: ")?;
            let name = name.strip_suffix(".md")?;
            let apart = at == 0 || at >= 2 && lines.all[at - 2].starts_with("---");
            (apart && !lines.is_code(at)).then(|| (at, name.to_owned(), true))
        })
        .collect();
    if joined.first().is_some_and(|(at, ..)| *at == 0) {
        return joined;
    }
    let headings: Vec<(usize, usize, &str)> = (0..lines.all.len())
        .filter_map(|at| lines.heading(at).map(|(level, text)| (at, level, text)))
        .collect();
    // One heading of the first level is the page's title; its sections are of the second.
    let tops = headings.iter().filter(|(_, level, _)| *level == 1).count();
    let level = if tops == 1 && headings.iter().any(|(_, level, _)| *level == 2) { 2 } else { 1 };
    let level = if tops == 0 { headings.iter().map(|h| h.1).min().unwrap_or(1) } else { level };
    let mut cuts: Vec<_> = headings
        .iter()
        .filter(|heading| heading.1 == level)
        .map(|&(at, _, text)| (at, text.to_owned(), false))
        .collect();
    if cuts.first().is_none_or(|(at, ..)| *at > 0) {
        let name = headings.iter().find(|heading| heading.1 == 1).map_or("preamble", |h| h.2);
        cuts.insert(0, (0, name.to_owned(), false));
    }
    cuts
}

/// Gives a number to each name that was there before.
pub(crate) fn unique<'i>(items: impl Iterator<Item = &'i mut Item>) {
    let mut seen = BTreeSet::new();
    // Where counting goes on, so that many of one name are counted once.
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        let id = match item {
            Item::Rule(rule) => &mut rule.id,
            Item::Section(section) => &mut section.id,
        };
        let mut name = id.clone();
        while !seen.insert(name.clone()) {
            let number = last.entry(id.clone()).or_insert(1);
            *number += 1;
            name = format!("{id}-{number}");
        }
        *id = name;
    }
}

/// One rulebook of many files: what we wrote, and with `theirs` also what people wrote around it.
#[must_use]
pub fn collect(mut files: Vec<Imported>, theirs: bool) -> Rulebook {
    // The ending goes first, so that a file stands before its parts.
    files.sort_by_cached_key(|file| {
        file.path.strip_suffix(file.tool.ending()).unwrap_or(&file.path).to_owned()
    });
    let mut items = Vec::new();
    for file in files {
        items.extend(file.ours);
        items.extend(file.theirs.into_iter().filter(|_| theirs));
    }
    unique(items.iter_mut());
    Rulebook { items }.arranged()
}
