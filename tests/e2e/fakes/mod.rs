//! The catalogue of ways to fake a completion: every row of `table.json` is played on a real repository and refused.
//!
//! A row says what the cheat does, who refuses it, and with which exit and words; `cargo xtask codegen` makes
//! `docs/fakes.md` of the same file.

mod agents;
mod checks;
mod clones;
mod controls;
mod forge;
mod forgers;
mod hands;
mod places;
mod survivors;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{Answer, Repo};

const TABLE: &str = include_str!("table.json");

/// One test for each cheat, and their names.
macro_rules! fakes {
    ($($name:ident $play:expr;)*) => {
        $(#[test] fn $name() { $crate::fakes::refused(stringify!($name), $play); })*
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
pub(crate) use fakes;

fn rows() -> BTreeMap<String, Value> {
    let Ok(Value::Array(rows)) = serde_json::from_str(TABLE) else { panic!("a list of rows") };
    rows.into_iter().map(|row| (row["name"].as_str().expect("a name").to_owned(), row)).collect()
}

/// Plays one cheat, and holds the answer against its row.
pub(crate) fn refused(name: &str, play: impl FnOnce() -> Answer) {
    let rows = rows();
    let row = rows.get(name).unwrap_or_else(|| panic!("{name} has no row in table.json"));
    let answer = play();
    let said = format!("{}{}", answer.out, answer.err);
    assert_eq!(i64::from(answer.code), row["exit"].as_i64().expect("a number"), "{name}: {said}");
    let says = row["says"].as_str().expect("a text");
    assert!(said.contains(says), "{name} should say {says:?}: {said}");
}

#[test]
fn every_row_is_played_and_there_are_enough() {
    let lists = [
        agents::NAMES,
        checks::NAMES,
        clones::NAMES,
        survivors::NAMES,
        hands::NAMES,
        forgers::NAMES,
        places::NAMES,
    ]
    .concat();
    let played: BTreeSet<&str> = lists.iter().copied().collect();
    assert_eq!(played.len(), lists.len(), "each once");
    let rows = rows();
    assert_eq!(played, rows.keys().map(String::as_str).collect());
    assert!(rows.len() >= 32, "{}", rows.len());
    for (name, row) in &rows {
        for key in ["does", "by"] {
            assert!(row[key].as_str().is_some_and(|text| !text.is_empty()), "{name}: {key}");
        }
        assert!(matches!(row["exit"].as_i64(), Some(1..=4)), "{name}: never a success");
    }
}

impl Repo {
    /// Commits everything that lies there.
    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// A repository with this configuration and these tasks, all of it committed.
    fn ready(config: &str, tasks: &[(&str, &str)]) -> Self {
        let repo = Self::new();
        repo.write("leadforge.toml", config);
        for (id, front) in tasks {
            repo.task(id, front);
        }
        repo.commit("tasks");
        repo
    }

    /// A run with one task.
    fn attempt(config: &str, front: &str) -> (Self, Answer) {
        let repo = Self::ready(config, &[("lf-aa", front)]);
        let answer = repo.run(&["-q", "--format", "json"]);
        (repo, answer)
    }

    /// One task that an agent cheats at; the run's answer.
    fn cheat(config: &str, front: &str) -> Answer {
        let (repo, answer) = Self::attempt(config, front);
        repo.nothing_landed();
        answer
    }

    /// Asserts that the gate has completed nothing.
    fn nothing_landed(&self) {
        let refs = self.git(&["for-each-ref", "--format=%(refname)", "refs/leadforge/done"]);
        assert_eq!(refs, "", "nothing was landed");
    }

    /// Asserts that a task is not completed on the integration branch.
    fn still_pending(&self, id: &str) {
        let tree = self.git(&["ls-tree", "-r", "--name-only", "leadforge/run"]);
        assert!(tree.contains(&format!("docs/TASKS/queue/pending/{id}.md")), "{tree}");
        let forged = format!("docs/tasks/queue/completed/{id}.md");
        assert!(!tree.to_lowercase().contains(&forged), "{tree}");
    }

    /// `lead-queue verify`, with the commands accepted.
    fn verify(&self, args: &[&str]) -> Answer {
        self.verify_in(&self.path(), args)
    }

    fn verify_in(&self, folder: &Path, args: &[&str]) -> Answer {
        let asked = self.call_in(folder, "lead-queue", &[&["verify"], args].concat());
        let words = asked.err.split_whitespace().map(|word| word.trim_end_matches(';'));
        let digest = words.skip_while(|word| *word != "--trust").nth(1);
        match digest {
            Some(digest) if asked.code == 4 => {
                let args = [&["verify"], args, &["--trust", digest]].concat();
                self.call_in(folder, "lead-queue", &args)
            }
            _ => asked,
        }
    }
}
