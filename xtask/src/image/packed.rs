//! `conform packed`: job-lead-finder packed without a daemon, started as its image says, and asked whether it is healthy.

use super::made::{base as rootfs_of, install, kept, script};
use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::path::Path;

/// What a program in Python needs of Debian.
const PACKAGES: &str =
    "base-files,ca-certificates,libpython3.13-stdlib,media-types,netbase,python3.13,tzdata";
/// The most bytes of files that the image may have.
const MOST: u64 = 100_000_000;
pub(super) const USER: &str = "65532:65532";

/// Packs twice, compares, weighs, and starts it.
pub(crate) fn conform(repo: Option<&Path>) -> Result {
    let missing = || Fail::missing("--repo CLONE: a clone of vcaboara/job-lead-finder");
    let repo = repo.ok_or_else(missing)?;
    setup::ensure("image")?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-sbom"]))?;
    let leave = "debconf libdb5.3t64 mawk openssl openssl-provider-legacy readline-common";
    let rootfs = rootfs_of("python-3.13.tar", PACKAGES, leave)?;
    let wheels = kept("wheels-3.13")?;
    if !wheels.is_dir() {
        install(repo, "3.13", &wheels)?;
    }
    let base = fresh("base")?;
    let rootfs = rootfs.display().to_string();
    pack(&base, &["--rootfs", &rootfs, "--user", USER, "--name", "python:3.13"])?;
    // The second time from a copy whose files have other times and another owner's umask.
    let copy = fresh("copy")?;
    sh::run(sh::program("cp").arg("-R").arg(repo.join("src")).arg(&copy))?;
    let mut digests = Vec::new();
    for (name, source) in [("packed", repo.join("src/app")), ("packed-again", copy.join("app"))] {
        let layout = fresh(name)?;
        digests.push(app(&layout, &base, &wheels, &source)?);
    }
    let (said, again) = (&digests[0], &digests[1]);
    println!("| packed, bytes | files, bytes | digest | the second time |\n|---|---|---|---|");
    println!(
        "| {} | {} | {} | {} |",
        said["packed"], said["files"], said["digest"], again["digest"]
    );
    if said["digest"] != again["digest"] {
        return Err(Fail::gate("packed: the same input gave another digest"));
    }
    if said["files"].as_u64().is_none_or(|bytes| bytes > MOST) {
        return Err(Fail::gate(format!("packed: {} bytes of files", said["files"])));
    }
    serve(&kept("packed")?)
}

/// A path under `target/image` where nothing is.
pub(super) fn fresh(name: &str) -> Result<std::path::PathBuf> {
    let path = kept(name)?;
    if path.is_dir() {
        std::fs::remove_dir_all(&path)?;
    }
    Ok(path)
}

/// Packs an image and gives what was said of it.
pub(super) fn pack(layout: &Path, args: &[&str]) -> Result<Value> {
    let mut command = sh::program(sh::target().join("release/lead-sbom"));
    command.arg("pack").arg(layout).args(args).args(["--format", "json"]);
    let text = sh::capture(command.env_remove("SOURCE_DATE_EPOCH"))?;
    let said: Value = serde_json::from_str(&text)
        .map_err(|error| Fail::gate(format!("lead-sbom pack said no JSON: {error}")))?;
    Ok(said["data"].clone())
}

fn app(layout: &Path, base: &Path, wheels: &Path, source: &Path) -> Result<Value> {
    let to = |from: &Path, to: &str| format!("{}:{to}", from.display());
    let base = base.display().to_string();
    let (wheels, source) = (to(wheels, "/opt/app/site-packages"), to(source, "/srv/app/src/app"));
    let mut args =
        vec!["--base", &base, "--add", &wheels, "--add", &source, "--drop", "**/__pycache__"];
    args.extend([
        "--writable",
        "/srv/app/data",
        "--user",
        USER,
        "--workdir",
        "/srv/app",
        "--port",
        "8000",
    ]);
    args.extend([
        "--env",
        "PYTHONPATH=/srv/app/src:/opt/app/site-packages",
        "--env",
        "PATH=/usr/bin",
    ]);
    args.extend(["--env", "PYTHONDONTWRITEBYTECODE=1", "--entrypoint", "/usr/bin/python"]);
    args.extend([
        "--cmd=-m",
        "--cmd=uvicorn",
        "--cmd=app.ui_server:app",
        "--name",
        "job-lead-finder",
    ]);
    args.extend(["--max-size", "100MB"]);
    pack(layout, &args)
}

/// Starts what was packed and asks for its health.
fn serve(layout: &Path) -> Result {
    let root = fresh("root")?;
    std::fs::create_dir_all(&root)?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port().to_string();
    let mut python = sh::program("python3");
    python.arg(script("serve.py")).arg(layout).arg(&root);
    let text = sh::capture(python.args(["serve", &port, "/health"]))?;
    let said: Value = serde_json::from_str(&text)
        .map_err(|error| Fail::gate(format!("serve.py said no JSON: {error}")))?;
    println!("GET /health: {} {}, as user {}", said["status"], said["body"], said["uid"]);
    let healthy = said["body"].as_str().is_some_and(|body| body.contains("\"healthy\""));
    if said["status"] == 200 && healthy && said["uid"] != 0 {
        return Ok(());
    }
    Err(Fail::gate("packed: it is not healthy"))
}
