//! Task files: Markdown with TOML front matter, read and written without losing a byte.

mod complete;
mod fields;
mod folder;
mod front;
mod load;
mod parse;
mod write;

pub use complete::complete;
pub(crate) use folder::{Open, Stamp, Unread, open_folder};
pub(crate) use front::fault;
pub(crate) use load::{Folder, Place, place};
pub(crate) use parse::parse;

/// The largest task file that is read, in bytes.
pub const MAX_FILE: usize = 1 << 20;

/// Where a repository keeps its queue.
pub const QUEUE_DIR: &str = "docs/TASKS/queue";
