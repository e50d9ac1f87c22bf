//! Our own programs: how they are built, called, and what they say of two pictures.

use super::peers::{self, Program};
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

const BUILD: &[&str] = &[
    "build",
    "--release",
    "--locked",
    "-p",
    "leadforge-visual-diff",
    "--features",
    "capture,jpeg,webp",
    "--examples",
];

/// The folder of the examples, which were built.
pub(super) fn build() -> Result {
    sh::run(sh::cargo().args(BUILD))
}

pub(super) fn example(name: &str) -> PathBuf {
    sh::target().join("release/examples").join(name)
}

/// Photographs each page of a folder.
pub(super) fn photograph(folder: &Path, size: [u32; 2]) -> Result {
    let mut command = sh::program(example("photograph"));
    sh::capture(command.arg(folder).args(size.map(|side| side.to_string()))).map(|_| ())
}

/// What we say of two pictures.
pub(super) struct Said(Value);

impl Said {
    pub(super) fn of(before: &Path, after: &Path) -> Result<Self> {
        let files = [before.to_owned(), after.to_owned()];
        let program = peers::ours_telling(&files, false);
        let (first, rest) = program.command.split_first().expect("it has a name");
        Self::parse(&sh::capture(sh::program(first).args(rest))?)
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let all = serde_json::from_str(text);
        all.map(Self).map_err(|error| Fail::gate(format!("compare said no JSON: {error}")))
    }

    pub(super) fn summary(&self) -> &str {
        self.0["summary"].as_str().unwrap_or_default()
    }

    pub(super) fn counted(&self) -> u64 {
        self.0["counts"]["counted"].as_u64().unwrap_or_default()
    }

    /// Pixels that differ in any way.
    pub(super) fn different(&self) -> u64 {
        self.0["counts"]["different"].as_u64().unwrap_or_default()
    }

    /// None when the pictures are too detailed to say.
    pub(super) fn residual(&self) -> Option<u64> {
        self.0["structure"]["residual"].as_u64()
    }

    /// Of the residual, what is in regions of other content.
    pub(super) fn content(&self) -> Option<u64> {
        self.0["structure"]["content"].as_u64()
    }

    pub(super) fn aligned(&self) -> bool {
        self.0["structure"]["aligned"].as_bool().unwrap_or(false)
    }

    /// The regions of a kind.
    pub(super) fn regions(&self, kind: &str) -> usize {
        let all = self.0["structure"]["regions"].as_array();
        all.into_iter().flatten().filter(|region| region["kind"] == kind).count()
    }
}

/// The same comparison, counting only and telling what changed.
pub(super) fn both(before: &Path, after: &Path) -> [Program; 2] {
    let files = [before.to_owned(), after.to_owned()];
    [peers::ours(&files, false, None), peers::ours_telling(&files, false)]
}
