//! What `llvm-cov export` writes, with its lines counted as `llvm-cov show` counts them.
//!
//! Segments, and what a line's count is: `LineCoverageStats` in LLVM's `CoverageMapping.cpp`.

use serde::Deserialize;

use super::read::path;
use super::{Coverage, Measured};

#[derive(Deserialize)]
pub(super) struct Data {
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    filename: String,
    #[serde(default)]
    segments: Vec<Segment>,
}

/// Line, column, count, whether it has a count, whether a region begins, whether it is a gap.
#[derive(Clone, Copy, Deserialize)]
#[serde(from = "Raw")]
struct Segment {
    line: u32,
    count: u64,
    counted: bool,
    entry: bool,
    gap: bool,
}

/// Versions before 2.0.1 of the format have no gaps.
#[derive(Deserialize)]
#[serde(untagged)]
enum Raw {
    Six((u32, u32, u64, bool, bool, bool)),
    Five((u32, u32, u64, bool, bool)),
}

impl From<Raw> for Segment {
    fn from(raw: Raw) -> Self {
        let (line, count, counted, entry, gap) = match raw {
            Raw::Six((line, _, count, counted, entry, gap)) => (line, count, counted, entry, gap),
            Raw::Five((line, _, count, counted, entry)) => (line, count, counted, entry, false),
        };
        Self { line, count, counted, entry, gap }
    }
}

pub(super) fn coverage(data: Vec<Data>) -> Coverage {
    let mut coverage = Coverage::default();
    for file in data.into_iter().flat_map(|data| data.files) {
        coverage.files.entry(path(&file.filename)).or_default().merge(&lines(&file.segments));
    }
    coverage
}

fn lines(segments: &[Segment]) -> Measured {
    let mut measured = Measured::default();
    let mut around: Option<Segment> = None;
    let mut rest = segments;
    while let Some(first) = rest.first() {
        let here = rest.iter().take_while(|segment| segment.line == first.line).count();
        let (on, after) = rest.split_at(here);
        if let Some(ran) = line(around, on) {
            measured.note(first.line, ran);
        }
        around = on.last().copied();
        // Until the next segment every line is as the last one leaves it.
        if let (Some(last), Some(next)) = (around, after.first())
            && last.counted
        {
            for between in first.line + 1..next.line.max(first.line + 1) {
                measured.note(between, last.count > 0);
            }
        }
        rest = after;
    }
    measured
}

/// Whether a line ran, by the segment that reaches into it and those that begin on it.
fn line(around: Option<Segment>, on: &[Segment]) -> Option<bool> {
    let begins = |segment: &&Segment| !segment.gap && segment.counted && segment.entry;
    let skipped = on.first().is_some_and(|first| !first.counted && first.entry);
    let regions = on.iter().filter(begins).count();
    let mapped = !skipped && (around.is_some_and(|around| around.counted) || regions > 0);
    let mapped = mapped || on.iter().any(|segment| segment.counted && segment.entry);
    if !mapped {
        return None;
    }
    let most = on.iter().filter(begins).map(|segment| segment.count).max().unwrap_or(0);
    Some(around.map_or(0, |around| around.count).max(most) > 0)
}
