//! What a Dockerfile takes from its context: sources of `COPY` and `ADD`, and bind mounts.

use leadforge_dockerfile_syntax::{Dockerfile, Instruction, Kind, expand, parse};

use super::pattern::matches;

/// One thing that is taken from the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The pattern, relative and without dots; empty for the whole context.
    pub pattern: String,
    /// The line of the instruction.
    pub line: u64,
}

impl Source {
    /// Whether it takes a file: the file itself, or a folder above it.
    pub fn takes(&self, path: &str) -> bool {
        if self.pattern.is_empty() {
            return true;
        }
        let pattern: Vec<char> = self.pattern.chars().collect();
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.into_iter().any(|end| {
            let part: Vec<char> = path[..end].chars().collect();
            matches(&pattern, &part)
        })
    }

    /// Whether it takes the context as it is.
    pub fn is_whole(&self) -> bool {
        self.pattern.is_empty() || matches!(self.pattern.as_str(), "*" | "**")
    }
}

/// Everything that a Dockerfile takes from its context.
pub fn sources(text: &str) -> Vec<Source> {
    let file = parse(text);
    let mut found = Vec::new();
    for instruction in &file.instructions {
        match &instruction.kind {
            // What is kept for later is taken from another context.
            Kind::Onbuild(_) => {}
            Kind::Run(_) => {
                let line = file.line(instruction.span.start);
                found.extend(mounted(instruction).iter().filter_map(|w| source(&file, w, line)));
            }
            _ => found.extend(copied(&file, instruction)),
        }
    }
    found
}

/// What a `COPY` or an `ADD` takes from the context.
pub(crate) fn copied(file: &Dockerfile, instruction: &Instruction) -> Vec<Source> {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return Vec::new() };
    if instruction.flag("from").is_some() {
        return Vec::new();
    }
    let line = file.line(instruction.span.start);
    copy.sources.iter().filter_map(|word| source(file, &word.value, line)).collect()
}

/// A source as it is written; `None` where it does not lie in the context.
fn source(file: &Dockerfile, written: &str, line: u64) -> Option<Source> {
    let value = resolve(file, written);
    (!is_remote(&value)).then(|| Source { pattern: tidy(&value), line })
}

/// Sources of bind mounts that come from the context.
fn mounted(instruction: &Instruction) -> Vec<String> {
    let mounts = instruction.flags.iter().filter(|flag| flag.name == "mount");
    let binds = mounts.filter(|flag| {
        flag.field(&["type"]).unwrap_or("bind") == "bind" && flag.field(&["from"]).is_none()
    });
    binds.map(|flag| flag.field(&["source", "src"]).unwrap_or(".").to_owned()).collect()
}

/// Whether `ADD` fetches it.
fn is_remote(value: &str) -> bool {
    ["http://", "https://", "git@", "git://", "ssh://"].iter().any(|s| value.starts_with(s))
}

/// A word with its variables replaced by `*`.
fn resolve(file: &Dockerfile, word: &str) -> String {
    // An argument can be given another value, so a default is only one of the possible names.
    let open = |_: &str| Some("*".to_owned());
    expand(word, file.escape, &open).unwrap_or_else(|| "**".to_owned())
}

/// A path without dots and slashes at its ends.
fn tidy(value: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in value.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The files of a context that Dockerfiles take, in their order.
pub fn needs<'f>(sources: &[Source], files: &'f [String]) -> Vec<&'f str> {
    let taken = |file: &&String| sources.iter().any(|source| source.takes(file));
    files.iter().filter(taken).map(String::as_str).collect()
}
