//! A Dockerfile parser with spans, and a splitter for the shell text of its commands.
//!
//! It reads what BuildKit reads: parser directives (`# escape=`), continuations with comments and
//! empty lines inside, several heredocs in one instruction, exec (JSON) and shell forms, `ONBUILD`,
//! flags and mounts, any case, CRLF. It never fails: what is wrong is a [`Fault`] with its place,
//! and the rest is still read. It holds no rule.
//!
//! ```
//! use leadforge_dockerfile_syntax::{Base, Kind, parse};
//!
//! let text = "ARG V=3.13\nFROM python:${V}-slim AS base\nRUN apt-get update \\\n # why\n && rm -rf /x\n";
//! let file = parse(text);
//! let Base::Image(image) = &file.stages()[0].base else { panic!() };
//! assert_eq!((image.name.as_str(), image.tag.as_deref()), ("python", Some("3.13-slim")));
//! let Kind::Run(run) = &file.instructions[2].kind else { panic!() };
//! let script = run.script();
//! assert_eq!(script.commands[1].name(), Some("rm"));
//! assert_eq!(file.line(script.commands[1].span.start), 5);
//! ```

mod command;
mod directive;
mod expand;
mod heredoc;
mod image;
mod instruction;
mod lines;
mod parse;
pub mod shell;
mod stage;
mod text;

pub use command::Command;
pub use directive::Directive;
pub use expand::{Lookup, expand};
pub use heredoc::Heredoc;
pub use image::Image;
pub use instruction::{Copy, Dockerfile, Fault, Flag, From, Instruction, Kind, Pair};
pub use lines::Comment;
pub use parse::parse;
pub use stage::{Base, Stage};
pub use text::{Span, Text, Word};
