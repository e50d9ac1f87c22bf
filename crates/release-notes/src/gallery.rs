//! The pictures of a version as a folder that people browse: before and after, new ones apart.

use crate::assets::{Asset, names, plain};
use crate::data::{Picture, Release, Screen, Status};

/// The files of a gallery, by path: `releases/v1/NAME-before.png` and `-after.png`,
/// `releases/v1/new-features/NAME.png`, and `history/2025-12-11/NAME.png` for what a screen looks
/// like since that day.
///
/// A screen that ends as it began, and was known before, has no file. What is not released yet has
/// no folder.
#[must_use]
pub fn gallery(release: &Release) -> Vec<Asset> {
    if release.version.is_empty() {
        return Vec::new();
    }
    let shown: Vec<Screen> = release.screens.iter().filter_map(view).collect();
    let folder = format!("releases/{}", plain(&release.version));
    let mut files = Vec::new();
    let mut put = |folder: &str, name: &str, picture: &Picture| {
        let name = format!("{folder}/{name}");
        files.push(Asset { name, path: picture.path.clone(), hash: picture.hash.clone() });
    };
    for (screen, names) in shown.iter().zip(names(&shown)) {
        let inside = match screen.pictures.len() {
            1 => format!("{folder}/new-features"),
            _ => folder.clone(),
        };
        for (picture, name) in screen.pictures.iter().zip(&names) {
            put(&inside, name, picture);
        }
    }
    if let Some(day) = release.day() {
        let last = |screen: &Screen| {
            let last = screen.pictures.last().cloned().into_iter();
            let pictures =
                last.map(|picture| Picture { label: String::new(), ..picture }).collect();
            Screen { pictures, ..screen.clone() }
        };
        let last: Vec<Screen> = shown.iter().map(last).collect();
        for (screen, names) in last.iter().zip(names(&last)) {
            for (picture, name) in screen.pictures.iter().zip(&names) {
                put(&format!("history/{day}"), name, picture);
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// A screen with only its first and its last picture, called before and after, or its only one.
fn view(screen: &Screen) -> Option<Screen> {
    let (first, last) = (screen.pictures.first()?, screen.pictures.last()?);
    let label = |label: &str, picture: &Picture| Picture { label: label.into(), ..picture.clone() };
    let changed = screen.whole().is_some_and(|step| !step.same);
    let pictures = match (changed, screen.status) {
        (true, _) => vec![label("before", first), label("after", last)],
        (false, Status::New) => vec![label("", last)],
        _ => return None,
    };
    Some(Screen { pictures, ..screen.clone() })
}
