//! Composes what stands below `.rulebook-ai` and compares it with the file that rulebook-ai joined of it.
#![expect(clippy::print_stdout, reason = "an example speaks")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use leadforge_rulebook::{Library, Pick, collect, import};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (root, joined) = (
        args.next().ok_or("packs ROOT JOINED [PROFILE]")?,
        args.next().ok_or("packs ROOT JOINED [PROFILE]")?,
    );
    let mut files = BTreeMap::new();
    read(&Path::new(&root).join(".rulebook-ai"), "", &mut files)?;
    let (library, notes) = Library::read(&files)?;
    let pick = args.next().map_or(Pick::All, Pick::Profile);
    let composed = library.compose(&pick)?;
    for note in notes.iter().chain(&composed.notes) {
        println!("  {}", note.what);
    }
    let file = import(&joined, &std::fs::read(Path::new(&root).join(&joined))?)?;
    let same = collect(vec![file], true) == composed.book;
    println!(
        "{} packs, {} sections, {} templates; the joined file says the same: {same}",
        library.packs.len(),
        composed.book.items.len(),
        composed.memory.len()
    );
    Ok(ExitCode::from(u8::from(!same)))
}

fn read(dir: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}
