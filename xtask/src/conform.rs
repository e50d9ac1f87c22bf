//! `conform`: our answers beside the recorded answers of other tools, on data outside the repository.

use crate::sh::{self, Fail, Result};
use crate::visual;

/// Each area and the tests that compare; an area arrives with the crate that needs it.
const AREAS: &[(&str, &[&str])] = &[
    ("tasks", &["-p", "leadforge-task-queue", "--test", "it", "import_corpus"]),
    ("shots", &["--release", "-p", "lead-shot", "--test", "cli", "corpus"]),
    (
        VISUAL,
        &[
            "--release",
            "-p",
            "leadforge-visual-diff",
            "--features",
            "jpeg,webp",
            "--test",
            "it",
            "golden",
        ],
    ),
];
/// This area needs what other programs say of its files.
const VISUAL: &str = "visual";

pub(crate) fn main(args: &[&str]) -> Result {
    let areas: Vec<_> = match args {
        [] => AREAS.iter().collect(),
        [area] => AREAS.iter().filter(|(name, _)| name == area).collect(),
        _ => return Err(Fail::usage("cargo xtask conform [AREA]")),
    };
    if let ([area], true) = (args, areas.is_empty()) {
        return Err(Fail::usage(format!("no area named {area}")));
    }
    let corpora = std::env::var_os("LEADFORGE_CORPORA").unwrap_or_default();
    // Absolute, because cargo runs a test in its package's folder.
    let corpora = sh::root().join(corpora).canonicalize().unwrap_or_default();
    if !corpora.join("README.md").is_file() {
        return Err(Fail::missing("LEADFORGE_CORPORA does not name the folder of the corpora"));
    }
    for (area, test) in areas {
        let mut command = sh::cargo();
        if *area == VISUAL {
            command.env("LEADFORGE_PNGSUITE_TRUTH", visual::truth(&corpora)?);
        }
        command.args(["test", "--locked"]).args(*test).args(["--", "--ignored"]);
        sh::run(command.env("LEADFORGE_CORPORA", &corpora))?;
    }
    Ok(())
}
