//! Release notes and a visual changelog from commits and pairs of pictures, given as data.
//!
//! A [`Release`] is plain data: commits, and screens with their pictures by hash, size, verdict and
//! one line that says what changed. [`render_notes`] writes the body of a release,
//! [`render_changelog`] writes `VISUAL_CHANGELOG.md`, and
//! [`render_timeline`] makes of a [`Timeline`] one page with a slider through time. The crate knows no git and decodes no picture;
//! whoever calls it looked at both.
//!
//! ```
//! use leadforge_release_notes::{Commit, Config, Picture, Release, Screen, Status, render_notes};
//!
//! let picture = Picture { path: "shots/home.png".into(), shown_at: Some("shots/home.png".into()), ..Picture::default() };
//! let release = Release {
//!     version: "v1.0.0".into(),
//!     commits: vec![Commit { id: "6e58205".into(), subject: "[AI] feat(ui): a home page (#71)".into(), ..Commit::default() }],
//!     screens: vec![Screen { name: "home".into(), status: Status::New, pictures: vec![picture], ..Screen::default() }],
//!     ..Release::default()
//! };
//! let notes = render_notes(&release, &Config::default())?;
//! assert!(notes.text.contains("## Added\n\n- **ui:** a home page"));
//! assert!(notes.text.contains("![home](<shots/home.png>)"));
//! # Ok::<(), leadforge_release_notes::Error>(())
//! ```
//!
//! * Subjects are read as Conventional Commits, also behind tags such as `[AI]`; those of another
//!   form stand whole under "Other commits". Every commit stands exactly once.
//! * Only screens that changed are shown; pairs that are the same picture are named as such.
//! * A text longer than [`Config::length`] loses its least important pieces, and says which.
//! * No value formats, links, mentions or closes anything.
//!
//! The crate has no features, reads no clock and runs nothing: the same data gives the same bytes.

mod assets;
mod changelog;
mod data;
mod fit;
mod gallery;
mod links;
mod notes;
mod people;
mod sections;
mod subject;
mod timeline;
mod visual;

pub use assets::Asset;
pub use changelog::render_changelog;
pub use data::{Commit, Picture, Release, Screen, Status, Step};
pub use fit::LeftOut;
pub use gallery::gallery;
pub use links::Repository;
pub use notes::{Config, Images, Notes, render_notes};
pub use people::Contributor;
pub use sections::Section;
pub use subject::{Subject, parse_subject};
pub use timeline::{Shot, Timeline, Track, render_timeline};

/// What can be wrong with what a document is made from.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text names no repository.
    #[error("{text:?} names no repository: OWNER/REPO or its address is needed")]
    Repository {
        /// What was given.
        text: String,
    },
    /// Pictures are to be files of a release, and there is none.
    #[error("pictures can be files of a release only with a repository and a tag")]
    NoRelease,
}
