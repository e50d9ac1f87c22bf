//! The images that `conform image` looks at, made by scripts of ours and kept under `target/image`.

use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How many files the large image has, and their bytes together.
const LARGE: [&str; 2] = ["1000000", "5000000000"];

/// The Python whose wheels stay as they are, for an image to look at.
const PLAIN: &str = "3.12";

pub(super) fn script(name: &str) -> PathBuf {
    sh::root().join("xtask/src/image").join(name)
}

/// A folder of ours under `target/image`.
pub(super) fn kept(name: &str) -> Result<PathBuf> {
    let dir = sh::scratch("image");
    std::fs::create_dir_all(&dir)?;
    Ok(dir.join(name))
}

/// The test image: `image.tar` and `oci` in the folder that is given.
pub(crate) fn test_image(corpora: &Path) -> Result<PathBuf> {
    let base = kept("bookworm.tar")?;
    if !base.is_file() {
        let mut debian = sh::program("mmdebstrap");
        debian.args(["--quiet", "--variant=minbase", "--include=python3-minimal", "bookworm"]);
        sh::run(debian.arg(&base)).map_err(|fail| Fail::missing(fail.message))?;
    }
    let wheels = kept("wheels-3.12")?;
    if !wheels.is_dir() {
        install(&corpora.join("job-lead-finder"), PLAIN, &wheels)?;
    }
    let out = kept("test")?;
    sh::run(sh::program("python3").arg(script("build.py")).args([&base, &wheels, &out]))?;
    Ok(out)
}

/// What Python's tarfile finds in the test image, asked once: its script gives the same bytes each time.
pub(crate) fn truth_kept(test: &Path) -> Result<Value> {
    let kept = test.join("truth.json");
    if !kept.is_file() {
        std::fs::write(&kept, truth(&test.join("image.tar"))?.to_string())?;
    }
    let text = std::fs::read_to_string(kept)?;
    serde_json::from_str(&text).map_err(|error| Fail::gate(error.to_string()))
}

/// A root file system of Debian trixie with these packages, without those that are left out again.
pub(super) fn base(name: &str, packages: &str, leave: &str) -> Result<PathBuf> {
    let path = kept(name)?;
    if !path.is_file() {
        let part = kept("rootfs.part")?;
        let mut make = sh::program("sh");
        make.arg(script("base.sh")).arg(&part).args([packages, leave]);
        sh::run(&mut make).map_err(|fail| Fail::missing(fail.message))?;
        std::fs::rename(part, &path)?;
    }
    Ok(path)
}

/// Installs what job-lead-finder's lock file names for its web pages; what is only for debuggers is stripped.
pub(super) fn install(project: &Path, python: &str, wheels: &Path) -> Result {
    let uv = setup::tool_path("uv");
    let asked = kept("requirements.txt")?;
    let mut export = sh::program(&uv);
    export.args(["export", "--quiet", "--frozen", "--extra", "web", "--no-dev"]);
    export.args(["--no-emit-project", "--no-hashes", "--project"]).arg(project);
    sh::run(export.arg("--output-file").arg(&asked))?;
    let part = kept("wheels.part")?;
    if part.is_dir() {
        std::fs::remove_dir_all(&part)?;
    }
    let mut install = sh::program(&uv);
    install.args(["pip", "install", "--quiet", "--only-binary", ":all:", "--no-deps"]);
    install.args(["--python-version", python, "--python-platform", "x86_64-manylinux_2_28"]);
    sh::run(install.arg("--target").arg(&part).arg("-r").arg(&asked))
        .map_err(|fail| Fail::missing(fail.message))?;
    if python != PLAIN {
        let mut strip = sh::program("find");
        strip.arg(&part).args([
            "-name",
            "*.so*",
            "-type",
            "f",
            "-exec",
            "strip",
            "--strip-unneeded",
        ]);
        sh::run(strip.args(["{}", "+"]))?;
    }
    Ok(std::fs::rename(part, wheels)?)
}

/// What Python's tarfile finds in a docker archive.
pub(super) fn truth(archive: &Path) -> Result<Value> {
    let text = sh::capture(sh::program("python3").arg(script("truth.py")).arg(archive))?;
    serde_json::from_str(&text).map_err(|error| Fail::gate(format!("truth.py: {error}")))
}

/// The large image and what its generator put into it.
pub(super) fn synthetic() -> Result<(PathBuf, Value)> {
    let (image, truth) = (kept("large.tar")?, kept("large.json")?);
    if !truth.is_file() {
        let mut python = sh::program("python3");
        let text = sh::capture(python.arg(script("synthetic.py")).arg(&image).args(LARGE))?;
        std::fs::write(&truth, text)?;
    }
    let text = std::fs::read_to_string(&truth)?;
    let value = serde_json::from_str(&text).map_err(|error| Fail::gate(error.to_string()))?;
    Ok((image, value))
}
