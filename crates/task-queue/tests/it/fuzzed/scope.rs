//! Fuzz target `scope`: globs against globset, and overlaps against all paths of a small alphabet.

use std::sync::LazyLock;

use globset::{GlobBuilder, GlobMatcher};
use leadforge_task_queue::{Glob, Overlap, Scope, Witness, overlaps};

/// Pieces of which a byte chooses one.
const PIECES: [&str; 32] = [
    "a", "b", "a", "b", "/", "/", "/", "*", "*", "**", "**/", "/**", "?", "?", "[ab]", "[!a]",
    "[a-b]", "{a,b}", "{a,bb}", "{b*,?a}", "{", "}", ",", "[", "]", "!", "\\*", "\\", "-", "aa",
    "b/", "{a/b,b}",
];

/// Odd first byte: raw text of globs, a line each. Even: globs made of pieces.
pub(crate) fn run(data: &[u8]) {
    let Some((mode, rest)) = data.split_first() else { return };
    let lines = rest.split(|byte| if mode & 1 == 1 { *byte == b'\n' } else { *byte >= 250 });
    let texts: Vec<String> = lines.take(6).map(|line| text(*mode, line)).collect();
    let globs: Vec<Glob> = texts.iter().filter_map(|text| parsed(text)).collect();
    let half = globs.len().div_ceil(2);
    let (a, b) = globs.split_at(half);
    let scope = |globs: &[Glob]| Scope { touches: globs.to_vec(), ..Scope::default() };
    compared(&scope(a), &scope(b));
    let symbols = |globs: &[Glob], name: &str| Scope {
        touches: globs.iter().skip(1).cloned().collect(),
        symbols: vec![format!("a/b::{name}"), "b::x".to_owned()],
        ..Scope::default()
    };
    symmetric(&symbols(a, "f"), &scope(b));
    symmetric(&symbols(a, "f"), &symbols(b, "g"));
}

fn text(mode: u8, line: &[u8]) -> String {
    if mode & 1 == 1 {
        return String::from_utf8_lossy(line).into_owned();
    }
    line.iter().take(12).map(|byte| PIECES[usize::from(byte % 32)]).collect()
}

fn parsed(text: &str) -> Option<Glob> {
    match Glob::parse(text) {
        Ok(glob) => {
            assert_eq!(glob.as_str(), text);
            assert_eq!(glob.is_negated(), text.starts_with('!'));
            against_globset(&glob);
            Some(glob)
        }
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            None
        }
    }
}

/// All paths of up to three parts of up to two letters, and a strange one.
static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let parts = ["a", "b", "aa", "ab", "ba", "bb"];
    let mut paths: Vec<String> = parts.map(str::to_owned).to_vec();
    for first in parts {
        for second in parts {
            paths.push(format!("{first}/{second}"));
            paths.extend(["a", "b", "ab"].map(|third| format!("{first}/{second}/{third}")));
        }
    }
    paths.push("é*".to_owned());
    paths
});

/// Where globset means the same by a pattern, it matches the same paths.
fn against_globset(glob: &Glob) {
    let pattern = glob.as_str().trim_start_matches('!');
    let plain = |c: char| c.is_ascii_alphanumeric() || "/*?,{}".contains(c);
    // A slash or an empty choice in braces is where globset goes its own way.
    let inside = |c: char| c == '/' || c == '{';
    let odd = pattern.split('{').skip(1).any(|rest| {
        let inner = rest.split('}').next().unwrap_or_default();
        inner.contains(inside) || inner.split(',').any(str::is_empty) || inner.contains("**")
    });
    if !pattern.chars().all(plain) || odd {
        return;
    }
    let last = pattern.rsplit('/').next().unwrap_or_default();
    let mut theirs = Vec::new();
    if last.is_empty() {
        theirs.push(matcher(&format!("{pattern}**")));
    } else {
        theirs.push(matcher(pattern));
        if !last.contains(['*', '?', '{', '}']) {
            theirs.push(matcher(&format!("{pattern}/**")));
        }
    }
    // To globset `?` is a byte.
    for path in PATHS.iter().filter(|path| path.is_ascii()) {
        let there = theirs.iter().any(|glob| glob.is_match(path));
        assert_eq!(glob.matches(path), there, "{glob} on {path}");
    }
}

fn matcher(pattern: &str) -> GlobMatcher {
    let mut builder = GlobBuilder::new(pattern);
    builder.literal_separator(true).backslash_escape(true);
    builder.build().expect("globset knows it").compile_matcher()
}

/// Disjoint means that no path is in both; a witness is a path that is.
fn compared(a: &Scope, b: &Scope) {
    match symmetric(a, b) {
        Overlap::Disjoint => {
            let both = PATHS.iter().find(|path| a.contains(path) && b.contains(path));
            assert_eq!(both, None, "{:?} and {:?}", a.touches, b.touches);
        }
        Overlap::Same(Witness::Path(path)) => {
            assert!(
                a.contains(&path) && b.contains(&path),
                "{:?}, {:?}: {path}",
                a.touches,
                b.touches
            );
            let odd = |part: &str| part.is_empty();
            assert!(!path.split('/').any(odd), "{path:?} is no path");
        }
        Overlap::Unknown => {}
        Overlap::Same(other) => panic!("{other:?} was not named"),
    }
}

fn symmetric(a: &Scope, b: &Scope) -> Overlap {
    let (there, back) = (overlaps(a, b), overlaps(b, a));
    assert_eq!(std::mem::discriminant(&there), std::mem::discriminant(&back), "{a:?} {b:?}");
    there
}
