//! Faults in the `n`th git that a command starts, and in no other.
//!
//! strace counts the calls of each process by itself, so what it is told would happen to all of
//! them. In a mount namespace of its own the command finds a script in git's place, which counts
//! and puts strace before one git only.

use super::stage::Stage;
use crate::sh::{Fail, Result};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::PathBuf;

/// Which git is followed, and how.
pub(super) enum Follow {
    /// Every one, for a recording; the `n`th one's is `log.n`.
    All { options: Vec<String> },
    /// The one with this number, from 1, into `log`.
    One { number: usize, options: Vec<String> },
}

/// The front of a command line whose gits are followed.
pub(super) fn front(stage: &Stage, follow: &Follow) -> Result<Vec<String>> {
    let git = git()?;
    let folder = stage.file("shim");
    fs::create_dir_all(&folder)?;
    // Git goes by its own name: it takes `git-x` for a command x.
    let (real, script, count) = (folder.join("git"), folder.join("script"), folder.join("count"));
    fs::write(&real, "")?;
    fs::write(&count, "0\n")?;
    let (which, options, log) = match follow {
        Follow::All { options } => ("*".to_owned(), options, ".$n"),
        Follow::One { number, options } => (number.to_string(), options, ""),
    };
    let (real_word, count, log_word) = (real.display(), count.display(), stage.file("log"));
    let (log_word, options) = (log_word.display(), options.join(" "));
    let text = format!(
        "#!/bin/sh\nread n < {count}\nn=$((n + 1))\necho $n > {count}\ncase $n in {which}) \
         exec strace -f -qq -y -o {log_word}{log} {options} {real_word} \"$@\" ;; esac\n\
         exec {real_word} \"$@\"\n"
    );
    // A script that is being run cannot be written: it gets a new file each time.
    let _ = fs::remove_file(&script);
    fs::write(&script, text)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    let flag = if fs::metadata("/proc/self")?.uid() == 0 { "-m" } else { "-rm" };
    let mounts =
        "mount --bind \"$1\" \"$2\" && mount --bind \"$3\" \"$1\" && shift 3 && exec \"$@\"";
    let paths = [git, real, script].map(|path| path.display().to_string());
    let words = ["unshare", flag, "sh", "-c", mounts, "sh"].map(str::to_owned);
    Ok([words.as_slice(), &paths].concat())
}

/// The git that the commands find: they look in these folders and in no other.
fn git() -> Result<PathBuf> {
    let folders = ["/usr/local/bin", "/usr/bin", "/bin"];
    let found = folders.iter().map(|dir| PathBuf::from(dir).join("git")).find(|git| git.is_file());
    Ok(found.ok_or_else(|| Fail::missing("git is in none of the usual folders"))?.canonicalize()?)
}
