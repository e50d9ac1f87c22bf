//! A Dockerfile with what the rules need of it: stages, shell commands, places.

use leadforge_dockerfile_syntax::shell::{Script, Simple, split};
use leadforge_dockerfile_syntax::{
    Base, Command, Dockerfile, Instruction, Kind, Span, Stage, Text,
};

use super::config::Config;
use super::context::Surroundings;
use super::finding::{Finding, Fix, Severity};

/// What the rules look at.
pub(super) struct Scene<'f> {
    pub(super) file: &'f Dockerfile,
    pub(super) source: &'f str,
    pub(super) stages: Vec<Stage<'f>>,
    /// Every `RUN`, also those that `ONBUILD` keeps.
    pub(super) runs: Vec<Run<'f>>,
    pub(super) config: &'f Config,
    pub(super) around: &'f Surroundings,
}

/// A `RUN` and its commands.
pub(super) struct Run<'f> {
    /// The instruction in the file: the `ONBUILD` where one keeps it.
    pub(super) at: usize,
    /// The stage; `None` before the first.
    pub(super) stage: Option<usize>,
    pub(super) onbuild: bool,
    pub(super) instruction: &'f Instruction,
    pub(super) command: &'f Command,
    /// Empty where another shell reads the text, or where it could not be read.
    pub(super) script: Script,
    /// How many commands the text has for any shell; tests in brackets are none.
    pub(super) count: usize,
    /// Whether what starts the text is no shell that we know.
    pub(super) foreign: bool,
}

impl<'f> Scene<'f> {
    pub(super) fn new(
        file: &'f Dockerfile,
        source: &'f str,
        config: &'f Config,
        around: &'f Surroundings,
    ) -> Self {
        let stages = file.stages();
        let mut scene = Self { file, source, stages, runs: Vec::new(), config, around };
        let mut foreign = false;
        let mut stage = None;
        for (at, instruction) in file.instructions.iter().enumerate() {
            let (inner, onbuild) = match &instruction.kind {
                Kind::Onbuild(inner) => (inner.as_ref(), true),
                _ => (instruction, false),
            };
            match &inner.kind {
                Kind::From(_) => {
                    stage = Some(stage.map_or(0, |stage: usize| stage + 1));
                    foreign = false;
                }
                Kind::Shell(command) => foreign = is_foreign(command),
                Kind::Run(command) => {
                    let script = script(command);
                    // What another shell parts with a semicolon may be no shell of ours.
                    let parts = inner.rest.as_str().split(';').count();
                    let unread = foreign && !script.faults.is_empty();
                    let script = if script.faults.is_empty() { script } else { Script::default() };
                    let counts = |c: &&Simple| !matches!(c.name(), None | Some("[" | "[["));
                    let count = script.commands.iter().filter(counts).count();
                    let count = if unread { parts } else { count };
                    let script = if foreign { Script::default() } else { script };
                    let instruction = inner;
                    scene.runs.push(Run {
                        at,
                        stage,
                        onbuild,
                        instruction,
                        command,
                        script,
                        count,
                        foreign,
                    });
                }
                _ => {}
            }
        }
        scene
    }

    /// The line of an instruction.
    pub(super) fn line(&self, at: usize) -> u64 {
        self.file.instructions.get(at).map_or(1, |found| self.file.line(found.span.start))
    }

    /// A finding on an instruction.
    pub(super) fn finding(
        &self,
        rule: &'static str,
        severity: Severity,
        at: usize,
        message: impl Into<String>,
    ) -> Finding {
        Finding { rule, severity, line: self.line(at), message: message.into(), fix: None }
    }

    /// Every instruction with its number and its stage.
    pub(super) fn instructions(
        &self,
    ) -> impl Iterator<Item = (usize, Option<usize>, &'f Instruction)> + '_ {
        let mut stage = None;
        self.file.instructions.iter().enumerate().map(move |(at, instruction)| {
            if matches!(instruction.kind, Kind::From(_)) {
                stage = Some(stage.map_or(0, |stage: usize| stage + 1));
            }
            (at, stage, instruction)
        })
    }

    /// The commands of every `RUN` with the run they stand in.
    pub(super) fn commands(&self) -> impl Iterator<Item = (&Run<'f>, &Simple)> {
        self.runs.iter().flat_map(|run| run.script.commands.iter().map(move |c| (run, c)))
    }

    /// Whether what a stage holds ends up in an image: it is the last, or another one stands on it.
    pub(super) fn stays(&self, stage: Option<usize>) -> bool {
        let Some(stage) = stage else { return true };
        stage + 1 == self.stages.len()
            || self.stages.iter().any(|other| other.base == Base::Stage(stage))
    }

    /// The stage and those it stands on, itself first.
    pub(super) fn ancestry(&self, stage: usize) -> Vec<usize> {
        let mut found = vec![stage];
        while let Some(Base::Stage(next)) =
            found.last().and_then(|last| self.stages.get(*last)).map(|stage| &stage.base)
        {
            // A stage stands on earlier ones only, so this ends.
            found.push(*next);
        }
        found
    }

    /// The last stage and those it stands on.
    pub(super) fn final_stages(&self) -> Vec<usize> {
        self.stages.len().checked_sub(1).map_or_else(Vec::new, |last| self.ancestry(last))
    }

    /// Text put in behind a place.
    pub(super) fn insert(&self, after: Span, text: &str) -> Option<Fix> {
        self.source.is_char_boundary(after.end).then(|| Fix {
            start: after.end,
            end: after.end,
            text: text.to_owned(),
        })
    }
}

/// The commands of a command; of an exec form that starts a shell, those of its text.
pub(super) fn script(command: &Command) -> Script {
    let Command::Exec(words) = command else { return command.script() };
    let [shell, flag, text, ..] = words.as_slice() else { return command.script() };
    let name = shell.value.rsplit('/').next().unwrap_or_default();
    let runs = matches!(name, "sh" | "bash" | "ash" | "dash" | "zsh")
        && flag.value.starts_with('-')
        && flag.value.ends_with('c');
    if runs { split(&Text::at(&text.value, text.span.start)) } else { command.script() }
}

/// Whether a `SHELL` is one whose language we do not read.
fn is_foreign(command: &Command) -> bool {
    let script = command.script();
    let name = script.commands.first().and_then(|command| command.name()).unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(name.trim_end_matches(".exe"), "powershell" | "pwsh" | "cmd")
}
