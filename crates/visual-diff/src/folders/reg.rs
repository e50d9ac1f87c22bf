//! `reg.json`, the result that tools around reg-cli read.

use serde::Serialize;

use super::{Folders, State};

/// Where the folders are, as the reader of the file should find them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegDirs {
    /// The folder of new pictures.
    pub actual: String,
    /// The folder of baselines.
    pub expected: String,
    /// The folder of the pictures of differences; empty when there is none.
    pub diff: String,
}

/// The content of `reg.json`, with reg-cli's keys in reg-cli's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegJson {
    /// Pictures that differ.
    pub failed_items: Vec<String>,
    /// Pictures without a baseline.
    pub new_items: Vec<String>,
    /// Baselines without a picture.
    pub deleted_items: Vec<String>,
    /// Pictures that do not differ.
    pub passed_items: Vec<String>,
    /// All baselines.
    pub expected_items: Vec<String>,
    /// All new pictures.
    pub actual_items: Vec<String>,
    /// Pictures of differences.
    pub diff_items: Vec<String>,
    /// The folder of new pictures.
    pub actual_dir: String,
    /// The folder of baselines.
    pub expected_dir: String,
    /// The folder of the pictures of differences.
    pub diff_dir: String,
}

impl RegJson {
    /// The result as reg-cli writes it; `drawn` are the pictures of differences that there are.
    #[must_use]
    pub fn new(folders: &Folders, dirs: &RegDirs, drawn: Vec<String>) -> Self {
        let of = |states: &[State]| -> Vec<String> {
            let items = folders.items.iter().filter(|item| states.contains(&item.state));
            items.map(|item| item.path.clone()).collect()
        };
        Self {
            failed_items: of(&[State::Failed]),
            new_items: of(&[State::New]),
            deleted_items: of(&[State::Deleted]),
            passed_items: of(&[State::Passed]),
            expected_items: of(&[State::Failed, State::Passed, State::Deleted]),
            actual_items: of(&[State::Failed, State::Passed, State::New]),
            diff_items: drawn,
            actual_dir: dirs.actual.clone(),
            expected_dir: dirs.expected.clone(),
            diff_dir: dirs.diff.clone(),
        }
    }
}
