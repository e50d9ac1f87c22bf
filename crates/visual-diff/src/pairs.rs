//! Which pictures belong together by their names: `login-before.png`, `login.png`, `login-fixed.png`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The endings of a picture's name that say when it was taken, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Settings(pub Vec<String>);

impl Default for Settings {
    /// `-before`, the bare name, `-after`, `-fixed`.
    fn default() -> Self {
        Self(["-before", "", "-after", "-fixed"].map(str::to_owned).into())
    }
}

/// Pictures of one screen, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Series {
    /// The folder, without a final `/`; empty for the root.
    pub folder: String,
    /// The name that the pictures share.
    pub screen: String,
    /// The pictures, in the order of [`Settings`].
    pub pictures: Vec<Taken>,
}

/// One picture of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// What its name says: `before`, `after`, `fixed`, or nothing for the bare name.
    pub setting: String,
    /// Its whole path.
    pub path: String,
}

/// Endings of file names that are pictures, in lower case.
const PICTURES: &[&str] = &["png", "apng", "jpg", "jpeg", "webp", "gif", "avif", "bmp", "svg"];

/// Whether a path is that of a picture, by its ending.
#[must_use]
pub fn is_picture(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && PICTURES.contains(&ending.to_ascii_lowercase().as_str())
    })
}

/// Folders in which pictures are shown again by release and by day: views, and no evidence of their own.
const VIEWS: [&str; 2] = ["screenshots/releases/", "screenshots/history/"];

/// Whether a path lies in a folder that only shows pictures of elsewhere again.
#[must_use]
pub fn is_view(path: &str) -> bool {
    VIEWS.iter().any(|view| path.starts_with(view))
}

/// Puts pictures together that lie in one folder and differ only in their setting and never in
/// their format; a picture without others is a series of one. Sorted by folder and name.
///
/// ```
/// use leadforge_visual_diff::{Settings, series};
/// let found = series(["a/x.png", "a/x-fixed.png", "b/x.png"], &Settings::default());
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[0].pictures[1].setting, "fixed");
/// ```
#[must_use]
pub fn series<'p>(paths: impl IntoIterator<Item = &'p str>, settings: &Settings) -> Vec<Series> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let (screen, at, setting) = taken(stem, settings);
        found.entry((folder, screen, ending)).or_default().push((at, setting, path));
    }
    let series = found.into_iter().map(|((folder, screen, _), mut pictures)| {
        pictures.sort_unstable();
        pictures.dedup();
        let pictures = pictures.into_iter().map(|(_, setting, path)| Taken {
            setting: setting.trim_start_matches(['-', '_', '.', ' ']).to_owned(),
            path: path.to_owned(),
        });
        Series { folder: folder.into(), screen: screen.into(), pictures: pictures.collect() }
    });
    series.collect()
}

/// The screen, the place of its setting in time, and the setting; the longest ending counts.
fn taken<'n>(stem: &'n str, settings: &Settings) -> (&'n str, usize, &'n str) {
    let named = settings.0.iter().enumerate().filter(|(_, ending)| {
        !ending.is_empty() && stem.len() > ending.len() && stem.ends_with(ending.as_str())
    });
    if let Some((at, ending)) = named.max_by_key(|(_, ending)| ending.len()) {
        let (screen, setting) = stem.split_at(stem.len() - ending.len());
        return (screen, at, setting);
    }
    let bare = settings.0.iter().position(String::is_empty);
    (stem, bare.unwrap_or(settings.0.len()), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(paths: &[&str], settings: &Settings) -> Vec<String> {
        let one = |series: Series| {
            let all: Vec<_> =
                series.pictures.iter().map(|p| format!("{}={}", p.setting, p.path)).collect();
            format!("{}|{}: {}", series.folder, series.screen, all.join(" "))
        };
        series(paths.iter().copied(), settings).into_iter().map(one).collect()
    }

    #[test]
    fn settings_stand_in_the_order_of_time() {
        let paths =
            ["s/a.png", "s/a-fixed.png", "s/a-before.png", "s/a-after.png", "s/b-after.png"];
        assert_eq!(
            told(&paths, &Settings::default()),
            [
                "s|a: before=s/a-before.png =s/a.png after=s/a-after.png fixed=s/a-fixed.png",
                "s|b: after=s/b-after.png",
            ]
        );
    }

    #[test]
    fn folders_formats_and_other_words_keep_pictures_apart() {
        let paths = ["a.png", "x/a-before.png", "a-before.jpg", "a-beforehand.png", "-before.png"];
        assert_eq!(told(&paths, &Settings::default()).len(), 5);
    }

    #[test]
    fn the_settings_are_the_user_s() {
        let own = Settings(vec!["_alt".into(), "_neu".into(), "".into()]);
        assert_eq!(told(&["a_neu.png", "a_alt.png"], &own), ["|a: alt=a_alt.png neu=a_neu.png"]);
    }

    #[test]
    fn endings_say_what_a_picture_is() {
        assert!(is_picture("a/B.PNG") && is_picture("x.svg"));
        assert!(is_view("screenshots/history/2026-01-01/a.png") && !is_view("screenshots/a.png"));
        assert!(!is_picture("a.png/b") && !is_picture(".png") && !is_picture("png"));
    }
}
