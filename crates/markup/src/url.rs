//! Addresses: which ones may become a link, and which pictures may stand inside a page.

/// Gives back an address that may stand in `href`, or nothing.
///
/// Allowed are `https:`, `http:`, `mailto:`, fragments, and paths below the page. Anything with
/// another scheme, with a host but no scheme (`//host`, `\\host`), or with a control character or
/// white space in it, is refused. The result still has to be escaped for the place it goes to.
///
/// ```
/// use leadforge_markup::href;
/// assert_eq!(href("https://example.com/a?b=c").as_deref(), Some("https://example.com/a?b=c"));
/// assert_eq!(href("java\tscript:alert(1)"), None);
/// ```
#[must_use]
pub fn href(url: &str) -> Option<String> {
    let strange = |c: char| c.is_whitespace() || c.is_control() || c == '\\' || c == '\u{fffd}';
    let shown = crate::visible(url);
    if url.is_empty() || shown != url || url.contains(strange) {
        return None;
    }
    if url.starts_with('#') {
        return Some(url.to_owned());
    }
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    let allowed = match head.split_once(':') {
        Some((scheme, rest)) => {
            let scheme = scheme.to_ascii_lowercase();
            (scheme == "mailto" && !rest.is_empty())
                || (matches!(scheme.as_str(), "https" | "http")
                    && url[head.len()..].starts_with("//")
                    && rest.is_empty())
        }
        None => !url.starts_with("//") && !url.starts_with('/'),
    };
    allowed.then(|| url.to_owned())
}

/// A path below or beside the page, which no scheme, host or query leads away from.
pub(crate) fn beside(path: &str) -> Option<String> {
    let plain = !path.contains([':', '?', '#']);
    if plain { href(path) } else { None }
}

/// Writes a picture out as an address, for `src`; `None` for bytes that are no PNG, JPEG, GIF or WebP.
///
/// ```
/// let url = leadforge_markup::inline_picture(b"\x89PNG\r\n\x1a\n").expect("a PNG");
/// assert_eq!(url, "data:image/png;base64,iVBORw0KGgo=");
/// ```
#[must_use]
pub fn inline_picture(bytes: &[u8]) -> Option<String> {
    let kind = match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, 0xff, ..] => "jpeg",
        [b'G', b'I', b'F', b'8', ..] => "gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "webp",
        _ => return None,
    };
    Some(format!("data:image/{kind};base64,{}", crate::page::base64(bytes)))
}

/// Whether an address is a picture that is written out in it, which `src` takes.
///
/// ```
/// use leadforge_markup::is_inline_picture;
/// assert!(is_inline_picture("data:image/png;base64,iVBORw0K"));
/// assert!(!is_inline_picture("data:image/svg+xml;base64,PHN2Zz4=") && !is_inline_picture("x.png"));
/// ```
#[must_use]
pub fn is_inline_picture(url: &str) -> bool {
    let kinds = ["png", "jpeg", "gif", "webp", "avif"];
    let base64 = |data: &str| {
        data.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
    };
    url.strip_prefix("data:image/")
        .and_then(|rest| rest.split_once(";base64,"))
        .is_some_and(|(kind, data)| kinds.contains(&kind) && base64(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_schemes_are_links() {
        for good in ["#a", "a/b.html", "?q=1", "http://x", "HTTPS://x/y:z", "mailto:a@b.example"] {
            assert_eq!(href(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "javascript:1",
            "JaVaScRiPt:1",
            " javascript:1",
            "java\nscript:1",
            "\u{1}javascript:1",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "//host/x",
            "/\\host",
            "\\\\host",
            "/absolute",
            "https:evil",
            "https:/evil",
            "https://a b",
            "https://a\u{202e}b",
            "mailto:",
            "x:y",
        ] {
            assert_eq!(href(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn pictures_beside_the_page_have_plain_paths() {
        for good in ["a.png", "../a/b%20c.png", "./x"] {
            assert_eq!(beside(good).as_deref(), Some(good));
        }
        for bad in ["//h/x", "/x", "https://x/y", "data:image/png;base64,AA==", "a?b", "a b", ""] {
            assert_eq!(beside(bad), None, "{bad}");
        }
        assert_eq!(inline_picture(b"<svg>"), None);
    }

    #[test]
    fn only_inline_pictures_are_sources() {
        assert!(is_inline_picture("data:image/png;base64,AAA="));
        for bad in ["data:image/svg+xml;base64,AAA=", "https://x/y.png", "data:image/png,<b>", "x"]
        {
            assert!(!is_inline_picture(bad), "{bad}");
        }
    }
}
