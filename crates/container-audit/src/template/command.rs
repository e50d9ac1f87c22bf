//! A command as people write it for a platform, as the words of an exec form.

use leadforge_dockerfile_syntax::Text;
use leadforge_dockerfile_syntax::shell::split;

/// The words of a command, with a number in place of `$PORT`; `None` when only a shell can run it.
///
/// ```
/// use leadforge_container_audit::template::words;
///
/// let said = words("exec python -m uvicorn app:app --port ${PORT:-8000}", 80).unwrap();
/// assert_eq!(said, ["python", "-m", "uvicorn", "app:app", "--port", "80"]);
/// assert_eq!(words("migrate && serve", 80), None);
/// ```
pub fn words(command: &str, port: u16) -> Option<Vec<String>> {
    let script = split(&Text::at(command, 0));
    let [simple] = script.commands.as_slice() else { return None };
    let plain = script.faults.is_empty()
        && script.pipes.is_empty()
        && simple.assigns.is_empty()
        && simple.redirects.is_empty()
        && simple.depth == 0
        // What stands behind the command, such as `&`, is no word of it.
        && command.trim_end().len() == simple.span.end;
    if !plain {
        return None;
    }
    let mut words = Vec::new();
    for word in &simple.words {
        let value = if word.expands { numbered(&word.value, port)? } else { word.value.clone() };
        words.push(value);
    }
    if words.first().is_some_and(|word| word == "exec") {
        words.remove(0);
    }
    let globs = |word: &String| word.contains(['*', '{', '~', '\n', '\0']);
    (!words.is_empty() && !words.iter().any(globs)).then_some(words)
}

/// A word with the port in place of its variable; `None` when it has others.
fn numbered(word: &str, port: u16) -> Option<String> {
    let port = port.to_string();
    let mut out = word.to_owned();
    while let Some(at) = out.find("${PORT") {
        let end = at + out.get(at..)?.find('}')?;
        let rest = out.get(at + "${PORT".len()..end)?;
        if !(rest.is_empty() || rest.starts_with(":-") || rest.starts_with('-')) {
            return None;
        }
        out.replace_range(at..=end, &port);
    }
    out = out.replace("$PORT", &port);
    (!out.contains(['$', '`'])).then_some(out)
}
