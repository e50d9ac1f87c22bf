//! Which fonts this machine has, since they decide what text looks like.

use std::path::Path;
use std::process::{Command, Stdio};

use super::error::Error;

/// fontconfig's list, where systems install it.
const FC_LIST: &str = "/usr/bin/fc-list";

/// One line for each font, sorted: the file's name, its version and its size; never its folder.
///
/// # Errors
/// [`Error::Start`] when fontconfig's `fc-list` is missing or fails.
pub fn fonts() -> Result<Vec<String>, Error> {
    let failed = |source| Error::Start { path: FC_LIST.into(), source };
    let listed = Command::new(FC_LIST)
        .args(["--format", "%{file}|%{fontversion}\n"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(failed)?;
    if !listed.status.success() {
        return Err(failed(std::io::Error::other(listed.status.to_string())));
    }
    let text = String::from_utf8_lossy(&listed.stdout);
    let mut lines: Vec<String> = text
        .lines()
        .filter_map(|line| line.rsplit_once('|'))
        .map(|(file, version)| {
            let file = Path::new(file);
            let size = file.metadata().map_or(0, |data| data.len());
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("{name} {version} {size}")
        })
        .collect();
    lines.sort();
    lines.dedup();
    Ok(lines)
}
