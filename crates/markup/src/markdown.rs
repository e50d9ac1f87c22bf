//! Text inside Markdown as GitHub renders it: no formatting, no link, no mention comes out of it.

use crate::{href, visible};

/// A zero-width space that GitHub's own post-processing stops at; it is written as an entity.
const STOP: &str = "&#8203;";

/// Escapes text for one line of Markdown: a paragraph, a list item, a heading or a table cell.
///
/// Line breaks become spaces. Besides GitHub Flavored Markdown's own syntax it disarms what GitHub
/// does afterwards with finished text: mentions (`@name`) and references (`#1`, `GH-1`), which
/// would notify people or close issues.
///
/// ```
/// use leadforge_markup::markdown;
/// assert_eq!(markdown("**bold** <b>"), r"\*\*bold\*\* &lt;b&gt;");
/// assert_eq!(markdown("thanks @octocat"), "thanks @&#8203;octocat");
/// ```
#[must_use]
pub fn markdown(text: &str) -> String {
    escape(&visible::line(text))
}

/// More backquotes in a row are written as an element: readers give up at their own numbers.
const MOST_BACKQUOTES: usize = 16;

/// Writes text as inline code, whatever backquotes it holds; it may stand in a table cell.
///
/// ```
/// use leadforge_markup::markdown_code;
/// assert_eq!(markdown_code("a`b"), "``a`b``");
/// assert_eq!(markdown_code("a|b"), "<code>a&#124;b</code>");
/// ```
#[must_use]
pub fn markdown_code(text: &str) -> String {
    let text = visible::keeping(text, |c| matches!(c, '\n' | '\t' | '\r'));
    let text = text.replace("\r\n", "\n").replace(['\n', '\r'], "↵").replace('\t', " ");
    let longest = longest_run(&text, '`', 0);
    // In a table a bar ends the cell even inside backquotes, and a backslash would be shown
    // outside of one: only an element does the same in both places. And a row of more than eighty
    // backquotes begins no code.
    if text.contains('|') || longest >= MOST_BACKQUOTES {
        return format!("<code>{}</code>", escape(&text));
    }
    if text.bytes().all(|b| b == b' ') {
        return "` `".to_owned();
    }
    let fence = "`".repeat(longest + 1);
    let pad = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if pad { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Writes text as a fenced code block; `lang` is reduced to a language's name.
///
/// The block ends with a line feed and has to start at the beginning of a line.
#[must_use]
pub fn markdown_fence(text: &str, lang: &str) -> String {
    let text = visible::block(text);
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#');
    let lang: String = lang.chars().filter(plain).take(32).collect();
    let fence = "`".repeat(longest_run(&text, '`', 2) + 1);
    let feed = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{lang}\n{text}{feed}{fence}\n")
}

/// Writes a link, or only its text when the address may not be one (see [`href`]).
#[must_use]
pub fn markdown_link(text: &str, url: &str) -> String {
    let text = markdown(text);
    match target(url) {
        Some(target) => format!("[{text}](<{target}>)"),
        None => text,
    }
}

/// Writes a picture, or only its alternative text when the address may not be one (see [`href`]).
///
/// ```
/// use leadforge_markup::markdown_image;
/// assert_eq!(markdown_image("home [new]", "shots/a_b.png"), r"![home \[new\]](<shots/a\_b.png>)");
/// ```
#[must_use]
pub fn markdown_image(alt: &str, url: &str) -> String {
    let alt = markdown(alt);
    match target(url) {
        Some(target) => format!("![{alt}](<{target}>)"),
        None => alt,
    }
}

/// An address as it stands between `<` and `>`.
fn target(url: &str) -> Option<String> {
    let url = href(url)?;
    let mut target = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '<' | '>' | '(' | ')' | '"' | '\'' | '`' | '*' | '_' | '|' | '[' | ']' | '&' | '~'
            | '$' => {
                let code = match c {
                    '&' => "&amp;".to_owned(),
                    '_' | '*' | '~' | '$' => format!("\\{c}"),
                    c => format!("%{:02X}", u32::from(c)),
                };
                target.push_str(&code);
            }
            c => target.push(c),
        }
    }
    Some(target)
}

/// Writes a table from cells that are already inline Markdown (made by the functions above).
///
/// Every row is brought to the width of the head; line breaks in cells become spaces.
#[must_use]
pub fn markdown_table<S: AsRef<str>>(head: &[S], rows: &[Vec<String>]) -> String {
    let row = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> = cells.map(|cell| cell.replace(['\n', '\r'], " ")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut out = row(&mut head.iter().map(AsRef::as_ref));
    out.push_str(&row(&mut head.iter().map(|_| "---")));
    for cells in rows {
        let padding = std::iter::repeat("");
        out.push_str(&row(&mut cells.iter().map(String::as_str).chain(padding).take(head.len())));
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut rest = text;
    if let Some(c) = text.chars().next().filter(|c| matches!(c, '+' | '-' | '=' | ':')) {
        out.push('\\');
        out.push(c);
        rest = &text[1..];
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && rest[digits..].starts_with(['.', ')']) {
        out.push_str(&rest[..digits]);
        out.push('\\');
        out.push_str(&rest[digits..=digits]);
        rest = &rest[digits + 1..];
    }
    for (at, c) in rest.char_indices() {
        let after = &rest[at + c.len_utf8()..];
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '^' | '!' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            // A table takes the backslash away before anything else is read.
            '|' => out.push_str("&#124;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '=' if after.starts_with('=') || rest[..at].ends_with('=') => out.push_str("\\="),
            // Bare addresses would become links.
            ':' if after.starts_with("//") => out.push_str("\\:"),
            '.' if ends_with_www(&rest[..at]) => out.push_str("\\."),
            '#' => {
                out.push_str("\\#");
                if after.starts_with(|c: char| c.is_ascii_digit()) {
                    out.push_str(STOP);
                }
            }
            '@' => out.push_str("@&#8203;"),
            '-' if gh_reference(&rest[..at], after) => {
                out.push('-');
                out.push_str(STOP);
            }
            c => out.push(c),
        }
    }
    out
}

fn ends_with_www(before: &str) -> bool {
    before.len() >= 3
        && before.is_char_boundary(before.len() - 3)
        && before[before.len() - 3..].eq_ignore_ascii_case("www")
}

fn gh_reference(before: &str, after: &str) -> bool {
    after.starts_with(|c: char| c.is_ascii_digit())
        && before.len() >= 2
        && before.is_char_boundary(before.len() - 2)
        && before[before.len() - 2..].eq_ignore_ascii_case("gh")
}

fn longest_run(text: &str, of: char, least: usize) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0).max(least)
}

/// Escapes text for HTML inside Markdown, such as a `<summary>` line: no line break, no mention, no
/// reference.
#[must_use]
pub fn markdown_html(text: &str) -> String {
    let text = visible::line(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        match c {
            '@' => out.push_str("@&#8203;"),
            '#' if after.starts_with(|c: char| c.is_ascii_digit()) => {
                out.push('#');
                out.push_str(STOP);
            }
            '-' if gh_reference(&text[..at], after) => {
                out.push('-');
                out.push_str(STOP);
            }
            // Inline HTML is still read as Markdown around its tags.
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' | '!' | ':' | '{' | '}'
            | '=' | '.' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_line_is_syntax() {
        for (text, escaped) in [
            ("# head", r"\# head"),
            ("- item", r"\- item"),
            ("1. one", r"1\. one"),
            ("12) x", r"12\) x"),
            ("=== setext", r"\=\=\= setext"),
            ("a\n\nb", "a b"),
            ("![x](y)", r"\!\[x\](y)"),
            ("https://evil.example", r"https\://evil.example"),
            ("www.evil.example", r"www\.evil.example"),
            ("fixes #12", r"fixes \#&#8203;12"),
            ("gh-12 GH-x", "gh-&#8203;12 GH-x"),
            ("$x$ ~~y~~", r"\$x\$ \~\~y\~\~"),
        ] {
            assert_eq!(markdown(text), escaped);
        }
    }

    #[test]
    fn html_in_markdown_mentions_and_closes_nothing() {
        for (text, escaped) in [
            ("fixes #12 gh-3", "fixes #&#8203;12 gh-&#8203;3"),
            ("it's <b> & @x", "it&#39;s &lt;b&gt; &amp; @&#8203;x"),
            ("#080c16→#fff", "#&#8203;080c16→#fff"),
            ("👩‍💻 a\n\nb", "👩‍💻 a b"),
        ] {
            assert_eq!(markdown_html(text), escaped);
        }
    }

    #[test]
    fn code_holds_any_backquotes() {
        for (text, code) in [
            ("plain", "`plain`"),
            ("`", "`` ` ``"),
            ("``a`", "``` ``a` ```"),
            ("", "` `"),
            ("a\nb", "`a↵b`"),
            (&"`".repeat(15), &format!("{0} {1} {0}", "`".repeat(16), "`".repeat(15))),
            (&"`".repeat(16), &format!("<code>{}</code>", r"\`".repeat(16))),
        ] {
            assert_eq!(markdown_code(text), code);
        }
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(markdown_fence("a", "rust"), "```rust\na\n```\n");
        assert_eq!(markdown_fence("```\nx\n", "sh`\n<"), "````sh\n```\nx\n````\n");
    }

    #[test]
    fn links_need_an_allowed_address() {
        assert_eq!(markdown_link("a]b", "https://x/(y)"), r"[a\]b](<https://x/%28y%29>)");
        assert_eq!(markdown_link("x", "javascript:alert(1)"), "x");
        assert_eq!(markdown_image("x", "https://x/(y)"), "![x](<https://x/%28y%29>)");
        assert_eq!(markdown_image("!x", "data:image/png;base64,AA=="), r"\!x");
    }

    #[test]
    fn tables_keep_their_shape() {
        let rows = [vec!["1".into(), "2\n3".into(), "extra".into()], vec!["only".into()]];
        insta::assert_snapshot!(markdown_table(&["a", "b"], &rows), @r"
        | a | b |
        | --- | --- |
        | 1 | 2 3 |
        | only |  |
        ");
    }
}
