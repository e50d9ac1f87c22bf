//! A difference between two texts, as people and `git apply` read it.

use similar::{Algorithm, TextDiff};

/// More lines are not compared: a search for the smallest difference could take its square.
const MOST: usize = 20_000;

/// The unified diff from what a file says to what it should say.
pub(crate) fn unified(path: &str, now: &str, then: &str) -> String {
    let lines = now.lines().count().max(then.lines().count());
    if lines > MOST {
        return format!("--- a/{path}\n+++ b/{path}\n({lines} lines: too many to compare)\n");
    }
    // Patience splits at lines that stand once, so that no text of many changes takes long.
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(now, then);
    diff.unified_diff()
        .context_radius(3)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}
