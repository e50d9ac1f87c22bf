//! From `main` to an exit code: parsing, the command itself, errors, panics, closed pipes.

use crate::meta::{self, Schema};
use crate::report::Envelope;
use crate::{Common, Context, Exit, Failure, Format, Outcome, context, flags, interrupt};
use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as _, Command, FromArgMatches as _, Parser};
use leadforge_markup::terminal;
use std::cell::Cell;
use std::ffi::OsString;
use std::io::Write as _;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;

/// Runs a command line: parses `Cli`, adds the common flags, and turns the result into a status.
pub fn run<Cli: Parser>(main: impl FnOnce(Cli, &Context) -> Result<Outcome, Failure>) -> ExitCode {
    Kit::new().run(main)
}

/// [`run`] for a binary that also publishes JSON schemas.
pub struct Kit<Cli> {
    schemas: Vec<Schema>,
    cli: PhantomData<fn() -> Cli>,
}

impl<Cli: Parser> Default for Kit<Cli> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Cli: Parser> Kit<Cli> {
    /// A kit without schemas.
    #[must_use]
    pub fn new() -> Self {
        Self { schemas: Vec::new(), cli: PhantomData }
    }

    /// Publishes a schema as `docs/schemas/NAME.json` through the hidden `meta` verb.
    #[must_use]
    pub fn schema(mut self, name: &'static str, make: fn() -> serde_json::Value) -> Self {
        self.schemas.push((name, make));
        self
    }

    /// Runs the command and says how the process ends.
    pub fn run(self, main: impl FnOnce(Cli, &Context) -> Result<Outcome, Failure>) -> ExitCode {
        let args: Vec<OsString> = std::env::args_os().collect();
        let format: Format = flags::peek(&args, "--format");
        flags::peek::<crate::Color>(&args, "--color").apply();
        let command = with_common_flags(Cli::command());
        let mut ctx = Context {
            common: Common { format, ..Common::default() },
            tool: command.get_name().to_owned(),
            version: command.get_version().unwrap_or("0").to_owned(),
            closed: Arc::default(),
        };
        one_line_panics();
        interrupt::outlive_size_limits();
        let result = catch_unwind(AssertUnwindSafe(|| self.answer(command, &args, &mut ctx, main)));
        if ctx.reader_left() {
            return Exit::Clean.into();
        }
        match result {
            Ok(Ok(exit)) => exit.into(),
            Ok(Err(failure)) => complain(&failure, &ctx),
            Err(_) => {
                let line = PANIC.take();
                let _ = std::io::stderr().write_all(line.as_bytes());
                let bug = Failure::new(Exit::Bug, "internal.panic", "internal error")
                    .hint("this is a bug of ours: please report the line above");
                complain(&bug, &ctx)
            }
        }
    }

    fn answer(
        &self,
        command: Command,
        args: &[OsString],
        ctx: &mut Context,
        main: impl FnOnce(Cli, &Context) -> Result<Outcome, Failure>,
    ) -> Result<Exit, Failure> {
        if args.get(1).is_some_and(|arg| arg == "meta") {
            let rest: Vec<String> =
                args[2..].iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
            let text = meta::main(&command, &self.schemas, &rest)?;
            ctx.document(|out| out.write_all(text.as_bytes()))?;
            return Ok(Exit::Clean);
        }
        let parsed = command.try_get_matches_from(args).and_then(|matches| {
            Ok((Cli::from_arg_matches(&matches)?, Common::from_arg_matches(&matches)?))
        });
        let (cli, common) = match parsed {
            Ok(parsed) => parsed,
            Err(error)
                if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
            {
                let text = error.render();
                ctx.emit_text(&text.ansi().to_string())?;
                return Ok(Exit::Clean);
            }
            Err(error) => return Err(usage(&error, &ctx.tool)),
        };
        ctx.common = common;
        main(cli, ctx).map(Outcome::exit)
    }
}

/// The command with the flags of all commands, described by its own words.
fn with_common_flags(command: Command) -> Command {
    let about = Resettable::from(command.get_about().cloned());
    let long_about = Resettable::from(command.get_long_about().cloned());
    // Clap takes the comment on `Common` for a description of the whole command.
    Common::augment_args(command).about(about).long_about(long_about)
}

/// Clap's error as one line and a hint.
fn usage(error: &clap::Error, tool: &str) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::usage("usage.missing", "a command is missing")
            .hint(format!("{tool} --help lists them"));
    }
    let text = error.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let message = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message).to_owned();
    let suggestion =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
            .into_iter()
            .find_map(|kind| match error.get(kind)? {
                ContextValue::String(word) => Some(word.clone()),
                ContextValue::Strings(words) => words.first().cloned(),
                _ => None,
            });
    let hint = match suggestion {
        Some(word) => format!("did you mean {word}?"),
        None => format!("{tool} --help explains its arguments"),
    };
    Failure::usage("usage", message).hint(hint)
}

fn complain(failure: &Failure, ctx: &Context) -> ExitCode {
    if ctx.common.format == Format::Json {
        let mut out = std::io::stdout().lock();
        let envelope = Envelope::failed(failure, &ctx.tool, &ctx.version);
        // Nobody is left to tell when even this cannot be written.
        let _ = context::line(&mut out, &envelope).and_then(|()| out.flush());
    } else {
        let mut err = anstream::stderr();
        for message in std::iter::once(&failure.message).chain(&failure.details) {
            let _ = writeln!(err, "\x1b[1;31merror\x1b[0m: {}", terminal(message));
        }
        if let Some(hint) = &failure.hint {
            let _ = writeln!(err, "\x1b[1;36mhint\x1b[0m: {}", terminal(hint));
        }
    }
    failure.exit.into()
}

thread_local! {
    /// What the main thread said when it last panicked.
    static PANIC: Cell<String> = const { Cell::new(String::new()) };
}

/// A panic of any thread is one line on standard error. That of the main thread waits until it is known
/// that nobody catches it: a library may expect one of a decoder, and have a better word for it.
fn one_line_panics() {
    let main = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        let text = words(info.payload());
        let at = info.location().map(ToString::to_string).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = format!("internal error at {at}: {}\n", terminal(&text));
        if std::thread::current().id() == main {
            PANIC.set(line);
        } else {
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }));
}

/// What a panic said (`payload_as_str` is younger than our oldest compiler).
fn words(payload: &(dyn std::any::Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned.or(payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words")
}
