//! `lead-shot timeline`: the visual history of a repository, from its commits alone.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_markup::terminal;
use leadforge_release_notes::{Shot, Timeline, Track, render_timeline};
use leadforge_visual_diff::capture::Files;
use serde::Serialize;

use crate::place::Place;
use crate::screens::cache::{Cache, Taken};
use crate::screens::history::{Past, Version, versions};
use crate::screens::plan::{Plan, digest, plans};
use crate::screens::taker::{Flags, Taker};
use crate::story::judge::words;

/// Flags of `timeline`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The versions of all refs, not only those that led to HEAD.
    #[arg(long)]
    all: bool,
    /// Write a page with a slider through time, and its pictures into a folder beside it.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
}

/// More bytes than a picture has.
const LARGEST: u64 = 512 << 20;

/// One version of a screen.
#[derive(Serialize)]
struct Entry {
    screen: String,
    commit: String,
    /// Seconds of Unix time, when it was recorded.
    seconds: i64,
    subject: String,
    blob: String,
    /// Whether it is part of what `HEAD` is.
    main: bool,
    /// Whether the picture is the one of the version before.
    same: bool,
    /// What changed since the version before, in one line.
    summary: String,
    #[serde(flatten)]
    picture: Shown,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    Taken {
        #[serde(flatten)]
        taken: Taken,
        /// Where the picture lies, in a store that may be deleted at any time.
        file: PathBuf,
    },
    Failed {
        error: String,
    },
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let place = Place::here(ctx)?;
    let base = match (&place.root, &ctx.common.config) {
        (Some(root), _) => root.clone(),
        (None, Some(config)) => {
            let whole = leadforge_cli_kit::host::current_dir()?.join(config);
            whole.parent().map(Path::to_owned).unwrap_or_default()
        }
        (None, None) => place.git.common_dir().to_owned(),
    };
    let plans = plans(&place.shot, &base)?;
    let cut = place.git.is_cut();
    if cut {
        ctx.warn(
            "the repository is shallow or partial: its history is not whole, nor is this timeline",
        );
    }
    let taker = Taker::new(&place, &args.flags, ctx)?;
    let mut work = Work { place: &place, cache: Cache::of(&place), taker, captures: 0 };
    let mut entries = Vec::new();
    let mut skipped = Vec::new();
    for plan in &plans {
        if plan.source.is_none() {
            let why = "its page is an app's, and no version of an app is ever run";
            skipped.push(Finding::new(
                "shot.no-source",
                Level::Note,
                format!("{}: {why}", plan.name),
            ));
            continue;
        }
        work.screen(plan, args.all, &mut entries)?;
    }
    if let Some(page) = &args.page {
        write(page, &timeline(&place, &plans, &entries, cut), &entries)?;
    }
    tell(&entries, skipped, cut, work.captures, ctx)
}

/// The history as the page takes it; pictures are named by their digests.
fn timeline(place: &Place, plans: &[Plan], entries: &[Entry], cut: bool) -> Timeline {
    let of = place.root.as_deref().unwrap_or(place.git.common_dir());
    let name = of.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let track = |plan: &Plan| Track {
        screen: plan.name.clone(),
        source: plan.source.as_ref().map(ToString::to_string).unwrap_or_default(),
        shots: entries.iter().filter(|entry| entry.screen == plan.name).map(shot).collect(),
    };
    Timeline {
        title: place.shot.repository.clone().unwrap_or(name),
        incomplete: cut.then(|| "the repository is a shallow or partial clone".to_owned()),
        tracks: plans.iter().filter(|plan| plan.source.is_some()).map(track).collect(),
    }
}

fn shot(entry: &Entry) -> Shot {
    let (hash, size, problem) = match &entry.picture {
        Shown::Taken { taken, .. } => {
            (taken.sha256.clone(), Some((taken.size.width, taken.size.height)), None)
        }
        Shown::Failed { error } => (String::new(), None, Some(error.clone())),
    };
    Shot {
        commit: entry.commit.clone(),
        seconds: entry.seconds,
        subject: entry.subject.clone(),
        versions: if entry.main { Vec::new() } else { vec!["not in HEAD".to_owned()] },
        hash,
        picture: String::new(),
        size,
        summary: entry.summary.clone(),
        problem,
    }
}

/// Writes the page, and the pictures that are not there yet into the folder of its name.
fn write(page: &Path, timeline: &Timeline, entries: &[Entry]) -> Result<(), Failure> {
    let page = leadforge_cli_kit::host::current_dir()?.join(page);
    let stem = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = page.with_file_name(format!("{stem}-pictures"));
    create_dir_all(&RealDisk, &folder)?;
    let mut timeline = timeline.clone();
    for shot in timeline.tracks.iter_mut().flat_map(|track| &mut track.shots) {
        let name = shot.hash.trim_start_matches("sha256:");
        if !name.is_empty() {
            shot.picture = format!("{stem}-pictures/{}.png", &name[..16]);
        }
    }
    for entry in entries {
        let Shown::Taken { taken, file } = &entry.picture else { continue };
        let name = &taken.sha256.trim_start_matches("sha256:")[..16];
        let place = folder.join(format!("{name}.png"));
        let png = read(&RealDisk, file, LARGEST)?;
        if read(&RealDisk, &place, LARGEST).ok().as_ref() != Some(&png) {
            replace(&RealDisk, &place, &png)?;
        }
    }
    Ok(replace(&RealDisk, &page, render_timeline(&timeline).as_bytes())?)
}

struct Work<'p> {
    place: &'p Place,
    cache: Cache,
    taker: Taker,
    captures: usize,
}

impl Work<'_> {
    fn screen(&mut self, plan: &Plan, all: bool, entries: &mut Vec<Entry>) -> Result<(), Failure> {
        let identity = self.taker.identity()?;
        let settings = plan.settings();
        let mut before: Option<String> = None;
        for version in versions(&self.place.git, plan, all)? {
            let sources = &version.sources;
            let key = [settings.as_str(), sources, &identity, self.taker.fonts()].join("\n");
            let picture = match self.cache.get(&key) {
                Some(taken) => Ok(taken),
                None => self.take(plan, &version, &key)?,
            };
            let now = picture.as_ref().ok().map(|taken| taken.sha256.clone());
            let same = now.is_some() && now == before;
            let summary = match (&before, &now) {
                (Some(before), Some(now)) if before != now => {
                    self.cache.summary(before, now, words)?
                }
                _ => String::new(),
            };
            before = now.or(before);
            entries.push(Entry {
                screen: plan.name.clone(),
                commit: version.commit.oid.to_string(),
                seconds: version.commit.committer.seconds,
                subject: version.commit.subject,
                blob: version.blob.to_string(),
                main: version.main,
                same,
                summary,
                picture: match picture {
                    Ok(taken) => Shown::Taken { file: self.cache.picture(&taken.sha256), taken },
                    Err(error) => Shown::Failed { error },
                },
            });
        }
        Ok(())
    }

    fn take(
        &mut self,
        plan: &Plan,
        version: &Version,
        key: &str,
    ) -> Result<Result<Taken, String>, Failure> {
        let git = &self.place.git;
        let found = git.cat(&[version.blob.as_str()]).map_err(|e| Failure::git(&e))?;
        let Some(page) = found.into_iter().next().flatten() else {
            return Ok(Err(format!("the object {} is not in this clone", version.blob)));
        };
        let past: Vec<(String, Past<'_>)> = plan
            .serve
            .iter()
            .map(|(at, folder)| {
                let (commit, folder) = (version.commit.oid.clone(), folder.clone());
                (at.clone(), Past { git, commit, folder })
            })
            .collect();
        let folders = past.iter().map(|(at, past)| (at.clone(), past as &dyn Files)).collect();
        self.captures += 1;
        let picture = match self.taker.take(plan, Some(&page), folders)? {
            Ok(picture) => picture,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let taken = Taken {
            sha256: digest(&picture.png),
            size: picture.size,
            bytes: picture.png.len(),
            blocked: picture.blocked,
            exceptions: picture.exceptions,
            warnings: picture.warnings,
        };
        self.cache.put(key, &taken, &picture.png)?;
        Ok(Ok(taken))
    }
}

fn tell(
    entries: &[Entry],
    mut findings: Vec<Finding>,
    cut: bool,
    captures: usize,
    ctx: &Context,
) -> Result<Outcome, Failure> {
    for entry in entries {
        if let Shown::Failed { error } = &entry.picture {
            let message = format!("{} at {}: {error}", entry.screen, entry.commit);
            findings.push(Finding::new("shot.failed", Level::Error, message));
        }
    }
    let failed = findings.iter().any(|finding| finding.level == Level::Error);
    let same = entries.iter().filter(|entry| entry.same).count();
    let mut report = Report::of(findings)
        .with_summary("versions", entries.len())
        .with_summary("same", same)
        .with_summary("captures", captures)
        .with_data(&serde_json::json!({"cut": cut, "versions": entries}));
    if failed {
        report.outcome = Outcome::Incomplete;
    }
    ctx.emit(&report, |out| {
        for entry in entries {
            let (screen, subject) = (terminal(&entry.screen), terminal(&entry.subject));
            let state = match &entry.picture {
                Shown::Failed { error } => format!("failed: {}", terminal(error)),
                Shown::Taken { .. } if entry.same => "same".to_owned(),
                Shown::Taken { .. } if !entry.summary.is_empty() => terminal(&entry.summary),
                Shown::Taken { taken, .. } => format!("{}×{}", taken.size.width, taken.size.height),
            };
            let side = if entry.main { "" } else { "  (not in HEAD)" };
            writeln!(out, "{screen}  {}  {state}  {subject}{side}", &entry.commit[..12])?;
        }
        writeln!(out, "{} versions, {same} like the one before, {captures} captures", entries.len())
    })
}
