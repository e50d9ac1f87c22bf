//! Prints what is found in Dockerfiles: path, line, rule, message, parted by tabs.

use std::io::Write as _;

use leadforge_container_audit::dockerfile::{Config, Surroundings, check};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        for found in check(&text, &Config::default(), &Surroundings::default()).findings {
            writeln!(out, "{path}\t{}\t{}\t{}", found.line, found.rule, found.message)?;
        }
    }
    Ok(())
}
