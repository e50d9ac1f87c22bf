//! Globs of paths.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A set of globs: a star ends at a slash, two do not.
pub(crate) fn globs<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        set.add(glob.map_err(|error| format!("the glob {pattern:?}: {}", error.kind()))?);
    }
    set.build().map_err(|error| error.kind().to_string())
}
