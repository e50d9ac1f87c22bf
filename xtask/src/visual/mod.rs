//! What others say of the pictures in the corpora, and how their programs are installed.

pub(crate) mod bench;
mod peers;
mod plot;

use crate::setup;
use crate::sh::{self, Result};
use std::path::{Path, PathBuf};

/// The pixels of PngSuite as Pillow and pypng read them; the path of the file is given.
pub(crate) fn truth(corpora: &Path) -> Result<PathBuf> {
    setup::ensure("visual")?;
    let dir = sh::scratch("conform");
    std::fs::create_dir_all(&dir)?;
    let script = sh::root().join("xtask/src/visual/pngsuite.py");
    let mut python = sh::program(setup::tool_path("python3"));
    let said = sh::capture(python.arg(script).arg(corpora.join("visual/pngsuite")))?;
    let file = dir.join("pngsuite");
    std::fs::write(&file, said)?;
    Ok(file)
}
