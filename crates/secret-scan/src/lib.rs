//! Finds secrets in bytes of any origin, tells them from examples and ids, and never shows one.
//!
//! The rules are gitleaks' (as data, unchanged, with their licence beside them) and a few of ours. One pass finds the
//! keywords of all rules; a rule's pattern is compiled when a keyword of it stands where a match is possible, and
//! looks at a window around it. What it matches is then judged: by what the value is (random or words, a placeholder,
//! a digest, an id), by the name it is given, by its line and by its file.
//!
//! ```
//! use leadforge_secret_scan::{Config, Confidence, Scanner};
//!
//! let scanner = Scanner::new(&Config { salt: b"one repository".to_vec(), ..Config::default() })?;
//! # let token = format!("ghp_{}", "0b1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2");
//! let text = format!("[remote]\ntoken = \"{token}\"\n");
//! let found = scanner.scan("config.ini", text.as_bytes());
//!
//! assert_eq!(found[0].rule, "github-pat");
//! assert_eq!((found[0].start.line, found[0].start.column), (2, 10));
//! assert_eq!(found[0].confidence, Confidence::High);
//! assert_eq!(found[0].shape, "[A-Za-z0-9_]{40}"); // all that is said of it
//!
//! let example = "token = \"your-github-token-here\"\n";
//! assert!(scanner.scan("config.ini", example.as_bytes()).is_empty());
//! # Ok::<(), leadforge_secret_scan::Error>(())
//! ```
//!
//! # What is promised
//!
//! * A [`Finding`] holds no character of the secret: a place, a shape and a salted [`Digest`] of it.
//! * The same text gives the same findings, whether it is a slice or a stream, and whatever else was looked at before.
//! * Memory does not grow with the length of a stream.
//! * No input panics; what was not understood in a rule file is an error, never left out.

mod allow;
mod baseline;
mod context;
mod digest;
mod error;
mod file;
mod finding;
mod jwt;
mod keywords;
mod names;
mod pattern;
mod place;
mod redact;
mod rule;
mod rules;
mod scanner;
mod score;
mod shape;
mod stream;
mod value;

pub use baseline::{Baseline, Borne, Known};
pub use digest::Digest;
pub use error::Error;
pub use finding::{Confidence, Finding};
pub use place::Place;
pub use redact::redact;
pub use rules::GITLEAKS_SHA256;
pub use scanner::{Config, Scanner};
