//! Trust: no configured command runs until the user has seen it and said so.
//!
//! The [`Subject`] is what would run: every value of `leadforge.toml` and the command lines of
//! the queued tasks. A [`Store`] in the user's state folder, outside the repository, remembers
//! what was accepted. Comments, layout and prose are no part of a subject. A command that is
//! no longer there keeps the trust; one that is new or changed loses it, and so does any change
//! of configuration.
//!
//! ```
//! use leadforge_cli_kit::{Config, trust::{Status, Store, Subject}};
//! # let dir = std::env::temp_dir().join(format!("trust-doc-{}", std::process::id()));
//! let config = Config::parse("leadforge.toml".as_ref(), b"[verify]\nprepare = 'make'\n")?;
//! let mut subject = Subject::new(&config);
//! subject.command("verify", "cargo test");
//! let store = Store::new(&dir);
//! assert_eq!(store.status(&dir, &subject)?, Status::Untrusted);
//! store.record(&dir, &subject)?;
//! assert_eq!(store.status(&dir, &subject)?, Status::Trusted);
//! # std::fs::remove_dir_all(&dir)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod store;
mod subject;

pub use store::Store;
pub use subject::Subject;

use crate::Failure;

/// Whether the user has accepted a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// This, or more, was accepted.
    Trusted,
    /// Nothing was ever accepted for this repository.
    Untrusted,
    /// Something else was accepted.
    Changed {
        /// Lines that nobody accepted.
        added: Vec<String>,
        /// Lines that were accepted and are gone.
        removed: Vec<String>,
    },
}

impl Status {
    /// Success when trusted, or when `given` (from `--trust DIGEST`) is the subject's digest.
    ///
    /// Otherwise exit 4 with what changed and the line to type.
    pub fn require(&self, subject: &Subject, given: Option<&str>) -> Result<(), Failure> {
        let digest = subject.digest();
        match given {
            Some(given) if given == digest => return Ok(()),
            Some(given) => {
                return Err(Failure::refused(
                    "trust.digest",
                    format!("--trust {given} is not the digest of what would run"),
                )
                .hint(format!("it is {digest}; lead-forge trust shows what it stands for")));
            }
            None => {}
        }
        let (code, message, details) = match self {
            Self::Trusted => return Ok(()),
            Self::Untrusted => {
                ("trust.none", "no command of this repository is trusted yet", Vec::new())
            }
            Self::Changed { added, removed } => {
                let added = added.iter().map(|line| format!("new: {line}"));
                let removed = removed.iter().map(|line| format!("gone: {line}"));
                ("trust.changed", "the trusted commands changed", added.chain(removed).collect())
            }
        };
        Err(Failure::refused(code, message).details(details).hint(format!(
            "look at them with `lead-forge trust`, accept them with `lead-forge trust --accept {digest}`"
        )))
    }
}

/// Bytes as hex digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
