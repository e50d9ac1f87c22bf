//! JSON as tsconfig files have it: comments and commas before a closing bracket become spaces.

/// The same text with nothing in it that JSON does not know, every line where it was.
pub(super) fn plain(source: &[u8]) -> Vec<u8> {
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let mut plain = source.to_vec();
    let (mut at, mut comma) = (0, None);
    while let Some(&byte) = source.get(at) {
        let length = match (byte, source.get(at + 1)) {
            (b'"', _) => string(&source[at..]),
            (b'/', Some(b'/')) => {
                let rest = &source[at..];
                rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
            }
            (b'/', Some(b'*')) => {
                let rest = &source[at + 2..];
                rest.windows(2).position(|two| two == b"*/").map_or(rest.len() + 2, |end| end + 4)
            }
            _ => 1,
        };
        match byte {
            b'/' if length > 1 => {
                let comment = plain[at..at + length].iter_mut();
                comment.filter(|b| **b != b'\n').for_each(|b| *b = b' ');
            }
            b',' => comma = Some(at),
            b'}' | b']' => {
                if let Some(comma) = comma.take() {
                    plain[comma] = b' ';
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
        at += length;
    }
    plain
}

/// The length of the string that begins here.
fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}
