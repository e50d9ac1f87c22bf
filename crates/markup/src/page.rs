//! The shell of a page that is one file: nothing is fetched, nothing runs that was not written here.

use sha2::{Digest, Sha256};

use crate::{Html, el, html};

/// The look that all pages share: tokens for light and dark, type, tables, keyboard focus, print.
const STYLE: &str = include_str!("page.css");

/// One self-contained HTML document.
///
/// ```
/// use leadforge_markup::{Page, el};
/// let page = Page { title: "Report".into(), main: el("p").text("hi").into(), ..Page::default() };
/// assert!(page.render().starts_with("<!doctype html>\n<html lang=\"en\">"));
/// ```
#[derive(Clone, Debug)]
pub struct Page {
    /// The title in the browser's tab.
    pub title: String,
    /// The language of the text, as BCP 47 has it.
    pub lang: String,
    /// One sentence for search and previews; left out when empty.
    pub description: String,
    /// What stands above the main part.
    pub header: Html,
    /// The main part, which the skip link leads to.
    pub main: Html,
    /// What stands below the main part.
    pub footer: Html,
    /// Rules added to the shared style.
    pub style: &'static str,
    /// A script, for pages that need one; it may run because its digest stands in the policy.
    pub script: &'static str,
    /// Whether pictures beside the page may be shown, see [`El::picture`](crate::El::picture).
    pub pictures: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            title: String::new(),
            lang: "en".to_owned(),
            description: String::new(),
            header: Html::new(),
            main: Html::new(),
            footer: Html::new(),
            style: "",
            script: "",
            pictures: false,
        }
    }
}

impl Page {
    /// Writes the document.
    ///
    /// Its Content Security Policy refuses every request, form and frame; the one style sheet and
    /// the one script are allowed by digest, so that no injected style or script would run.
    #[must_use]
    pub fn render(&self) -> String {
        let style = format!("{STYLE}{}", self.style);
        let script = if self.script.is_empty() { "'none'".to_owned() } else { source(self.script) };
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {script}; img-src data:{}; \
             base-uri 'none'; form-action 'none'",
            source(&style),
            if self.pictures { " 'self'" } else { "" },
        );
        let lang = if self.lang.is_empty() { "en" } else { &self.lang };
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n",
            html(lang),
            html(&policy),
        );
        if !self.description.is_empty() {
            let text = html(&self.description);
            out.push_str(&format!("<meta name=\"description\" content=\"{text}\">\n"));
        }
        let title = if self.title.is_empty() { "Untitled" } else { &self.title };
        out.push_str(&format!("<title>{}</title>\n<style>{style}</style>\n</head>\n", html(title)));
        out.push_str("<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n");
        if !self.header.is_empty() {
            let header = Html::from(el("header").class("page").with(self.header.clone()));
            out.push_str(&format!("{header}\n"));
        }
        let main = Html::from(el("main").attr("id", "main").with(self.main.clone()));
        out.push_str(&format!("{main}\n"));
        if !self.footer.is_empty() {
            let footer = Html::from(el("footer").class("page").with(self.footer.clone()));
            out.push_str(&format!("{footer}\n"));
        }
        if !self.script.is_empty() {
            out.push_str(&format!("<script>{}</script>\n", self.script));
        }
        out.push_str("</body>\n</html>\n");
        out
    }
}

/// A source expression of the policy that allows exactly this text.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// Base64 with padding (RFC 4648, section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sextet = (bits >> (18 - 6 * at) & 63) as usize;
            out.push(if at <= chunk.len() { char::from(ALPHABET[sextet]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }

    #[test]
    fn the_policy_allows_exactly_what_the_page_carries() {
        let page = Page { style: ".x { margin: 0 }", script: "console.log(1)", ..Page::default() };
        let text = page.render();
        let between = |from: &str, to: &str| {
            let start = text.find(from).expect("the element") + from.len();
            &text[start..start + text[start..].find(to).expect("its end")]
        };
        let style = between("<style>", "</style>");
        assert!(style.ends_with(page.style));
        let allowed = format!("style-src {}; script-src {};", source(style), source(page.script));
        assert!(text.contains(&html(&allowed)));
    }

    #[test]
    fn the_shell_escapes_what_it_is_given() {
        let page = Page {
            title: "</title><script>".into(),
            lang: "en\" onload=\"x".into(),
            description: "\"><b>".into(),
            ..Page::default()
        };
        let text = page.render();
        assert!(text.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"));
        assert!(text.contains("lang=\"en&quot; onload=&quot;x\""));
        assert!(text.contains("content=\"&quot;&gt;&lt;b&gt;\""));
        assert!(text.contains("script-src &#39;none&#39;"));
    }
}
