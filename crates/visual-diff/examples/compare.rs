//! Compares two pictures and prints the report as one line of JSON.
//!
//! `compare BEFORE AFTER [--include-aa] [--profile pm5] [--threshold T] [--threads] [-o DIFF.png]`, `--structure` for what changed too; what it costs is measured by `cargo xtask bench visual`.

#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use leadforge_visual_diff::{
    Config, DiffPicture, Drawing, Profile, Tolerance, compare, compare_with, diff,
};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut config, mut files, mut output) = (Config::default(), Vec::new(), None);
    let mut structure = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-o" => output = args.next(),
            "--include-aa" => config.include_aa = true,
            "--structure" => structure = true,
            "--threads" => config.threads = true,
            "--profile" if args.next().as_deref() == Some("pm5") => config.profile = Profile::Pm5,
            "--threshold" => config.threshold = args.next().unwrap_or_default().parse()?,
            _ => files.push(PathBuf::from(arg)),
        }
    }
    let [before, after] = files.as_slice() else { return Err("compare BEFORE AFTER".into()) };
    if structure {
        let diff = diff(before, after, &config, &Tolerance::default())?;
        println!("{}", serde_json::to_string(&diff)?);
        return Ok(());
    }
    let report = match output {
        None => compare(before, after, &config)?,
        Some(path) => {
            let mut file = BufWriter::new(File::create(path)?);
            let mut picture = DiffPicture::new(Drawing::default(), &config, &mut file)?;
            let report = compare_with(before, after, &config, &mut [&mut picture])?;
            picture.finish()?;
            file.flush()?;
            report
        }
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}
