//! How much of a change a reviewer has to read, in which order, and how it could be split.

mod class;
mod endings;
mod guide;
mod split;

pub use class::{Class, Classes};
pub use split::Part;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::change::{Change, FileChange, Kind, RepoPath};
use crate::{Finding, Level, Tree};

/// What is too much.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which file is of which class.
    pub classes: Classes,
    /// The classes whose lines count.
    pub count: Vec<Class>,
    /// From how many counted lines on a change is told to be large.
    pub warn: u32,
    /// From how many counted lines on it is told to be too large.
    pub error: u32,
}

/// As the research that teams cite has it: 200 to 500 lines are read well in one sitting, beyond
/// 1,000 a review finds little.
impl Default for Config {
    fn default() -> Self {
        Self { classes: Classes::default(), count: vec![Class::Core], warn: 500, error: 1_000 }
    }
}

/// A change by the classes of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Lines that count against the limits: added and removed ones of the counted classes.
    pub counted: u32,
    /// Every class that occurs, with its lines.
    pub classes: BTreeMap<Class, Lines>,
    /// The files, those to read first at the front.
    pub read: Vec<Read>,
    /// How the change could be split; empty when it is not large.
    pub split: Vec<Part>,
}

/// Files and lines of one class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// Files.
    pub files: u32,
    /// New lines.
    pub added: u32,
    /// Lines that went.
    pub removed: u32,
    /// Lines that changed only how they end, which are among neither.
    pub endings: u32,
}

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// Its path.
    pub path: RepoPath,
    /// Its class.
    pub class: Class,
    /// What happened to it.
    pub kind: Kind,
    /// New lines.
    pub added: u32,
    /// Lines that went.
    pub removed: u32,
    /// Lines that changed only how they end, which are among neither.
    pub endings: u32,
}

impl Size {
    /// How many lines changed only how they end; they count nowhere.
    #[must_use]
    pub fn endings(&self) -> u32 {
        self.classes.values().fold(0, |sum, lines| sum.saturating_add(lines.endings))
    }
}

/// Measures a change between two states; the finding is there when it is large.
#[must_use]
pub fn size(
    change: &Change,
    config: &Config,
    head: &dyn Tree,
    base: &dyn Tree,
) -> (Size, Option<Finding>) {
    let mut size = Size::default();
    for file in &change.files {
        let tree = if file.kind == Kind::Deleted { base } else { head };
        let class = config.classes.of_file(&file.path, tree);
        let endings = endings::endings(file, head, base);
        let (added, removed) = (file.added.len() - endings, file.removed - endings);
        let lines = size.classes.entry(class).or_default();
        lines.files += 1;
        lines.added += added;
        lines.removed += removed;
        lines.endings += endings;
        if config.count.contains(&class) {
            size.counted = size.counted.saturating_add(added).saturating_add(removed);
        }
        size.read.push(Read {
            path: file.path.clone(),
            class,
            kind: file.kind,
            added,
            removed,
            endings,
        });
    }
    size.read.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.path.cmp(&b.path)));
    let level = match size.counted {
        lines if lines >= config.error => Some(Level::Error),
        lines if lines >= config.warn => Some(Level::Warning),
        _ => None,
    };
    let Some(level) = level else { return (size, None) };
    size.split = split::split(&size.read, config);
    let words: Vec<_> = config.count.iter().map(Class::to_string).collect();
    let limit = if level == Level::Error { config.error } else { config.warn };
    let message = format!(
        "{} changed lines of {} code, {limit} or more are too many to review well: split it into {} parts",
        size.counted,
        words.join(" and "),
        size.split.len().max(2)
    );
    let mut finding = Finding::new("size", level, message);
    finding.origin = "size".into();
    (size, Some(finding))
}

/// What is read first: code, then what configures it, by the lines that changed.
fn rank(file: &Read) -> (Class, std::cmp::Reverse<u32>) {
    (file.class, std::cmp::Reverse(file.added.saturating_add(file.removed)))
}

/// Whether a file of a class is code without lines, because git takes it for binary.
pub(crate) fn hides(file: &FileChange, class: Class) -> bool {
    file.binary && file.kind != Kind::Deleted && class == Class::Core
}

/// Whether a file's lines are text that a class can be told of at all.
#[must_use]
pub fn has_lines(file: &FileChange) -> bool {
    !file.binary && file.kind != Kind::Submodule
}
