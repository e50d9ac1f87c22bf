//! Makes the timeline page of JSON from standard input, to look at it in a browser.

use std::io::{Write as _, stdin, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let timeline = serde_json::from_reader(stdin().lock())?;
    let page = leadforge_release_notes::render_timeline(&timeline);
    Ok(stdout().write_all(page.as_bytes())?)
}
