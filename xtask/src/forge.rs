//! `forge` and `dogfood`: the main job, on a scratch clone of this or of another repository.

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

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
    let clone = clone(sh::root(), &dir.join("repository"))?;
    let mut job = sh::program(lead_forge);
    // It ends with the line that says where the dossier is.
    sh::run(job.arg("demo").arg("--output").arg(dir.join("dossier")).current_dir(clone))
}

/// `dogfood`: the main job on a clone of somebody else's repository.
pub(crate) fn dogfood(args: &[&str]) -> Result {
    let ["--repo", path] = args else {
        return Err(Fail::usage("cargo xtask dogfood --repo PATH"));
    };
    setup::ensure("forge")?;
    let lead_forge = build(false)?;
    let dir = sh::scratch("dogfood");
    sh::fresh(&dir)?;
    let clone = clone(Path::new(path), &dir.join("repository"))?;
    for step in [&["init"][..], &["doctor"]] {
        sh::run(sh::program(&lead_forge).args(step).current_dir(&clone))?;
    }
    Ok(())
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

/// A clone that shares nothing with its origin.
fn clone(from: &Path, to: &Path) -> Result<PathBuf> {
    let args = ["clone", "--quiet", "--no-hardlinks", "--"];
    sh::run(sh::program("git").args(args).arg(from).arg(to))?;
    Ok(to.to_owned())
}
