//! What an independent script finds in the lock files of the corpora, and what ours costs beside others.

mod answers;
pub(crate) mod bench;
mod cases;
mod clones;
mod growth;
pub(crate) mod installers;
mod peers;

use crate::setup;
use crate::sh::{self, Result};
use std::path::{Path, PathBuf};

/// Packages and edges of each file in `tests/corpora/locks.toml`; the path of the answer is given.
pub(crate) fn truth(corpora: &Path) -> Result<PathBuf> {
    setup::ensure("sbom")?;
    let dir = sh::scratch("conform");
    std::fs::create_dir_all(&dir)?;
    let script = sh::root().join("xtask/src/sbom/truth.py");
    let mut python = sh::program(setup::tool_path("python3"));
    python.arg(script).arg(corpora).arg(sh::root().join("tests/corpora/locks.toml"));
    let file = dir.join("locks.json");
    std::fs::write(&file, sh::capture(&mut python)?)?;
    Ok(file)
}
