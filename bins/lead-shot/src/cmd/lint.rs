//! `lead-shot lint`: pictures that prove nothing, and documents that point to none.

use clap::ValueEnum;
use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_host_git::{Oid, TreeEntry};
use leadforge_markup::{from_bytes, terminal};
use leadforge_visual_diff::lint::{
    Document, Evidence, Fault, FaultKind, Tree, is_blank, is_document, lint,
};
use leadforge_visual_diff::{Bytes, Error, Limits};

use crate::pictures::{self, Picture};
use crate::place::Place;

/// Flags of `lint`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Look at this commit instead of the files as they lie in the checkout.
    #[arg(long, value_name = "REVISION")]
    at: Option<String>,
    /// Report these kinds as notes, which do not fail.
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',')]
    allow: Vec<Kind>,
}

/// The kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The pictures of before and after are the same.
    SamePair,
    /// No document shows the picture.
    Unreferenced,
    /// A document points to a picture that is not there.
    BrokenLink,
    /// The picture has one colour all over.
    Blank,
}

/// Blobs that one run of git gives.
const BATCH: usize = 32;
/// A document larger than this is none that people wrote.
const LIMIT: u64 = 16 << 20;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let place = Place::here(ctx)?;
    let at = match &args.at {
        Some(at) => place.git.tree_of(&place.commit(at)?).map_err(|e| Failure::git(&e))?,
        None => place.tree_now()?,
    };
    let (tree, problems) = look(&place, &at)?;
    let faults = lint(&tree, &place.shot.settings);
    let mut report = Report::of(faults.iter().map(|fault| finding(fault, &args.allow)).collect())
        .with_summary("pictures", tree.pictures.len())
        .with_summary("documents", tree.documents.len())
        .with_data(&faults);
    for problem in &problems {
        ctx.warn(problem);
    }
    if !problems.is_empty() {
        report.outcome = Outcome::Incomplete;
    }
    ctx.emit(&report, |out| {
        for fault in &faults {
            let (path, line) = (terminal(&fault.path), fault.line.map(|line| format!(":{line}")));
            let (line, rule) = (line.unwrap_or_default(), rule(fault.kind).1);
            writeln!(out, "{path}{line}: {} [{rule}]", terminal(&fault.message))?;
        }
        let (pictures, documents) = (tree.pictures.len(), tree.documents.len());
        writeln!(out, "{pictures} pictures, {documents} documents, {} findings", faults.len())
    })
}

/// Everything that is looked at, and what could not be.
fn look(place: &Place, at: &Oid) -> Result<(Tree, Vec<String>), Failure> {
    let git = |e| Failure::git(&e);
    let mut tree = Tree::default();
    let mut problems = Vec::new();
    let pictures = pictures::of_tree(&place.git, at, &place.shot)?;
    for batch in pictures.chunks(BATCH) {
        let blobs: Vec<&str> = batch.iter().map(|picture| picture.blob.as_str()).collect();
        for (picture, bytes) in batch.iter().zip(place.git.cat(&blobs).map_err(git)?) {
            tree.pictures.push(evidence(picture, bytes.as_deref(), &mut problems));
        }
    }
    let entries = place.git.ls_tree(at, "").map_err(git)?;
    let own = |path: &str| pictures.binary_search_by(|p| p.path.as_str().cmp(path)).is_ok();
    let (documents, files): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .map(|entry| (from_bytes(&entry.path), entry))
        .filter(|(path, _)| !own(path))
        .partition(|(path, entry)| is_document(path) && is_text(entry));
    tree.files = files.into_iter().map(|(path, _)| path).collect();
    for batch in documents.chunks(BATCH) {
        let blobs: Vec<&str> = batch.iter().map(|(_, entry)| entry.oid.as_str()).collect();
        for ((path, _), bytes) in batch.iter().zip(place.git.cat(&blobs).map_err(git)?) {
            match bytes {
                Some(bytes) => tree.documents.push(Document {
                    path: path.clone(),
                    text: String::from_utf8_lossy(&bytes).into_owned(),
                }),
                None => problems.push(format!("{path}: this repository does not have its bytes")),
            }
        }
    }
    Ok((tree, problems))
}

fn is_text(entry: &TreeEntry) -> bool {
    matches!(entry.mode, 0o100_644 | 0o100_755) && entry.size.is_some_and(|size| size <= LIMIT)
}

fn evidence(picture: &Picture, bytes: Option<&[u8]>, problems: &mut Vec<String>) -> Evidence {
    let path = picture.path.clone();
    let blank = match bytes {
        None => Err(format!("{path}: this repository does not have its bytes")),
        Some(bytes) => match is_blank(&Bytes { name: &path, bytes }, &Limits::default()) {
            Ok(blank) => Ok(blank),
            // Formats without a decoder are no fault of the picture.
            Err(Error::Unsupported { .. }) => Ok(false),
            Err(error) => Err(error.to_string()),
        },
    };
    let blank = blank.unwrap_or_else(|problem| {
        problems.push(problem);
        false
    });
    Evidence { path, hash: picture.blob.to_string(), blank }
}

fn finding(fault: &Fault, allowed: &[Kind]) -> Finding {
    let (kind, name) = rule(fault.kind);
    let level = if allowed.contains(&kind) { Level::Note } else { Level::Error };
    Finding::new(name, level, fault.message.as_str()).at(fault.path.as_str(), fault.line)
}

fn rule(kind: FaultKind) -> (Kind, &'static str) {
    match kind {
        FaultKind::SamePair => (Kind::SamePair, "pictures.same-pair"),
        FaultKind::Unreferenced => (Kind::Unreferenced, "pictures.unreferenced"),
        FaultKind::BrokenLink => (Kind::BrokenLink, "pictures.broken-link"),
        FaultKind::Blank => (Kind::Blank, "pictures.blank"),
    }
}
