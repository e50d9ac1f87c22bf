//! Pictures that are taken anew before a commit, by a command that the person has trusted.

use std::path::Path;
use std::process::{Command, Stdio};

use leadforge_cli_kit::trust::{Store, Subject};
use leadforge_cli_kit::{Config, Context, Failure, Finding, Level, Outcome, Repository, globs};

use crate::policy::Hook;
use crate::states::States;

/// What runs unless the configuration says otherwise.
const COMMAND: [&str; 3] = ["lead-shot", "capture", "--changed"];

/// Takes pictures when the change touches what users see; tells what went wrong.
pub(super) fn run(
    states: &States,
    hook: &Hook,
    config: &Config,
    ctx: &Context,
) -> Result<Option<(Outcome, Finding)>, Failure> {
    let seen = globs("[review.hook] ui", &hook.ui)?;
    let touched = states.change.files.iter().any(|file| {
        let names = [Some(&file.path), file.old_path.as_ref()];
        names.into_iter().flatten().any(|path| seen.is_match(path.to_string()))
    });
    if !touched {
        return Ok(None);
    }
    let subject = Subject::new(config);
    let store = Store::new(&ctx.state_dir()?);
    let common = Repository::here()?.git.common_dir().to_owned();
    let trusted = store
        .status(&common, &subject)
        .and_then(|status| status.require(&subject, None).map(|()| status));
    if let Err(failure) = trusted {
        let message = format!("no pictures were taken: {}", failure.message);
        return Ok(Some((Outcome::Refused, finding("hook.trust", message, failure.hint))));
    }
    let command: Vec<&str> = match &hook.capture[..] {
        [] => COMMAND.to_vec(),
        own => own.iter().map(String::as_str).collect(),
    };
    Ok(call(&command, &states.root))
}

/// Runs it; what it says goes where our own words go, and it reads nothing.
fn call(command: &[&str], root: &Path) -> Option<(Outcome, Finding)> {
    let (program, arguments) = command.split_first().expect("there is a default");
    let mut run = Command::new(program);
    run.args(arguments).current_dir(root).stdin(Stdio::null()).stdout(std::io::stderr());
    let line = command.join(" ");
    let (outcome, message) = match run.status() {
        Ok(status) if status.success() => return None,
        Ok(status) if status.code() == Some(1) => {
            (Outcome::Findings, format!("{line} found something"))
        }
        Ok(status) => (Outcome::Incomplete, format!("{line}: {status}")),
        Err(error) => (Outcome::Incomplete, format!("{line} cannot be run: {error}")),
    };
    let hint = "leave it out with --no-capture, or set [review.hook] capture".to_owned();
    Some((outcome, finding("hook.capture", message, Some(hint))))
}

fn finding(rule: &str, message: String, help: Option<String>) -> Finding {
    Finding { help, ..Finding::new(rule, Level::Error, message) }
}
