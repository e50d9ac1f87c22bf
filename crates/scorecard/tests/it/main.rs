//! The dossier as its readers get it: JSON back and forth, a parsed page, rendered Markdown.

#[path = "../../examples/sample/data.rs"]
mod sample;

mod facts;
mod html;
mod markdown;
