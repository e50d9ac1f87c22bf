//! What `lead-sbom template` writes, as hadolint sees it: there is nothing to find.

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::Path;

/// A project with each kind of file that a template reads.
const FILES: &[(&str, &str)] = &[
    (
        "pyproject.toml",
        "[project]\nname = \"shop\"\nversion = \"1\"\nrequires-python = \">=3.12\"\nreadme = \"README.md\"\n\
         [project.scripts]\nshop = \"shop:main\"\n[build-system]\nrequires = [\"uv_build\"]\n",
    ),
    (
        "uv.lock",
        "version = 1\nrequires-python = \">=3.12\"\n[[package]]\nname = \"shop\"\nversion = \"1\"\nsource = { editable = \".\" }\n",
    ),
    ("requirements.txt", "a==1\n"),
    ("README.md", "# Shop\n"),
    ("src/shop/__init__.py", "def main(): ...\n"),
];

/// Writes each template for a project with a lock and for one with requirements.
pub(super) fn conform() -> Result {
    sh::run(sh::cargo().args(["build", "--locked", "-p", "lead-sbom"]))?;
    let folder = sh::scratch("templates");
    let mut count = 0;
    for lock in [true, false] {
        sh::fresh(&folder)?;
        for (path, text) in FILES.iter().filter(|(path, _)| lock || !is_project(path)) {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("it lies in the folder"))?;
            std::fs::write(path, text)?;
        }
        for flavour in ["slim", "alpine", "distroless"] {
            for more in [&[][..], &["--port", "8000", "--health", "/health", "--writable", "data"]]
            {
                one(&folder, flavour, more)?;
                count += 1;
            }
        }
    }
    println!("dockerfile: {count} templates, and hadolint finds nothing");
    Ok(())
}

fn is_project(path: &str) -> bool {
    matches!(path, "pyproject.toml" | "uv.lock")
}

fn one(folder: &Path, flavour: &str, more: &[&str]) -> Result {
    let mut template = sh::program(sh::target().join("debug/lead-sbom"));
    template.current_dir(folder).args(["template", flavour, "--start", "python -m shop", "-q"]);
    sh::run(template.args(more).args(["--output", "Dockerfile"]))?;
    let mut hadolint = sh::program(setup::tool_path("hadolint"));
    hadolint.args(["--failure-threshold", "style", "Dockerfile"]).current_dir(folder);
    sh::run(&mut hadolint).map_err(|fail| Fail::gate(format!("{flavour}: {}", fail.message)))
}
