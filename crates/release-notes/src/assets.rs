//! The files of a release: pictures under flat, unique names that a code host leaves as they are.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::data::{Picture, Screen};

/// A picture as a file of the release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asset {
    /// Its name there, unique in the release also where case does not count.
    pub name: String,
    /// The picture's path in the tree that it comes from.
    pub path: String,
    /// What tells its bytes from others.
    pub hash: String,
}

/// A name for every picture of these screens: by screen, then by picture.
///
/// A picture is called after its screen and label. Where two would have one name, more of the
/// folder stands before it, and where that is not enough, a number behind it.
pub(crate) fn names(screens: &[Screen]) -> Vec<Vec<String>> {
    let mut depth = 0;
    loop {
        let wanted: Vec<Vec<String>> = screens
            .iter()
            .map(|screen| screen.pictures.iter().map(|p| name(screen, p, 0)).collect())
            .collect();
        let twice = twice(&wanted);
        let names: Vec<Vec<String>> = screens
            .iter()
            .zip(&wanted)
            .map(|(screen, wanted)| {
                let longer = |(picture, wanted): (&Picture, &String)| {
                    let clash = twice.contains(&wanted.to_ascii_lowercase());
                    name(screen, picture, if clash { depth } else { 0 })
                };
                screen.pictures.iter().zip(wanted).map(longer).collect()
            })
            .collect();
        let deepest = screens.iter().map(|screen| screen.folder.matches('/').count() + 1).max();
        if self::twice(&names).is_empty() {
            return names;
        }
        if depth >= deepest.unwrap_or(0) {
            return numbered(names);
        }
        depth += 1;
    }
}

/// The names that stand more than once, in lower case.
fn twice(names: &[Vec<String>]) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for name in names.iter().flatten() {
        *seen.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    seen.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect()
}

fn numbered(mut names: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut taken: BTreeSet<String> =
        names.iter().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let mut seen = BTreeSet::new();
    for name in names.iter_mut().flatten() {
        if seen.insert(name.to_ascii_lowercase()) {
            continue;
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "png"));
        let free = (2..).map(|n| format!("{stem}-{n}.{ending}"));
        let mut free = free.filter(|name| taken.insert(name.to_ascii_lowercase()));
        let free = free.next().expect("numbers do not end");
        seen.insert(free.to_ascii_lowercase());
        *name = free;
    }
    names
}

/// `FOLDER-SCREEN-LABEL.ENDING` with that many parts of the folder.
fn name(screen: &Screen, picture: &Picture, depth: usize) -> String {
    let ending = picture.file().rsplit_once('.').map_or("png", |(_, ending)| ending);
    let folders: Vec<&str> = screen.folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut parts: Vec<&str> = folders[folders.len().saturating_sub(depth)..].to_vec();
    parts.push(&screen.name);
    if !picture.label.is_empty() {
        parts.push(&picture.label);
    }
    let parts: Vec<String> = parts.into_iter().map(plain).collect();
    format!("{}.{}", parts.join("-"), plain(ending))
}

/// What GitHub does not rename: letters, digits, `-`, `_` and inner full stops.
pub(crate) fn plain(text: &str) -> String {
    let kept: String = text
        .chars()
        .take(80)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let kept = kept.trim_matches(['.', '-']).replace("..", "-");
    if kept.is_empty() { "x".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(folder: &str, name: &str, labels: &[&str]) -> Screen {
        let picture = |label: &&str| Picture {
            label: (*label).into(),
            path: format!("{folder}/{name}.png"),
            ..Picture::default()
        };
        Screen {
            name: name.into(),
            folder: folder.into(),
            pictures: labels.iter().map(picture).collect(),
            ..Screen::default()
        }
    }

    fn flat(screens: &[Screen]) -> Vec<String> {
        names(screens).into_iter().flatten().collect()
    }

    #[test]
    fn names_are_short_until_they_clash() {
        let screens = [
            screen("docs/pr71", "dashboard", &["before", ""]),
            screen("screenshots", "dashboard", &[""]),
            screen("screenshots", "Main page", &[""]),
        ];
        assert_eq!(
            flat(&screens),
            [
                "dashboard-before.png",
                "pr71-dashboard.png",
                "screenshots-dashboard.png",
                "Main-page.png",
            ]
        );
    }

    #[test]
    fn what_still_clashes_is_numbered() {
        let screens = [
            screen("a", "é", &["", ""]),
            screen("a", "ü", &[""]),
            screen("", "X", &[""]),
            screen("", "x", &[""]),
        ];
        let names = flat(&screens);
        let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), names.len(), "{names:?}");
    }

    #[test]
    fn hostile_names_become_file_names() {
        for (text, name) in [("../../etc", "etc"), ("", "x"), ("...", "x"), ("a b\n<c>", "a-b--c")]
        {
            assert_eq!(plain(text), name);
        }
    }
}
