//! Our own tools on ourselves: the inventory, the written rules, and a review of the branch.

use crate::sh::{self, Fail, Result};

/// Others' lock files, which are data of tests, and workspaces of their own that only fuzz.
const NOT_OURS: &[&str] = &["tests/corpora/**", "**/fuzz/**"];

/// A component that went down, or comes from elsewhere, has to be looked at by a person: that is no accident.
const LOOKED_AT: &str = "downgraded,changed";

/// Of NTIA's minimum elements, in percent: a lock file knows no supplier of a crate, and all else is there.
const GRADE: &str = "79";

/// The newest commit that the branch shares with the one that it will land on.
pub(crate) fn base() -> Result<String> {
    let named = std::env::var("GITHUB_BASE_REF").ok().filter(|name| !name.is_empty());
    let remote = format!("origin/{}", named.as_deref().unwrap_or("main"));
    let exists = |name: &&str| {
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        sh::capture(sh::program("git").args(args).arg(format!("{name}^{{commit}}"))).is_ok()
    };
    let base = [remote.as_str(), "main"].into_iter().find(exists);
    base.map(str::to_owned).ok_or_else(|| Fail::missing(format!("there is no {remote}: fetch it")))
}

/// Every written rule judges its examples as it says, the whole tree keeps those about imports, and the agents' files
/// say what the rules say.
pub(crate) fn rules() -> Result {
    sh::run(reviewer().args(["rules", "test"]))?;
    sh::run(reviewer().args(["arch", "check", "--whole"]))?;
    sh::run(reviewer().args(["sync", "--check"]))
}

/// The branch held against our own written rules; on the branch that others leave there is nothing to hold.
pub(crate) fn review() -> Result {
    let base = base()?;
    let commit = |name: &str| sh::capture(sh::program("git").args(["rev-parse", name]));
    if commit(&base)? == commit("HEAD")? {
        println!("review: {base} is HEAD, so there is no branch to review");
        return Ok(());
    }
    sh::run(reviewer().args(["check", "--head", "HEAD", "--base", &base]))
}

/// The program as `codegen` has just built it, with all others: alone it would be built anew, with other features.
fn reviewer() -> std::process::Command {
    sh::program(sh::target().join("debug/lead-review"))
}

/// The inventory made, held against its schema, graded, and compared with that of where the branch began.
pub(crate) fn inventory() -> Result {
    sh::run(sh::cargo().args(["build", "--locked", "-p", "lead-sbom"]))?;
    let folder = sh::scratch("inventory");
    sh::fresh(&folder)?;
    let document = folder.join("leadforge.cdx.json");
    let program = |args: &[&str]| {
        let mut program = sh::program(sh::target().join("debug/lead-sbom"));
        program.args(args);
        program
    };
    let exclude = || NOT_OURS.iter().flat_map(|pattern| ["--exclude", pattern]);
    let made = sh::capture(sh::program("git").args(["log", "-1", "--format=%ct"]))?;
    let mut make = program(&["make", "--output"]);
    make.arg(&document).args(exclude()).env("SOURCE_DATE_EPOCH", made.trim());
    sh::run(&mut make)?;
    sh::run(program(&["check"]).arg(&document))?;
    sh::run(program(&["grade", "--min", GRADE]).arg(&document))?;
    let before = format!("git:{}", base()?);
    sh::run(program(&["diff", "--fail-on", LOOKED_AT, &before, "git:HEAD"]).args(exclude()))
}
