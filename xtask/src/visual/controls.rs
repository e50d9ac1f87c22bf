//! `conform controls`: pairs in which no colour was changed for another one, and so no recolour may be named.

use super::ours::{self, Said};
use super::{Data, table};
use crate::setup;
use crate::sh::{self, Result};
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("controls.html");
const SIZE: [u32; 2] = [1280, 900];

/// Pages that are the page but for this style, or for this word of it.
const STYLES: &[(&str, &str)] = &[
    ("another set of fonts", "body { font-family: 'Liberation Sans' }"),
    ("another set of fonts, serif", "body { font-family: 'Liberation Serif' }"),
    ("the fonts a little larger", "body { font-size: 15.4px }"),
    ("text between two pixels", "body { transform: translate(.37px, .41px) }"),
    (
        "text smoothed otherwise",
        "body { text-rendering: geometricPrecision; letter-spacing: .01px }",
    ),
    ("all 7 px lower", "header { margin-top: 7px }"),
    ("all 1 px lower", "header { margin-top: 1px }"),
    ("all 1 px to the right", "body { margin-left: 1px; margin-right: -1px }"),
    ("all 12 px to the right", "body { margin-left: 12px; margin-right: -12px }"),
    (
        "a gradient of another angle",
        "header { background: linear-gradient(200deg, #1e3a8a, #0e7490 60%, #14b8a6) }",
    ),
    ("a gradient of another height", "header { padding-bottom: 47px }"),
    (
        "a gradient's middle elsewhere",
        ".orb { background: radial-gradient(circle at 62% 55%, #fde68a, #f97316 45%, #7c2d12) }",
    ),
];
const WORDS: &[(&str, &str, &str)] = &[
    ("a typo", "Fourteen ships", "Fourteen ship"),
    ("a number", "1,204", "1,310"),
    ("words on a gradient", "Ships, cargo and weather", "Wind, freight and people"),
    ("another photograph in the page", "photo-0.png", "photo-1.png"),
];
/// Pairs that the script draws.
const PHOTOS: &[(&str, &str)] = &[
    ("another photograph", "another"),
    ("a photograph packed harder", "packed"),
    ("a photograph with other grain", "grain"),
    ("a photograph panned", "panned"),
    ("a photograph blurred", "blurred"),
    ("a part of another photograph", "cut-out"),
    ("a photograph of richer colours", "contrast"),
];
/// Pairs of the corpora.
const FOUND: &[(&str, &str, &str)] = &[
    ("a photograph of a tiger", "visual/odiff/tiger.jpg", "visual/odiff/tiger-2.jpg"),
    ("a donkey in two formats", "visual/odiff/donkey.png", "visual/odiff/donkey.webp"),
];

/// Light, and the same in the dark.
const DARK: &str =
    ":root { --page: #080c16; --card: #0c1322; --ink: #f1f5f9; --quiet: #94a3b8; --line: #1d283a }";

pub(super) fn check(data: &Data) -> Result<Vec<String>> {
    setup::ensure("visual")?;
    let dir = sh::scratch("conform/controls");
    sh::fresh(&dir)?;
    draw(&dir, &[])?;
    let mut pairs = pages(&dir)?;
    ours::photograph(&dir, SIZE)?;
    draw(&dir, &["noise"])?;
    let of = |name: &str| [0, 1].map(|side| dir.join(format!("{name}-{side}.png")));
    pairs.push(("noise on the edges".to_owned(), of("page-noise")));
    pairs.extend(
        PHOTOS.iter().map(|(name, file)| ((*name).to_owned(), of(&format!("photo-{file}")))),
    );
    pairs.extend(FOUND.iter().map(|(name, before, after)| {
        ((*name).to_owned(), [before, after].map(|file| data.corpora.join(file)))
    }));
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for (name, [before, after]) in pairs {
        let said = Said::of(&before, &after)?;
        let recolours = said.regions("recoloured");
        if recolours > 0 {
            faults.push(format!("{name}: {recolours} recolours named"));
        }
        if said.different() == 0 {
            faults.push(format!("{name}: the two are the same picture and control nothing"));
        }
        let summary = said.summary().to_owned();
        rows.push([name, said.different().to_string(), recolours.to_string(), summary]);
    }
    table(["control", "different pixels", "recolours", "summary"], &rows);
    Ok(faults)
}

/// The pages of both themes are written; each pair has one that was not changed.
fn pages(dir: &Path) -> Result<Vec<(String, [PathBuf; 2])>> {
    let mut pairs = Vec::new();
    for (theme, style) in [("light", ""), ("dark", DARK)] {
        let base = PAGE.replace("</style>", &format!("{style}</style>"));
        let first = if style.is_empty() { "page.html" } else { "page-dark.html" };
        std::fs::write(dir.join(first), &base)?;
        let styled = STYLES
            .iter()
            .map(|(name, style)| (name, base.replace("</style>", &format!("{style}</style>"))));
        let worded = WORDS.iter().map(|(name, from, to)| (name, base.replace(from, to)));
        for (number, (name, page)) in styled.chain(worded).enumerate() {
            let file = dir.join(format!("{theme}-{number:02}.html"));
            std::fs::write(&file, page)?;
            let files = [dir.join(first), file].map(|file| file.with_extension("png"));
            pairs.push((format!("{name}, {theme}"), files));
        }
    }
    Ok(pairs)
}

fn draw(dir: &Path, more: &[&str]) -> Result {
    let script = sh::root().join("xtask/src/visual/controls.py");
    let mut python = sh::program(setup::tool_path("python3"));
    sh::capture(python.arg(script).arg(dir).args(more)).map(|_| ())
}
