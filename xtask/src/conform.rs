//! `conform`: our answers beside the recorded answers of other tools, and beside the truth, on data outside the repository.

use crate::docker;
use crate::image;
use crate::rulebook;
use crate::sbom;
use crate::setup;
use crate::sh::{self, Fail, Result};
use crate::verdicts;
use crate::visual::{self, Data};
use std::path::{Path, PathBuf};

/// How an area is looked at.
enum Area {
    /// By tests that compare.
    Tests(&'static [&'static str]),
    /// By a check of ours.
    Check,
    /// By looking at images, which are made first.
    Images,
    /// By packing an application and starting it.
    Packed,
    /// By reading Dockerfiles of others beside hadolint.
    Dockerfiles,
    /// By reading the rule files of a clone.
    Rules,
    /// By reading every change of a clone.
    Changes,
    /// By committing with the hooks that we give to pre-commit.
    Hooks,
}

/// The areas; one arrives with the crate that needs it.
const AREAS: &[(&str, Area)] = &[
    ("tasks", Area::Tests(&["-p", "leadforge-task-queue", "--test", "it", "import_corpus"])),
    ("shots", Area::Tests(&["--release", "-p", "lead-shot", "--test", "cli", "corpus"])),
    (
        SBOM,
        Area::Tests(&[
            "--release",
            "-p",
            "leadforge-sbom",
            "--features",
            "validate,vulns",
            "--test",
            "it",
        ]),
    ),
    (
        VISUAL,
        Area::Tests(&[
            "--release",
            "-p",
            "leadforge-visual-diff",
            "--features",
            "jpeg,webp",
            "--test",
            "it",
            "golden",
        ]),
    ),
    ("dockerfile", Area::Dockerfiles),
    ("image", Area::Images),
    ("packed", Area::Packed),
    ("review", Area::Changes),
    ("hooks", Area::Hooks),
    ("rulebook", Area::Rules),
    ("variants", Area::Check),
    ("controls", Area::Check),
    ("steps", Area::Check),
    ("tall", Area::Check),
    ("pages", Area::Check),
];
/// This area needs what a script finds in lock files.
const SBOM: &str = "sbom";
/// This area needs what other programs say of its files.
const VISUAL: &str = "visual";
const USAGE: &str = "cargo xtask conform [AREA] [--repo CLONE]";

pub(crate) fn main(args: &[&str]) -> Result {
    let (area, repo) = match args {
        [] => (None, None),
        ["--repo", repo] => (None, Some(*repo)),
        [area] => (Some(*area), None),
        [area, "--repo", repo] => (Some(*area), Some(*repo)),
        _ => return Err(Fail::usage(USAGE)),
    };
    let areas: Vec<_> =
        AREAS.iter().filter(|(name, _)| area.is_none_or(|area| area == *name)).collect();
    if areas.is_empty() {
        return Err(Fail::usage(format!("no area named {}: {USAGE}", area.unwrap_or_default())));
    }
    // Some areas look at a clone, or at what they make themselves.
    let others =
        |area: &Area| !matches!(area, Area::Hooks | Area::Changes | Area::Rules | Area::Packed);
    let corpora = match areas.iter().any(|(_, area)| others(area)) {
        true => corpora()?,
        false => PathBuf::new(),
    };
    let data = Data { corpora: &corpora, repo: repo.map(Path::new) };
    let mut failed = Vec::new();
    for (name, area) in areas {
        let done = match area {
            Area::Tests(test) => tests(name, test, &corpora),
            Area::Check => visual::check(name, &data),
            Area::Images => image::conform(&corpora),
            Area::Packed => image::packed::conform(data.repo),
            Area::Dockerfiles => docker::conform(&corpora),
            Area::Changes => changes(data.repo),
            Area::Hooks => hooks(),
            Area::Rules => rulebook::conform(data.repo),
        };
        // One area that fails hides no other.
        match done {
            Err(fail) if fail.code == 1 => failed.push(fail.message),
            other => other?,
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Fail::gate(failed.join("\n       "))) }
}

/// The folder of what others own, by `LEADFORGE_CORPORA`.
pub(crate) fn corpora() -> Result<PathBuf> {
    let corpora = std::env::var_os("LEADFORGE_CORPORA").unwrap_or_default();
    // Absolute, because cargo runs a test in its package's folder.
    let corpora = sh::root().join(corpora).canonicalize().unwrap_or_default();
    // Unset it would be the root, which has a README.md too.
    if corpora == sh::root() || !corpora.join("README.md").is_file() {
        return Err(Fail::missing("LEADFORGE_CORPORA does not name the folder of the corpora"));
    }
    Ok(corpora)
}

fn tests(area: &str, test: &[&str], corpora: &Path) -> Result {
    let mut command = sh::cargo();
    if area == VISUAL {
        command.env("LEADFORGE_PNGSUITE_TRUTH", visual::truth(corpora)?);
    }
    if area == SBOM {
        command.env("LEADFORGE_SBOM_TRUTH", sbom::truth(corpora)?);
    }
    command.args(["test", "--locked"]).args(test).args(["--", "--ignored"]);
    sh::run(command.env("LEADFORGE_CORPORA", corpora))
}

/// Every change of a clone and a thousand generated ones, each against what git counts.
fn changes(repo: Option<&Path>) -> Result {
    let repo = repo.ok_or_else(|| Fail::usage("conform review needs --repo CLONE"))?;
    let mut command = sh::cargo();
    command.args(["test", "--locked", "-p", "leadforge-review-rules", "--test", "it"]);
    // Absolute, because cargo runs a test in its package's folder.
    let repo = repo.canonicalize()?;
    sh::run(command.args(["--", "--ignored"]).env("LEADFORGE_REPO", &repo))?;
    verdicts::conform(&repo)
}

/// The hooks that we give to pre-commit, called by it.
fn hooks() -> Result {
    setup::ensure("hooks")?;
    sh::run(sh::cargo().args(["build", "--locked", "-p", "lead-review", "-p", "lead-guard"]))?;
    let mut command = sh::cargo();
    command.args([
        "test",
        "--locked",
        "-p",
        "e2e",
        "--test",
        "e2e",
        "--",
        "--ignored",
        "pre_commit",
    ]);
    sh::run(command.env("LEADFORGE_PRE_COMMIT", setup::tool_path("pre-commit")))
}
