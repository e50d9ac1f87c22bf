//! Reads any bytes as a diff: what is taken is in the text, sorted, and counted once.

use leadforge_review_rules::change::read_diff;

pub(crate) fn run(data: &[u8]) {
    let Ok(change) = read_diff(data) else { return };
    let signs = data.split(|&byte| byte == b'\n').filter(|line| line.starts_with(b"+")).count();
    // In the combined form a new line has a sign for each parent, and the first need not be a plus.
    let combined = data.windows(8).any(|word| word == b"diff --c");
    let mut lines = 0;
    for pair in change.files.windows(2) {
        assert!(pair[0].path < pair[1].path, "{:?}", change.files);
    }
    for file in &change.files {
        let texts = file.text.split_inclusive(|&byte| byte == b'\n').count();
        assert_eq!(file.added.len() as usize, texts, "{file:?}");
        assert_eq!(file.new_lines().count(), texts);
        for (line, _) in file.new_lines() {
            assert!(file.added.contains(line));
        }
        assert!(!file.path.as_bytes().is_empty());
        lines += texts;
    }
    assert!(combined || lines <= signs, "{lines} new lines of {signs}");
}
