//! `image`: our own binaries packed without a daemon, with git and CA certificates, and tried inside.

use super::made::{base, script};
use super::packed::{USER, fresh, pack};
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

const BINARIES: &[&str] = &["lead-forge", "lead-queue", "lead-sbom", "lead-shot"];
const STATIC: &str = "x86_64-unknown-linux-gnu";

/// `image`: packs all binaries, or those that are named, into `target/image/own`.
pub(crate) fn main(args: &[&str]) -> Result {
    let (flags, names): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| arg.starts_with('-'));
    let unknown = names.iter().any(|name| !BINARIES.contains(name));
    if unknown || flags.iter().any(|flag| *flag != "--static") {
        let usage = format!("cargo xtask image [--static] [{}…]", BINARIES.join("|"));
        return Err(Fail::usage(usage));
    }
    setup::ensure("image")?;
    let names = if names.is_empty() { BINARIES.to_vec() } else { names };
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-sbom"]))?;
    if flags.is_empty() { with_git(&names) } else { alone() }
}

/// The binaries upon Debian with git, and `lead-sbom make` inside on this repository.
fn with_git(names: &[&str]) -> Result {
    let mut build = sh::cargo();
    build.args(["build", "--release", "--locked"]);
    build.args(names.iter().flat_map(|name| ["-p", name]));
    sh::run(&mut build)?;
    let leave = "adduser debconf git-man libdb5.3t64 liberror-perl libgdbm-compat4t64 libgdbm6t64 libperl5.40 mawk \
                 openssl openssl-provider-legacy passwd perl perl-base perl-modules-5.40";
    let rootfs = base("git.tar", "base-files,ca-certificates,git,libc6,netbase", leave)?;
    let layout = fresh("own")?;
    let rootfs = rootfs.display().to_string();
    let added: Vec<String> = names.iter().map(|name| added(&release(name), name)).collect();
    let mut args =
        vec!["--rootfs", &rootfs, "--user", USER, "--workdir", "/work", "--writable", "/work"];
    args.extend(["--env", "PATH=/usr/bin", "--env", "HOME=/work", "--name", "leadforge"]);
    added.iter().for_each(|added| args.extend(["--add", added.as_str()]));
    let entrypoint = format!("/usr/bin/{}", names.last().copied().unwrap_or("lead-sbom"));
    let entrypoint = if names.contains(&"lead-sbom") { "/usr/bin/lead-sbom" } else { &entrypoint };
    args.extend(["--entrypoint", entrypoint]);
    let said = pack(&layout, &args)?;
    println!(
        "{}: {} bytes packed, {} bytes of files",
        said["digest"], said["packed"], said["files"]
    );
    // Git inside reads what is mounted.
    if entrypoint == "/usr/bin/lead-sbom" { inside(&layout, &["make", "git:HEAD"]) } else { Ok(()) }
}

/// lead-sbom linked against nothing, packed with nothing else.
fn alone() -> Result {
    let mut build = sh::cargo();
    build.args(["build", "--release", "--locked", "-p", "lead-sbom", "--target", STATIC]);
    sh::run(build.env("RUSTFLAGS", "-C target-feature=+crt-static"))?;
    let binary = sh::target().join(STATIC).join("release/lead-sbom");
    let layout = fresh("static")?;
    let added = added(&binary, "lead-sbom");
    let args = ["--add", &added, "--user", USER, "--entrypoint", "/usr/bin/lead-sbom"];
    let said = pack(&layout, &args)?;
    println!(
        "{}: {} bytes packed, {} bytes of files",
        said["digest"], said["packed"], said["files"]
    );
    inside(&layout, &["make"])
}

fn release(name: &str) -> PathBuf {
    sh::target().join("release").join(name)
}

fn added(binary: &Path, name: &str) -> String {
    format!("{}:/usr/bin/{name}", binary.display())
}

/// lead-sbom as the image's user on a clone of this repository, beside lead-sbom outside on the same.
fn inside(layout: &Path, words: &[&str]) -> Result {
    let (root, mounted) = (fresh("root")?, fresh("mounted")?);
    std::fs::create_dir_all(&root)?;
    let from = format!("file://{}", sh::root().display());
    let mut clone = sh::program("git");
    sh::run(clone.args(["clone", "--quiet", "--depth", "1", &from]).arg(&mounted))?;
    let mut python = sh::program("python3");
    python.arg(script("serve.py")).arg(layout).arg(&root).args(["run", "--mount"]);
    let said = sh::capture(python.arg(format!("{}:/work", mounted.display())).args(words))?;
    let mut outside = sh::program(release("lead-sbom"));
    outside.args(words).current_dir(&mounted).env_remove("SOURCE_DATE_EPOCH");
    let same = sh::capture(&mut outside)?;
    if said == same {
        let words = words.join(" ");
        println!("inside, as {USER}: lead-sbom {words} wrote {} bytes, as outside", said.len());
        return Ok(());
    }
    Err(Fail::gate(format!("inside it says something else: see {}", mounted.display())))
}
