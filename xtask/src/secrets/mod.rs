//! `secrets`: the rule data of the secret scanner, the tables of its judge, and the samples by which it is measured.

pub(crate) mod bench;

use crate::setup;
use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

const USAGE: &str = "cargo xtask secrets rules FILE | letters | samples GITLEAKS OUT | heldout OUT";
const RULES: &str = "crates/secret-scan/data/gitleaks.toml";
const PIN: &str = "crates/secret-scan/src/rules/mod.rs";

pub(crate) fn main(args: &[&str]) -> Result {
    match args {
        ["rules", file] => rules(Path::new(file)),
        ["letters"] => letters(),
        ["samples", gitleaks, out] => samples(Path::new(gitleaks), Path::new(out)),
        ["heldout", out] => python("heldout.py", &[Path::new(out)]).map(|text| print!("{text}")),
        _ => Err(Fail::usage(USAGE)),
    }
}

/// Takes over a new `config/gitleaks.toml`, pins it by its hash, and lets the tests judge it.
fn rules(file: &Path) -> Result {
    let text = std::fs::read(file)
        .map_err(|error| Fail::missing(format!("{}: {error}", file.display())))?;
    std::fs::write(sh::root().join(RULES), text)?;
    let sum = sh::capture(sh::program("sha256sum").arg(RULES))?;
    let sum = sum.split_whitespace().next().unwrap_or_default();
    let pin = sh::root().join(PIN);
    let source = std::fs::read_to_string(&pin)?;
    let old = source.split('"').find(|part| part.len() == 64).unwrap_or_default();
    std::fs::write(&pin, source.replace(old, sum))?;
    println!("{RULES}: {sum}; take its licence over, too, if it changed");
    sh::run(sh::cargo().args(["test", "--locked", "-p", "leadforge-secret-scan"]))
}

/// Makes the tables of letters anew from the repository's own text.
fn letters() -> Result {
    let text = python("letters.py", &[sh::root()])?;
    Ok(std::fs::write(sh::root().join("crates/secret-scan/src/value/letters.rs"), text)?)
}

/// gitleaks' own samples, from a checkout of it.
pub(crate) fn samples(gitleaks: &Path, out: &Path) -> Result {
    print!("{}", python("samples.py", &[&gitleaks.join("cmd/generate/config/rules"), out])?);
    Ok(())
}

/// What one of our scripts writes.
fn python(script: &str, args: &[&Path]) -> Result<String> {
    let script: PathBuf = sh::root().join("xtask/src/secrets").join(script);
    sh::capture(sh::program(setup::tool_path("python3")).arg(script).args(args))
}
