//! Reads any text as a rule file: it is refused, or the scanner that it makes works.

use leadforge_secret_scan::{Baseline, Config, Scanner};

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let config = Config { rules: vec![("fuzzed.toml".into(), text.into())], ..Config::default() };
    if let Ok(scanner) = Scanner::new(&config) {
        assert!(scanner.len() >= 222);
        let _ = scanner.scan("a.py", b"token = 'aaaa bbbb cccc'\n");
    }
    if let Ok(baseline) = Baseline::read([("fuzzed.toml", text)]) {
        assert_eq!(baseline.len(), 1);
    }
}
