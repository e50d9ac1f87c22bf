//! Whose distribution a tree is, as its `os-release` says.

use super::found::Found;
use crate::Error;

/// A distribution.
pub(super) struct Release {
    /// As purls name it: `debian`.
    pub(super) id: String,
    /// With its version: `debian-12`.
    pub(super) distro: Option<String>,
}

/// Reads it below the folder that holds a database of packages; `fallback` names it where nothing does.
pub(super) fn of(found: &Found<'_>, root: &str, fallback: &str) -> Result<Release, Error> {
    // The one in etc is a link to the other, and a tree follows none.
    for path in ["usr/lib/os-release", "etc/os-release"] {
        let Some(text) = found.lossy(&format!("{root}{path}"))? else { continue };
        let value = |key: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once('='));
            let (_, value) = lines.find(|(name, _)| name.trim() == key)?;
            let value = value.trim().trim_matches(['"', '\'']);
            Some(value.to_owned()).filter(|value| !value.is_empty())
        };
        let Some(id) = value("ID") else { continue };
        let version = value("VERSION_ID").or_else(|| value("VERSION_CODENAME"));
        let distro = version.map(|version| format!("{id}-{version}"));
        return Ok(Release { id, distro });
    }
    Ok(Release { id: fallback.to_owned(), distro: None })
}
