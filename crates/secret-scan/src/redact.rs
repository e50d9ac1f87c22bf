//! Taking secrets out of a text before it leaves.

use crate::Finding;

/// The text with each secret replaced by `[secret: RULE]`; the lines of one that has several stay, empty, so that all
/// others keep their numbers.
///
/// The findings are those of a scan of this very text, in any order. For what goes to strangers, scan with
/// [`Confidence::Low`](crate::Confidence): a false alarm costs a word there, and a miss a key.
#[must_use]
pub fn redact(text: &[u8], findings: &[Finding]) -> Vec<u8> {
    let mut spans: Vec<(usize, usize, &str)> = findings
        .iter()
        .filter_map(|found| {
            let start = usize::try_from(found.bytes.start).ok()?;
            let end = usize::try_from(found.bytes.end).ok()?.min(text.len());
            (start < end).then_some((start, end, found.rule.as_str()))
        })
        .collect();
    spans.sort_unstable();
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for (start, end, rule) in spans {
        if start >= at {
            out.extend_from_slice(&text[at..start]);
            out.extend_from_slice(format!("[secret: {rule}]").as_bytes());
            out.extend(text[start..end].iter().filter(|byte| **byte == b'\n'));
        }
        at = at.max(end);
    }
    out.extend_from_slice(&text[at.min(text.len())..]);
    out
}
