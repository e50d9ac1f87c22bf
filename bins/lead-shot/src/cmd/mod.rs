//! The verbs, one file each.

mod approve;
mod changelog;
mod diff;
mod dir;
mod gallery;
mod import;
mod lint;
mod notes;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-shot` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Compare two pictures: what changed, where, and whether it matters.
    Diff(diff::Args),
    /// Compare two folders of pictures: new, deleted, passed and failed.
    Dir(dir::Args),
    /// Take new pictures over as the baseline.
    Approve(approve::Args),
    /// Take the pictures of another tool over as the baseline.
    Import(import::Args),
    /// Look at the pictures of a repository as evidence, and report those that prove nothing.
    Lint(lint::Args),
    /// Write the notes of a version: its commits by kind, its screens before and after, who made it.
    Notes(notes::Args),
    /// Write VISUAL_CHANGELOG.md: what changed on the screens, the newest version first.
    Changelog(changelog::Args),
    /// Write the pictures of the versions as folders: before and after, new ones, and by day.
    Gallery(gallery::Args),
}

/// Runs one verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Diff(args) => diff::run(args, ctx),
        Verb::Dir(args) => dir::run(args, ctx),
        Verb::Approve(args) => approve::run(args, ctx),
        Verb::Import(args) => import::run(args, ctx),
        Verb::Lint(args) => lint::run(args, ctx),
        Verb::Notes(args) => notes::run(args, ctx),
        Verb::Changelog(args) => changelog::run(args, ctx),
        Verb::Gallery(args) => gallery::run(args, ctx),
    }
}
