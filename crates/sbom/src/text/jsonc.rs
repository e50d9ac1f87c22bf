//! JSON with comments and commas behind the last value, made plain JSON of the same length and lines.

/// The same text without comments and superfluous commas: blanks stand where they were.
pub(crate) fn plain(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    // Where the last comma is that nothing but blanks and comments follow.
    let mut comma = None;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                comma = None;
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    bytes[at] = b' ';
                    at += 1;
                }
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = text[at + 2..].find("*/").map_or(bytes.len(), |end| at + end + 4);
                for byte in &mut bytes[at..end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
                at = end;
                continue;
            }
            b',' => comma = Some(at),
            b'}' | b']' => {
                if let Some(comma) = comma.take() {
                    bytes[comma] = b' ';
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
        at += 1;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_comments_go_and_places_stay() {
        let text = "{ // a, }\n\"a,]\": [1, 2, /* x */ ], \"b\\\"\": {\"c\": \"//\", },\n}";
        let said = plain(text);
        assert_eq!(said.len(), text.len());
        let value: serde_json::Value = serde_json::from_str(&said).expect("it is JSON now");
        assert_eq!(value, serde_json::json!({"a,]": [1, 2], "b\"": {"c": "//"}}));
        assert_eq!(plain("\"\\"), "\"\\");
        assert_eq!(plain("/*"), "  ");
    }
}
