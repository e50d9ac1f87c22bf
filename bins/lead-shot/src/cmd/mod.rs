//! The verbs, one file each.

mod approve;
mod capture;
mod changelog;
mod check;
mod diff;
mod dir;
mod gallery;
mod import;
mod lint;
mod notes;
mod timeline;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-shot` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Take the pictures of the screens in leadforge.toml.
    Capture(capture::Args),
    /// Fail when a screen has no picture, or one of other sources than these.
    Check(check::Args),
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
    /// Photograph every version of the configured screens that the commits hold.
    Timeline(timeline::Args),
}

/// Runs one verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Capture(args) => capture::run(args, ctx),
        Verb::Check(args) => check::run(args, ctx),
        Verb::Diff(args) => diff::run(args, ctx),
        Verb::Dir(args) => dir::run(args, ctx),
        Verb::Approve(args) => approve::run(args, ctx),
        Verb::Import(args) => import::run(args, ctx),
        Verb::Lint(args) => lint::run(args, ctx),
        Verb::Notes(args) => notes::run(args, ctx),
        Verb::Changelog(args) => changelog::run(args, ctx),
        Verb::Gallery(args) => gallery::run(args, ctx),
        Verb::Timeline(args) => timeline::run(args, ctx),
    }
}
