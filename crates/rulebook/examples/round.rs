//! Reads rule files of a repository, writes them for every tool and reads them again; says what differs.
//!
//! `round ROOT PATH…` prints a line per file and leaves with 1 when anything is not the same again.
#![expect(clippy::print_stdout, reason = "an example speaks")]

use std::path::Path;
use std::process::ExitCode;

use leadforge_rulebook::{
    Config, Imported, Rulebook, Seen, State, Tool, collect, import, sync, write,
};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let root = args.next().ok_or("round ROOT PATH…")?;
    let mut same = true;
    let mut all = Vec::new();
    for path in args {
        let bytes = std::fs::read(Path::new(&root).join(&path))?;
        let file = import(&path, &bytes)?;
        let kept = file.bytes() == bytes;
        println!(
            "{path}: {} bytes, {} sections, {} notes; written back the same: {kept}",
            bytes.len(),
            file.theirs.len() + file.ours.len(),
            file.notes.len(),
        );
        for note in &file.notes {
            println!("  {path}:{}: {}", note.line, note.what);
        }
        same &= kept;
        all.push(file);
    }
    let book = collect(all, true);
    let rounds = rounds(&book)?;
    println!(
        "all: {} items; through {rounds} of {} tools the same",
        book.items.len(),
        Tool::ALL.len()
    );
    Ok(ExitCode::from(u8::from(!same || rounds != Tool::ALL.len())))
}

/// Through how many tools the data comes back byte for byte, the files too, and a sync finds nothing to do.
fn rounds(book: &Rulebook) -> Result<usize, Box<dyn std::error::Error>> {
    let data = serde_json::to_string(&book.clone().arranged())?;
    let mut good = 0;
    for tool in Tool::ALL {
        let drafts = write(book, tool, "RULES.md")?;
        let files: Vec<Imported> = drafts
            .iter()
            .map(|draft| import(&draft.path, draft.text().as_bytes()))
            .collect::<Result<_, _>>()?;
        let kept = files
            .iter()
            .zip(&drafts)
            .all(|(file, draft)| file.bytes() == draft.text().into_bytes());
        let again = collect(files, false);
        let tree =
            drafts.iter().map(|d| (d.path.clone(), Seen::File(d.text().into_bytes()))).collect();
        let tree: std::collections::BTreeMap<String, Seen> = tree;
        let config = Config { tools: vec![tool], source: "RULES.md".into() };
        let report = sync(&again, &tree, &config)?;
        let calm = report.files.iter().all(|file| file.state == State::Same);
        good += usize::from(serde_json::to_string(&again)? == data && kept && calm);
    }
    Ok(good)
}
