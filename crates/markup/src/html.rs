//! HTML that is escaped by its type: text cannot become markup by being forgotten.

use std::fmt;

use crate::{href, visible};

/// Escapes text for an HTML text node or a quoted attribute value.
///
/// ```
/// assert_eq!(leadforge_markup::html("<b a='1'>&"), "&lt;b a=&#39;1&#39;&gt;&amp;");
/// ```
#[must_use]
pub fn html(text: &str) -> String {
    let text = visible::block(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Makes JSON text safe inside `<script type="application/json">`.
///
/// `<`, `>` and `&` occur in JSON only inside strings, where their escapes mean the same.
#[must_use]
pub fn json_in_html(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// A finished piece of HTML, which only escapers and constants of the source can make.
///
/// ```
/// use leadforge_markup::{Html, el};
/// let page = Html::new().with(el("p").class("note").text("1 < 2")).with(Html::text(" & so on"));
/// assert_eq!(page.as_str(), "<p class=\"note\">1 &lt; 2</p> &amp; so on");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Starts empty.
    #[must_use]
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Escapes text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(html(text))
    }

    /// Takes a constant of the source as it is.
    #[must_use]
    pub fn constant(html: &'static str) -> Self {
        Self(html.to_owned())
    }

    /// Appends a piece and returns the whole.
    #[must_use]
    pub fn with(mut self, piece: impl Into<Self>) -> Self {
        self.push(piece);
        self
    }

    /// Appends a piece.
    pub fn push(&mut self, piece: impl Into<Self>) {
        let piece = piece.into().0;
        if self.0.is_empty() { self.0 = piece } else { self.0.push_str(&piece) }
    }

    /// The HTML as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T: Into<Self>> FromIterator<T> for Html {
    fn from_iter<I: IntoIterator<Item = T>>(pieces: I) -> Self {
        pieces.into_iter().fold(Self::new(), Self::with)
    }
}

impl<T: Into<Self>> From<Option<T>> for Html {
    fn from(piece: Option<T>) -> Self {
        piece.map_or_else(Self::new, Into::into)
    }
}

/// An element that is being written: attributes first, then what it holds.
#[derive(Clone, Debug)]
#[must_use]
pub struct El {
    name: &'static str,
    attributes: String,
    inner: Html,
}

/// Starts an element. Names are constants of the source, never data.
pub const fn el(name: &'static str) -> El {
    El { name, attributes: String::new(), inner: Html::new() }
}

impl El {
    /// Sets an attribute; links and sources are checked, code and style are left out.
    ///
    /// `href` passes [`href`], `src` must be an inline picture; an attribute that fails its check
    /// is not written. Attributes that hold code or style (`on…`, `style`, `srcdoc`) never are.
    pub fn attr(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        let value = match name {
            "href" | "xlink:href" | "action" | "formaction" | "cite" => href(&value),
            "src" | "poster" => crate::url::is_inline_picture(&value).then_some(value),
            "style" | "srcdoc" | "srcset" => None,
            code if code.starts_with("on") => None,
            _ => Some(value),
        };
        if let Some(value) = value {
            self.attributes.push_str(&format!(" {name}=\"{}\"", html(&value)));
        }
        self
    }

    /// Sets `src` to a picture beside the page: a relative path, which the page's policy allows
    /// when [`Page::pictures`](crate::Page::pictures) says so. Anything else is not written.
    pub fn picture(mut self, path: &str) -> Self {
        if let Some(path) = crate::url::beside(path) {
            self.attributes.push_str(&format!(" src=\"{}\"", html(&path)));
        }
        self
    }

    /// Sets an attribute that has no value, such as `open`.
    pub fn flag(mut self, name: &'static str) -> Self {
        self.attributes.push(' ');
        self.attributes.push_str(name);
        self
    }

    /// Sets the class attribute.
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Appends escaped text.
    pub fn text(self, text: impl fmt::Display) -> Self {
        let text = Html::text(&text.to_string());
        self.with(text)
    }

    /// Appends a piece of HTML, an element, or several.
    pub fn with(mut self, piece: impl Into<Html>) -> Self {
        self.inner.push(piece);
        self
    }

    /// Appends each piece in turn.
    pub fn each<T: Into<Html>>(mut self, pieces: impl IntoIterator<Item = T>) -> Self {
        for piece in pieces {
            self.inner.push(piece);
        }
        self
    }
}

/// Elements that have no end tag (HTML, "Void elements").
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

impl From<El> for Html {
    fn from(el: El) -> Self {
        let El { name, attributes, inner } = el;
        if VOID.contains(&name) {
            return Self(format!("<{name}{attributes}>"));
        }
        // A parser drops a line feed right behind these start tags.
        let kept = matches!(name, "pre" | "textarea") && inner.0.starts_with('\n');
        let feed = if kept { "\n" } else { "" };
        Self(format!("<{name}{attributes}>{feed}{inner}</{name}>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_that_run_code_are_never_written() {
        let a = el("a").attr("href", "javascript:alert(1)").attr("onclick", "x()").text("x");
        assert_eq!(Html::from(a).as_str(), "<a>x</a>");
        let img = el("img").attr("src", "https://example.com/x.png").attr("alt", "\"><script>");
        assert_eq!(Html::from(img).as_str(), "<img alt=\"&quot;&gt;&lt;script&gt;\">");
        let img = el("img").picture("https://example.com/x.png").picture("a/b.png");
        assert_eq!(Html::from(img).as_str(), "<img src=\"a/b.png\">");
        let p = el("p").attr("style", "background:url(x)").flag("hidden");
        assert_eq!(Html::from(p).as_str(), "<p hidden></p>");
    }

    #[test]
    fn json_stays_json_and_closes_no_script() {
        let json = json_in_html(r#"{"a":"</script><!--&"}"#);
        assert_eq!(json, r#"{"a":"\u003c/script\u003e\u003c!--\u0026"}"#);
    }

    #[test]
    fn pieces_collect_and_absent_pieces_are_nothing() {
        let list: Html = ["a", "b"].iter().map(|x| el("li").text(x)).collect();
        assert_eq!(list.as_str(), "<li>a</li><li>b</li>");
        assert!(Html::from(None::<Html>).is_empty());
        assert_eq!(Html::from(el("pre").text("\nx")).as_str(), "<pre>\n\nx</pre>");
    }
}
