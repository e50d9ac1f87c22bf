//! `.dockerignore`: what Docker leaves out of a context, and a file that leaves out what no `COPY` needs.
//!
//! ```
//! use leadforge_container_audit::dockerignore::{Ignore, propose};
//!
//! let ignore = Ignore::read("*\n!src\n**/*.pyc\n");
//! assert!(ignore.excludes("docs/a.md") && !ignore.excludes("src/a.py") && ignore.excludes("src/a.pyc"));
//! let files = ["README.md", "src/a.py"].map(str::to_owned);
//! let proposal = propose(&["FROM x:1\nCOPY src/ /app/\n"], &files);
//! assert_eq!(proposal.left_out, ["README.md"]);
//! ```

mod pattern;
mod propose;
mod sources;

pub use pattern::Ignore;
pub use propose::{Proposal, propose};
pub(crate) use sources::copied;
pub use sources::{Source, needs, sources};
