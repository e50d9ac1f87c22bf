//! The same findings however a text is read, in memory that does not grow with it.

use std::io::{self, Read};

use leadforge_secret_scan::{Finding, Scanner};

/// A reader that gives a few bytes at a time.
struct Slow<'t>(&'t [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = self.1 % 7919 + 977;
        let length = self.1.min(buffer.len()).min(self.0.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

fn token(number: usize) -> String {
    format!("ghp_{}{number:04}", "0b1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv")
}

#[test]
fn a_stream_gives_what_the_slice_gives() {
    // Tokens everywhere, so that some lie across each border of parts.
    let mut text = String::new();
    let mut wanted = Vec::new();
    for number in 0..60 {
        text.push_str(&"é filler of some length\n".repeat(number % 29 * 130));
        wanted.push(text.len() as u64 + 9);
        text.push_str(&format!("token = \"{}\"\n", token(number)));
    }
    assert!(text.len() > 2 << 20, "{}", text.len());
    let scanner = Scanner::built_in();
    let slice = scanner.scan("", text.as_bytes());
    assert_eq!(slice.iter().map(|found| found.bytes.start).collect::<Vec<_>>(), wanted);
    for found in &slice {
        let before = &text[..usize::try_from(found.bytes.start).expect("small")];
        assert_eq!(found.start.line as usize, 1 + before.matches('\n').count());
        assert_eq!(found.start.column, 10);
    }
    let mut streamed: Vec<Finding> = Vec::new();
    let read = scanner.stream("", Slow(text.as_bytes(), 1), |found| streamed.push(found));
    assert_eq!(read.expect("memory"), text.len() as u64);
    assert_eq!(streamed, slice);
}

#[test]
fn a_key_across_a_border_is_one_finding() {
    let key = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCt3DEKePbHmI4m9VcemUMpwFoiPyybQM\n".repeat(40)
    );
    for before in [(1 << 20) - 1500, (1 << 20) - 1, 1 << 20, (2 << 20) - 40_000] {
        let text = format!("{}{key}{}", "x\n".repeat(before / 2), "y\n".repeat(600_000));
        let found = Scanner::built_in().scan("", text.as_bytes());
        assert_eq!(found.len(), 1, "{before}");
        assert_eq!(found[0].bytes.start, (before / 2 * 2) as u64);
    }
}
