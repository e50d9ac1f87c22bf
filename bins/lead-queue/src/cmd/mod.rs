//! The verbs, one file each.

mod add;
mod beat;
mod claim;
mod doctor;
mod done;
mod graph;
mod import;
mod ready;
mod release;
mod show;
mod sources;
mod verify;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-queue` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Write a new task.
    Add(Box<add::Args>),
    /// Read tasks from other lists: issues, checklists, .ai-tasks, TODO files, Backlog.md, task-master.
    Import(import::Args),
    /// List the tasks that can be started now.
    Ready(ready::Args),
    /// Take a task: nobody else gets it until the lease ends.
    Claim(claim::Args),
    /// Say that you still work, and extend the lease.
    Beat(beat::Args),
    /// End a lease because the work is done and committed on the task's branch.
    Done(done::Args),
    /// Give a task back, or let a failed one be tried again.
    Release(release::Args),
    /// Print a task: its file, who works on it, what was tried.
    Show(show::Args),
    /// Prove a completion again: its commits, and its commands on the recorded tree.
    Verify(verify::Args),
    /// Draw which task waits for which.
    Graph(graph::Args),
    /// Look at everything again and report what is odd.
    Doctor(doctor::Args),
}

/// Runs one verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Add(args) => add::run(args, ctx),
        Verb::Import(args) => import::run(args, ctx),
        Verb::Ready(args) => ready::run(args, ctx),
        Verb::Claim(args) => claim::run(args, ctx),
        Verb::Beat(args) => beat::run(args, ctx),
        Verb::Done(args) => done::run(args, ctx),
        Verb::Release(args) => release::run(args, ctx),
        Verb::Show(args) => show::run(args, ctx),
        Verb::Verify(args) => verify::run(args, ctx),
        Verb::Graph(args) => graph::run(args, ctx),
        Verb::Doctor(args) => doctor::run(args, ctx),
    }
}
