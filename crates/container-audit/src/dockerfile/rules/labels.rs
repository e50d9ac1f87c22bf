//! `LABEL`: keys, and what the configuration asks of labels.

use leadforge_dockerfile_syntax::Kind;

use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;

/// Whether a key is one that Docker's documentation recommends.
fn is_valid(key: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-/".contains(c);
    let reserved = ["com.docker.", "io.docker.", "org.dockerproject."];
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && key.chars().all(letter)
        && !key.contains("..")
        && !key.contains("--")
        && !reserved.iter().any(|prefix| key.starts_with(prefix))
}

pub(super) fn keys(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Label(pairs) = &instruction.kind else { continue };
        for pair in pairs.iter().filter(|pair| !is_valid(&pair.key.value)) {
            let message = format!("Invalid label key: {}", pair.key.value);
            found.push(scene.finding("DL3048", Severity::Style, at, message));
        }
    }
}

pub(super) fn missing(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let stages = scene.final_stages();
    let Some(last) = stages.first() else { return };
    for wanted in scene.config.labels.keys() {
        let there = scene.instructions().any(|(_, stage, instruction)| {
            let here = stage.is_some_and(|stage| stages.contains(&stage));
            let Kind::Label(pairs) = &instruction.kind else { return false };
            here && pairs.iter().any(|pair| pair.key.value == *wanted)
        });
        if !there {
            let from = |kind: &Kind| matches!(kind, Kind::From(_));
            let mut all =
                scene.instructions().filter(|(_, s, i)| *s == Some(*last) && from(&i.kind));
            let at = all.next().map_or(0, |(at, _, _)| at);
            let message = format!("Label `{wanted}` is missing");
            found.push(scene.finding("DL3049", Severity::Info, at, message));
        }
    }
}

pub(super) fn superfluous(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    if !scene.config.strict_labels {
        return;
    }
    for (at, _, instruction) in scene.instructions() {
        let Kind::Label(pairs) = &instruction.kind else { continue };
        if pairs.iter().any(|pair| !scene.config.labels.contains_key(&pair.key.value)) {
            let message = "Superfluous label";
            found.push(scene.finding("DL3050", Severity::Info, at, message));
        }
    }
}

pub(super) fn shape(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Label(pairs) = &instruction.kind else { continue };
        for pair in pairs {
            let Some(kind) = scene.config.labels.get(&pair.key.value) else { continue };
            let value = pair.value.as_ref().map_or("", |word| word.value.trim_matches(['"', '\'']));
            let key = &pair.key.value;
            let (rule, message) = match kind.as_str() {
                _ if value.is_empty() => ("DL3051", format!("Label `{key}` is empty")),
                "url" if !is_url(value) => ("DL3052", format!("Label `{key}` is no valid URL")),
                "rfc3339" if !is_time(value) => {
                    ("DL3053", format!("Label `{key}` is no RFC 3339 time"))
                }
                "spdx" if !is_licence(value) => {
                    ("DL3054", format!("Label `{key}` is no SPDX identifier"))
                }
                "hash" if !is_hash(value) => ("DL3055", format!("Label `{key}` is no git hash")),
                "semver" if !is_semver(value) => {
                    ("DL3056", format!("Label `{key}` is no semantic version"))
                }
                "email" if !is_email(value) => {
                    ("DL3058", format!("Label `{key}` is no e-mail address"))
                }
                _ => continue,
            };
            // What a variable stands for is not known here.
            if !value.contains('$') {
                found.push(scene.finding(rule, Severity::Warning, at, message));
            }
        }
    }
}

fn is_url(value: &str) -> bool {
    value.split_once("://").is_some_and(|(scheme, rest)| !scheme.is_empty() && rest.len() > 1)
}

fn is_time(value: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        value.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && digits(11..13)
        && digits(14..16)
        && digits(17..19)
        && value.get(4..5) == Some("-")
        && value.get(13..14) == Some(":")
        && value.get(10..11).is_some_and(|part| part.eq_ignore_ascii_case("t") || part == " ")
        && (value.ends_with(['Z', 'z']) || value.rfind(['+', '-']).is_some_and(|at| at > 18))
}

fn is_licence(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || ".-+() ".contains(c))
        && value.contains(|c: char| c.is_ascii_alphabetic())
}

fn is_hash(value: &str) -> bool {
    matches!(value.len(), 7 | 40 | 64) && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_semver(value: &str) -> bool {
    let core = value.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    let number = |part: &&str| {
        part.bytes().all(|byte| byte.is_ascii_digit())
            && (*part == "0" || !part.starts_with('0'))
            && !part.is_empty()
    };
    parts.len() == 3 && parts.iter().all(number)
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}
