//! Instructions about the image: `USER`, `WORKDIR`, `EXPOSE`, `ENV`, `CMD` and others.

use std::collections::BTreeSet;

use leadforge_dockerfile_syntax::{Command, Instruction, Kind};

use crate::dockerfile::finding::{Finding, Fix, Severity};
use crate::dockerfile::scene::Scene;

pub(super) fn absolute_workdir(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Workdir(word) = &instruction.kind else { continue };
        let path = word.value.trim_matches(['"', '\'']);
        let drive = path.as_bytes().get(1) == Some(&b':');
        if !path.starts_with(['/', '$', '\\']) && !drive {
            found.push(scene.finding("DL3000", Severity::Error, at, "Use an absolute WORKDIR"));
        }
    }
}

pub(super) fn last_user(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut last: Vec<Option<(usize, &str)>> = vec![None; scene.stages.len()];
    for (at, stage, instruction) in scene.instructions() {
        if let (Kind::User(user), Some(stage)) = (&instruction.kind, stage) {
            last[stage] = Some((at, &user.value));
        }
    }
    for (at, user) in last.into_iter().flatten() {
        if matches!(user.split(':').next().unwrap_or_default().trim(), "root" | "0") {
            found.push(scene.finding(
                "DL3002",
                Severity::Warning,
                at,
                "The last USER should not be root",
            ));
        }
    }
}

pub(super) fn numeric_user(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut arguments: BTreeSet<&str> = BTreeSet::new();
    for (at, _, instruction) in scene.instructions() {
        match &instruction.kind {
            Kind::Arg(pairs) => arguments.extend(pairs.iter().map(|pair| pair.key.value.as_str())),
            Kind::User(user) => {
                let name = user.value.split(':').next().unwrap_or_default();
                let number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
                let given = arguments.iter().any(|argument| uses(&user.value, argument));
                if !number && !given {
                    let message =
                        "A name may mean nothing to what starts the container: USER takes a number";
                    found.push(scene.finding("DL3066", Severity::Warning, at, message));
                }
            }
            _ => {}
        }
    }
}

/// Whether a text has `$NAME` or `${NAME}` in it.
fn uses(text: &str, name: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let rest = &text[at + 1..];
        let plain = rest.strip_prefix(name).is_some_and(|rest| {
            !rest.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
        });
        let braced = rest.strip_prefix('{').and_then(|rest| rest.strip_prefix(name));
        plain || braced.is_some_and(|rest| rest.starts_with('}'))
    })
}

pub(super) fn ports(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Expose(words) = &instruction.kind else { continue };
        let too_high = |word: &str| {
            let ports = word.split('/').next().unwrap_or_default();
            ports.split('-').any(|port| port.parse().is_ok_and(|port: u64| port > 65_535))
        };
        if words.iter().any(|word| too_high(&word.value)) {
            let message = "Ports are at most 65535";
            found.push(scene.finding("DL3011", Severity::Error, at, message));
        }
    }
}

/// Finds every one but the first of a kind in a stage.
fn again(
    scene: &Scene<'_>,
    found: &mut Vec<Finding>,
    rule: (&'static str, Severity, &str),
    is: fn(&Kind) -> bool,
) {
    let mut seen = BTreeSet::new();
    for (at, stage, instruction) in scene.instructions() {
        if is(&instruction.kind) && !seen.insert(stage) {
            found.push(scene.finding(rule.0, rule.1, at, rule.2));
        }
    }
}

pub(super) fn healthchecks(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let rule = ("DL3012", Severity::Error, "Only one HEALTHCHECK counts in a stage");
    again(scene, found, rule, |kind| matches!(kind, Kind::Healthcheck(_)));
}

pub(super) fn commands(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let rule = ("DL4003", Severity::Warning, "Only the last CMD of a stage counts");
    again(scene, found, rule, |kind| matches!(kind, Kind::Cmd(_)));
}

pub(super) fn entrypoints(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let rule = ("DL4004", Severity::Error, "Only the last ENTRYPOINT of a stage counts");
    again(scene, found, rule, |kind| matches!(kind, Kind::Entrypoint(_)));
}

pub(super) fn healthcheck(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let there = |kind: &Kind| matches!(kind, Kind::Healthcheck(_));
    if !scene.stages.is_empty() && !scene.instructions().any(|(_, _, i)| there(&i.kind)) {
        found.push(scene.finding("DL3057", Severity::Ignore, 0, "HEALTHCHECK is missing"));
    }
}

pub(super) fn json(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let (Kind::Cmd(command) | Kind::Entrypoint(command) | Kind::Healthcheck(Some(command))) =
            &instruction.kind
        else {
            continue;
        };
        if !command.is_exec() {
            let message = "Write CMD and ENTRYPOINT as JSON: a shell in between swallows signals";
            let mut finding = scene.finding("DL3025", Severity::Warning, at, message);
            finding.fix = as_json(command, instruction);
            found.push(finding);
        }
    }
}

/// The exec form of a command, where no shell is needed for it.
fn as_json(command: &Command, instruction: &Instruction) -> Option<Fix> {
    if matches!(instruction.kind, Kind::Healthcheck(_)) {
        return None;
    }
    let script = command.script();
    let [only] = script.commands.as_slice() else { return None };
    let plain = script.faults.is_empty()
        && only.assigns.is_empty()
        && only.redirects.is_empty()
        && !instruction.rest.as_str().contains(['#', '&', ';', '*', '?', '[', '~', '{'])
        && only.words.iter().all(|word| !word.expands);
    let mut words: Vec<&str> = only.words.iter().map(|word| word.value.as_str()).collect();
    if words.first() == Some(&"exec") {
        words.remove(0);
    }
    let builtin =
        matches!(words.first(), None | Some(&("cd" | "source" | "." | "set" | "export" | "eval")));
    if !plain || builtin {
        return None;
    }
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    let span = instruction.rest.span(0, instruction.rest.as_str().len());
    Some(Fix { start: span.start, end: span.end, text: format!("[{}]", quoted.join(", ")) })
}

pub(super) fn onbuild(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Onbuild(inner) = &instruction.kind else { continue };
        if matches!(inner.kind, Kind::From(_) | Kind::Onbuild(_) | Kind::Maintainer(_)) {
            let message = "ONBUILD keeps no ONBUILD, FROM or MAINTAINER";
            found.push(scene.finding("DL3043", Severity::Error, at, message));
        }
    }
}

pub(super) fn own_variable(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (at, _, instruction) in scene.instructions() {
        match &instruction.kind {
            Kind::From(_) => known.clear(),
            Kind::Arg(pairs) => known.extend(pairs.iter().map(|pair| pair.key.value.as_str())),
            Kind::Env(pairs) => {
                let own = pairs.iter().any(|pair| {
                    let value = pair.value.as_ref().map_or("", |word| word.value.as_str());
                    let plain = !value.starts_with('\'') && !value.contains("\\$");
                    let other = |key: &str| key != pair.key.value && !known.contains(key);
                    plain && pairs.iter().any(|p| other(&p.key.value) && uses(value, &p.key.value))
                });
                if own {
                    let message = "A variable is not there yet in the ENV that defines it: use two";
                    found.push(scene.finding("DL3044", Severity::Error, at, message));
                }
                known.extend(pairs.iter().map(|pair| pair.key.value.as_str()));
            }
            _ => {}
        }
    }
}

/// Parts of names that say what must not be known.
const SECRET: &[&str] =
    &["PASSWORD", "SECRET", "TOKEN", "API_KEY", "PRIVATE_KEY", "USERNAME", "AWS_ACCESS_KEY_ID"];

pub(super) fn secrets(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let (Kind::Env(pairs) | Kind::Arg(pairs)) = &instruction.kind else { continue };
        let secret = |key: &str| SECRET.iter().any(|part| key.to_ascii_uppercase().contains(part));
        if let Some(pair) = pairs.iter().find(|pair| secret(&pair.key.value)) {
            let message = format!(
                "{} looks like a secret, and ARG and ENV stay readable in the image: mount it",
                pair.key.value
            );
            found.push(scene.finding("DL3064", Severity::Warning, at, message));
        }
    }
}

pub(super) fn maintainer(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Maintainer(name) = &instruction.kind else { continue };
        let message = "MAINTAINER is deprecated: use a LABEL";
        let mut finding = scene.finding("DL4000", Severity::Error, at, message);
        let bare = name.value.trim_matches('"');
        if !bare.contains(['"', '\\', '\n']) {
            let (start, end) = (instruction.keyword.span.start, name.span.end);
            let text = format!("LABEL org.opencontainers.image.authors=\"{bare}\"");
            finding.fix = Some(Fix { start, end, text });
        }
        found.push(finding);
    }
}
