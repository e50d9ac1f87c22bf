//! Which fences hold on this machine, found by trying them.
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::{Error, Kind, Launcher, Spec, private, run, wipe};

/// What works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detection {
    /// Why bubblewrap cannot be used; none when it can.
    pub bubblewrap: Option<String>,
    /// Why Landlock cannot be used; none when it can.
    pub landlock: Option<String>,
    /// What bounds memory and processes: `cgroup-v1`, `cgroup-v2` or `rlimit`; none when nothing.
    pub bounded_by: Option<String>,
}

impl Detection {
    /// The stronger of the fences that work.
    #[must_use]
    pub const fn best(&self) -> Option<Kind> {
        if self.bubblewrap.is_none() {
            Some(Kind::Bubblewrap)
        } else if self.landlock.is_none() {
            Some(Kind::Landlock)
        } else {
            None
        }
    }

    /// Why `kind` cannot be used; none when it can.
    #[must_use]
    pub fn reason(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Bubblewrap => self.bubblewrap.as_deref(),
            Kind::Landlock => self.landlock.as_deref(),
            Kind::None => None,
        }
    }
}

impl Detection {
    /// The first of these fences that works here, or why none of them does.
    ///
    /// # Errors
    /// A line for each fence that was tried.
    pub fn choose(&self, kinds: &[Kind]) -> Result<Kind, Vec<String>> {
        let mut reasons = Vec::new();
        for kind in kinds {
            match self.reason(*kind) {
                None => return Ok(*kind),
                Some(reason) => reasons.push(format!("{kind}: {reason}")),
            }
        }
        Err(reasons)
    }
}

/// Runs `true` behind each fence, in a folder made in `scratch` and removed again.
///
/// # Errors
/// [`Error::Failed`] when the folder cannot be made.
pub fn detect(launcher: &Launcher, scratch: &Path) -> Result<Detection, Error> {
    let place = scratch.join(private::name("detect"));
    let made = fs::create_dir(&place)
        .and_then(|()| fs::create_dir(place.join("tree")))
        .and_then(|()| fs::create_dir(place.join("scratch")));
    let result =
        made.map_err(|error| Error::Failed { message: format!("{}: {error}", place.display()) });
    let mut found = Detection { bubblewrap: None, landlock: None, bounded_by: None };
    if result.is_ok() {
        let mut attempt = |kind| {
            let mut spec = Spec::new(kind, place.join("tree"), ["/bin/sh", "-c", "exit 0"]);
            spec.scratch = place.join("scratch");
            spec.log = place.join("log");
            spec.session = "detect".into();
            match run(&spec, launcher) {
                Ok(outcome) if outcome.success() => {
                    found.bounded_by = Some(outcome.bounded_by);
                    None
                }
                Ok(outcome) => Some(format!("a command that does nothing failed: {outcome:?}")),
                Err(Error::Refused { reason, .. }) => Some(reason),
                Err(error) => Some(error.to_string()),
            }
        };
        let bubblewrap = attempt(Kind::Bubblewrap);
        let landlock = attempt(Kind::Landlock);
        (found.bubblewrap, found.landlock) = (bubblewrap, landlock);
    }
    let cleared = wipe(&place).map_err(|error| Error::Failed { message: error.to_string() });
    result.and(cleared).map(|()| found)
}
