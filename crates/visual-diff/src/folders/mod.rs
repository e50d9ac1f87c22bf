//! Two folders of pictures: what is new, deleted, passed and failed.

mod reg;
mod walk;

pub use reg::{RegDirs, RegJson};
pub use walk::pictures;

use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use crate::compare::same_bytes;
use crate::{Diff, Error, Outcome};

/// What became of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It differs, or it cannot be compared.
    Failed,
    /// It has a baseline and is gone.
    Deleted,
    /// It has no baseline.
    New,
    /// It does not differ, or in what is accepted.
    Passed,
}

/// What is asked of two folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderConfig {
    /// States that fail beside [`State::Failed`].
    pub fail_on: Vec<State>,
    /// Pictures that must have a baseline, as paths below the folders.
    pub expected: Vec<String>,
    /// Folders that are not looked into; of two nested folders neither is part of the other anyway.
    pub skip: Vec<PathBuf>,
}

/// One picture of two folders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// The path below both folders, with `/`.
    pub path: String,
    /// What became of it.
    pub state: State,
    /// Whether it makes the whole fail.
    pub fails: bool,
    /// What was found; nothing for what stands in one folder only.
    pub diff: Option<Diff>,
    /// Why it could not be compared.
    pub problem: Option<String>,
}

/// What two folders have to say to each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Folders {
    /// Every picture, sorted by path.
    pub items: Vec<Item>,
    /// Expected pictures that have no baseline, sorted.
    pub missing: Vec<String>,
}

impl Folders {
    /// The paths in a state, sorted.
    #[must_use]
    pub fn of(&self, state: State) -> Vec<&str> {
        let found = self.items.iter().filter(|item| item.state == state);
        found.map(|item| item.path.as_str()).collect()
    }

    /// Whether anything fails.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.items.iter().any(|item| item.fails)
    }

    /// Whether everything that should be compared was compared, and something was.
    #[must_use]
    pub fn complete(&self) -> bool {
        let pair = |item: &Item| matches!(item.state, State::Passed | State::Failed);
        self.missing.is_empty()
            && self.items.iter().any(pair)
            && self.items.iter().all(|item| item.problem.is_none())
    }
}

/// Compares the pictures of two folders that have the same paths, side by side on all cores.
///
/// `judge` is given the path and both files, and may be called from several threads at once; a
/// format that no decoder reads passes when both files are equal. The answer does not depend on the
/// order of threads.
///
/// # Errors
/// A folder cannot be read, or holds a symbolic link where a picture or a folder would be
/// ([`Error::Refused`]). A pair that cannot be compared is no error: it failed, with a problem.
pub fn compare_folders(
    before: &Path,
    after: &Path,
    config: &FolderConfig,
    judge: &(dyn Fn(&str, &Path, &Path) -> Result<Diff, Error> + Sync),
) -> Result<Folders, Error> {
    let [mut skip_before, mut skip_after] = [config.skip.clone(), config.skip.clone()];
    skip_before.push(after.to_owned());
    skip_after.push(before.to_owned());
    let olds = pictures(before, &skip_before)?;
    let news = pictures(after, &skip_after)?;
    let missing = config.expected.iter().filter(|path| !olds.contains(*path)).cloned();
    let mut missing: Vec<String> = missing.collect();
    missing.sort_unstable();
    missing.dedup();
    let paths: Vec<&String> = olds.union(&news).collect();
    let item = |path: &String| {
        let (state, diff, problem) = match (olds.contains(path), news.contains(path)) {
            (true, true) => pair(path, &before.join(path), &after.join(path), judge),
            (true, false) => (State::Deleted, None, None),
            _ => (State::New, None, None),
        };
        let fails = state == State::Failed || config.fail_on.contains(&state);
        Item { path: path.clone(), state, fails, diff, problem }
    };
    Ok(Folders { items: paths.into_par_iter().map(item).collect(), missing })
}

fn pair(
    path: &str,
    before: &Path,
    after: &Path,
    judge: &(dyn Fn(&str, &Path, &Path) -> Result<Diff, Error> + Sync),
) -> (State, Option<Diff>, Option<String>) {
    match judge(path, before, after) {
        Ok(diff) if diff.verdict.outcome == Outcome::Different => (State::Failed, Some(diff), None),
        Ok(diff) => (State::Passed, Some(diff), None),
        Err(Error::Unsupported { .. })
            if same_bytes(&before.to_owned(), &after.to_owned()).unwrap_or(false) =>
        {
            (State::Passed, None, None)
        }
        Err(error) => (State::Failed, None, Some(error.to_string())),
    }
}
