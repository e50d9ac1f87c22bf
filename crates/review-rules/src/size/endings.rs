//! Lines of a change that say what they said before and only end in another way.

use std::collections::BTreeMap;

use crate::Tree;
use crate::change::{FileChange, Kind};

/// How many lines of a file changed in nothing but how they end: with a carriage return or without, and the last one with
/// a line feed or without. Each is one new line and one that went.
pub(super) fn endings(file: &FileChange, head: &dyn Tree, base: &dyn Tree) -> u32 {
    if file.binary || file.kind == Kind::Submodule || file.added.is_empty() || file.removed == 0 {
        return 0;
    }
    let old = file.old_path.as_ref().unwrap_or(&file.path);
    let (Ok(Some(after)), Ok(Some(before))) = (head.read(&file.path), base.read(old)) else {
        return 0;
    };
    let same = |content: &[u8]| !content.contains(&b'\r') && content.ends_with(b"\n");
    if same(&after) && same(&before) {
        return 0;
    }
    // What went is what was there, without what stayed; what stayed is what is there, without what is new.
    let mut went: BTreeMap<&[u8], i64> = BTreeMap::new();
    let mut count =
        |content, one| lines(content).for_each(|line| *went.entry(line).or_default() += one);
    count(&before, 1);
    count(&after, -1);
    count(&file.text, 1);
    // What only stands elsewhere has not changed its end.
    let new: Vec<&[u8]> = lines(&file.text).filter(|line| !take(&mut went, line)).collect();
    let mut bares: BTreeMap<&[u8], i64> = BTreeMap::new();
    for (line, times) in went.into_iter().filter(|(_, times)| *times > 0) {
        *bares.entry(bare(line)).or_default() += times;
    }
    let found = new.into_iter().filter(|line| take(&mut bares, bare(line))).count();
    u32::try_from(found).unwrap_or(u32::MAX).min(file.added.len()).min(file.removed)
}

fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split_inclusive(|&byte| byte == b'\n')
}

fn take<'l>(counts: &mut BTreeMap<&'l [u8], i64>, line: &'l [u8]) -> bool {
    let left = counts.get_mut(line).filter(|left| **left > 0);
    left.map(|left| *left -= 1).is_some()
}

fn bare(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
