//! The graph of imports, drawn: as Mermaid for pages that render it, and as SVG for all others.

mod fold;
mod mermaid;
mod order;
mod svg;

use std::collections::BTreeMap;

use super::ArchError;
use super::graph::Graph;
use super::import::{Kind, Language};

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The language whose modules are drawn.
    pub language: Language,
    /// The package that is drawn; unless given, the innermost one that has all modules.
    pub within: Option<String>,
    /// How many parts of a name below that package make a group; unless given, as many as a person can read.
    pub depth: Option<usize>,
    /// Kinds of imports that are left out.
    pub without: Vec<Kind>,
    /// Globs of the files that are left out.
    pub except: Vec<String>,
    /// Whether numbers are left out: such a drawing changes only when a group or an arrow comes or goes.
    pub plain: bool,
}

impl Drawing {
    /// All that there is in a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self {
            language,
            within: None,
            depth: None,
            without: Vec::new(),
            except: Vec::new(),
            plain: false,
        }
    }
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A flowchart in Mermaid's language.
    Mermaid,
    /// A picture of its own, light and dark.
    Svg,
}

/// Groups of modules, importers first.
struct Groups {
    /// What they are parts of; empty for the whole tree.
    within: String,
    /// Each with how many modules it has.
    names: Vec<(String, usize)>,
    /// How many imports go from one group to another, by their places.
    imports: BTreeMap<(usize, usize), usize>,
    /// Whether no number is shown.
    plain: bool,
    /// Groups that import no other and that no other imports.
    alone: Vec<String>,
}

impl Groups {
    /// An import that closes a circle: from a group to one above it.
    fn up(&(from, to): &(usize, usize)) -> bool {
        from > to
    }
}

/// `1 import`, `2 imports`.
fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Draws a graph; the same graph gives the same text, so that a drawing in a document can be
/// compared with what it should be.
///
/// # Errors
/// When there is nothing to draw, or a glob is none.
pub fn render(graph: &Graph, drawing: &Drawing, form: Form) -> Result<String, ArchError> {
    let groups = order::ordered(fold::fold(graph, drawing)?);
    Ok(match form {
        Form::Mermaid => mermaid::render(&groups),
        Form::Svg => svg::render(&groups),
    })
}
