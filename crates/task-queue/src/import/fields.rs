//! Reads what people write after labels: priorities, hours, keystrokes, states, names of agents.

use crate::Priority;

/// `**Label**: value`, `**Label:** value` or `Label: value`; the label in lower case.
pub(super) fn field(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    let (label, value) = if let Some(rest) = line.strip_prefix("**") {
        let (label, rest) = rest.split_once("**")?;
        match label.strip_suffix(':') {
            Some(label) => (label, rest.trim_start_matches(':')),
            None => (label, rest.trim_start().strip_prefix(':')?),
        }
    } else {
        line.split_once(':').filter(|(_, value)| !value.starts_with("//"))?
    };
    let label = label.trim();
    let plain = !label.is_empty()
        && label.len() <= 40
        && label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '(' | ')'));
    plain.then(|| (label.to_lowercase().replace('-', " "), value.trim()))
}

/// P0 to P3 from `P1 - High`, `PRIORITY 1`, `HIGH`, `Immediate (Do Now)`, `Low Priority`.
pub(super) fn priority(text: &str) -> Option<Priority> {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let level = |n: &str| match n {
        "0" => Some(Priority::P0),
        "1" => Some(Priority::P1),
        "2" => Some(Priority::P2),
        "3" => Some(Priority::P3),
        _ => None,
    };
    for (i, word) in words.iter().enumerate() {
        let named = match *word {
            "critical" | "urgent" | "immediate" | "immediately" | "blocker" | "highest" => {
                Some(Priority::P0)
            }
            "high" => Some(Priority::P1),
            "medium" | "normal" | "moderate" => Some(Priority::P2),
            "low" | "lowest" | "minor" | "someday" => Some(Priority::P3),
            "priority" => words.get(i + 1).and_then(|next| level(next)),
            other => other.strip_prefix('p').and_then(level),
        };
        if named.is_some() {
            return named;
        }
    }
    None
}

/// The priority that a heading gives to what stands under it; plain prose headings give none.
pub(super) fn heading_priority(heading: &str) -> Option<Priority> {
    let text = heading.to_lowercase();
    let says = ["priority", "immediate", "urgent", "critical"].iter().any(|w| text.contains(w));
    let later = ["future", "nice-to-have", "nice to have", "stretch", "someday", "if time permits"];
    if says && let Some(priority) = priority(&text) {
        return Some(priority);
    }
    later.iter().any(|w| text.contains(w)).then_some(Priority::P3)
}

/// A number or a range of numbers at the start of `s`: its middle, and the rest of `s`.
fn amount(s: &str) -> Option<(f64, &str)> {
    let (low, rest) = number(s)?;
    let tail = rest.trim_start();
    let tail =
        tail.strip_prefix(['-', '–', '—']).or_else(|| tail.strip_prefix("to ")).unwrap_or("");
    match number(tail.trim_start()) {
        Some((high, rest)) => Some(((low + high) / 2.0, rest)),
        None => Some((low, rest)),
    }
}

fn number(s: &str) -> Option<(f64, &str)> {
    let len = s.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(s.len());
    let digits = s[..len].replace(',', "");
    let value: f64 = digits.trim_end_matches('.').parse().ok()?;
    let rest = &s[len..];
    let thousand = rest.strip_prefix(['k', 'K']).filter(|r| !r.starts_with(char::is_alphanumeric));
    let (value, rest) = thousand.map_or((value, rest), |rest| (value * 1000.0, rest));
    (value.is_finite() && value < 1e9).then_some((value, rest))
}

/// Hours from `1-2 hours`, `15–30 minutes`, `90 min`, `~3 h`; the middle of a range. No unit, no value.
pub(super) fn hours(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (value, rest) = amount(&text[start..])?;
    let unit: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let hours = match unit.to_lowercase().as_str() {
        "h" | "hr" | "hrs" | "hour" | "hours" => value,
        "m" | "min" | "mins" | "minute" | "minutes" => value / 60.0,
        _ => return None,
    };
    (hours > 0.0).then_some((hours * 100.0).round() / 100.0)
}

/// Hours from the last parenthesis of a heading, as in `Container Optimization (90 min)`.
pub(super) fn heading_hours(heading: &str) -> Option<f64> {
    let (_, tail) = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    hours(tail).filter(|_| tail.trim().starts_with(|c: char| c.is_ascii_digit() || c == '~'))
}

/// A heading without a last parenthesis that only states a time or a priority.
pub(super) fn without_note(heading: &str) -> &str {
    let Some((head, tail)) = heading.trim_end().strip_suffix(')').and_then(|h| h.rsplit_once('('))
    else {
        return heading;
    };
    let words = tail.split_whitespace().count();
    let priority = tail.to_lowercase().contains("priority") && priority(tail).is_some();
    let note = words <= 3 && (priority || heading_hours(heading).is_some());
    if note && !head.trim().is_empty() { head.trim_end() } else { heading }
}

/// Keystrokes from `~12,000`, `8k`, `~8,000 (mostly YAML)`; the middle of a range.
pub(super) fn keystrokes(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (value, _) = amount(&text[start..])?;
    (value >= 1.0).then_some(value.round() as u64)
}

/// Whether a stated status means that the work is finished.
pub(super) fn finished(status: &str) -> bool {
    let text = status.to_lowercase();
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("");
    matches!(
        first,
        "complete"
            | "completed"
            | "done"
            | "finished"
            | "closed"
            | "fixed"
            | "merged"
            | "resolved"
            | "implemented"
            | "shipped"
    ) || text.trim_start().starts_with('✅') && !text.contains("partial")
}

/// Whether a stated decision or status means that nobody shall do this now.
pub(super) fn decided_against(text: &str) -> bool {
    let text = text.to_lowercase();
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("");
    matches!(
        first,
        "skip"
            | "skipped"
            | "wontfix"
            | "won"
            | "cancelled"
            | "canceled"
            | "rejected"
            | "deferred"
            | "postponed"
            | "obsolete"
            | "abandoned"
    )
}

/// Whether a heading or label introduces criteria: outcomes that judge work and are not work.
pub(super) fn criteria(label: &str) -> bool {
    let text = label.to_lowercase();
    [
        "criteria",
        "success metric",
        "testing checklist",
        "submission checklist",
        "deliverable",
        "definition of done",
        "acceptance",
    ]
    .iter()
    .any(|w| text.contains(w))
}

/// The agent a source names, in lower case: `GEMINI`, `Ollama (qwen2.5)`, `@copilot`; not `TBD`.
pub(super) fn agent(value: &str) -> Option<String> {
    let name: String = value
        .trim()
        .trim_start_matches('@')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect::<String>()
        .to_lowercase();
    let none = ["", "tbd", "any", "none", "anyone", "unassigned", "n"].contains(&name.as_str());
    (!none && name.len() <= 40).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_as_people_write_them() {
        use Priority::{P0, P1, P2, P3};
        for (text, want) in [
            ("P1", Some(P1)),
            ("P2 (Enhancement)", Some(P2)),
            ("HIGH", Some(P1)),
            ("Immediate", Some(P0)),
            ("P1 - High (blocks normal git workflow)", Some(P1)),
            ("Low - reactive fix", Some(P3)),
            ("Local AI (PRIORITY 1)", Some(P1)),
            ("priority 0", Some(P0)),
            ("(priority: 3)", Some(P3)),
            ("P9", None),
            ("to be decided", None),
        ] {
            assert_eq!(priority(text), want, "{text}");
        }
        assert_eq!(heading_priority("Low Priority (Future Enhancements)"), Some(P3));
        assert_eq!(heading_priority("Future Enhancements (Not for this PR)"), Some(P3));
        assert_eq!(heading_priority("High availability"), None);
    }

    #[test]
    fn amounts_take_the_middle_of_a_range() {
        assert_eq!(hours("1-2 hours"), Some(1.5));
        assert_eq!(hours("15–30 minutes"), Some(0.38));
        assert_eq!(hours("~8-10 hours (research heavy)"), Some(9.0));
        assert_eq!(hours("2 to 3 h"), Some(2.5));
        assert_eq!(hours("2 days"), None);
        assert_eq!(hours("Medium"), None);
        assert_eq!(hours("999999999999999999999 hours"), None);
        assert_eq!(heading_hours("Container Optimization (90 min)"), Some(1.5));
        assert_eq!(heading_hours("Session 1: Morning (9 AM - 12 PM)"), None);
        assert_eq!(without_note("Local AI (PRIORITY 1)"), "Local AI");
        assert_eq!(without_note("Container Optimization (90 min)"), "Container Optimization");
        assert_eq!(without_note("Modern Python Tooling (uv)"), "Modern Python Tooling (uv)");
        assert_eq!(keystrokes("~12,000"), Some(12_000));
        assert_eq!(keystrokes("8k-10k"), Some(9_000));
        assert_eq!(keystrokes("few"), None);
        assert_eq!((keystrokes("999999999"), keystrokes("1000000000")), (Some(999_999_999), None));
        assert_eq!((hours("0 h"), hours("0.5 h")), (None, Some(0.5)));
        assert_eq!(heading_hours("Caches (~90 min)"), Some(1.5));
        assert_eq!(heading_hours("Caches (within 90 min)"), None);
        for kept in ["Local AI (P1)", "Local AI (priority soon)", "Local AI (a low priority item)"]
        {
            assert_eq!(without_note(kept), kept);
        }
    }

    #[test]
    fn labels_in_every_spelling() {
        assert_eq!(field("**Priority**: P1"), Some(("priority".into(), "P1")));
        assert_eq!(field("**Priority:** P1"), Some(("priority".into(), "P1")));
        assert_eq!(field("Estimated-Tokens: 2"), Some(("estimated tokens".into(), "2")));
        assert_eq!(field("see https://x.y/z"), None);
        assert_eq!(field("**bold** text"), None);
        assert_eq!((field(": value"), field("a_b: value")), (None, None));
        assert_eq!(field(&format!("{}: v", "x".repeat(40))), Some(("x".repeat(40), "v")));
        assert_eq!(field(&format!("{}: v", "x".repeat(41))), None);
        assert!(finished("✅ COMPLETE - Tests marked") && !finished("⚠️ NEEDS FIX"));
        assert!(decided_against("Skip for now - adds complexity"));
        assert_eq!(agent("Ollama (qwen2.5-coder:32b)"), Some("ollama".into()));
        assert_eq!(agent("TBD (Copilot vs Ollama)"), None);
    }
}
