//! Reports of coverage that were given on the command line.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use leadforge_cli_kit::Failure;
use leadforge_review_rules::coverage::{Coverage, CoverageError, PatchCoverage, patch};
use leadforge_review_rules::{Checked, Looked};

use crate::states::States;

/// Where the reports lie.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct Reports {
    /// A report of coverage: lcov, Cobertura, llvm-cov's or coverage.py's JSON. Repeatable; they are added up.
    #[arg(long, value_name = "FILE")]
    pub(crate) coverage: Vec<PathBuf>,
    /// The same of the base, to tell what the change did to the whole. Repeatable.
    #[arg(long, value_name = "FILE", requires = "coverage")]
    base_coverage: Vec<PathBuf>,
}

/// What other tools found.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct Logs {
    /// What another tool found, in SARIF. Repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) sarif: Vec<PathBuf>,
}

/// The coverage of the change; a report that was not read is a check that did not look.
pub(crate) fn coverage(
    reports: &Reports,
    states: &States,
) -> Result<(PatchCoverage, Checked), Failure> {
    let blind = |why: String| {
        let checked = Checked { findings: Vec::new(), looked: Looked::no(why) };
        (PatchCoverage::default(), checked)
    };
    let head = match read(&reports.coverage) {
        Ok(head) => head,
        Err(why) => return Ok(blind(why)),
    };
    let before = match &reports.base_coverage[..] {
        [] => None,
        paths => match read(paths) {
            Ok(before) => Some(before),
            Err(why) => return Ok(blind(why)),
        },
    };
    let least = states.review.coverage.least;
    if least.is_some_and(|least| !(0.0..=100.0).contains(&least)) {
        let message = "[review.coverage] least has to be between 0 and 100";
        return Err(Failure::usage("config.invalid", message));
    }
    let classes = states.review.size()?.classes;
    Ok(patch(&states.change, &head, before.as_ref(), &states.head, &classes, least))
}

fn read(paths: &[PathBuf]) -> Result<Coverage, String> {
    let mut all = Coverage::default();
    for path in paths {
        let told = |error: CoverageError| format!("{}: {error}", path.display());
        let file = File::open(path).map_err(|error| told(error.into()))?;
        all.merge(Coverage::read(BufReader::with_capacity(1 << 16, file)).map_err(told)?);
    }
    Ok(all)
}
