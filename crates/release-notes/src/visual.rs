//! The pictures in Markdown: one fold for each screen that changed, one line for pairs that did not.

use std::collections::BTreeSet;

use leadforge_markup::{markdown, markdown_code, markdown_html, markdown_image, markdown_table};

use crate::assets::{Asset, names};
use crate::data::{Picture, Release, Screen, Status, Step};
use crate::fit::Piece;
use crate::links::relative;
use crate::notes::{Config, Images, clip};

/// The visual changes of one version.
pub(crate) struct Visual {
    /// One fold for each screen.
    pub(crate) folds: Vec<Piece>,
    /// Lines below them: what is the same, what is gone, what was left out.
    pub(crate) lines: String,
    /// The pictures that the folds show, as files of the release.
    pub(crate) assets: Vec<Vec<Asset>>,
}

/// How a picture is reached.
struct Way<'a> {
    config: &'a Config,
    version: &'a str,
}

pub(crate) fn visual(release: &Release, config: &Config) -> Visual {
    let way = Way { config, version: &release.version };
    let names = names(&release.screens);
    let (mut folds, mut assets, mut over) = (Vec::new(), Vec::new(), Vec::new());
    let (mut seen, mut bytes) = (BTreeSet::new(), 0_u64);
    let ambiguous = |screen: &Screen| {
        release.screens.iter().filter(|other| other.name == screen.name && other.changed()).count()
            > 1
    };
    for (screen, names) in release.screens.iter().zip(&names) {
        if !screen.changed() || screen.status == Status::Removed {
            continue;
        }
        let own: BTreeSet<_> = screen.pictures.iter().map(|p| (p.hash.clone(), p.bytes)).collect();
        let new: u64 = own.difference(&seen).map(|(_, bytes)| *bytes).sum();
        if bytes.saturating_add(new) > config.picture_bytes {
            over.push(markdown(&clip(&screen.name, 80)));
            continue;
        }
        bytes += new;
        seen.extend(own);
        folds.push(Piece {
            text: fold(screen, names, ambiguous(screen), &way),
            name: screen.name.clone(),
        });
        let files = screen.pictures.iter().zip(names).map(|(picture, name)| Asset {
            name: name.clone(),
            path: picture.path.clone(),
            hash: picture.hash.clone(),
        });
        assets.push(files.collect());
    }
    let mut lines = String::new();
    let mut line = |head: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push_str(&format!("{head}: {}.\n\n", items.join(", ")));
        }
    };
    line("Removed", removed(release));
    line("Pairs that show no change", unchanged(release));
    line("Pictures left out for the size of a release", over);
    Visual { folds, lines, assets }
}

/// The pictures that are gone, by path.
fn removed(release: &Release) -> Vec<String> {
    let gone = release.screens.iter().flat_map(|screen| &screen.gone);
    gone.map(|path| markdown_code(&clip(path, 200))).collect()
}

/// The pairs that are the same picture.
fn unchanged(release: &Release) -> Vec<String> {
    let of = |screen: &Screen| {
        let name = |at: usize| {
            screen
                .pictures
                .get(at)
                .map_or_else(String::new, |p| markdown_code(&clip(p.file(), 120)))
        };
        let same = screen.steps.iter().filter(|step| step.same);
        let told = same.map(|step| {
            let words = match step.summary.as_str() {
                "" => "is the same picture as",
                _ => "shows no visible change from",
            };
            let screen = markdown(&clip(&screen.name, 80));
            format!("{screen} ({} {words} {})", name(step.to), name(step.from))
        });
        told.collect::<Vec<_>>()
    };
    release.screens.iter().flat_map(of).collect()
}

/// One screen: its name and what changed as the summary, the pictures side by side inside.
fn fold(screen: &Screen, names: &[String], ambiguous: bool, way: &Way<'_>) -> String {
    let mut title = screen.name.clone();
    if ambiguous && !screen.folder.is_empty() {
        title.push_str(&format!(" ({})", screen.folder));
    }
    let title = format!("{}: {}", clip(&title, 160), clip(&gist(screen), 240));
    let cells: Vec<String> =
        screen.pictures.iter().zip(names).map(|(p, name)| way.cell(screen, p, name)).collect();
    let body = match cells.as_slice() {
        [one] => format!("{one}\n"),
        cells => {
            let heads: Vec<String> = screen.pictures.iter().map(|p| head(screen, p)).collect();
            markdown_table(&heads, &[cells.to_vec()])
        }
    };
    let steps: String = match screen.steps.as_slice() {
        [] | [_] => String::new(),
        steps => steps.iter().map(|step| format!("- {}\n", told(screen, step))).collect(),
    };
    let gap = if steps.is_empty() { "" } else { "\n" };
    format!(
        "<details><summary>📸 {}</summary>\n\n{body}{gap}{steps}\n</details>\n\n",
        markdown_html(&title)
    )
}

/// What happened to a screen, in a few words.
fn gist(screen: &Screen) -> String {
    let whole = screen.whole();
    let all_same = !screen.steps.is_empty() && screen.steps.iter().all(|step| step.same);
    let words = match whole {
        None => String::new(),
        Some(_) if all_same => "its pictures show no change".to_owned(),
        Some(step) if step.same => "ends as it began".to_owned(),
        Some(step) => summary(step).to_owned(),
    };
    match (screen.status, words.as_str()) {
        (Status::New, "") => "new".to_owned(),
        (Status::New, words) if all_same => format!("new; {words}"),
        (_, "") => "changed".to_owned(),
        (_, _) => words,
    }
}

fn summary(step: &Step) -> &str {
    match (step.same, step.summary.as_str()) {
        (true, "") => "the same picture",
        (true, _) => "no visible change",
        (false, "") => "changed",
        (false, summary) => summary,
    }
}

/// One step as an item of a list.
fn told(screen: &Screen, step: &Step) -> String {
    let name = |at: usize| screen.pictures.get(at).map_or_else(String::new, |p| head(screen, p));
    let words = markdown(&clip(summary(step), 400));
    format!("{} → {}: {words}", name(step.from), name(step.to))
}

/// How a picture is called above its column.
fn head(screen: &Screen, picture: &Picture) -> String {
    let twice = screen.pictures.iter().filter(|other| other.file() == picture.file()).count() > 1;
    if twice {
        markdown(&clip(&picture.label, 80))
    } else {
        markdown_code(&clip(picture.file(), 120))
    }
}

impl Way<'_> {
    /// A picture with its alternative text, or the word that it cannot be shown.
    fn cell(&self, screen: &Screen, picture: &Picture, name: &str) -> String {
        let alt = alt(screen, picture);
        let url = match (self.config.images, &self.config.repository) {
            (Images::Assets, Some(repository)) => Some(repository.asset(self.version, name)),
            _ => picture.shown_at.as_ref().and_then(|path| relative(&self.config.prefix, path)),
        };
        match url {
            Some(url) => markdown_image(&alt, &url),
            None => format!(
                "{}: no longer in the tree ({})",
                markdown(&alt),
                markdown_code(&picture.hash.chars().take(12).collect::<String>())
            ),
        }
    }
}

/// `job-search before, 1920×1080 pixels`.
fn alt(screen: &Screen, picture: &Picture) -> String {
    let label =
        if picture.label.is_empty() { String::new() } else { format!(" {}", picture.label) };
    let size = picture.size.map_or_else(String::new, |(w, h)| format!(", {w}×{h} pixels"));
    format!("{}{}{size}", clip(&screen.name, 100), clip(&label, 60))
}
