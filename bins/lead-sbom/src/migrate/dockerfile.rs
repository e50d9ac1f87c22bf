//! A Dockerfile whose packages uv installs.

use leadforge_dockerfile_syntax::{Command, Image, Instruction, Kind, parse};

use super::UV;
use super::command::{Place, replacements};
use super::project::Project;

/// The text of a Dockerfile for uv.
pub(crate) fn migrate(text: &str, project: &Project, path: &str, left: &mut Vec<String>) -> String {
    let file = parse(text);
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for stage in file.stages() {
        let mut active = false;
        let mut has_uv = false;
        let mut copied: Option<(&Instruction, bool)> = None;
        let (mut changed, mut needs_lock) = (false, false);
        for instruction in stage.instructions {
            match &instruction.kind {
                Kind::Env(pairs) => {
                    active |= pairs.iter().any(|pair| pair.key.value == "VIRTUAL_ENV");
                }
                Kind::Copy(copy) => {
                    has_uv |= copy.sources.iter().any(|source| source.value == "/uv");
                    let names = |name: &str| {
                        copy.sources.iter().any(|s| s.value.trim_start_matches("./") == name)
                    };
                    let whole = copy.sources.iter().any(|s| matches!(s.value.as_str(), "." | "./"));
                    if instruction.flag("from").is_none() && (whole || names("pyproject.toml")) {
                        copied = copied.or(Some((instruction, whole || names("uv.lock"))));
                    }
                    edits.extend(pinned(instruction));
                }
                Kind::Run(command @ Command::Shell { .. }) => {
                    let script = command.script();
                    let here = active
                        || script.commands.iter().any(|c| {
                            matches!(c.name(), Some("." | "source"))
                                && c.args().iter().any(|w| w.value.ends_with("/activate"))
                        });
                    let place = Place { project, active: here, has_lock: copied.is_some() };
                    for replacement in replacements(&script, &place) {
                        changed = true;
                        needs_lock |= replacement.reads_lock;
                        edits.push((
                            replacement.span.start,
                            replacement.span.end,
                            replacement.text,
                        ));
                    }
                }
                _ => {}
            }
        }
        if needs_lock && let Some((instruction, false)) = copied {
            edits.extend(with_lock(instruction));
        }
        if changed && !has_uv {
            let end = stage.instructions.first().map_or(0, |from| from.span.end);
            let uv = format!("\nCOPY --from=ghcr.io/astral-sh/uv:{UV} /uv /uvx /bin/");
            edits.push((end, end, uv));
        }
    }
    if text.contains("poetry") && !project.standard {
        left.push(format!(
            "{path}: poetry installs here, and the project is not one that uv can lock yet"
        ));
    }
    apply(text, edits)
}

/// uv's image with a version in place of `latest` or none.
fn pinned(instruction: &Instruction) -> Option<(usize, usize, String)> {
    let flag = instruction.flags.iter().find(|flag| flag.name == "from")?;
    let image = Image::read(flag.value.as_deref()?);
    let open = matches!(image.tag.as_deref(), None | Some("latest")) && image.digest.is_none();
    let uv = image.registry.as_deref() == Some("ghcr.io") && image.name == "astral-sh/uv";
    let text = format!("--from=ghcr.io/astral-sh/uv:{UV}");
    (open && uv).then_some((flag.span.start, flag.span.end, text))
}

/// The lock beside the project, where the target is a folder.
fn with_lock(instruction: &Instruction) -> Option<(usize, usize, String)> {
    let Kind::Copy(copy) = &instruction.kind else { return None };
    let last = copy.sources.last()?;
    let lock = if copy.json { ", \"uv.lock\"" } else { " uv.lock" };
    let folder = copy.target.value.ends_with(['/', '.']);
    folder.then(|| (last.span.end, last.span.end, lock.to_owned()))
}

/// A text with edits that do not overlap put in.
pub(super) fn apply(text: &str, mut edits: Vec<(usize, usize, String)>) -> String {
    edits.sort();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end, new) in edits {
        let (Some(before), Some(_)) = (text.get(at..start), text.get(start..end)) else { continue };
        out.push_str(before);
        out.push_str(&new);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
