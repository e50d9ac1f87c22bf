//! Writes made-up dossiers as HTML, Markdown and JSON into a folder, for looking at them.
//!
//! `cargo run -p leadforge-scorecard --example sample -- /tmp/dossiers`

mod data;

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("give the folder to write to"));
    };
    fs::create_dir_all(&folder)?;
    for (name, dossier) in data::all() {
        fs::write(
            folder.join(name).with_extension("html"),
            leadforge_scorecard::render_html(&dossier),
        )?;
        fs::write(
            folder.join(name).with_extension("md"),
            leadforge_scorecard::render_markdown(&dossier),
        )?;
        fs::write(folder.join(name).with_extension("json"), dossier.to_json())?;
    }
    Ok(())
}
