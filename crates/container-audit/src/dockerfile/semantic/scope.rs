//! Where a variable has a value, and where its name stands as it is.

use std::collections::BTreeSet;

use leadforge_dockerfile_syntax::{Command, Kind};

use super::tools::of;
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;

/// The names of variables in a text, in `$NAME` and `${NAME}`.
fn names(text: &str) -> Vec<&str> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    for (at, _) in text.match_indices('$') {
        let escaped = text[..at].ends_with('\\');
        let rest = &text[at + 1..];
        let (rest, braced) = match rest.strip_prefix('{') {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        // A default is a value.
        let plain = !braced || rest[end..].starts_with('}');
        if end > 0 && plain && !escaped && !rest.starts_with(|c: char| c.is_ascii_digit()) {
            found.push(&rest[..end]);
        }
    }
    found
}

pub(in crate::dockerfile) fn exec(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let (Kind::Cmd(Command::Exec(words))
        | Kind::Entrypoint(Command::Exec(words))
        | Kind::Run(Command::Exec(words))
        | Kind::Healthcheck(Some(Command::Exec(words)))) = &instruction.kind
        else {
            continue;
        };
        let shell = |word: &str| {
            let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
            let name = name.trim_end_matches(".exe");
            matches!(
                name,
                "sh" | "bash"
                    | "ash"
                    | "dash"
                    | "zsh"
                    | "cmd"
                    | "powershell"
                    | "pwsh"
                    | "eval"
                    | "envsubst"
            )
        };
        // Spring replaces `${NAME}` in its own arguments.
        let java = words.first().is_some_and(|word| word.value.ends_with("java"));
        if words.iter().any(|word| shell(&word.value)) || java {
            continue;
        }
        let upper = |name: &&str| {
            name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        };
        if let Some(name) = words.iter().flat_map(|word| names(&word.value)).find(upper) {
            let message = format!(
                "The exec form has no shell: ${name} reaches the program as these very letters"
            );
            found.push(scene.finding("exec-variable", Severity::Error, at, message));
        }
    }
}

/// Variables that official images set themselves.
fn is_set_by_image(name: &str) -> bool {
    name.ends_with("_VERSION") || matches!(name, "PATH" | "HOME" | "LANG" | "HOSTNAME" | "USER")
}

pub(in crate::dockerfile) fn argument(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut global: BTreeSet<&str> = BTreeSet::new();
    for (_, stage, instruction) in scene.instructions() {
        if let (None, Kind::Arg(pairs)) = (stage, &instruction.kind) {
            global.extend(pairs.iter().map(|pair| pair.key.value.as_str()));
        }
    }
    if global.is_empty() {
        return;
    }
    for stage in 0..scene.stages.len() {
        let stages = scene.ancestry(stage);
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (at, here, instruction) in of(scene, &stages) {
            if let Kind::Arg(pairs) | Kind::Env(pairs) = &instruction.kind {
                known.extend(pairs.iter().map(|pair| pair.key.value.as_str()));
            }
            // What an `ARG` or `ENV` gives stands for the rest of the stages on this one.
            if here != stage
                || matches!(instruction.kind, Kind::From(_) | Kind::Arg(_) | Kind::Onbuild(_))
            {
                continue;
            }
            let text = instruction.rest.as_str();
            let used = names(text).into_iter().find(|name| {
                let assigned = text.contains(&format!("{name}="))
                    || text.contains(&format!("for {name} "))
                    || text.contains(&format!("read {name}"))
                    || text.contains(&format!("read -r {name}"));
                global.contains(name)
                    && !known.contains(name)
                    && !is_set_by_image(name)
                    && !assigned
                    && !quoted_once(text, name)
            });
            if let Some(name) = used {
                let message = format!(
                    "{name} is declared before FROM and is empty here: repeat `ARG {name}` in this stage"
                );
                found.push(scene.finding("arg-out-of-scope", Severity::Error, at, message));
            }
        }
    }
}

/// Whether every use stands in single quotes, where nothing is expanded.
fn quoted_once(text: &str, name: &str) -> bool {
    let bare: String = text.split('\'').step_by(2).collect();
    !names(&bare).contains(&name)
}
