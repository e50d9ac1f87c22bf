//! Arguments, acknowledgements and exit codes of the two writers.

use std::error::Error;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// A result whose error is one line.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// What was asked: write some rounds, or check what earlier writers left.
pub(crate) struct Args {
    pub(crate) path: PathBuf,
    pub(crate) check: bool,
    /// How many files or records to write.
    pub(crate) count: u64,
    /// Content has fewer bytes than this.
    pub(crate) bytes: usize,
    /// How many files to write by turns, or how many records to sync at once.
    pub(crate) group: u64,
    /// How long to wait after each acknowledgement.
    pub(crate) pause: Duration,
    /// Who writes, where several replace the same files.
    pub(crate) writer: String,
    /// The acknowledgements that earlier writers printed.
    pub(crate) acks: Option<PathBuf>,
}

impl Args {
    fn parse() -> Outcome<Self> {
        let mut args = Self {
            path: PathBuf::new(),
            check: false,
            count: 100,
            bytes: 20_000,
            group: 1,
            pause: Duration::ZERO,
            writer: "one".to_owned(),
            acks: None,
        };
        let mut given = std::env::args_os().skip(1);
        while let Some(arg) = given.next() {
            let mut value =
                || given.next().ok_or_else(|| format!("{} needs a value", arg.display()));
            match arg.to_str() {
                Some("--check") => args.check = true,
                Some("--count") => args.count = value()?.to_string_lossy().parse()?,
                Some("--bytes") => args.bytes = value()?.to_string_lossy().parse()?,
                Some("--group") => args.group = value()?.to_string_lossy().parse()?,
                Some("--pause") => {
                    args.pause = Duration::from_millis(value()?.to_string_lossy().parse()?);
                }
                Some("--as") => args.writer = value()?.to_string_lossy().into_owned(),
                Some("--acks") => args.acks = Some(value()?.into()),
                _ => args.path = arg.into(),
            }
        }
        if args.path.as_os_str().is_empty() || args.group == 0 {
            let usage = "PATH [--count N] [--bytes MAX] [--group N] [--pause MS] [--as NAME]";
            return Err(format!("usage: {usage} | PATH --check [--acks FILE]").into());
        }
        Ok(args)
    }
}

/// Exit 0 when all is well, 1 with findings, 2 for wrong arguments, 3 when the system refuses.
pub(crate) fn main(
    write: fn(&Args) -> Outcome<()>,
    check: fn(&Args, Vec<String>) -> Outcome<Report>,
) -> ExitCode {
    // A file at its size limit is an error of the call (EFBIG), not the end of the process.
    let limit = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    let args = match limit.map_err(Into::into).and_then(|_| Args::parse()) {
        Ok(args) => args,
        Err(error) => return complain(error.as_ref(), 2),
    };
    let result = if args.check {
        read_acks(&args).and_then(|acks| check(&args, acks))
    } else {
        write(&args).map(|()| Report::default())
    };
    match result {
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => complain(error.as_ref(), 3),
        Ok(report) => {
            if args.check {
                let _ = acknowledge(&report.to_string());
            }
            if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
        }
    }
}

/// Prints one line at once: what it says is durable.
pub(crate) fn acknowledge(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let result = writeln!(out, "{line}").and_then(|()| out.flush());
    result.map_err(|e| io::Error::new(e.kind(), format!("cannot write to standard output: {e}")))
}

/// What a check found.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) whole: u64,
    pub(crate) acknowledged: u64,
    /// Leftovers that were swept, and bytes of torn tails that were cut: expected after a kill.
    pub(crate) cleaned: u64,
    pub(crate) problems: Vec<String>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for problem in &self.problems {
            writeln!(f, "problem: {problem}")?;
        }
        let Self { whole, acknowledged, cleaned, problems } = self;
        write!(
            f,
            "whole {whole} acknowledged {acknowledged} cleaned {cleaned} problems {}",
            problems.len()
        )
    }
}

/// The whole lines of the acknowledgements; a writer may be killed inside its last one.
fn read_acks(args: &Args) -> Outcome<Vec<String>> {
    let Some(path) = &args.acks else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    Ok(whole.lines().map(str::to_owned).collect())
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

fn complain(error: &dyn Error, code: u8) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {error}");
    ExitCode::from(code)
}
