//! Dockerfiles of others: what ours says of them beside what hadolint says, and beside what a person says.

mod agree;
mod gather;
mod judged;
mod list;
mod templates;

use crate::sh::{self, Fail, Result};
use std::path::Path;

pub(crate) use gather::main;

/// Looks at every file of the list.
pub(crate) fn conform(corpora: &Path) -> Result {
    let folder = corpora.join(list::FOLDER);
    let paths = list::files(&folder)?;
    crate::setup::ensure("dockerfile")?;
    sh::run(sh::cargo().args([
        "build",
        "--locked",
        "-p",
        "leadforge-container-audit",
        "--example",
        "findings",
    ]))?;
    let found = list::found(&folder, &paths)?;
    let parts =
        [agree::conform(&folder, &paths, &found), judged::conform(&found), templates::conform()];
    let mut failed = Vec::new();
    for part in parts {
        match part {
            Err(fail) if fail.code == 1 => failed.push(fail.message),
            other => other?,
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Fail::gate(failed.join("\n       "))) }
}
