//! Text for a terminal and for the logs of a CI service, where controls are commands.

use crate::visible;

/// Makes text safe for one line of a terminal: no control, no reordering, no line break.
///
/// What a terminal shows is CI's log elsewhere: no line of it is a command to a runner either.
/// GitHub's obeys `::name::` at the start of a line, indented too, and the older `##[name]`
/// anywhere in it; others have forms like the latter. All are broken by one space.
///
/// ```
/// assert_eq!(leadforge_markup::terminal("ok\u{1b}]0;pwned\u{7}\nrm"), "ok^[]0;pwned^G rm");
/// assert_eq!(leadforge_markup::terminal("::add-mask::x"), ": :add-mask::x");
/// ```
#[must_use]
pub fn terminal(text: &str) -> String {
    inert(&visible::line(text))
}

/// Makes text safe for a terminal, as [`terminal`] does, and keeps its line feeds and tabs.
#[must_use]
pub fn terminal_block(text: &str) -> String {
    visible::block(text).split('\n').map(inert).collect::<Vec<_>>().join("\n")
}

/// What a runner takes for the beginning of a command, wherever it stands: GitHub's and Azure's,
/// Azure's, TeamCity's.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Makes one line of JSON inert in a log of CI, as [`terminal`] does for text; its value stays.
///
/// `##` can stand only within a text of it, where the bracket may be written as an escape.
///
/// ```
/// assert_eq!(leadforge_markup::json_in_log(r###"{"a":"##[x]"}"###), r###"{"a":"##\u005bx]"}"###);
/// ```
#[must_use]
pub fn json_in_log(json: &str) -> String {
    COMMANDS.iter().fold(json.to_owned(), |json, command| {
        json.replace(command, &command.replace('[', "\\u005b"))
    })
}

fn broken(text: &str) -> String {
    COMMANDS.iter().fold(text.to_owned(), |text, command| {
        text.replace(command, &command.replacen("##", "## ", 1))
    })
}

/// Breaks what a runner would take for a command in this line.
fn inert(line: &str) -> String {
    let line = broken(line);
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    match trimmed.strip_prefix("::") {
        Some(rest) => format!("{}: :{rest}", &line[..indent]),
        None => line,
    }
}

/// Escapes the message of a GitHub workflow command (`::error file=…::MESSAGE`).
///
/// The encoding is the runner's: `%`, CR and LF as percent codes. Other controls become visible.
#[must_use]
pub fn workflow_data(text: &str) -> String {
    let text = visible::keeping(text, |c| matches!(c, '\n' | '\r' | '\t'));
    broken(&text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a GitHub workflow command (`::error file=PROPERTY::…`).
#[must_use]
pub fn workflow_property(text: &str) -> String {
    workflow_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflow_commands_cannot_be_forged() {
        assert_eq!(workflow_data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(workflow_property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(
            terminal_block("  ::add-mask::x\nok ##[error]y\nplain :: text"),
            "  : :add-mask::x\nok ## [error]y\nplain :: text"
        );
        assert_eq!(terminal_block("\u{b}::stop"), "^K::stop");
    }

    #[test]
    fn blocks_keep_lines_only() {
        assert_eq!(terminal_block("a\n\tb\r\u{1b}[2J\u{202e}"), "a\n\tb^M^[[2J[U+202E]");
    }
}
