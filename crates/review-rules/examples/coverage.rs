//! Reads reports of coverage and prints how much of everything ran: what `xtask bench review` times.

use std::fs::File;
use std::io::{BufReader, Write};

use leadforge_review_rules::coverage::Coverage;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let coverage = Coverage::read(BufReader::with_capacity(1 << 16, File::open(&path)?))?;
        let share = coverage.share();
        writeln!(
            out,
            "{} files, {} of {} lines",
            coverage.files.len(),
            share.covered,
            share.lines
        )?;
    }
    Ok(())
}
