//! Which bytes of a Markdown text are code for every reader, so that nothing in them is syntax.

use std::collections::BTreeMap;

use crate::lines::Lines;

/// Whether each byte stands in a fenced block or in inline code, whatever lists and quotes are around it.
///
/// Inline code may reach over lines, and where a list or a quote begins it may not. What is code by
/// both readings is code.
pub(crate) fn certain(text: &str) -> Vec<bool> {
    let lines = Lines::of(text, 3);
    let mut code = Vec::with_capacity(text.len());
    let plain = |at: usize| !lines.is_code(at) && !lines.all[at].trim_ascii().is_empty();
    let mut at = 0;
    while at < lines.all.len() {
        if at > 0 {
            code.push(false);
        }
        if !plain(at) {
            code.extend(std::iter::repeat_n(true, lines.all[at].len()));
            at += 1;
            continue;
        }
        let end = (at..lines.all.len()).find(|&end| !plain(end)).unwrap_or(lines.all.len());
        let wide = spans(&lines.all[at..end].join("\n"));
        let mut offset = 0;
        for (nth, line) in lines.all[at..end].iter().enumerate() {
            if nth > 0 {
                code.push(false);
                offset += 1;
            }
            code.extend(
                spans(line).iter().zip(&wide[offset..]).map(|(narrow, wide)| narrow & wide),
            );
            offset += line.len();
        }
        at = end;
    }
    code
}

/// Which bytes stand inside of inline code, by the rule of CommonMark: a row of backquotes is closed
/// by the next row of the same length.
fn spans(text: &str) -> Vec<bool> {
    let bytes = text.as_bytes();
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
        if length > 0 {
            rows.push((at, length));
        }
        at += length.max(1);
    }
    let mut code = vec![false; bytes.len()];
    // The next row of each length, from behind.
    let mut next: Vec<Option<usize>> = vec![None; rows.len()];
    let mut seen = BTreeMap::new();
    for nth in (0..rows.len()).rev() {
        next[nth] = seen.insert(rows[nth].1, nth);
    }
    let mut nth = 0;
    while nth < rows.len() {
        let escaped = bytes[..rows[nth].0].iter().rev().take_while(|&&b| b == b'\\').count() % 2;
        match next[nth].filter(|_| escaped == 0) {
            Some(end) => {
                code[rows[nth].0..rows[end].0 + rows[end].1].fill(true);
                nth = end + 1;
            }
            None => nth += 1,
        }
    }
    code
}
