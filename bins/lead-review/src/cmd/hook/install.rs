//! The file that git calls before a commit: made, and taken away, where nobody else has one.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report, Repository};
use leadforge_durable_fs::{Options, RealDisk, create_dir_all, read, remove, replace_with};
use leadforge_markup::terminal;
use serde_json::json;

/// The whole file; another text is somebody else's.
const TEXT: &str = "#!/bin/sh\n# Written by `lead-review hook install`; `lead-review hook uninstall` takes it away.\nexec lead-review hook run\n";
/// What somebody with a hook of their own adds to it.
const LINE: &str = "lead-review hook run || exit $?";
/// More bytes than a hook has.
const LARGEST: u64 = 1 << 20;

pub(super) fn install(ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let path = place()?;
    let said = match standing(&path)? {
        Standing::Ours => "is there already",
        Standing::Others => return Err(others(&path)),
        Standing::Nothing => {
            let folder = path.parent().expect("it lies in a folder");
            create_dir_all(&RealDisk, folder)?;
            let options = Options { mode: Some(0o755), new: true, ..Options::default() };
            replace_with(&RealDisk, &path, TEXT.as_bytes(), &options)?;
            "written: git calls it before each commit"
        }
    };
    tell(ctx, &path, said)
}

pub(super) fn uninstall(ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let path = place()?;
    let said = match standing(&path)? {
        Standing::Nothing => "is not there",
        Standing::Ours => {
            remove(&RealDisk, &path)?;
            "taken away"
        }
        Standing::Others => {
            let message = format!("{} is not what hook install wrote", path.display());
            return Err(Failure::refused("hook.others", message)
                .hint("remove it yourself, or the line in it that calls lead-review"));
        }
    };
    tell(ctx, &path, said)
}

fn tell(ctx: &Context, path: &Path, said: &str) -> Result<Outcome, Failure> {
    let data = json!({ "path": path.display().to_string(), "said": said });
    ctx.emit(&Report::new(Outcome::Clean).with_data(&data), |out| {
        writeln!(out, "{} {said}", terminal(&path.display().to_string()))
    })
}

fn others(path: &Path) -> Failure {
    let message = format!("{} is there and is somebody else's", path.display());
    Failure::refused("hook.others", message).hint(format!("add this line to it: {LINE}"))
}

/// What is where the hook would be.
enum Standing {
    Nothing,
    Ours,
    Others,
}

fn standing(path: &Path) -> Result<Standing, Failure> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Standing::Nothing),
        Err(error) => {
            return Err(Failure::cannot_look("io", format!("{}: {error}", path.display())));
        }
        // What a link leads to is not ours either.
        Ok(found) if !found.is_file() => return Ok(Standing::Others),
        Ok(_) => {}
    }
    let text = read(&RealDisk, path, LARGEST)?;
    Ok(if text == TEXT.as_bytes() { Standing::Ours } else { Standing::Others })
}

/// Where git looks for the hook, as the user has configured it. Below the repository only: a folder that all of a user's
/// repositories share is not this one's to write to.
fn place() -> Result<PathBuf, Failure> {
    let repository = Repository::here()?;
    let root = repository
        .root
        .clone()
        .ok_or_else(|| Failure::usage("repository.bare", "nobody commits in a bare repository"))?;
    let asked = Command::new("git")
        .args(["rev-parse", "--git-path", "hooks"])
        .current_dir(&root)
        .output()
        .map_err(|error| Failure::cannot_look("repository", format!("git: {error}")))?;
    if !asked.status.success() {
        let why = String::from_utf8_lossy(&asked.stderr).trim().to_owned();
        return Err(Failure::cannot_look("repository", format!("git: {}", terminal(&why))));
    }
    let name = asked.stdout.strip_suffix(b"\n").unwrap_or(&asked.stdout);
    let path = root.join(OsStr::from_bytes(name)).join("pre-commit");
    let within = [root.as_path(), repository.git.common_dir()];
    let real = real(path.parent().expect("it lies in a folder"));
    let inside = within
        .iter()
        .any(|folder| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)));
    if inside {
        return Ok(path);
    }
    let message = format!("core.hooksPath is {}, outside of this repository", real.display());
    Err(Failure::refused("hook.elsewhere", message)
        .hint(format!("add this line to {}: {LINE}", path.display())))
}

/// A folder without links, of which the last parts need not be there.
fn real(folder: &Path) -> PathBuf {
    for above in folder.ancestors() {
        if let Ok(found) = above.canonicalize() {
            let rest = folder.strip_prefix(above).unwrap_or(Path::new(""));
            let steps = rest.components();
            // What is not there has no `..` that leads anywhere.
            return steps.fold(found, |found, step| found.join(step));
        }
    }
    folder.to_owned()
}
