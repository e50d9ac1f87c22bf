//! Prints what changed between two pictures, as one line of JSON: `structure BEFORE AFTER`.

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use leadforge_visual_diff::{Config, Tolerance, diff};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [before, after] = files.as_slice() else { return Err("structure BEFORE AFTER".into()) };
    let found = diff(before, after, &Config::default(), &Tolerance::default())?;
    println!("{}", serde_json::to_string(&found)?);
    Ok(())
}
