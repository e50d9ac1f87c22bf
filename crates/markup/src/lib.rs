//! Escaping for every place that untrusted text reaches, and the shell of a self-contained page.
//!
//! Text of a task, a file name, a diff, a commit or a model is data. Each function here takes such
//! text to one place where some characters are commands, and leaves it readable there:
//!
//! | place | function |
//! |---|---|
//! | HTML text, quoted attribute | [`html`], or by type: [`Html`], [`el`] |
//! | `href`, `src` | [`href`]; [`El::attr`] applies it by itself; [`El::picture`], [`inline_picture`] |
//! | JSON inside a page, in a log of CI | [`json_in_html`], [`json_in_log`] |
//! | Markdown (GitHub's) | [`markdown()`], [`markdown_code`], [`markdown_fence`], [`markdown_link`], [`markdown_image`], [`markdown_table`], [`markdown_html`] |
//! | CSV cell, record | [`csv_cell`], [`csv_row`] |
//! | terminal, log of CI | [`terminal()`], [`terminal_block`] |
//! | GitHub workflow command | [`workflow_data`], [`workflow_property`] |
//!
//! Characters that hide or reorder text (controls, ANSI, bidirectional overrides, zero width) are
//! spelled out everywhere, see [`visible`](visible()); bytes that are no UTF-8 come in through [`from_bytes`].
//!
//! ```
//! use leadforge_markup::{Html, Page, el, markdown};
//!
//! let hostile = "<img src=x onerror=alert(1)>";
//! let page = Page {
//!     title: hostile.to_owned(),
//!     main: el("p").text(hostile).into(),
//!     ..Page::default()
//! };
//! assert!(page.render().contains("<p>&lt;img src=x onerror=alert(1)&gt;</p>"));
//! assert_eq!(markdown("*all* of it"), r"\*all\* of it");
//! ```
//!
//! The crate has no features, reads no clock and no environment, and cannot fail.

mod csv;
mod html;
mod markdown;
mod page;
mod terminal;
mod url;
mod visible;

pub use csv::{csv_cell, csv_row};
pub use html::{El, Html, el, html, json_in_html};
pub use markdown::{
    markdown, markdown_code, markdown_fence, markdown_html, markdown_image, markdown_link,
    markdown_table,
};
pub use page::Page;
pub use terminal::{json_in_log, terminal, terminal_block, workflow_data, workflow_property};
pub use url::{href, inline_picture, is_inline_picture};
pub use visible::{from_bytes, visible};
