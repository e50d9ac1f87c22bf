//! The list of Dockerfiles, the files themselves, and what our rules find in them.

use crate::sh::{self, Fail, Result};
use std::collections::BTreeSet;
use std::path::Path;

/// The list of the files: repository, commit, path, SHA-256.
pub(super) const LIST: &str = "tests/corpora/dockerfiles.tsv";
/// Where the files lie below `LEADFORGE_CORPORA`.
pub(super) const FOLDER: &str = "container/dockerfiles";
/// The least number of files, and of repositories that they come from.
const ENOUGH: (usize, usize) = (300, 100);
/// How the files come to where they are looked for.
const HOW: &str = "the files are others' and not in this repository; \
                   cargo xtask gather dockerfiles --from FOLDER --fetch https://github.com brings them";

/// A path, a line and a rule.
pub(super) type Seen = (String, u64, String);

/// One file of the list.
pub(super) struct Listed {
    pub(super) repository: String,
    pub(super) commit: String,
    pub(super) path: String,
    pub(super) digest: String,
}

impl Listed {
    /// Where it lies in the folder.
    pub(super) fn place(&self) -> String {
        place(&self.repository, &self.path)
    }
}

/// Where a file of a repository lies in the folder.
pub(super) fn place(repository: &str, path: &str) -> String {
    format!("{}/{path}", repository.replacen('/', "+", 1))
}

/// The rows of a table below its heading.
pub(super) fn table(path: &Path) -> Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fail::missing(format!("{}: {error}", path.display())))?;
    Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

/// The list.
pub(super) fn listed() -> Result<Vec<Listed>> {
    let rows = table(&sh::root().join(LIST))?;
    let row = |row: Vec<String>| {
        let count = row.len();
        let [repository, commit, path, digest] = <[String; 4]>::try_from(row)
            .map_err(|_| Fail::gate(format!("{LIST}: a row has {count} fields")))?;
        Ok(Listed { repository, commit, path, digest })
    };
    rows.into_iter().map(row).collect()
}

/// Whether a file is the one of the list.
pub(super) fn is_it(file: &Path, digest: &str) -> Result<bool> {
    let said = sh::capture(sh::program("sha256sum").arg(file))?;
    Ok(said.trim_start_matches('\\').starts_with(digest))
}

/// The files of the list, each as it is there.
pub(super) fn files(folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut repositories = BTreeSet::new();
    for file in listed()? {
        let path = file.place();
        let whole = folder.join(&path);
        if !whole.is_file() {
            return Err(Fail::missing(format!("{} is not there: {HOW}", whole.display())));
        }
        if !is_it(&whole, &file.digest)? {
            return Err(Fail::gate(format!("{}: not the file of the list", whole.display())));
        }
        repositories.insert(file.repository);
        paths.push(path);
    }
    if paths.len() < ENOUGH.0 || repositories.len() < ENOUGH.1 {
        let (files, from) = (paths.len(), repositories.len());
        return Err(Fail::gate(format!("{files} files of {from} are too few")));
    }
    Ok(paths)
}

/// What our rules find in the files.
pub(super) fn found(folder: &Path, paths: &[String]) -> Result<BTreeSet<Seen>> {
    let program = sh::target().join("debug/examples/findings");
    let said = sh::capture(sh::program(program).args(paths).current_dir(folder))?;
    let row = |line: &str| {
        let mut fields = line.split('\t');
        Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?, fields.next()?.to_owned()))
    };
    Ok(said.lines().filter_map(row).collect())
}
