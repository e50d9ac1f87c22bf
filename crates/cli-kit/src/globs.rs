//! Patterns of a setting as one matcher.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::Failure;

/// One matcher for the patterns of a setting, such as `[shot] pictures`; `*` stays within a folder.
///
/// # Errors
/// Exit 2 with the setting's name when a pattern is none.
pub fn globs<'p>(
    setting: &str,
    patterns: impl IntoIterator<Item = &'p String>,
) -> Result<GlobSet, Failure> {
    let wrong = |error| Failure::usage("config.glob", format!("{setting}: {error}"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(GlobBuilder::new(pattern).literal_separator(true).build().map_err(wrong)?);
    }
    set.build().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_a_folder_and_a_wrong_pattern_is_named() {
        let set = globs("[shot] pictures", &["docs/*.png".to_owned()]).expect("a pattern");
        assert!(set.is_match("docs/a.png") && !set.is_match("docs/old/a.png"));
        let error = globs("[shot] pictures", &["docs/[".to_owned()]).expect_err("no pattern");
        assert!(error.to_string().contains("[shot] pictures: error parsing glob 'docs/['"));
    }
}
