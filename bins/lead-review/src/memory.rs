//! The Memory Bank: documents of the base that say what the project is, for whoever reviews a change.

use std::collections::BTreeMap;
use std::io::{self, Write};

use leadforge_cli_kit::Failure;
use leadforge_markup::{markdown, markdown_code, terminal};
use leadforge_review_rules::ai::{Memory, pages};
use leadforge_review_rules::change::RepoPath;
use leadforge_review_rules::{Missed, Tree};
use serde::Serialize;

use crate::states::States;

/// So many bytes of documents are a context, unless a model takes less.
pub(crate) const ROOM: usize = 40_000;

/// What is told of it.
#[derive(Serialize)]
pub(crate) struct Told {
    /// The documents, those that say most about the change first.
    pages: Vec<Page>,
    /// Those that were not read or did not fit.
    left_out: Vec<Missed>,
}

#[derive(Serialize)]
struct Page {
    path: String,
    bytes: usize,
}

/// The documents of the base for this change, as many as fit into so many bytes.
pub(crate) fn of(states: &mut States, room: usize) -> Result<Memory, Failure> {
    let folders = states.review.memory();
    let mut paths = Vec::new();
    for folder in folders.iter().map(|folder| folder.trim_matches('/')) {
        if folder.is_empty() {
            return Err(Failure::usage("config.invalid", "[review] memory names no folder")
                .hint("such as memory = [\"memory\"]"));
        }
        let below = states.base.below(folder)?.into_iter();
        paths.extend(below.filter(|path| path.extension() == Some("md")));
    }
    paths.sort();
    paths.dedup();
    // One call of git for all.
    states.base.keep(&paths)?;
    let mut bank: BTreeMap<RepoPath, Vec<u8>> = BTreeMap::new();
    let mut left_out = Vec::new();
    for path in paths {
        match states.base.read(&path) {
            Ok(text) => drop(bank.insert(path, text.unwrap_or_default().into_owned())),
            Err(why) => left_out.push(Missed::new(path.to_string(), why)),
        }
    }
    let mut memory = pages(&bank, &folders, &states.change, room);
    memory.left_out.append(&mut left_out);
    Ok(memory)
}

impl Told {
    /// Nothing where the base has no document.
    pub(crate) fn of(memory: &Memory) -> Option<Self> {
        let told = Self {
            pages: memory
                .pages
                .iter()
                .map(|page| Page { path: page.path.clone(), bytes: page.text.len() })
                .collect(),
            left_out: memory.left_out.clone(),
        };
        (!told.pages.is_empty() || !told.left_out.is_empty()).then_some(told)
    }

    /// For a terminal.
    pub(crate) fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "Memory Bank of the base:")?;
        for page in &self.pages {
            writeln!(out, "  {} ({} bytes)", terminal(&page.path), page.bytes)?;
        }
        for missed in &self.left_out {
            writeln!(out, "  without {}: {}", terminal(&missed.what), terminal(&missed.why))?;
        }
        Ok(())
    }

    /// For a page.
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::from("\n### Memory Bank of the base\n\n");
        for page in &self.pages {
            out.push_str(&format!("- {}\n", markdown_code(&page.path)));
        }
        for missed in &self.left_out {
            let (what, why) = (markdown_code(&missed.what), markdown(&missed.why));
            out.push_str(&format!("- without {what}: {why}\n"));
        }
        out
    }
}
