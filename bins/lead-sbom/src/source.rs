//! What an inventory is taken of: a folder, or a revision of the repository.

use std::path::Path;

use leadforge_cli_kit::{Failure, Gauge, Repository};
use leadforge_sbom::Tree;

use crate::folder::{Folder, Skip};
use crate::revision::Revision;

/// Opens what a word names: `git:REV`, `git:REV:FOLDER`, or a folder, whose programs are looked into when asked for.
///
/// Dropped, it tells no more how far it is.
pub(crate) fn open(
    word: &str,
    exclude: &[String],
    programs: bool,
    gauge: Gauge,
) -> Result<Box<dyn Tree>, Failure> {
    let skip = Skip::parse(exclude)?;
    let Some(spec) = word.strip_prefix("git:") else {
        return Ok(Box::new(Folder::open(Path::new(word), skip, gauge)?.with_programs(programs)));
    };
    let (revision, folder) = spec.split_once(':').unwrap_or((spec, ""));
    let repository = Repository::here()?;
    let commit = repository.commit(revision)?;
    Ok(Box::new(Revision::open(repository, &commit, folder, &skip)?))
}
