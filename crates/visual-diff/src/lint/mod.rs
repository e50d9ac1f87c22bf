//! Looks at the pictures of a tree as evidence: do they show what their names and links promise?
//!
//! ```
//! use leadforge_visual_diff::Settings;
//! use leadforge_visual_diff::lint::{Document, Evidence, FaultKind, Tree, lint};
//!
//! let picture = |path: &str| Evidence { path: path.into(), hash: "1".into(), blank: false };
//! let tree = Tree {
//!     pictures: vec![picture("shots/a-before.png"), picture("shots/a.png")],
//!     documents: vec![Document { path: "README.md".into(), text: "![a](shots/a.png)".into() }],
//!     ..Tree::default()
//! };
//! let kinds: Vec<FaultKind> = lint(&tree, &Settings::default()).iter().map(|f| f.kind).collect();
//! assert_eq!(kinds, [FaultKind::Unreferenced, FaultKind::SamePair]);
//! ```

mod blank;
mod links;
mod same;
mod targets;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{Settings, is_picture};

pub use blank::is_blank;
pub use links::{Link, is_document};

/// What is looked at.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The pictures.
    pub pictures: Vec<Evidence>,
    /// Markdown and HTML.
    pub documents: Vec<Document>,
    /// Every other file that a document may point to.
    pub files: Vec<String>,
}

/// A picture of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What tells its bytes from others: a hash, such as the name of a git blob.
    pub hash: String,
    /// Whether it shows nothing, see [`is_blank`].
    pub blank: bool,
}

/// A text that points to files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its path from the root, with `/`; its ending says whether it is Markdown or HTML.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// One thing that is wrong with the evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Where it is.
    pub path: String,
    /// The line in a document, from 1.
    pub line: Option<u32>,
    /// What kind of fault.
    pub kind: FaultKind,
    /// One sentence without a full stop.
    pub message: String,
}

/// The kinds of faults, each a rule with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The pictures of before and after are the same file.
    SamePair,
    /// No document shows the picture.
    Unreferenced,
    /// A document points to a picture that is not there.
    BrokenLink,
    /// The picture has one colour all over.
    Blank,
}

/// Where pictures lie that are compared with and never linked to.
const BASELINE: &str = "screenshots/baseline/";

/// Reports every fault, sorted by path and line.
///
/// Links to other things than pictures are not looked at, and links inside code are none; addresses of other hosts, of a server's root and with a template's
/// placeholders cannot be checked and are left alone.
#[must_use]
pub fn lint(tree: &Tree, settings: &Settings) -> Vec<Fault> {
    let mut faults = same::faults(&tree.pictures, settings);
    let files = targets::Files::new(tree);
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for document in &tree.documents {
        for link in links::of(document) {
            match files.find(document, &link) {
                targets::Answer::There(path) => _ = shown.insert(path),
                targets::Answer::Missing(path) if link.shows || is_picture(&path) => {
                    faults.push(Fault {
                        path: document.path.clone(),
                        line: Some(link.line),
                        kind: FaultKind::BrokenLink,
                        message: format!("{} points to {path}, which is not there", link.target),
                    });
                }
                targets::Answer::Missing(_) | targets::Answer::Elsewhere => {}
            }
        }
    }
    for picture in &tree.pictures {
        let fault = |kind, message: &str| Fault {
            path: picture.path.clone(),
            line: None,
            kind,
            message: message.to_owned(),
        };
        if picture.blank {
            faults.push(fault(FaultKind::Blank, "the picture is blank: one colour all over"));
        }
        if !shown.contains(&picture.path) && !picture.path.starts_with(BASELINE) {
            faults.push(fault(FaultKind::Unreferenced, "no document shows this picture"));
        }
    }
    faults.sort_by(|a, b| (&a.path, a.line, &a.message).cmp(&(&b.path, b.line, &b.message)));
    faults.dedup();
    faults
}
