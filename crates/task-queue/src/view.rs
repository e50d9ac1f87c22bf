//! The generated view `in-progress/`: what runs, for people who look into the queue's folder.

use std::collections::BTreeMap;
use std::path::Path;

use leadforge_durable_fs::{Disk, Kind, create_dir_all, remove, replace};
use toml_edit::{DocumentMut, value};

use crate::error::Error;
use crate::files::fault;
use crate::lease::Lease;

const FOLDER: &str = "in-progress";
const IGNORE: &str = ".gitignore";

/// Writes `in-progress/` anew below the queue's folder: a file for each lease, nothing else.
///
/// The view is ignored by git and never read back; whoever deletes or edits it changes nothing.
/// Files that already say what they should are left alone.
///
/// # Errors
/// When the folder is a link, or a file cannot be written.
pub fn write_view(disk: &dyn Disk, root: &Path, leases: &[Lease]) -> Result<(), Error> {
    let folder = root.join(FOLDER);
    match disk.metadata(&folder) {
        Ok(found) if found.kind == Kind::Dir => {}
        Ok(_) => {
            let path = format!("{}/{FOLDER}", crate::QUEUE_DIR);
            let problem = "it is a symbolic link or no folder";
            return Err(fault(&path, 1, problem, "the generated folder", "remove it").into());
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => create_dir_all(disk, &folder)?,
        Err(e) => return Err(Error::io(&folder, "look at the folder", e)),
    }
    let mut wanted: BTreeMap<String, String> = leases.iter().map(file).collect();
    wanted.insert(IGNORE.into(), "*\n".into());
    let present = disk.list(&folder).map_err(|e| Error::io(&folder, "list the folder", e))?;
    for name in present {
        let known = name.to_str().is_some_and(|name| wanted.contains_key(name));
        let generated = name.to_str().is_some_and(|name| name.ends_with(".md"));
        if generated && !known {
            remove(disk, &folder.join(name))?;
        }
    }
    for (name, text) in wanted {
        let path = folder.join(name);
        if disk.read(&path).ok().as_deref() != Some(text.as_bytes()) {
            replace(disk, &path, text.as_bytes())?;
        }
    }
    Ok(())
}

/// The name and the text of one lease's file.
fn file(lease: &Lease) -> (String, String) {
    let mut document = DocumentMut::new();
    let number = |n: u64| value(i64::try_from(n).unwrap_or(i64::MAX));
    document["task"] = value(lease.task.as_str());
    document["slot"] = value(i64::from(lease.slot));
    document["epoch"] = number(lease.epoch);
    document["agent"] = value(lease.agent.escape_debug().to_string());
    document["granted_ms"] = number(lease.granted_ms);
    let text = format!("+++\n{document}+++\nGenerated: what runs now. Nobody reads this back.\n");
    let slot = if lease.slot == 0 { String::new() } else { format!(".{}", lease.slot) };
    (format!("{}{slot}.md", lease.task), text)
}
