//! Rules given as data to every coding agent's own file and back, and a Memory Bank kept in step.
//!
//! ```
//! use std::collections::BTreeMap;
//! use leadforge_rulebook::{Config, Item, Rule, Rulebook, Seen, State, Tool, collect, import, sync};
//!
//! let rule = Rule { id: "py-no-print".into(), title: "No print in the app".into(), ..Rule::default() };
//! let book = Rulebook { items: vec![Item::Rule(rule)] };
//! let config = Config { tools: vec![Tool::Claude], ..Config::default() };
//!
//! // What people wrote stays, and the rules go below it.
//! let mut tree = BTreeMap::from([("CLAUDE.md".to_owned(), Seen::File(b"Be kind.\n".to_vec()))]);
//! let planned = sync(&book, &tree, &config)?.files.remove(0);
//! let bytes = planned.bytes.expect("it is new");
//! assert!(bytes.starts_with(b"Be kind.\n"));
//!
//! // It comes back as the data that it was made of.
//! assert_eq!(collect(vec![import("CLAUDE.md", &bytes)?], false), book);
//!
//! // An edit is noticed and stays.
//! let edited = String::from_utf8_lossy(&bytes).replace("No print", "Some print");
//! tree.insert("CLAUDE.md".to_owned(), Seen::File(edited.into_bytes()));
//! let kept = sync(&book, &tree, &config)?.files.remove(0);
//! assert_eq!((kept.state, kept.bytes), (State::Edited, None));
//! assert!(kept.diff.contains("-### Some print in the app\n+### No print in the app\n"));
//! # Ok::<(), leadforge_rulebook::Error>(())
//! ```
//!
//! The crate has no features. It opens no file, reads no clock and keeps nothing outside of the files:
//! what is there comes in through a [`Tree`], what is to be written goes out as bytes. Its reports hold
//! text from the repository, which whoever shows it escapes.

mod at;
mod block;
mod check;
mod code;
mod data;
mod diff;
mod error;
mod front;
mod import;
mod item;
mod layout;
mod lines;
mod memory;
mod pack;
mod sync;
mod text;
mod tool;
mod tree;

pub use data::{Item, Judge, Level, Rule, Rulebook, Scope, Section};
pub use error::Error;
pub use import::{Imported, Note, collect, import};
pub use layout::{Draft, write};
pub use memory::{MemoryConfig, MemoryFinding, MemoryReport, Step, memory};
pub use pack::{Composed, Library, Pack, Pick};
pub use sync::{Beyond, Config, Planned, Report, State, sync};
pub use text::Shape;
pub use tool::{Limit, Tool};
pub use tree::{Seen, Tree, TreeError};
