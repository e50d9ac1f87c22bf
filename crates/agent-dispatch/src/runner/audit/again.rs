//! The commands of a completion, run once more on the recorded tree.

use leadforge_durable_fs::Lock;
use leadforge_host_git::Oid;
use serde::Serialize;

use crate::error::Error;
use crate::evidence::{Check, KeptCheck, sha256_hex};
use crate::journal::WAIT;
use crate::runner::{Setup, prepare, scratch, verify};

use super::Audit;

/// One command, run again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Again {
    /// What it did now.
    pub check: Check,
    /// What was recorded of it.
    pub recorded: Option<KeptCheck>,
    /// Whether it passed now.
    pub passed: bool,
    /// Whether the log is the same, byte for byte; logs that hold times or an order of threads never are.
    pub same_log: bool,
}

/// Runs the commands of an audit on the recorded tree, each in a clean checkout, with caches made anew.
///
/// # Errors
/// When a command could not be run; one that failed is a result.
pub fn again(
    setup: &Setup<'_>,
    audit: &Audit,
    told: &mut dyn FnMut(&Again),
) -> Result<Vec<Again>, Error> {
    let (Some(completed), Some(base)) = (&audit.completed, &audit.base) else {
        return Err(Error::Internal("there is nothing to run again".to_owned()));
    };
    let oid = |text: &str| -> Result<Oid, Error> { Ok(Oid::parse(text)?) };
    let (commit, tree) = (oid(&completed.verified)?, oid(&completed.tree)?);
    let state = setup.state();
    leadforge_durable_fs::create_dir_all(setup.disk, &state)?;
    let path = state.join("verify.lock");
    // One at a time, so that what a killed one left is nobody's.
    let _lock = match Lock::exclusive(&path, WAIT) {
        Err(leadforge_durable_fs::Error::Locked { .. }) => return Err(Error::Locked { path }),
        other => other?,
    };
    let place = state.join("verify");
    scratch::remove(&place)?;
    scratch::make(&place)?;
    let result = (|| {
        let trusted = setup.git.tree_of(&oid(base)?)?;
        let caches = match prepare::ready_in(setup, &place.join("cache"), &trusted, &tree) {
            Ok(caches) => Ok(caches),
            // The tree's fault, as it is for the landing gate: none of its commands can be run.
            Err(error @ (Error::NoLock { .. } | Error::Prepare { .. })) => Err(error.to_string()),
            Err(error) => return Err(error),
        };
        let bench = verify::Bench {
            id: &audit.id,
            commit: &commit,
            tree: &tree,
            caches: caches.as_deref().unwrap_or_default(),
            place: &place,
        };
        let mut all = Vec::new();
        for (n, (command, _)) in audit.commands.iter().enumerate() {
            let check = match &caches {
                Ok(_) => bench.check(setup, n, command, &place.join(format!("log-{n}")))?,
                Err(why) => verify::unprepared(command, why),
            };
            let digest = sha256_hex(command.as_bytes());
            let recorded =
                audit.evidence.checks.get(n).filter(|c| c.command_sha256 == digest).cloned();
            let one = Again {
                passed: check.passed(),
                same_log: recorded.as_ref().is_some_and(|r| r.log_sha256 == check.log_sha256),
                recorded,
                check,
            };
            told(&one);
            all.push(one);
        }
        Ok(all)
    })();
    scratch::remove(&place)?;
    result
}
