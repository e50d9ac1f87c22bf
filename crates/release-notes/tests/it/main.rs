//! The documents as their readers get them: rendered Markdown, links, limits, hostile texts.

mod changelog;
mod data;
mod gallery;
mod hostile;
mod notes;
mod read;
mod timeline;
