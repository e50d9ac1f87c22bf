//! Maven: tokens between dots, hyphens and where digits meet letters, as the reference of its POM describes.

use std::cmp::Ordering;

use super::digits;

/// Words of their own place, from the oldest to the newest; the empty one is a release.
const WORDS: [&str; 7] = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];

/// A token and whether a hyphen stands before it.
#[derive(Clone)]
struct Token {
    hyphen: bool,
    text: String,
}

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (tokens(a), tokens(b));
    for index in 0..a.len().max(b.len()) {
        let filled = |own: Option<&Token>, other: Option<&Token>| {
            own.cloned().unwrap_or_else(|| {
                let other = other.expect("one of the two is this long");
                let text = if digits::only(&other.text) { "0" } else { "" };
                Token { hyphen: other.hyphen, text: text.to_owned() }
            })
        };
        let (left, right) = (a.get(index), b.get(index));
        let order = token(&filled(left, right), &filled(right, left));
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// Words behind a dot, words behind a hyphen, numbers behind a hyphen, numbers behind a dot.
fn token(a: &Token, b: &Token) -> Ordering {
    let rank = |token: &Token| match (digits::only(&token.text), token.hyphen) {
        (false, false) => 0,
        (false, true) => 1,
        (true, true) => 2,
        (true, false) => 3,
    };
    rank(a).cmp(&rank(b)).then_with(|| match rank(a) {
        0 | 1 => word(&a.text).cmp(&word(&b.text)),
        _ => digits::compare(&a.text, &b.text),
    })
}

fn word(text: &str) -> (usize, &str) {
    match WORDS.iter().position(|word| *word == text) {
        Some(place) => (place, ""),
        None => (WORDS.len(), text),
    }
}

fn tokens(version: &str) -> Vec<Token> {
    let version = version.to_lowercase();
    let mut found: Vec<Token> = Vec::new();
    let mut hyphen = false;
    let mut rest = version.as_str();
    loop {
        let digit = rest.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        let end = |byte: u8| matches!(byte, b'.' | b'-') || byte.is_ascii_digit() != digit;
        let length = rest.bytes().position(end).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(length);
        let number_follows = behind.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        if hyphen {
            trim(&mut found);
        }
        found.push(Token { hyphen, text: meaning(text, number_follows) });
        let Some(next) = behind.bytes().next() else { break };
        // Where digits meet letters there is a hyphen that nobody wrote.
        hyphen = next != b'.';
        rest = if matches!(next, b'.' | b'-') { &behind[1..] } else { behind };
    }
    trim(&mut found);
    found
}

fn meaning(text: &str, number_follows: bool) -> String {
    match text {
        // Nothing between two separators is a zero.
        "" => "0",
        "ga" | "final" | "release" => "",
        "cr" => "rc",
        "a" if number_follows => "alpha",
        "b" if number_follows => "beta",
        "m" if number_follows => "milestone",
        _ => text,
    }
    .to_owned()
}

/// Zeros and releases at the end mean nothing.
fn trim(tokens: &mut Vec<Token>) {
    let nothing = |token: &Token| token.text.bytes().all(|byte| byte == b'0');
    while tokens.len() > 1 && tokens.last().is_some_and(nothing) {
        tokens.pop();
    }
}
