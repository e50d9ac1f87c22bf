//! The front door: what is found, where, and what is said of it.

use leadforge_secret_scan::{Confidence, Config, Scanner, redact};

fn token() -> String {
    format!("ghp_{}", "0b1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2")
}

#[test]
fn a_secret_is_found_and_redacted() {
    let text = format!("a\nb = '{}'\nc", token());
    let found = Scanner::built_in().scan("x.py", text.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].start.line, found[0].start.column), (2, 6));
    assert_eq!((found[0].end.line, found[0].end.column), (2, 46));
    assert_eq!(found[0].confidence, Confidence::High);
    assert_eq!(redact(text.as_bytes(), &found), b"a\nb = '[secret: github-pat]'\nc");
}

#[test]
fn what_stands_behind_a_redacted_key_keeps_its_line() {
    let body = format!("{}\n", "Qk9iQ2FyREVmR0hpSktsTW5PcFFyU3RVdld4WXowMTI4NDU2Nzg5").repeat(8);
    let (begin, end) = ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
    let text = format!("a\nkey = '\n{begin}\n{body}{end}\n'\nlast\n");
    let found = Scanner::built_in().scan("x.py", text.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    let clean = String::from_utf8(redact(text.as_bytes(), &found)).expect("text");
    assert!(!clean.contains("Qk9i"), "{clean}");
    let last = |text: &str| text.lines().position(|line| line == "last");
    assert_eq!(last(&clean), last(&text));
}

#[test]
fn digests_depend_on_secret_and_salt_alone() {
    let scan = |salt: &str, text: String| {
        let config = Config { salt: salt.into(), ..Config::default() };
        let scanner = Scanner::new(&config).expect("the built-in rules");
        scanner.scan("", text.as_bytes()).remove(0).digest
    };
    let one = scan("a", format!("x = {}", token()));
    assert_eq!(one, scan("a", format!("\n\n  other: \"{}\"", token())));
    assert_ne!(one, scan("b", format!("x = {}", token())));
    assert_ne!(one, scan("a", format!("x = {}", token().replace("0b", "0c"))));
    assert_ne!(one.salted("x"), one.salted("y"));
}
