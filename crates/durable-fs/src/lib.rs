//! Atomic durable writes, append-only logs, locks and validated paths, on a real or a simulated disk.
//!
//! A file that is written with [`replace`] holds its old content or its new content after a kill,
//! a full disk or a power cut, and never anything between. A record that [`AppendLog::append`]
//! returned is found again. A [`Lock`] is released by the kernel when its holder dies. A
//! [`RelPath`] cannot leave the folder it is joined to, nor reach into `.git`.
//!
//! ```
//! use leadforge_durable_fs::{AppendLog, RealDisk, RelPath, create_dir_all, replace};
//!
//! # let root = std::env::temp_dir().join(format!("durable-fs-doc-{}", std::process::id()));
//! # let root = root.as_path();
//! let disk = RealDisk;
//! create_dir_all(&disk, root)?;
//!
//! let path = RelPath::parse("state.json")?.join_to(root);
//! replace(&disk, &path, b"{\"tasks\":1}")?; // durable when this returns
//! assert_eq!(std::fs::read(&path)?, b"{\"tasks\":1}");
//!
//! let (mut log, recovery) = AppendLog::open(&disk, &root.join("events.log"))?;
//! assert_eq!((log.append(b"claimed")?, recovery.cut), (1, None));
//!
//! assert!(RelPath::parse("../escape").is_err());
//! assert!(RelPath::parse("sub/.GIT. /config").is_err());
//! # drop(log);
//! # std::fs::remove_dir_all(root)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is promised
//!
//! * *Killed at any moment*: old or new content; what was acknowledged stays; a temporary that
//!   stays behind is removed by the next [`sweep`].
//! * *Power lost at any moment*: the same, because the file is synced before it gets its name and
//!   the folder is synced before success is reported.
//! * *An operation fails*: an [`Error`] of one line that names the path and the operation, and the
//!   old content. One exception is unavoidable: when the sync of the folder fails after the rename,
//!   the new content is visible but not known to be durable, and the error says so.
//! * *Not promised*: network file systems, devices that report a sync they did not do, and damage
//!   inside a replaced file of the right length. A log finds damage by checksum.
//!
//! # The two disks
//!
//! Everything but [`Lock`] runs on `&dyn Disk`: on [`RealDisk`], or on [`SimDisk`], which keeps
//! what was written apart from what was synced and loses the difference in [`SimDisk::crash`],
//! by a seed that replays.
//!
//! The crate has no features. It never prints, reads no environment and no wall clock.

mod atomic;
mod disk;
mod error;
mod lock;
mod log;
mod real;
mod rel_path;
mod sim;
mod temporary;
mod verbs;

pub use atomic::{AtomicFile, Options};
pub use disk::{Disk, DiskFile, Kind, Metadata};
pub use error::Error;
pub use lock::Lock;
pub use log::{AppendLog, Cut, LogOptions, Recovery};
pub use real::RealDisk;
pub use rel_path::{PathRefused, RelPath};
pub use sim::{Fault, SimDisk};
pub use temporary::{is_temporary, sweep};
pub use verbs::{create_dir_all, create_new, read, remove, replace, replace_with};
