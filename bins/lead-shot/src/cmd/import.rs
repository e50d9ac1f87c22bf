//! `lead-shot import`: pictures of another tool become baselines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_visual_diff::pictures;
use serde::Serialize;

use crate::baseline::{Change, FOLDER};
use crate::failure;

/// Flags of `import`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The tool that took them.
    #[arg(value_enum)]
    from: From,
    /// A folder such as `home.spec.ts-snapshots`, or one that holds several.
    folder: PathBuf,
    /// The folder of baselines.
    #[arg(long, value_name = "FOLDER", default_value = FOLDER)]
    baseline: PathBuf,
    /// Take the pictures of this browser project.
    #[arg(long, value_name = "NAME", default_value = "chromium")]
    project: String,
    /// Take the pictures of this system.
    #[arg(long, value_name = "NAME", default_value = "linux")]
    platform: String,
}

/// Tools whose pictures can be taken over.
#[derive(Clone, Copy, ValueEnum)]
enum From {
    /// `toHaveScreenshot` of Playwright Test.
    Playwright,
}

/// A file that was not taken over.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Left {
    path: String,
    why: String,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let From::Playwright = args.from;
    ctx.only(&[Format::Human, Format::Json])?;
    let there = pictures(&args.folder, &[]).map_err(|e| failure::picture(&e))?;
    let (taken, left) = plan(there.iter().map(String::as_str), &args.project, &args.platform);
    if taken.is_empty() {
        let why = format!(
            "{} has no pictures of {} on {}",
            args.folder.display(),
            args.project,
            args.platform
        );
        let others: Vec<String> = left.iter().map(|l| format!("{}: {}", l.path, l.why)).collect();
        return Err(Failure::cannot_look("import.nothing", why)
            .details(others)
            .hint("--project and --platform say which ones are taken"));
    }
    let look =
        |(to, from): (&String, &&str)| Change::of(&args.folder.join(from), &args.baseline, to);
    let changes: Vec<Change> = taken.iter().map(look).collect::<Result<_, _>>()?;
    changes.iter().try_for_each(Change::write)?;
    let report = Report::new(Outcome::Clean)
        .with_summary("taken", changes.len())
        .with_summary("left_out", left.len())
        .with_data(&serde_json::json!({ "taken": changes, "left_out": left }));
    ctx.emit(&report, |out| {
        for change in &changes {
            writeln!(out, "{} {}", change.state, terminal(&change.path))?;
        }
        for one in &left {
            writeln!(out, "left out {}: {}", terminal(&one.path), terminal(&one.why))?;
        }
        let folder = args.baseline.display().to_string();
        let folder = terminal(&folder);
        writeln!(
            out,
            "{} taken over into {folder}, {} left out; nothing is staged",
            changes.len(),
            left.len()
        )
    })
}

/// Which files become which baselines, and which do not: `home-1-chromium-linux.png` is `home-1.png`.
fn plan<'p>(
    paths: impl IntoIterator<Item = &'p str>,
    project: &str,
    platform: &str,
) -> (BTreeMap<String, &'p str>, Vec<Left>) {
    let (mut taken, mut left) = (BTreeMap::new(), Vec::new());
    // Playwright writes project names with hyphens instead of what is no letter or digit.
    let project: String =
        project.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    for path in paths {
        let mut out = |why: String| left.push(Left { path: path.to_owned(), why });
        let file = Path::new(path);
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let Some(rest) = stem.strip_suffix(platform).and_then(|rest| rest.strip_suffix('-')) else {
            out(format!("not of the system {platform}"));
            continue;
        };
        let bare = rest.strip_suffix(&*project).and_then(|rest| rest.strip_suffix('-'));
        let Some(bare) = bare.filter(|bare| !bare.is_empty()) else {
            out(format!("not of the project {project}"));
            continue;
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder: Vec<&str> =
            folder.split('/').map(|part| part.strip_suffix("-snapshots").unwrap_or(part)).collect();
        let folder = folder.join("/");
        let slash = if folder.is_empty() { "" } else { "/" };
        let to = format!("{folder}{slash}{bare}.{ending}");
        match taken.get(&to) {
            Some(first) => out(format!("{to} comes from {first} already")),
            None => {
                taken.insert(to, path);
            }
        }
    }
    (taken, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_project_and_platform_and_what_stays_is_said() {
        let paths = [
            "a.spec.ts-snapshots/home-1-chromium-linux.png",
            "a-snapshots/x-chromium-linux.png",
            "a/x-chromium-linux.png",
            "b-firefox-linux.png",
            "b-chromium-darwin.png",
            "-chromium-linux.png",
        ];
        let (taken, left) = plan(paths, "chromium", "linux");
        let taken: Vec<_> = taken.iter().map(|(to, from)| format!("{to} < {from}")).collect();
        assert_eq!(
            taken,
            [
                "a.spec.ts/home-1.png < a.spec.ts-snapshots/home-1-chromium-linux.png",
                "a/x.png < a-snapshots/x-chromium-linux.png"
            ]
        );
        let left: Vec<_> = left.iter().map(|left| left.why.as_str()).collect();
        let why = [
            "a/x.png comes from a-snapshots/x-chromium-linux.png already",
            "not of the project chromium",
            "not of the system linux",
            "not of the project chromium",
        ];
        assert_eq!(left, why);
        let (taken, _) = plan(["m-Mobile-Chrome-win32.png"], "Mobile Chrome", "win32");
        assert_eq!(taken.keys().collect::<Vec<_>>(), ["m.png"]);
    }
}
