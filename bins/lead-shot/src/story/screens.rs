//! The screens of a version: pictures at both ends of its range, paired by path and by name.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::Failure;
use leadforge_host_git::Oid;
use leadforge_release_notes::{Picture, Screen, Status, Step};
use leadforge_visual_diff::{Series, series};

use super::judge::{Loaded, judge, load, size};
use crate::pictures::{self, of_tree};
use crate::place::Place;

/// What happened to the pictures between two trees.
pub(crate) struct Found {
    pub(crate) screens: Vec<Screen>,
    /// Pictures that nothing happened to.
    pub(crate) same: usize,
    /// Why pictures could not be compared.
    pub(crate) problems: Vec<String>,
}

/// What each end of a range is called.
pub(crate) struct Ends<'a> {
    pub(crate) base: Option<&'a Oid>,
    pub(crate) tip: &'a Oid,
    pub(crate) since: &'a str,
    pub(crate) version: &'a str,
}

/// The pictures of the tree that a document is for, by their bytes.
pub(crate) struct Shown(BTreeMap<Oid, Vec<String>>);

impl Shown {
    pub(crate) fn of(pictures: &[pictures::Picture]) -> Self {
        let mut found: BTreeMap<Oid, Vec<String>> = BTreeMap::new();
        for picture in pictures.iter().filter(|picture| picture.exact) {
            found.entry(picture.blob.clone()).or_default().push(picture.path.clone());
        }
        Self(found)
    }

    /// Where these bytes lie: at their own path, else anywhere.
    fn path(&self, path: &str, blob: &Oid) -> Option<String> {
        let all = self.0.get(blob)?;
        all.iter().find(|own| *own == path).or_else(|| all.first()).cloned()
    }
}

/// Pictures of one tree by path.
type Tree = BTreeMap<String, (Oid, u64)>;

pub(crate) fn screens(place: &Place, ends: &Ends<'_>, shown: &Shown) -> Result<Found, Failure> {
    let tree = |at: &Oid| -> Result<Tree, Failure> {
        let found = of_tree(&place.git, at, &place.shot)?;
        Ok(found.into_iter().map(|p| (p.path, (p.blob, p.bytes))).collect())
    };
    let before = ends.base.map(tree).transpose()?.unwrap_or_default();
    let after = tree(ends.tip)?;
    let paths: BTreeSet<&str> = before.keys().chain(after.keys()).map(String::as_str).collect();
    let blob = |tree: &Tree, path: &str| tree.get(path).map(|(blob, _)| blob.clone());
    let touched = |path: &str| blob(&before, path) != blob(&after, path);
    let same = paths.iter().filter(|path| !touched(path)).count();
    let mut found = Found { screens: Vec::new(), same, problems: Vec::new() };
    for one in series(paths.iter().copied(), &place.shot.settings) {
        if one.pictures.iter().any(|taken| touched(&taken.path)) {
            let screen = screen(place, &one, ends, (&before, &after), shown, &mut found.problems)?;
            found.screens.push(screen);
        }
    }
    Ok(found)
}

/// One screen. Several settings at the new end are its story; else its two ends are.
fn screen(
    place: &Place,
    series: &Series,
    ends: &Ends<'_>,
    (before, after): (&Tree, &Tree),
    shown: &Shown,
    problems: &mut Vec<String>,
) -> Result<Screen, Failure> {
    let mut pictures = Vec::new();
    let mut gone = Vec::new();
    for taken in &series.pictures {
        let picture = |label: &str, (blob, bytes): &(Oid, u64)| Picture {
            label: label.to_owned(),
            path: taken.path.clone(),
            shown_at: shown.path(&taken.path, blob),
            hash: blob.to_string(),
            bytes: *bytes,
            size: None,
        };
        let kept = series.pictures.iter().filter(|taken| after.contains_key(&taken.path)).count();
        match (before.get(&taken.path), after.get(&taken.path)) {
            (Some(old), Some(new)) if kept == 1 && old.0 != new.0 => {
                let now = if ends.version.is_empty() { "now" } else { ends.version };
                pictures.push((picture(ends.since, old), old.0.clone()));
                pictures.push((picture(now, new), new.0.clone()));
            }
            (_, Some(new)) => pictures.push((picture(&taken.setting, new), new.0.clone())),
            (Some(_), None) => gone.push(taken.path.clone()),
            (None, None) => {}
        }
    }
    let known = series.pictures.iter().any(|taken| before.contains_key(&taken.path));
    let status = match (known, pictures.is_empty()) {
        (_, true) => Status::Removed,
        (true, false) => Status::Known,
        (false, false) => Status::New,
    };
    let blobs: Vec<_> = pictures.iter().map(|(p, blob)| (p.path.clone(), blob.clone())).collect();
    let loaded = load(place, &blobs)?;
    let mut pictures: Vec<Picture> = pictures.into_iter().map(|(picture, _)| picture).collect();
    for (picture, loaded) in pictures.iter_mut().zip(&loaded) {
        picture.size = size(loaded);
    }
    Ok(Screen {
        name: series.screen.clone(),
        folder: series.folder.clone(),
        status,
        pictures,
        steps: steps(&loaded, problems),
        gone,
    })
}

/// Each picture with the one before it, and where there are more than two the last with the first.
fn steps(pictures: &[Loaded], problems: &mut Vec<String>) -> Vec<Step> {
    let last = pictures.len().saturating_sub(1);
    let pairs = (0..last).map(|at| (at, at + 1)).chain((last > 1).then_some((0, last)));
    let step = |(from, to): (usize, usize)| {
        let verdict = judge(&pictures[from], &pictures[to]);
        problems.extend(verdict.problem);
        Step { from, to, same: verdict.same, summary: verdict.summary }
    };
    pairs.map(step).collect()
}
