//! The layers that a Dockerfile leaves in its image, and what each takes its bytes from.

use leadforge_dockerfile_syntax::shell::Simple;
use leadforge_dockerfile_syntax::{Base, Dockerfile, Instruction, Kind, Stage, parse};
use serde::Serialize;

use crate::dockerignore::{Source, copied};

/// One layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// The line of the instruction, from 1.
    pub line: u64,
    /// The beginning of the instruction.
    pub shown: String,
    /// What it takes.
    pub takes: Takes,
}

/// What a layer takes its bytes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// An image with all its layers.
    Image(String),
    /// Files of the context.
    #[serde(skip)]
    Files(Vec<Source>),
    /// The packages that are installed.
    Packages,
    /// A few lines of a file, or empty folders.
    Little,
    /// What only building it can tell.
    Unknown,
}

/// The layers of the final image, from the lowest; instructions that add no file are left out.
pub fn layers(text: &str) -> Vec<Layer> {
    let file = parse(text);
    let stages = file.stages();
    let Some(last) = stages.len().checked_sub(1) else { return Vec::new() };
    let mut chain = vec![last];
    while let Some(Base::Stage(below)) = chain.last().map(|stage| &stages[*stage].base) {
        chain.push(*below);
    }
    let mut found = Vec::new();
    for stage in chain.into_iter().rev() {
        for instruction in stages[stage].instructions {
            if let Some(takes) = takes(&file, &stages, stage, instruction) {
                let line = file.line(instruction.span.start);
                found.push(Layer { line, shown: shown(text, instruction), takes });
            }
        }
    }
    found
}

/// The first line of an instruction.
fn shown(text: &str, instruction: &Instruction) -> String {
    let whole = text.get(instruction.span.start..instruction.span.end).unwrap_or_default();
    let line = whole.lines().next().unwrap_or_default().trim_end_matches('\\').trim_end();
    // What the digest is says nothing to a person.
    let line = line.split("@sha256:").next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn takes(
    file: &Dockerfile,
    stages: &[Stage<'_>],
    stage: usize,
    instruction: &Instruction,
) -> Option<Takes> {
    match &instruction.kind {
        Kind::From(from) => match &stages[stage].base {
            Base::Image(_) => Some(Takes::Image(from.image.value.clone())),
            Base::Unknown => Some(Takes::Unknown),
            Base::Scratch | Base::Stage(_) => None,
        },
        Kind::Copy(copy) | Kind::Add(copy) => {
            let Some(from) = instruction.flag("from") else {
                return Some(Takes::Files(copied(file, instruction)));
            };
            let Some(from) = Dockerfile::stage_named(stages, from, stage) else {
                return Some(Takes::Unknown);
            };
            let mut files = Vec::new();
            for source in &copy.sources {
                match made(file, &stages[from], source.value.trim_end_matches('/')) {
                    Takes::Files(more) => files.extend(more),
                    other => return Some(other),
                }
            }
            Some(Takes::Files(files))
        }
        Kind::Run(command) => Some(runs(&command.script().commands)),
        _ => None,
    }
}

/// What lies at a path of a stage.
fn made(file: &Dockerfile, stage: &Stage<'_>, path: &str) -> Takes {
    let below = |folder: &str| path == folder || path.starts_with(&format!("{folder}/"));
    let mut found = Takes::Unknown;
    let mut folder = String::from("/");
    let mut sources = Vec::new();
    for instruction in stage.instructions {
        match &instruction.kind {
            Kind::Workdir(word) => folder = join(&folder, &word.value),
            Kind::Copy(copy) | Kind::Add(copy) if instruction.flag("from").is_none() => {
                let target = join(&folder, &copy.target.value);
                let taken = copied(file, instruction);
                let named = taken.iter().find(|source| {
                    let name = source.pattern.rsplit('/').next().unwrap_or_default();
                    path == format!("{}/{name}", target.trim_end_matches('/'))
                });
                if let Some(one) = named {
                    found = Takes::Files(vec![one.clone()]);
                } else if path == target {
                    found = Takes::Files(taken.clone());
                }
                sources.extend(taken);
            }
            Kind::Run(command) => {
                for command in command.script().commands {
                    let words: Vec<&str> =
                        command.words.iter().map(|word| word.value.as_str()).collect();
                    let target = words.windows(2).find(|pair| pair[0] == "--target");
                    let own = words.contains(&".") && words.contains(&"--no-deps");
                    if target.is_some_and(|pair| below(pair[1])) {
                        let project = own.then(|| {
                            Takes::Files(sources.iter().filter(is_source).cloned().collect())
                        });
                        found = project.unwrap_or(Takes::Packages);
                    } else if installs(&command) && target.is_none() && is_packages(path) {
                        found = Takes::Packages;
                    } else if words.first() == Some(&"mkdir")
                        && words.iter().any(|w| w.starts_with(path))
                    {
                        found = Takes::Little;
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a file is part of what is installed, and not only read when it is built.
fn is_source(source: &&Source) -> bool {
    let name = source.pattern.as_str();
    let build = ["pyproject.toml", "uv.lock", "setup.py", "setup.cfg", "MANIFEST.in"];
    !build.contains(&name) && !name.starts_with("README") && !name.starts_with("LICENSE")
}

/// Whether a path looks like where packages of Python are.
fn is_packages(path: &str) -> bool {
    path.split('/').any(|part| part.contains("venv") || matches!(part, "site-packages" | ".local"))
}

/// Whether a command installs packages of Python.
fn installs(command: &Simple) -> bool {
    let has = |word: &str| command.args().iter().any(|arg| arg.value == word);
    match command.name() {
        Some("pip" | "pip3" | "poetry" | "pdm") => has("install") || has("sync"),
        Some("uv") => has("install") || has("sync"),
        Some(name) if name.starts_with("python") => has("pip") && has("install"),
        _ => false,
    }
}

fn runs(commands: &[Simple]) -> Takes {
    const LITTLE: &[&str] =
        &["groupadd", "useradd", "addgroup", "adduser", "mkdir", "chmod", "echo", "printf", "true"];
    let others: Vec<&Simple> = commands
        .iter()
        .filter(|command| command.name().is_some_and(|name| !LITTLE.contains(&name)))
        .collect();
    if others.is_empty() {
        return Takes::Little;
    }
    if others.iter().all(|command| installs(command)) { Takes::Packages } else { Takes::Unknown }
}

/// A path of a stage, absolute and tidy.
fn join(folder: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let parts: Vec<&str> = whole.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    format!("/{}", parts.join("/"))
}
