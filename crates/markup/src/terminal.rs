//! Text for a terminal and for the logs of a CI service, where controls are commands.

use crate::visible;

/// Makes text safe for one line of a terminal: no control, no reordering, no line break.
///
/// ```
/// assert_eq!(leadforge_markup::terminal("ok\u{1b}]0;pwned\u{7}\nrm"), "ok^[]0;pwned^G rm");
/// ```
#[must_use]
pub fn terminal(text: &str) -> String {
    visible::line(text)
}

/// Makes text safe for a terminal and keeps its line feeds and tabs.
#[must_use]
pub fn terminal_block(text: &str) -> String {
    visible::block(text)
}

/// Escapes the message of a GitHub workflow command (`::error file=…::MESSAGE`).
///
/// The encoding is the runner's: `%`, CR and LF as percent codes. Other controls become visible.
#[must_use]
pub fn workflow_data(text: &str) -> String {
    let text = visible::keeping(text, |c| matches!(c, '\n' | '\r' | '\t'));
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a GitHub workflow command (`::error file=PROPERTY::…`).
#[must_use]
pub fn workflow_property(text: &str) -> String {
    workflow_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Makes lines that are printed into a CI log inert: none of them is a workflow command.
///
/// GitHub's runner obeys `::name::` at the start of a line and the older `##[name]` anywhere in it.
/// Both are broken by one space.
#[must_use]
pub fn workflow_log(text: &str) -> String {
    let inert = |line: &str| {
        let line = line.replace("##[", "## [");
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        match trimmed.strip_prefix("::") {
            Some(rest) => format!("{}: :{rest}", &line[..indent]),
            None => line,
        }
    };
    visible::block(text).split('\n').map(inert).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflow_commands_cannot_be_forged() {
        assert_eq!(workflow_data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(workflow_property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(
            workflow_log("  ::add-mask::x\nok ##[error]y\nplain :: text"),
            "  : :add-mask::x\nok ## [error]y\nplain :: text"
        );
        assert_eq!(workflow_log("\u{b}::stop"), "^K::stop");
    }

    #[test]
    fn blocks_keep_lines_only() {
        assert_eq!(terminal_block("a\n\tb\r\u{1b}[2J\u{202e}"), "a\n\tb^M^[[2J[U+202E]");
    }
}
