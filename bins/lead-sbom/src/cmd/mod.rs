//! The verbs, one file each.

mod attest;
mod blame;
mod check;
mod db;
mod dependabot;
mod diff;
mod dockerfile;
mod dockerignore;
mod grade;
mod image;
mod licences;
mod lock;
mod make;
mod migrate;
mod pack;
mod template;
mod vulns;
mod why;

use leadforge_cli_kit::{Context, Failure, Outcome};

/// What `lead-sbom` can do.
#[derive(clap::Subcommand)]
pub(crate) enum Verb {
    /// Write what is inside a folder as a CycloneDX document.
    ///
    /// It goes to standard output or to --output, the same bytes for the same files: the serial number is made of the
    /// content, and there is a timestamp only when SOURCE_DATE_EPOCH is set. Lock files that are found and not read
    /// are named in the document and on standard error, and the exit code is 3; --exclude leaves them out on purpose.
    Make(make::Args),
    /// Fail when a CycloneDX document breaks the schema of its version, or refers to what it does not hold.
    Check(check::Args),
    /// Say what is wrong with Dockerfiles, and mend what can be mended safely.
    ///
    /// Rules that hadolint has, too, carry its numbers, mean what they mean there, and follow its comments
    /// (# hadolint ignore=DL3008) and its .hadolint.yaml. The others know stages, images and the build context.
    /// The exit code is 1 from the severity info on, or from what --fail-on or failure-threshold says.
    Dockerfile(dockerfile::Args),
    /// Write a Dockerfile for the Python project that lies here.
    ///
    /// Two stages; uv installs what is locked into a layer of its own before any source is there; caches are mounted;
    /// containers run as a number that is not root, in exec form, with a health check. Nothing is run and nothing is
    /// fetched. What would make the build fail is told on standard error by package and line of the lock, and ends
    /// with 1: on Alpine, packages without a musllinux wheel. --sizes tells what the layers weigh, before and after.
    Template(Box<template::Args>),
    /// Show, check or write Dependabot's configuration for the ecosystems that are found.
    Dependabot(dependabot::Args),
    /// Move a repository to other tools.
    Migrate(migrate::Args),
    /// Look after lock files.
    Lock(lock::Args),
    /// Show, check or write a .dockerignore that drops nothing that a COPY, an ADD or a bind mount takes.
    Dockerignore(dockerignore::Args),
    /// Build or describe the index of advisories that `vulns` asks.
    #[command(subcommand)]
    Db(db::Db),
    /// Say which known vulnerabilities there are in a folder or a document.
    ///
    /// Advisories come from an index on the disk, and nothing is fetched. What the index does not cover is told as
    /// not checked, never as clean. Vulnerabilities from --fail-on on end with 1, and so does a decision of
    /// leadforge.toml, osv-scanner.toml or a VEX document whose last day is over.
    Vulns(vulns::Args),
    /// Say what is other in one inventory than in another, and fail on what is new.
    ///
    /// What was there before fails nothing: --fail-on is about what came, went, moved or was introduced.
    Diff(diff::Args),
    /// Say which licences are declared, and fail on what [sbom.licences] of leadforge.toml does not bear.
    Licences(licences::Args),
    /// Say how much a document says of what a profile asks for, and from where the rest could be known.
    Grade(grade::Args),
    /// Sign what is inside files or how they were built, or say whether such a statement holds.
    ///
    /// Statements are in-toto's, in DSSE envelopes, signed with ed25519. One that does not hold ends with 4.
    #[command(subcommand)]
    Attest(Box<attest::Attest>),
    /// Say what an image weighs, what of it is out of reach, and what is inside.
    ///
    /// IMG is what docker save wrote, or an OCI layout: a folder or an archive. It is read once and never unpacked;
    /// digests are verified. --sbom writes the inventory as CycloneDX from the same reading, --page a page with a
    /// picture of the layers. The gates (--max-size and so on) end with 1 when the image does not stay within them.
    Image(Box<image::Args>),
    /// Say which of a project's own dependencies bring a component in.
    ///
    /// Shown is the shortest way through each of them, with the terms of the edges (extra, dev, peer, markers) and the
    /// lines of the files it was found at. A component that is not inside is exit 1.
    Why(why::Args),
    /// Say which commit brought a component in, and whether a person, an agent or automation made it.
    ///
    /// Looked through is the history of the files that hold the components. A component has two answers: since when it
    /// is there in this version, and since when in any. Of two branches that brought it in, the later commit counts.
    Blame(blame::Args),
    /// Pack an image without a daemon, with its inventory attached.
    ///
    /// Files of this machine become layers upon a base, or alone: of root, readable by all, sorted, all of one time
    /// (SOURCE_DATE_EPOCH, or 1970). The same input gives the same digest. Containers run as the number that --user
    /// gives, and nothing is packed that would run as root unless --root allows it.
    Pack(Box<pack::Args>),
}

/// Runs one verb.
pub(crate) fn run(verb: &Verb, ctx: &Context) -> Result<Outcome, Failure> {
    match verb {
        Verb::Make(args) => make::run(args, ctx),
        Verb::Check(args) => check::run(args, ctx),
        Verb::Dockerfile(args) => dockerfile::run(args, ctx),
        Verb::Template(args) => template::run(args, ctx),
        Verb::Dependabot(args) => dependabot::run(args, ctx),
        Verb::Migrate(args) => migrate::run(args, ctx),
        Verb::Lock(args) => lock::run(args, ctx),
        Verb::Dockerignore(args) => dockerignore::run(args, ctx),
        Verb::Db(what) => db::run(what, ctx),
        Verb::Vulns(args) => vulns::run(args, ctx),
        Verb::Diff(args) => diff::run(args, ctx),
        Verb::Licences(args) => licences::run(args, ctx),
        Verb::Grade(args) => grade::run(args, ctx),
        Verb::Attest(what) => attest::run(what, ctx),
        Verb::Image(args) => image::run(args, ctx),
        Verb::Why(args) => why::run(args, ctx),
        Verb::Blame(args) => blame::run(args, ctx),
        Verb::Pack(args) => pack::run(args, ctx),
    }
}
