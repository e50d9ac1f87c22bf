//! One install command, written for uv.

use leadforge_dockerfile_syntax::Span;
use leadforge_dockerfile_syntax::shell::{Script, Simple};

use super::project::Project;
use super::workflow::MASK;

/// What stands in for a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) span: Span,
    pub(crate) text: String,
    /// Whether it reads uv.lock.
    pub(crate) reads_lock: bool,
}

/// Where a command stands.
pub(crate) struct Place<'p> {
    pub(crate) project: &'p Project,
    /// Whether packages go into an environment that is active already.
    pub(crate) active: bool,
    /// Whether uv.lock reaches the command.
    pub(crate) has_lock: bool,
}

/// Everything in a script that is replaced.
pub(crate) fn replacements(script: &Script, place: &Place<'_>) -> Vec<Replacement> {
    let all = script.commands.iter().filter(|_| script.faults.is_empty());
    all.filter_map(|command| one(command, place)).collect()
}

fn one(command: &Simple, place: &Place<'_>) -> Option<Replacement> {
    let words: Vec<&str> = command.words.iter().map(|word| word.value.as_str()).collect();
    let name = *words.first()?;
    // Neither words that a shell puts together nor assignments in front are moved.
    let plain = command.assigns.is_empty() && command.redirects.is_empty();
    if !plain || name.contains(['$', '/']) {
        return None;
    }
    let first = command.words.first()?.span.start;
    let span = Span { start: first, end: command.span.end };
    let (text, reads_lock) = match name {
        "poetry" if place.project.standard => poetry(&words)?,
        _ => pip(&words, command, place)?,
    };
    Some(Replacement { span, text, reads_lock })
}

/// The words of poetry; its environment is the one that is there.
fn poetry(words: &[&str]) -> Option<(String, bool)> {
    match *words.get(1)? {
        "config" => Some(("uv --version".to_owned(), false)),
        "install" => {
            let dev = !words.iter().any(|w| {
                matches!(*w, "--no-dev" | "--only=main" | "main" | "--without" | "--without=dev")
            });
            let dev = if dev { "" } else { " --no-dev" };
            let project = if words.contains(&"--no-root") { " --no-install-project" } else { "" };
            Some((format!("uv sync --locked{dev}{project}"), true))
        }
        _ => None,
    }
}

/// Tools that uv takes the place of.
const TOOLS: &[&str] = &["pip", "setuptools", "wheel", "poetry"];

fn pip(words: &[&str], command: &Simple, place: &Place<'_>) -> Option<(String, bool)> {
    let name = words[0];
    let module = name.starts_with("python") && words.get(1..3) == Some(&["-m", "pip"]);
    let by_uv = name == "uv" && words.get(1) == Some(&"pip");
    if !(matches!(name, "pip" | "pip3") || module || by_uv) {
        return None;
    }
    let verb = words.iter().position(|word| *word == "install")?;
    let rest = command.words.get(verb + 1..)?;
    let named: Vec<&str> =
        rest.iter().map(|word| word.value.as_str()).filter(|word| !word.starts_with('-')).collect();
    // uv itself comes by pip where it is not there yet.
    if named.iter().any(|word| bare(word) == "uv") {
        return None;
    }
    if !named.is_empty() && named.iter().all(|word| TOOLS.contains(&bare(word))) {
        return (!by_uv).then(|| ("uv --version".to_owned(), false));
    }
    let system =
        if place.active || words.contains(&"--system") && by_uv { "" } else { " --system" };
    let system = if words.contains(&"--system") { " --system" } else { system };
    let mut flags = String::new();
    let mut kept: Vec<String> = Vec::new();
    let mut values = rest.iter();
    while let Some(word) = values.next() {
        match word.value.as_str() {
            "--no-cache-dir" | "--no-cache" => flags.push_str(" --no-cache"),
            "--user" | "--disable-pip-version-check" | "--no-input" | "--system" => {}
            "--progress-bar" | "--root-user-action" | "--timeout" | "--retries" => {
                values.next();
            }
            flag if ["--progress-bar=", "--root-user-action=", "--timeout=", "--retries="]
                .iter()
                .any(|f| flag.starts_with(f)) => {}
            // What uv has no word for stays pip's.
            "--use-feature" | "--global-option" | "--install-option" => return None,
            // What a workflow puts in may be several words.
            other if other.contains(MASK.0) && !word.quoted => kept.push(other.to_owned()),
            other => kept.push(quoted(other, word.expands)),
        }
    }
    let project = named.iter().find(|word| matches!(word.split('[').next(), Some("." | "./")));
    let alone = named.len() == 1 && !words.contains(&"--no-deps");
    if let (Some(own), true, true, true) = (project, alone, place.project.standard, place.has_lock)
    {
        let extras: String = extras(own).iter().map(|extra| format!(" --extra {extra}")).collect();
        let editable =
            if kept.iter().any(|word| word == "-e" || word == "--editable") { " -e" } else { "" };
        let text = format!(
            "uv export --quiet --locked --no-dev --no-emit-project{extras} --output-file /tmp/locked.txt && \
             uv pip install{system}{flags} -r /tmp/locked.txt && uv pip install{system}{flags} --no-deps{editable} ."
        );
        return Some((text, true));
    }
    if by_uv {
        return None;
    }
    Some((format!("uv pip install{system}{flags} {}", kept.join(" ")), false))
}

/// The name of a requirement.
fn bare(requirement: &str) -> &str {
    let end = requirement.find(['=', '<', '>', '~', '[', '!']).unwrap_or(requirement.len());
    &requirement[..end]
}

/// The extras in `.[a,b]`.
fn extras(own: &str) -> Vec<String> {
    let inside = own.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let names = inside.map_or("", |(names, _)| names).split(',');
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// A word as the shell needs it.
fn quoted(word: &str, expands: bool) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./=:@+,%".contains(c);
    if expands {
        format!("\"{word}\"")
    } else if !word.is_empty() && word.chars().all(safe) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
