//! A command that does everything a command may do, so that the tests can listen to it.

use leadforge_cli_kit::{
    Event, Exit, Failure, Finding, Format, Kit, Level, Outcome, Report, trust::Subject,
};
use std::process::ExitCode;

/// Speaks in every way that a command may.
#[derive(clap::Parser)]
#[command(name = "lead-speak", version)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Says that all is well.
    Clean,
    /// Reports one finding.
    Find,
    /// Fails with text that wants to command the terminal.
    Fail,
    /// Refuses several inputs at once.
    Refuse,
    /// Writes many lines.
    Flood,
    /// Panics.
    Panic,
    /// Waits for an interrupt.
    Wait,
    /// Reports progress.
    Work,
    /// Shows what would have to be trusted in this folder.
    Trust,
    /// Writes a document.
    Document,
}

fn main() -> ExitCode {
    Kit::new().schema("speak-1", || serde_json::json!({ "type": "object" })).run(|cli: Cli, ctx| {
        match cli.verb {
            Verb::Clean => {
                let report = Report::new(Outcome::Clean).with_summary("lines", 1);
                ctx.emit(&report, |out| writeln!(out, "\x1b[32mfine\x1b[0m"))
            }
            Verb::Find => {
                let finding = Finding::new("speak.loud", Level::Error, "too loud");
                let report = Report::of(vec![finding.at("a.md", Some(3))]);
                ctx.emit(&report, |out| writeln!(out, "a.md:3: too loud"))
            }
            Verb::Fail => {
                Err(Failure::cannot_look("speak.read", "no \x1b[2Jfile\nhere")
                    .hint("look elsewhere"))
            }
            Verb::Refuse => Err(Failure::new(Exit::Refused, "speak.many", "a is refused")
                .details(["b is refused".to_owned()])),
            Verb::Flood => {
                ctx.only(&[Format::Human])?;
                let report = Report::new(Outcome::Findings);
                ctx.emit(&report, |out| (0..100_000).try_for_each(|n| writeln!(out, "{n}")))
            }
            Verb::Panic => panic!("the example\nfell over"),
            Verb::Wait => {
                let interrupt = ctx.interrupt()?;
                ctx.note("waiting");
                while !interrupt.raised() {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                ctx.emit(&Report::new(Outcome::Interrupted), |out| writeln!(out, "stopped"))
            }
            Verb::Work => {
                let reporter = ctx.reporter();
                reporter.report(&Event::new("claimed", "t-1", "by \x07nobody"));
                ctx.warn("it rains");
                Ok(Outcome::Incomplete)
            }
            Verb::Trust => {
                let subject = Subject::new(&ctx.config(".".as_ref())?);
                let lines: Vec<&str> = subject.lines().collect();
                let report = Report::new(Outcome::Clean).with_data(&lines);
                ctx.emit(&report, |out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))
            }
            Verb::Document => {
                ctx.document(|out| out.write_all(b"<p>\n"))?;
                Ok(Outcome::Clean)
            }
        }
    })
}
