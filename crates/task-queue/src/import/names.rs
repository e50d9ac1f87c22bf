//! Keys for the entries of one file: an anchor per title, counted when a title repeats.

use std::collections::BTreeMap;

use super::text::anchor;

/// Hands out `path#anchor`, then `path#anchor~2` for the second entry of that title.
pub(super) struct Names {
    path: String,
    seen: BTreeMap<String, u32>,
}

impl Names {
    pub(super) fn new(path: &str) -> Self {
        Self { path: path.to_owned(), seen: BTreeMap::new() }
    }

    pub(super) fn key(&mut self, title: &str) -> String {
        let anchor = anchor(title);
        let count = self.seen.entry(anchor.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => format!("{}#{anchor}", self.path),
            n => format!("{}#{anchor}~{n}", self.path),
        }
    }
}
