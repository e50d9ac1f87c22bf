//! Scans any bytes: it ends, places lie in the text, a stream gives the same, nothing of a secret is in a finding.

use leadforge_secret_scan::{Confidence, Config, Scanner, redact};
use std::sync::OnceLock;

pub(crate) fn run(data: &[u8]) {
    static SCANNER: OnceLock<Scanner> = OnceLock::new();
    let scanner = SCANNER.get_or_init(|| {
        let config = Config { least: Confidence::Low, ..Config::default() };
        Scanner::new(&config).expect("the built-in rules")
    });
    // The first line is the path.
    let (path, text) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let path = String::from_utf8_lossy(path);
    let found = scanner.scan(&path, text);
    let mut last = 0;
    for finding in &found {
        let (start, end) = (finding.bytes.start as usize, finding.bytes.end as usize);
        assert!(start <= end && end <= text.len());
        assert!(start >= last, "findings overlap");
        last = end;
        assert!(
            finding.start <= finding.end && finding.start.line >= 1 && finding.start.column >= 1
        );
        let secret = String::from_utf8_lossy(&text[start..end]);
        let known = format!("{}{}{:?}", finding.rule, finding.description, finding.because);
        if secret.len() >= 8 && !known.contains(&*secret) {
            assert!(!format!("{finding:?}").contains(&*secret), "a finding holds its secret");
        }
    }
    let mut streamed = Vec::new();
    let chained = std::io::Read::chain(&text[..text.len() / 2], &text[text.len() / 2..]);
    scanner.stream(&path, chained, |finding| streamed.push(finding)).expect("memory");
    assert_eq!(streamed, found);
    let redacted = redact(text, &found);
    assert!(found.is_empty() == (redacted == text) || found.iter().all(|f| f.bytes.is_empty()));
}
