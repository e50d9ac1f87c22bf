//! Renders Markdown from standard input as a code host does, to look at it in a browser.
//!
//! `lead-shot notes v1 | cargo run -p leadforge-release-notes --example look > notes.html`

use std::io::{Read as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source)?;
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.alerts = true;
    // Our own documents hold folds; nothing else of theirs is HTML.
    options.render.r#unsafe = true;
    let body = comrak::markdown_to_html(&source, &options);
    let head = "<!doctype html><meta charset=\"utf-8\"><style>body{font:16px/1.5 sans-serif;\
                max-width:60rem;margin:2rem auto;padding:0 1rem}img{max-width:100%}\
                td,th{border:1px solid #ccc;padding:.4rem;vertical-align:top}</style>";
    write!(std::io::stdout(), "{head}\n{body}")
}
