//! The pictures that changed between two trees: before, after, and what a person would say of it.

mod pairs;

use std::collections::BTreeMap;

use leadforge_cli_kit::Failure;
use leadforge_host_git::Oid;
use leadforge_markup::inline_picture;
use leadforge_scorecard::{Envelope, Exhibit, Finding, Level, Part, PartKind, Picture};
use leadforge_visual_diff::{
    Area, Bytes, Config, Diff, Error, Kind, Limits, Region, Rows, Structure, Tolerance, diff,
};

use self::pairs::{Pair, Side, pairs};
use super::Scene;

/// Bytes of all pictures that go into one dossier; written out they take a third more.
const ROOM: u64 = 6 << 20;
/// A file larger than this is not opened: a run is not to be held up by what it landed.
const LARGEST: u64 = 32 << 20;
/// So many pairs are compared, in the order of their paths.
const COMPARED: usize = 80;
/// Colours that one line names.
const COLOURS: usize = 4;

/// Looks at every picture that differs; nothing to say where none does.
pub(super) fn look(scene: &Scene<'_>) -> Result<Option<Envelope>, Failure> {
    let pairs = pairs(scene)?;
    if pairs.is_empty() {
        return Ok(None);
    }
    let count = |of: fn(&Pair) -> bool| pairs.iter().filter(|pair| of(pair)).count();
    let changed = count(|pair| pair.before.is_some() && pair.after.is_some());
    let new = count(|pair| pair.before.is_none());
    let mut summary: BTreeMap<_, _> = [("changed".to_owned(), changed.into())].into();
    summary.insert("new".to_owned(), new.into());
    summary.insert("removed".to_owned(), (pairs.len() - changed - new).into());
    let mut shown = Shown { room: ROOM, findings: Vec::new() };
    let mut exhibits = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        exhibits.push(shown.exhibit(scene, pair, at < COMPARED)?);
    }
    let outcome = if shown.findings.is_empty() { "clean" } else { "findings" }.to_owned();
    let findings = shown.findings;
    Ok(Some(Envelope { outcome, summary, findings, exhibits, ..Envelope::default() }))
}

/// What has been shown so far.
struct Shown {
    /// Bytes that still fit.
    room: u64,
    findings: Vec<Finding>,
}

impl Shown {
    fn exhibit(&mut self, scene: &Scene<'_>, pair: &Pair, look: bool) -> Result<Exhibit, Failure> {
        let before = pair.before.as_ref().map(|side| Loaded::of(scene, side)).transpose()?;
        let after = pair.after.as_ref().map(|side| Loaded::of(scene, side)).transpose()?;
        let (text, parts) = match (&before, &after) {
            (Some(before), Some(after)) if before.side.blob == after.side.blob => {
                ("the very same picture".to_owned(), Vec::new())
            }
            (Some(_), Some(_)) if !look => {
                (format!("not compared: more than {COMPARED} pictures changed"), Vec::new())
            }
            (Some(before), Some(after)) => self.compare(before, after),
            (None, _) => ("new".to_owned(), Vec::new()),
            (_, None) => ("removed".to_owned(), Vec::new()),
        };
        // Both sides or none: half of a pair shows nothing.
        let needed: u64 =
            [&before, &after].into_iter().flatten().map(|loaded| loaded.side.bytes).sum();
        let fits = needed <= self.room;
        if fits {
            self.room -= needed;
        }
        Ok(Exhibit {
            title: pair.title.clone(),
            text,
            paths: pair.paths.clone(),
            before: before.map(|loaded| loaded.picture(fits)),
            after: after.map(|loaded| loaded.picture(fits)),
            parts,
        })
    }

    fn compare(&mut self, before: &Loaded<'_>, after: &Loaded<'_>) -> (String, Vec<Part>) {
        let (Some(old), Some(new)) = (before.source(), after.source()) else {
            return (format!("not compared: larger than {} MiB", LARGEST >> 20), Vec::new());
        };
        match diff(&old, &new, &Config::default(), &Tolerance::default()) {
            Ok(diff) => (diff.summary.clone(), parts(&diff)),
            // A format without a decoder is no fault of the picture.
            Err(error @ Error::Unsupported { .. }) => {
                (format!("not compared: {error}"), Vec::new())
            }
            Err(error) => {
                self.findings.push(Finding {
                    rule: "picture.unreadable".to_owned(),
                    level: Level::Error,
                    message: error.to_string(),
                    ..Finding::default()
                });
                (format!("cannot be compared: {error}"), Vec::new())
            }
        }
    }
}

/// A side with its bytes, unless they are too many.
struct Loaded<'s> {
    side: &'s Side,
    bytes: Option<Vec<u8>>,
}

impl<'s> Loaded<'s> {
    fn of(scene: &Scene<'_>, side: &'s Side) -> Result<Self, Failure> {
        if side.bytes > LARGEST {
            return Ok(Self { side, bytes: None });
        }
        let found = scene.git.cat(&[side.blob.as_str()]).map_err(|e| Failure::git(&e))?;
        match found.into_iter().next().flatten() {
            Some(bytes) => Ok(Self { side, bytes: Some(bytes) }),
            None => Err(missing(&side.path, &side.blob)),
        }
    }

    fn source(&self) -> Option<Bytes<'_>> {
        Some(Bytes { name: &self.side.path, bytes: self.bytes.as_deref()? })
    }

    fn picture(&self, fits: bool) -> Picture {
        let size = self.source().and_then(|source| {
            let rows = Rows::open(&source, &Limits::default()).ok()?;
            Some(rows.facts().size)
        });
        let image = self.bytes.as_deref().filter(|_| fits).and_then(inline_picture);
        let absent = image.is_none().then(|| {
            let why = if fits { "not shown here" } else { "left out for the length of this page" };
            format!("{why}: {}, {} bytes, blob {}", self.side.path, self.side.bytes, self.side.blob)
        });
        let (width, height) = size.map_or((0, 0), |size| (size.width, size.height));
        Picture { label: self.side.label.clone(), width, height, image, absent }
    }
}

fn missing(path: &str, blob: &Oid) -> Failure {
    Failure::cannot_look(
        "evidence.missing",
        format!("{path}: this repository does not have blob {}", blob.short(12)),
    )
}

fn parts(diff: &Diff) -> Vec<Part> {
    diff.structure.iter().flat_map(Structure::parts).map(|one| part(&one)).collect()
}

fn part(region: &Region) -> Part {
    let place = |area: &Area| format!("{},{} {}×{}", area.x, area.y, area.width, area.height);
    let mut text = match (&region.before, &region.after) {
        (Some(before), Some(after)) if before != after => {
            format!("{} → {}", place(before), place(after))
        }
        (one, other) => other.as_ref().or(one.as_ref()).map(place).unwrap_or_default(),
    };
    let colours: Vec<String> = region
        .recolours
        .iter()
        .take(COLOURS)
        .map(|map| format!("{}→{}", map.from, map.to))
        .collect();
    if !colours.is_empty() {
        text = format!("{text}: {}", colours.join(", "));
    }
    let area = |area: &Area| [area.x, area.y, area.width, area.height];
    Part {
        kind: match region.kind {
            Kind::Added => PartKind::Added,
            Kind::Removed => PartKind::Removed,
            Kind::Moved => PartKind::Moved,
            Kind::Recoloured => PartKind::Recoloured,
            _ => PartKind::Changed,
        },
        text,
        before: region.before.as_ref().map(area),
        after: region.after.as_ref().map(area),
    }
}
