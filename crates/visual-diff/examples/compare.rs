//! Compares two pictures and prints the report as one line of JSON.
//!
//! `compare BEFORE AFTER [--include-aa] [--profile pm5] [--threshold T] [--one-thread]`; what it costs is measured by `cargo xtask bench visual`.

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use leadforge_visual_diff::{Config, Profile, compare};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut config, mut files) = (Config::default(), Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--include-aa" => config.include_aa = true,
            "--one-thread" => config.threads = false,
            "--profile" if args.next().as_deref() == Some("pm5") => config.profile = Profile::Pm5,
            "--threshold" => config.threshold = args.next().unwrap_or_default().parse()?,
            _ => files.push(PathBuf::from(arg)),
        }
    }
    let [before, after] = files.as_slice() else { return Err("compare BEFORE AFTER".into()) };
    println!("{}", serde_json::to_string(&compare(before, after, &config)?)?);
    Ok(())
}
