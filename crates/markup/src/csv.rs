//! Cells of a CSV file that a spreadsheet will not take for a formula.

use crate::visible;

/// Escapes one cell of a CSV file (RFC 4180) and disarms formulas.
///
/// A cell that a spreadsheet would evaluate (it begins with `=`, `+`, `-`, `@`, their full-width
/// forms, a tab or a line break, also behind spaces) is prefixed with an apostrophe, as OWASP's
/// "CSV Injection" advises; plain signed numbers are left alone. Line breaks and tabs inside stay.
///
/// ```
/// use leadforge_markup::csv_cell;
/// assert_eq!(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
/// assert_eq!(csv_cell("-12.5"), "-12.5");
/// ```
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let text = visible::keeping(text, |c| matches!(c, '\n' | '\r' | '\t'));
    let armed = armed(&text);
    let plain = !armed && !text.contains([',', ';', '"', '\n', '\r', '\t', '\'']);
    if plain && text.trim() == text {
        return text;
    }
    format!("\"{}{}\"", if armed { "'" } else { "" }, text.replace('"', "\"\""))
}

/// Joins cells into one record with its line end, each cell escaped.
#[must_use]
pub fn csv_row<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| csv_cell(cell.as_ref())).collect();
    // A record of one empty cell must not look like an empty line.
    let row = if cells == [""] { "\"\"".to_owned() } else { cells.join(",") };
    row + "\r\n"
}

fn armed(text: &str) -> bool {
    let trimmed = text.trim_start();
    let first = trimmed.chars().next();
    text.starts_with(['\t', '\r', '\n'])
        || (matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
            && !number(trimmed))
}

/// A sign, digits, at most one point with digits behind it.
fn number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, part)) => all(whole) && all(part),
        None => all(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_kept() {
        for (text, cell) in [
            ("plain", "plain"),
            ("-1", "-1"),
            ("+1.50", "+1.50"),
            ("-1+cmd|' /C calc'!A0", "\"'-1+cmd|' /C calc'!A0\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("  =1", "\"'  =1\""),
            ("＝1+1", "\"'＝1+1\""),
            ("\t=1", "\"'\t=1\""),
            ("--", "\"'--\""),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            (" lead", "\" lead\""),
            ("nul\0", "nul^@"),
        ] {
            assert_eq!(csv_cell(text), cell);
        }
    }

    #[test]
    fn rows_end_as_rfc_4180_says() {
        assert_eq!(csv_row(["a", "b\nc"]), "a,\"b\nc\"\r\n");
        assert_eq!(csv_row([""]), "\"\"\r\n");
    }
}
