//! What Dockerfiles and workflows install, and whether a lock file says what.

use leadforge_dockerfile_syntax::shell::{Script, Simple, split};
use leadforge_dockerfile_syntax::{Kind, Text, parse};

/// An install of a project's dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Install {
    pub(crate) line: u64,
    /// The command, its first words.
    pub(crate) shown: String,
    /// Whether it follows the lock.
    pub(crate) locked: bool,
}

/// The installs of a Dockerfile.
pub(crate) fn of_dockerfile(text: &str) -> Vec<Install> {
    let file = parse(text);
    let mut found = Vec::new();
    for instruction in &file.instructions {
        if let Kind::Run(run) = &instruction.kind {
            found.extend(of_script(&run.script(), &|at| file.line(at)));
        }
    }
    found
}

/// The installs of a workflow: of every line that calls a package manager.
pub(crate) fn of_workflow(text: &str) -> Vec<Install> {
    let mut found = Vec::new();
    for (number, line) in (1_u64..).zip(text.lines()) {
        let line = line.trim_start().trim_start_matches("- ").trim_start();
        let line = line.strip_prefix("run:").unwrap_or(line).trim();
        let line = line.trim_matches(['"', '\'']);
        if !line.starts_with('#') {
            found.extend(of_script(&split(&Text::at(line, 0)), &|_| number));
        }
    }
    found
}

fn of_script(script: &Script, line: &dyn Fn(usize) -> u64) -> Vec<Install> {
    let exported = script.commands.iter().any(|c| says(c, "uv", &["export"]));
    let mut found = Vec::new();
    for command in &script.commands {
        if let Some(locked) = judge(command, exported) {
            let words: Vec<&str> =
                command.words.iter().map(|word| word.value.as_str()).take(6).collect();
            found.push(Install { line: line(command.span.start), shown: words.join(" "), locked });
        }
    }
    found
}

fn says(command: &Simple, name: &str, verbs: &[&str]) -> bool {
    command.name() == Some(name)
        && verbs.iter().all(|verb| command.args().iter().any(|word| word.value == *verb))
}

/// Whether a command installs Python packages, and if so whether it follows the lock.
fn judge(command: &Simple, exported: bool) -> Option<bool> {
    let args: Vec<&str> = command.args().iter().map(|word| word.value.as_str()).collect();
    let has = |word: &str| args.contains(&word);
    if says(command, "uv", &["sync"]) || says(command, "uv", &["run"]) {
        let open = says(command, "uv", &["sync"]) && !has("--locked") && !has("--frozen");
        return says(command, "uv", &["sync"]).then_some(!open);
    }
    let name = command.name()?;
    let module = name.starts_with("python") && args.windows(2).any(|pair| pair == ["-m", "pip"]);
    let pip = matches!(name, "pip" | "pip3") || module || (name == "uv" && has("pip"));
    if !pip || !has("install") {
        return (name == "poetry" && has("install")).then_some(false);
    }
    // The installer itself is no dependency of the project.
    let behind = args.iter().position(|word| *word == "install").map_or(0, |at| at + 1);
    let named: Vec<&&str> = args[behind..].iter().filter(|word| !word.starts_with('-')).collect();
    let tools =
        ["pip", "setuptools", "wheel", "uv", "poetry", "pipx", "tox", "nox", "build", "twine"];
    let base = |word: &str| {
        let end = word.find(['=', '<', '>', '~', '[', '!']).unwrap_or(word.len());
        word[..end].to_owned()
    };
    if !named.is_empty() && named.iter().all(|word| tools.contains(&base(word).as_str())) {
        return None;
    }
    Some(exported || has("--require-hashes") || has("--no-deps"))
}
