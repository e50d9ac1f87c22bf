//! Compares the Memory Bank of a folder with its templates; prints a line per finding.
#![expect(clippy::print_stdout, reason = "an example speaks")]

use std::collections::BTreeMap;
use std::path::Path;

use leadforge_rulebook::{MemoryConfig, Seen, memory};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args().nth(1).ok_or("bank ROOT")?;
    let config = MemoryConfig::default();
    let mut tree = BTreeMap::new();
    for folder in &config.folders {
        for entry in std::fs::read_dir(Path::new(&root).join(folder))? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                tree.insert(path, Seen::File(std::fs::read(entry.path())?));
            }
        }
    }
    let report = memory(&tree, &config)?;
    for finding in &report.findings {
        println!("{}:{} {:?}: {}", finding.path, finding.line, finding.step, finding.message);
    }
    println!(
        "{} documents, {} findings, {} to make",
        report.documents,
        report.findings.len(),
        report.create.len()
    );
    Ok(())
}
