//! `forge`: the main job on a scratch clone of this repository.

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::PathBuf;

/// `forge`: sets up, builds, and runs the demonstration on a scratch clone.
pub(crate) fn main(args: &[&str]) -> Result {
    let release = match args {
        [] => false,
        ["--release"] => true,
        _ => return Err(Fail::usage("cargo xtask forge [--release]")),
    };
    setup::ensure("forge")?;
    let lead_forge = build(release)?;
    let dir = sh::scratch("forge");
    sh::fresh(&dir)?;
    let mut job = sh::program(lead_forge);
    // The demo makes its own scratch clone, and prints where the dossier is.
    sh::run(
        job.args(["demo", "--repo"])
            .arg(sh::root())
            .arg("--scratch")
            .arg(&dir)
            .arg("--output")
            .arg(dir.join("dossier")),
    )
}

/// Builds the binaries and returns the path of `lead-forge`.
fn build(release: bool) -> Result<PathBuf> {
    let mut command = sh::cargo();
    command.args(["build", "--locked", "-p", "lead-forge", "-p", "lead-queue"]);
    if release {
        command.arg("--release");
    }
    sh::run(&mut command)?;
    Ok(sh::target().join(if release { "release" } else { "debug" }).join("lead-forge"))
}
