//! Dockerfiles for a Python project: Debian slim, Alpine and distroless.
//!
//! What is written has two stages; uv installs what is locked into a layer of its own before any source is there;
//! the caches of uv are mounted; containers run as a number that is not root, in exec form, with a health check.
//!
//! ```
//! use leadforge_container_audit::template::{Config, Flavour, Install, write};
//!
//! let config = Config {
//!     flavour: Flavour::Slim,
//!     install: Install::Lock { extras: vec!["web".to_owned()], package: true },
//!     sources: vec!["src".to_owned()],
//!     start: ["uvicorn", "app:app"].map(str::to_owned).to_vec(),
//!     port: Some(8000),
//!     ..Config::default()
//! };
//! let written = write(&config)?;
//! assert!(written.text.contains("uv sync --locked --no-dev --no-install-project --extra web"));
//! assert_eq!(written.unpinned, ["ghcr.io/astral-sh/uv:0.13.9", "python:3.13-slim-trixie"]);
//! # Ok::<(), leadforge_container_audit::template::Error>(())
//! ```

mod command;
mod config;
mod layers;
mod text;
mod wheel;

pub use command::words;
pub use config::{Config, Error, Flavour, Install, UV};
pub use layers::{Layer, Takes, layers};
pub use text::{Written, write};
pub use wheel::{Libc, Machine, Wheel};
