//! What a command is asked about: a folder or a revision that is looked at, or a document that somebody wrote.

use std::path::Path;

use leadforge_cli_kit::{Context, Failure};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_sbom::cyclonedx::Document;
use leadforge_sbom::licences::texts;
use leadforge_sbom::{Config, Inventory, inventory, spdx};

use crate::{failure, source};

/// A document larger than this is not read.
const LIMIT: u64 = 512 << 20;

/// The inventory of a folder, of `git:REV`, or of a document, and whether all that was found was read.
pub(crate) fn open(
    word: &str,
    exclude: &[String],
    ctx: &Context,
) -> Result<(Inventory, bool), Failure> {
    taken(word, exclude, false, ctx)
}

/// The same, with the licence files that lie beside what is installed or vendored.
pub(crate) fn with_texts(
    word: &str,
    exclude: &[String],
    ctx: &Context,
) -> Result<(Inventory, bool), Failure> {
    taken(word, exclude, true, ctx)
}

fn taken(
    word: &str,
    exclude: &[String],
    texts: bool,
    ctx: &Context,
) -> Result<(Inventory, bool), Failure> {
    let path = Path::new(word);
    if path.is_file() {
        return Ok((document(word, &read(&RealDisk, path, LIMIT)?)?, true));
    }
    let tree = source::open(word, exclude, false, ctx.gauge())?;
    let mut found = inventory(&*tree, &Config::default()).map_err(|error| failure::sbom(&error))?;
    if texts {
        texts::find(&*tree, &mut found).map_err(|error| failure::sbom(&error.into()))?;
    }
    drop(tree);
    if found.sources.is_empty() && found.unread.is_empty() {
        let message = format!("{word}: nothing that says what is inside is there");
        return Err(Failure::cannot_look("sbom.nothing", message)
            .hint("lead-sbom make --help lists the files that are read"));
    }
    for unread in &found.unread {
        ctx.warn(&format!("{}: found, not read ({})", unread.path, unread.what));
    }
    let whole = found.unread.is_empty();
    Ok((found, whole))
}

/// The inventory of a document, in CycloneDX or SPDX.
fn document(name: &str, bytes: &[u8]) -> Result<Inventory, Failure> {
    let error = match Document::read(bytes) {
        Ok(document) => return Ok(document.inventory()),
        Err(error) => error,
    };
    // What is no SPDX either is told as what it is not in CycloneDX.
    spdx::read(bytes).map_err(|_| {
        let message = format!("{name}:{}: {}", error.line, error.reason);
        Failure::usage("sbom.unreadable", message)
            .hint("a folder, git:REV, or a document in CycloneDX or SPDX is asked for")
    })
}
