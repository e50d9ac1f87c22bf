//! What a running command is given: its flags, and the ways in which it may speak.

use crate::gauge::Gauge;
use crate::progress::{self, Reporter};
use crate::sink::Sink;
use crate::{Common, Config, Event, Failure, Format, Interrupt, Outcome, Report};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a running command is given.
pub struct Context {
    /// The flags that all commands share.
    pub common: Common,
    pub(crate) tool: String,
    pub(crate) version: String,
    pub(crate) closed: Arc<AtomicBool>,
}

impl Context {
    /// The binary's name.
    #[must_use]
    pub fn tool(&self) -> &str {
        &self.tool
    }

    /// The binary's version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Refuses a `--format` that this command does not have.
    pub fn only(&self, formats: &[Format]) -> Result<(), Failure> {
        if formats.contains(&self.common.format) {
            return Ok(());
        }
        let word = |format: &Format| format!("{format:?}").to_lowercase();
        let known: Vec<String> = formats.iter().map(word).collect();
        Err(Failure::usage(
            "usage.format",
            format!("this command does not write --format {}", word(&self.common.format)),
        )
        .hint(format!("it writes {}", known.join(", "))))
    }

    /// Writes a report in the chosen format to `--output` or standard output.
    ///
    /// `human` writes the text form and may use ANSI styles: they are removed where colour is off.
    /// Returns the report's outcome, so that a command can end with it.
    pub fn emit(
        &self,
        report: &Report,
        human: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Outcome, Failure> {
        let path = self.common.output.as_deref();
        self.emit_at(path, report, human)
    }

    /// The same, always to standard output, for commands whose `--output` means something else.
    pub fn emit_stdout(
        &self,
        report: &Report,
        human: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Outcome, Failure> {
        self.emit_at(None, report, human)
    }

    fn emit_at(
        &self,
        path: Option<&Path>,
        report: &Report,
        human: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Outcome, Failure> {
        let (tool, version) = (self.tool.as_str(), self.version.as_str());
        self.write_at(path, |out| match self.common.format {
            Format::Json => line(out, &report.envelope(tool, version)),
            Format::Sarif => line(out, &crate::sarif::log(report, tool, version)),
            Format::Github => report
                .findings
                .iter()
                .try_for_each(|finding| writeln!(out, "{}", crate::github::annotation(finding))),
            Format::Human => {
                let mut text = Vec::new();
                human(&mut text)?;
                self.styled(path, out, &text)
            }
        })?;
        Ok(report.outcome)
    }

    /// Writes a document (not an envelope) to `--output` or standard output, byte for byte.
    pub fn document(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        self.write_at(self.common.output.as_deref(), write)
    }

    fn write_at(
        &self,
        path: Option<&Path>,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut sink = match path {
            Some(path) => Sink::file(path)?,
            None => Sink::stdout(Arc::clone(&self.closed)),
        };
        write(&mut sink)?;
        sink.finish()
    }

    /// Text that may be styled, with its styles removed where colour is off.
    fn styled(&self, path: Option<&Path>, out: &mut dyn Write, text: &[u8]) -> io::Result<()> {
        let plain = path.is_some()
            || anstream::AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never;
        if !plain {
            return out.write_all(text);
        }
        anstream::adapter::strip_bytes(text).try_for_each(|part| out.write_all(part))
    }

    /// Says something on standard error, unless `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.common.quiet {
            self.say("note", text);
        }
    }

    /// Warns on standard error, also when quiet.
    pub fn warn(&self, text: &str) {
        self.say("warning", text);
    }

    fn say(&self, label: &str, text: &str) {
        if self.common.format == Format::Json {
            progress::Ndjson.report(&Event::new(label, "", text));
        } else {
            progress::say(label, text);
        }
    }

    /// Where progress goes: a terminal, plain lines, NDJSON with `--format json`, or nowhere.
    #[must_use]
    pub fn reporter(&self) -> Box<dyn Reporter> {
        progress::choose(self.common.quiet, self.common.format == Format::Json)
    }

    /// A line that says how far a long work is, for people who watch: nowhere but on a terminal, and not when `--quiet`.
    #[must_use]
    pub fn gauge(&self) -> Gauge {
        Gauge::new(!self.common.quiet && self.common.format != Format::Json)
    }

    /// From now on the first Control-C only raises the returned flag.
    pub fn interrupt(&self) -> Result<Interrupt, Failure> {
        Interrupt::listen().map_err(Failure::from)
    }

    /// Loads `leadforge.toml` of the repository at `root`, or the file of `--config`.
    pub fn config(&self, root: &Path) -> Result<Config, Failure> {
        self.named_config()?.map_or_else(|| Config::load(root), Ok)
    }

    /// Loads the file of `--config`, when there is that flag.
    pub fn named_config(&self) -> Result<Option<Config>, Failure> {
        self.common.config.as_deref().map(Config::read).transpose()
    }

    /// The user's state folder: `$XDG_STATE_HOME/leadforge` or `~/.local/state/leadforge`.
    pub fn state_dir(&self) -> Result<PathBuf, Failure> {
        let set =
            |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
        set("XDG_STATE_HOME")
            .or_else(|| set("HOME").map(|home| home.join(".local/state")))
            .map(|base| base.join("leadforge"))
            .ok_or_else(|| {
                Failure::cannot_look("state.home", "neither XDG_STATE_HOME nor HOME names a folder")
            })
    }

    /// Text of ours (help, version) on standard output, styled where colour is on.
    pub(crate) fn emit_text(&self, text: &str) -> Result<(), Failure> {
        self.write_at(None, |out| self.styled(None, out, text.as_bytes()))
    }

    pub(crate) fn reader_left(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

/// A value as one line of JSON.
pub(crate) fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    out.write_all(leadforge_markup::json_in_log(&serde_json::to_string(value)?).as_bytes())?;
    out.write_all(b"\n")
}
