//! The guide for contributors.

use super::UV;
use super::project::Project;

/// Where it lies.
pub(crate) const PATH: &str = "docs/uv.md";

/// Its text.
pub(crate) fn text(project: &Project) -> String {
    let extras: String = project.extras.iter().map(|extra| format!(" `{extra}`")).collect();
    let extras = if extras.is_empty() {
        String::new()
    } else {
        format!("Extras:{extras}; add `--extra NAME`, or `--all-extras`.\n\n")
    };
    format!(
        "# Working with uv\n\nDependencies stand in `pyproject.toml`, and the exact versions in `uv.lock`. Both are committed.\n\n\
         | to | type |\n|---|---|\n\
         | install uv | `pipx install uv=={UV}`, or see docs.astral.sh/uv |\n\
         | make the environment as it is locked | `uv sync --locked` |\n\
         | run something in it | `uv run COMMAND` |\n\
         | add or remove a dependency | `uv add NAME`, `uv remove NAME` |\n\
         | take newer versions | `uv lock --upgrade`, or `uv lock --upgrade-package NAME` |\n\
         | see that the lock is fresh | `uv lock --check`, or `lead-sbom lock check` |\n\n\
         {extras}After a change of `pyproject.toml`, its version too, run `uv lock` and commit `uv.lock` with it: images and \
         workflows install what is locked and fail when it is stale.\n"
    )
}
