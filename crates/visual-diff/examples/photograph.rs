//! Photographs every page of a folder: `photograph FOLDER WIDTH HEIGHT [--full]`.
//!
//! Each `NAME.html` becomes `NAME.png`; a page may ask for the folder's other files, and for nothing else.

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use leadforge_visual_diff::Size;
use leadforge_visual_diff::capture::{Answer, Asked, Browser, Session, Shot, kind_of};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, width, height, rest @ ..] = words.as_slice() else {
        return Err("photograph FOLDER WIDTH HEIGHT [--full]".into());
    };
    let folder = PathBuf::from(folder);
    let viewport = Size { width: width.parse()?, height: height.parse()? };
    let full_page = rest.iter().any(|word| word == "--full");
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "html") {
            pages.push(path);
        }
    }
    pages.sort();
    let file = |asked: &Asked<'_>| {
        let name = asked.url.strip_prefix("http://localhost/").unwrap_or_default();
        match std::fs::read(folder.join(name)) {
            Ok(bytes) if !name.contains('/') => {
                Answer::Body { status: 200, kind: kind_of(name).into(), bytes }
            }
            _ => Answer::Block,
        }
    };
    let mut session = Session::start(Browser::default())?;
    for path in pages {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let url = format!("http://localhost/{name}");
        let shot = Shot { url, viewport, full_page, settle_ms: 2500, ..Shot::default() };
        let picture = session.capture(&shot, &file)?;
        std::fs::write(path.with_extension("png"), &picture.png)?;
        println!("{name} {}x{}", picture.size.width, picture.size.height);
    }
    Ok(())
}
