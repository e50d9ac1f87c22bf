//! The flags that every command has.

use clap::{Args, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// The flags shared by all commands; [`crate::run`] adds them to the binary's own.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// How results are written.
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Write the result to this path instead of standard output.
    #[arg(short, long, global = true, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Read this file instead of leadforge.toml at the repository's root.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Never use the network.
    #[arg(long, global = true)]
    pub offline: bool,
    /// Print nothing but results and errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more; twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// When to colour.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Color,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    #[default]
    Human,
    /// One JSON envelope.
    Json,
    /// SARIF 2.1.0, where a command reports findings.
    Sarif,
    /// GitHub workflow annotations, where a command reports findings.
    Github,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes every stream of this process follow the choice.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Looks up an enumerated flag in raw arguments, for errors that come before parsing ends.
pub(crate) fn peek<T: ValueEnum + Default>(args: &[OsString], flag: &str) -> T {
    let mut found = T::default();
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        if arg == "--" {
            break;
        }
        let value = match arg.strip_prefix(flag) {
            Some("") => args.next().map(std::borrow::Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => continue,
        };
        if let Some(value) = value.and_then(|value| T::from_str(&value, false).ok()) {
            found = value;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(args: &[&str]) -> Format {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        peek(&args, "--format")
    }

    #[test]
    fn the_format_is_found_before_parsing() {
        assert_eq!(format(&["x", "--format", "json", "oops"]), Format::Json);
        assert_eq!(format(&["x", "oops", "--format=sarif"]), Format::Sarif);
        assert_eq!(format(&["x", "--", "--format=json"]), Format::Human);
        assert_eq!(format(&["x", "--format"]), Format::Human);
        assert_eq!(format(&["x", "--formatted=json"]), Format::Human);
    }
}
