//! `VISUAL_CHANGELOG.md`: every version with the screens that changed, the newest first.

use std::cmp::Reverse;

use leadforge_markup::{markdown, markdown_link};

use crate::Error;
use crate::data::Release;
use crate::notes::{Config, Images, clip, incomplete, same};
use crate::visual::visual;

/// Writes the visual changelog: ordered by the day of the tags, what is not released yet first.
///
/// # Errors
/// [`Error::NoRelease`] when pictures are to be files of releases and there is no repository.
pub fn render_changelog(releases: &[Release], config: &Config) -> Result<String, Error> {
    if config.images == Images::Assets && config.repository.is_none() {
        return Err(Error::NoRelease);
    }
    let mut order: Vec<&Release> = releases.iter().collect();
    order.sort_by_key(|release| (!release.version.is_empty(), Reverse(release.seconds)));
    let mut text =
        "# Visual changelog\n\nWhat changed on the screens, newest version first. Made by \
                    `lead-shot changelog`; edits are lost.\n\n"
            .to_owned();
    for release in order {
        text.push_str(&section(release, config));
    }
    Ok(text.trim_end().to_owned() + "\n")
}

fn section(release: &Release, config: &Config) -> String {
    let title = clip(release.title(), 100);
    let title = match &config.repository {
        Some(repository) if !release.version.is_empty() => {
            let tag = repository.asset(&release.version, "");
            let page = tag.replace("/releases/download/", "/releases/tag/");
            markdown_link(&title, page.trim_end_matches('/'))
        }
        _ => markdown(&title),
    };
    let day = release.day().map_or_else(String::new, |day| format!(" - {day}"));
    let off = if release.off.is_some() { " (off the main line)" } else { "" };
    let mut text = format!("## {title}{day}{off}\n\n{}", incomplete(release));
    // What is not released has no files at the code host yet.
    let paths = Config { images: Images::Paths, ..config.clone() };
    let config = if release.version.is_empty() { &paths } else { config };
    let pictures = visual(release, config);
    if pictures.folds.is_empty() && pictures.lines.is_empty() {
        text.push_str("No screen changed.\n\n");
        return text;
    }
    text.extend(pictures.folds.iter().map(|fold| fold.text.as_str()));
    text.push_str(&pictures.lines);
    if release.same > 0 {
        text.push_str(&same(release.same));
    }
    text
}
