//! The Landlock fence: which files the command may open, and no signal or socket beyond itself.
use std::io;
use std::path::PathBuf;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd,
    Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
};
use serde::{Deserialize, Serialize};

use super::{bytes, system};

/// The oldest kernel interface that also confines signals and abstract sockets.
const LEAST: ABI = ABI::V6;

/// What may be opened beside the system's own folders.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Rules {
    #[serde(with = "bytes::paths")]
    pub(crate) readable: Vec<PathBuf>,
    #[serde(with = "bytes::paths")]
    pub(crate) writable: Vec<PathBuf>,
}

/// Restricts this thread and all it becomes; an incomplete fence is an error.
pub(crate) fn restrict(rules: &Rules) -> io::Result<()> {
    let status = build(rules).map_err(|error| io::Error::other(format!("landlock: {error}")))?;
    match status {
        RulesetStatus::FullyEnforced => Ok(()),
        other => Err(io::Error::other(format!("landlock: {other:?}"))),
    }
}

fn build(rules: &Rules) -> Result<RulesetStatus, landlock::RulesetError> {
    let all = AccessFs::from_all(LEAST);
    let read = AccessFs::from_read(LEAST);
    let device = AccessFs::ReadFile | AccessFs::WriteFile;
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(all)?
        .handle_access(AccessNet::from_all(LEAST))?
        .scope(Scope::from_all(LEAST))?
        .create()?;
    let own = |list: &[&str]| list.iter().map(PathBuf::from).collect::<Vec<_>>();
    let groups: [(Vec<PathBuf>, BitFlags<AccessFs>, bool); 6] = [
        (own(system::FOLDERS), read, false),
        (own(system::ETC), read, false),
        (
            ["/etc/passwd", "/etc/group", "/etc/nsswitch.conf"].map(PathBuf::from).into(),
            read,
            false,
        ),
        (
            [own(system::PROC), own(&[system::CPU])].concat(),
            AccessFs::ReadFile | AccessFs::ReadDir,
            false,
        ),
        (own(system::DEVICES), device, false),
        (rules.readable.clone(), read, true),
    ];
    for (paths, access, must) in groups {
        for path in paths {
            ruleset = add(ruleset, path, access, must)?;
        }
    }
    for path in &rules.writable {
        // Devices made or found below a writable folder stay shut for ioctl.
        ruleset = add(ruleset, path.clone(), all & !AccessFs::IoctlDev, true)?;
    }
    Ok(ruleset.restrict_self()?.ruleset)
}

fn add(
    ruleset: landlock::RulesetCreated,
    path: PathBuf,
    access: BitFlags<AccessFs>,
    must: bool,
) -> Result<landlock::RulesetCreated, landlock::RulesetError> {
    let Ok(fd) = PathFd::new(&path) else {
        // What the system lacks cannot be read; what the caller listed was checked by the launcher.
        debug_assert!(!must, "{} was checked", path.display());
        return Ok(ruleset);
    };
    let access = if path.is_dir() { access } else { access & AccessFs::from_file(LEAST) };
    ruleset.add_rule(PathBeneath::new(fd, access))
}
