//! Git's configuration syntax, read without git, so that looking at a repository runs nothing.

/// One setting: `section.subsection.name` with section and name in lower case, and its value.
///
/// A name without `=` has no value, which git reads as true.
pub(crate) type Setting = (String, Option<String>);

/// Reads a configuration file as git does, includes left out (git ignores them for format keys too).
///
/// # Errors
/// The number of the first line that git would refuse.
pub(crate) fn parse(bytes: &[u8]) -> Result<Vec<Setting>, usize> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = Reader { bytes, at: 0, line: 1 };
    let mut section = String::new();
    let mut found = Vec::new();
    while let Some(byte) = reader.next() {
        match byte {
            b'#' | b';' => reader.skip_line(),
            b'[' => {
                let name = reader.section().filter(|name| !name.is_empty());
                section = name.ok_or(reader.line)? + ".";
            }
            b if b.is_ascii_whitespace() => {}
            b if b.is_ascii_alphabetic() => {
                let (name, value) = reader.setting(b).ok_or(reader.line)?;
                found.push((format!("{section}{name}"), value));
            }
            _ => return Err(reader.line),
        }
    }
    Ok(found)
}

/// The last value of `key`, which is the one that counts; a bare name reads as `true`.
pub(crate) fn last<'s>(settings: &'s [Setting], key: &str) -> Option<&'s str> {
    let found = settings.iter().rev().find(|(name, _)| name == key)?;
    Some(found.1.as_deref().unwrap_or("true"))
}

/// Git's idea of a boolean; `None` when it is not one.
pub(crate) fn boolean(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" | "" => Some(false),
        number => number.parse::<i64>().ok().map(|n| n != 0),
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    line: usize,
}

impl Reader<'_> {
    /// The next byte, with CRLF folded into LF.
    fn next(&mut self) -> Option<u8> {
        let rest = self.bytes.get(self.at..)?;
        let (byte, used) = match rest {
            [b'\r', b'\n', ..] => (b'\n', 2),
            [byte, ..] => (*byte, 1),
            [] => return None,
        };
        self.at += used;
        self.line += usize::from(byte == b'\n');
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        match self.bytes.get(self.at..)? {
            [b'\r', b'\n', ..] => Some(b'\n'),
            rest => rest.first().copied(),
        }
    }

    fn skip_line(&mut self) {
        while self.next().is_some_and(|byte| byte != b'\n') {}
    }

    /// After `[`: `name]`, `name "sub"]` or the old `name.sub]`.
    fn section(&mut self) -> Option<String> {
        let mut name = String::new();
        loop {
            match self.next()? {
                b']' => return Some(name),
                b if b.is_ascii_alphanumeric() || b == b'-' || b == b'.' => {
                    name.push(char::from(b.to_ascii_lowercase()));
                }
                b' ' | b'\t' => break,
                _ => return None,
            }
        }
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.next();
        }
        if self.next()? != b'"' {
            return None;
        }
        let mut sub = Vec::new();
        loop {
            match self.next()? {
                b'"' => break,
                b'\n' => return None,
                b'\\' => sub.push(self.next().filter(|&b| b != b'\n')?),
                b => sub.push(b),
            }
        }
        (self.next()? == b']').then(|| format!("{name}.{}", String::from_utf8_lossy(&sub)))
    }

    fn setting(&mut self, first: u8) -> Option<(String, Option<String>)> {
        let mut name = String::from(char::from(first.to_ascii_lowercase()));
        while let Some(b) = self.peek().filter(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            name.push(char::from(b.to_ascii_lowercase()));
            self.next();
        }
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.next();
        }
        match self.next() {
            None | Some(b'\n') => Some((name, None)),
            Some(b'=') => Some((name, Some(self.value()?))),
            Some(_) => None,
        }
    }

    /// After `=`: to the end of the line, with quotes, escapes, comments and continued lines.
    fn value(&mut self) -> Option<String> {
        let (mut value, mut kept, mut quoted) = (Vec::new(), 0, false);
        loop {
            match self.next() {
                None | Some(b'\n') if quoted => return None,
                None | Some(b'\n') => break,
                Some(b'#' | b';') if !quoted => {
                    self.skip_line();
                    break;
                }
                Some(b' ' | b'\t') if !quoted && value.is_empty() => {}
                Some(b @ (b' ' | b'\t')) if !quoted => value.push(b),
                Some(b'"') => {
                    quoted = !quoted;
                    kept = value.len();
                }
                Some(b'\\') => {
                    match self.next().unwrap_or(b'\n') {
                        b'\n' => continue,
                        b'n' => value.push(b'\n'),
                        b't' => value.push(b'\t'),
                        b'b' => value.push(8),
                        b @ (b'"' | b'\\') => value.push(b),
                        _ => return None,
                    }
                    kept = value.len();
                }
                Some(b) => {
                    value.push(b);
                    kept = value.len();
                }
            }
        }
        value.truncate(kept);
        Some(String::from_utf8_lossy(&value).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_git_reads() {
        let text =
            b"\xef\xbb\xbf; note\r\n[core] bare\r\n\tfileMode = false # no\n[Remote \"A \\\"b\"]\n\
            url = \" x \" y ;z\n long = a\\\n b\n[old.Sub]\nkey=\n";
        let found = parse(text).unwrap();
        assert_eq!(last(&found, "core.bare"), Some("true"));
        assert_eq!(last(&found, "core.filemode"), Some("false"));
        assert_eq!(last(&found, "remote.A \"b.url"), Some(" x  y"));
        assert_eq!(last(&found, "remote.A \"b.long"), Some("a b"));
        assert_eq!(last(&found, "old.sub.key"), Some(""));
    }

    #[test]
    fn refuses_with_the_line() {
        for (text, line) in [
            (&b"= 1\n"[..], 1),
            (b"[core]\nbare = \"x\n", 3),
            (b"[core\n", 2),
            (b"[core]\n1x = 2\n", 2),
            (b"[core]\na = \\q\n", 2),
        ] {
            assert_eq!(parse(text), Err(line), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn booleans() {
        let all: Vec<_> = ["yes", "OFF", "", "2", "0", "maybe"].into_iter().map(boolean).collect();
        let expected = [Some(true), Some(false), Some(false), Some(true), Some(false), None];
        assert_eq!(all, expected);
    }

    use proptest::prelude::*;

    /// Pieces that make valid and nearly valid configuration files.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "[core]",
            "[Core \"Sub \\\" x\"]",
            "[a.B]",
            "\n",
            "\r\n",
            " ",
            "\t",
            "bare",
            "key-1",
            "=",
            "true",
            "\"",
            "\\",
            "\\n",
            "\\\n",
            "#",
            ";",
            "é",
            "]",
            "[",
            "0",
            "v w  x",
            "key = value\n",
            "[x]\n\ty = z\n",
        ]);
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    /// What git itself reads, or `None` where it refuses.
    fn git_reads(text: &str) -> Option<Vec<Setting>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let args = ["config", "--no-includes", "--list", "-z", "--file"];
        let output = std::process::Command::new("git")
            .args(args)
            .arg(file.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        let split = |record: &[u8]| {
            let text = String::from_utf8_lossy(record).into_owned();
            match text.split_once('\n') {
                Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
                None => (text, None),
            }
        };
        output.status.success().then(|| crate::run::records(&output.stdout).map(split).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_git(text in text()) {
            // Git before 2.45 turns a tab inside a value into a space.
            let plain = |found: Option<Vec<Setting>>| format!("{found:?}").replace("\\t", " ");
            prop_assert_eq!(plain(parse(text.as_bytes()).ok()), plain(git_reads(&text)));
        }

        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(parse(&bytes));
        }
    }
}
