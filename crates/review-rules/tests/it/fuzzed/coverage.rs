//! Reads any bytes as a report of coverage: the same whether it comes at once or byte by byte.

use std::io::{BufReader, Read};

use leadforge_review_rules::coverage::Coverage;

/// A stream that gives a byte at a time.
struct Slow<'d>(&'d [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = into.len().min(1);
        self.0.read(&mut into[..most])
    }
}

pub(crate) fn run(data: &[u8]) {
    let whole = Coverage::read(data);
    let slow = Coverage::read(BufReader::with_capacity(3, Slow(data)));
    match (whole, slow) {
        (Ok(whole), Ok(slow)) => {
            assert_eq!(whole, slow);
            let share = whole.share();
            assert!(share.covered <= share.lines);
            let mut twice = whole.clone();
            twice.merge(whole.clone());
            assert_eq!(twice.files, whole.files);
        }
        (Err(whole), Err(slow)) => assert_eq!(whole.to_string(), slow.to_string()),
        (whole, slow) => panic!("{whole:?} and {slow:?}"),
    }
}
