//! What a file without an ending is: where its first line calls a program, a script in that program's language.

use crate::Tree;
use crate::change::RepoPath;

/// Longer first lines call nothing.
const LONGEST: usize = 256;

/// The program that a file calls by its first line, without folder and version: `python` of `#!/usr/bin/env python3.12`.
///
/// Only files whose name has no ending are read: an ending says what a file is, whoever runs it.
pub(crate) fn program(path: &RepoPath, tree: &dyn Tree) -> Option<String> {
    if path.extension().is_some() {
        return None;
    }
    called(&tree.read(path).ok().flatten()?)
}

fn called(content: &[u8]) -> Option<String> {
    let line = content.strip_prefix(b"#!")?.split(|&byte| byte == b'\n').next()?;
    let line = str::from_utf8(line.get(..LONGEST).unwrap_or(line)).ok()?;
    let name = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
    let mut words = line.split_whitespace();
    let mut program = name(words.next()?);
    if program == "env" {
        // Its flags and settings stand before the program.
        program = name(words.find(|word| !word.starts_with('-') && !word.contains('='))?);
    }
    // Both run a script of Python as the interpreter does.
    if matches!(&*program, "uv" | "pipx") && words.next() == Some("run") {
        return Some("python".to_owned());
    }
    let end = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    (!end.is_empty()).then(|| end.to_owned())
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn first_lines() {
        let program = |line: &str| called(line.as_bytes());
        for (line, wanted) in [
            ("#!/usr/bin/env python3\nprint(1)\n", "python"),
            ("#!/usr/bin/python3.12 -u\r\n", "python"),
            ("#! /bin/sh", "sh"),
            ("#!/usr/bin/env -S A=1 node --no-warnings\n", "node"),
            ("#!/usr/bin/env -S uv run --script\n", "python"),
            ("#!pypy3\n", "pypy"),
        ] {
            assert_eq!(program(line).as_deref(), Some(wanted), "{line}");
        }
        for line in [
            "",
            "#!",
            "#!\n/bin/sh",
            " #!/bin/sh",
            "#!/usr/bin/env -S",
            "#!/1.2",
            "\u{feff}#!/bin/sh",
        ] {
            assert_eq!(program(line), None, "{line}");
        }
        assert_eq!(called(b"#!/bin/\xff\n"), None);
    }
}
