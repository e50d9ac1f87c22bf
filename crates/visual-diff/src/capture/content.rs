//! Where a page's parts come from: answers given over the pipe, without any server.

/// What a page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// `GET`, `POST`, ….
    pub method: &'a str,
    /// The whole address.
    pub url: &'a str,
}

/// What it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This.
    Body {
        /// The status, such as 200.
        status: u16,
        /// The media type.
        kind: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// What the app behind the same fence answers.
    App,
    /// Nothing, for this reason, which the report repeats.
    Refuse {
        /// Why, in one line.
        why: String,
    },
    /// Nothing; the page sees a network error, and the report names the address.
    Block,
}

/// Whoever answers.
pub trait Content {
    /// The answer to one request; called in the order in which the page asks.
    fn answer(&self, asked: &Asked<'_>) -> Answer;
}

impl<F: Fn(&Asked<'_>) -> Answer> Content for F {
    fn answer(&self, asked: &Asked<'_>) -> Answer {
        self(asked)
    }
}

/// The media type that goes with a file's name.
#[must_use]
pub fn kind_of(name: &str) -> &'static str {
    let ending = name.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end);
    match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
