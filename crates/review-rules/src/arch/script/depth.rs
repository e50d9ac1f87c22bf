//! How deeply a file can be nested at the most, so that a parser that calls itself keeps to its stack.

/// The stack of a thread that parses. It is reserved, not used: only a nested file touches more of it.
pub(in crate::arch) const STACK: usize = LEVELS * COST + (8 << 20);

/// More levels than this are not parsed.
const LEVELS: usize = 192 << 10;

/// What a level costs at the most, with room to spare; measured by `deep_nesting` in the tests.
const COST: usize = 4 << 10;

/// The bytes that can begin a level.
const OPENS: [bool; 256] = {
    let mut opens = [false; 256];
    let mut at = 0;
    let bytes = b"([{<`=!~?:-+*@";
    while at < bytes.len() {
        opens[bytes[at] as usize] = true;
        at += 1;
    }
    opens
};

/// The words behind which a statement, an expression or a type begins again.
const WORDS: &[&[u8]] = &[
    b"abstract",
    b"asserts",
    b"async",
    b"await",
    b"class",
    b"declare",
    b"delete",
    b"do",
    b"else",
    b"export",
    b"extends",
    b"for",
    b"if",
    b"infer",
    b"is",
    b"keyof",
    b"new",
    b"readonly",
    b"static",
    b"throw",
    b"typeof",
    b"unique",
    b"void",
    b"while",
    b"with",
    b"yield",
];

/// Whether a source cannot be nested more deeply than the stack takes: every level needs one of
/// these bytes or words, wherever they stand.
pub(super) fn fits(source: &[u8]) -> bool {
    if source.len() < LEVELS {
        return true;
    }
    let bytes = source.iter().filter(|byte| OPENS[usize::from(**byte)]).count();
    bytes < LEVELS && bytes + words(source) < LEVELS
}

fn words(source: &[u8]) -> usize {
    let part = |byte: &u8| !byte.is_ascii_lowercase();
    source.split(part).filter(|word| word.len() > 1 && WORDS.binary_search(word).is_ok()).count()
}
