//! `tidy`: the invariants of docs/architecture.md, each as a rule with a fault that proves it.

mod exceptions;
mod floors;
mod lexer;
mod outside;
mod shape;
mod words;
mod workspace;

#[cfg(test)]
mod tests;

pub(crate) use workspace::{Package, Workspace};

use crate::sh::{self, Fail, Result};
use std::path::PathBuf;

/// One invariant.
pub(crate) struct Rule {
    /// A short stable name.
    pub(crate) name: &'static str,
    /// What holds, as in docs/architecture.md.
    pub(crate) says: &'static str,
    /// Where it does not hold.
    pub(crate) check: fn(&Workspace, &Self) -> Vec<Fault>,
    /// A change of the repository that breaks it.
    pub(crate) plant: Plant,
    /// The words that a rule of [`words`] looks for, empty for the others.
    pub(crate) words: words::Words,
}

/// A place where a rule does not hold.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl Fault {
    fn new(path: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.into(), line, message: message.into() }
    }
}

/// A fault to plant, so that a rule is seen red.
pub(crate) enum Plant {
    /// Text at the end of a file.
    Append(&'static str, &'static str),
    /// A new file.
    Create(&'static str, &'static str),
    /// Text in place of other text that a file has.
    Replace(&'static str, &'static str, &'static str),
    /// A file's end.
    Remove(&'static str),
    /// A file with so many lines.
    Long(&'static str, usize),
}

impl Plant {
    /// The path and its new text; `None` removes the file.
    pub(crate) fn apply(&self, old: impl Fn(&str) -> String) -> (&'static str, Option<String>) {
        match *self {
            Self::Append(path, text) => (path, Some(old(path) + text)),
            Self::Create(path, text) => (path, Some(text.to_owned())),
            Self::Replace(path, from, to) => {
                let text = old(path);
                assert!(text.contains(from), "{path} has no {from:?} to replace");
                (path, Some(text.replacen(from, to, 1)))
            }
            Self::Remove(path) => (path, None),
            Self::Long(path, lines) => (path, Some("//! Long.\n".repeat(lines))),
        }
    }
}

/// Every rule, in the order of docs/architecture.md.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = floors::rules();
    rules.extend(words::rules());
    rules.extend(outside::rules());
    rules.extend(shape::rules());
    rules
}

pub(crate) fn main(args: &[&str]) -> Result {
    let root = match args {
        [] => sh::root().to_owned(),
        ["--root", dir] => PathBuf::from(dir),
        _ => return Err(Fail::usage("cargo xtask tidy [--root DIR]")),
    };
    let workspace = Workspace::load(&root)?;
    let rules = rules();
    let mut faults = 0;
    for rule in &rules {
        for fault in (rule.check)(&workspace, rule) {
            println!("{}:{}: [{}] {}", fault.path, fault.line, rule.name, fault.message);
            faults += 1;
        }
    }
    println!("{}", shape::sizes(&workspace));
    if faults == 0 {
        println!("tidy: {} rules hold", rules.len());
        return Ok(());
    }
    Err(Fail::gate(format!("{faults} faults against the rules in docs/architecture.md")))
}
