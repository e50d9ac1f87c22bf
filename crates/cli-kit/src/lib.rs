//! How a LeadForge command speaks: flags, output, exit codes, configuration and trust.
//!
//! A binary hands its clap type and one function to [`run`]; the kit adds the flags that every
//! command shares, renders errors as text or JSON, and turns the result into an exit code.
//!
//! ```no_run
//! use leadforge_cli_kit::{Failure, Outcome, Report, run};
//! use std::io::Write as _;
//!
//! /// Greets somebody.
//! #[derive(clap::Parser)]
//! #[command(name = "lead-hello", version)]
//! struct Cli {
//!     /// Whom to greet.
//!     name: String,
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     run(|cli: Cli, ctx| {
//!         if cli.name.is_empty() {
//!             return Err(Failure::usage("hello.name", "the name is empty").hint("give a name"));
//!         }
//!         let report = Report::new(Outcome::Clean).with_data(&cli.name);
//!         ctx.emit(&report, |out| writeln!(out, "hello {}", cli.name))
//!     })
//! }
//! ```
//!
//! Only binaries may depend on this crate: libraries return plain data and know no envelope.

#[cfg(feature = "http")]
pub mod code_host;
mod config;
mod context;
mod exit;
mod failure;
mod flags;
mod gauge;
mod git;
mod github;
mod globs;
pub mod host;
#[cfg(feature = "http")]
pub mod http;
mod interrupt;
mod junit;
mod meta;
mod progress;
mod report;
mod repository;
mod run;
pub mod sarif;
mod sink;
mod suggest;
pub mod trust;

pub use config::{CONFIG_FILE, Config, TABLES};
pub use context::Context;
pub use exit::{Exit, Outcome};
pub use failure::Failure;
pub use flags::{Color, Common, Format};
pub use gauge::Gauge;
pub use globs::globs;
pub use interrupt::Interrupt;
pub use junit::{Case, CaseResult, junit};
pub use progress::{Event, Reporter};
pub use report::{Finding, Level, Location, Report};
pub use repository::Repository;
pub use run::{Kit, run};
pub use suggest::nearest;
