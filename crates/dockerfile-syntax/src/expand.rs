//! Variables in the words of instructions.

/// What a name stands for; `None` when it is not set.
pub trait Lookup {
    /// The value of a variable.
    fn value(&self, name: &str) -> Option<String>;
}

impl<F: Fn(&str) -> Option<String>> Lookup for F {
    fn value(&self, name: &str) -> Option<String> {
        self(name)
    }
}

/// Expansions inside expansions, to this depth.
const DEPTH: usize = 16;

/// Takes quotes off and puts values in: `$X`, `${X}`, `${X:-default}`, `${X:+other}`, with and without
/// the colon. Gives `None` when the result depends on a variable that has no value, or on a form that is not known.
pub fn expand(text: &str, escape: char, lookup: &dyn Lookup) -> Option<String> {
    expand_at(text, escape, lookup, 0)
}

fn expand_at(text: &str, escape: char, lookup: &dyn Lookup, depth: usize) -> Option<String> {
    if depth > DEPTH {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut double = false;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        rest = match letter {
            _ if letter == escape => {
                let next = after.chars().next();
                // Inside double quotes an escape only escapes what would mean something there.
                if double && !matches!(next, Some('"' | '$')) && next != Some(escape) {
                    out.push(letter);
                }
                out.extend(next);
                &after[next.map_or(0, char::len_utf8)..]
            }
            '\'' if !double => {
                let (inside, after) = after.split_once('\'').unwrap_or((after, ""));
                out.push_str(inside);
                after
            }
            '"' => {
                double = !double;
                after
            }
            '$' => {
                let (value, after) = variable(after, escape, lookup, depth)?;
                out.push_str(&value);
                after
            }
            _ => {
                out.push(letter);
                after
            }
        };
    }
    Some(out)
}

/// The value of what follows a dollar sign, and what follows it.
fn variable<'t>(
    text: &'t str,
    escape: char,
    lookup: &dyn Lookup,
    depth: usize,
) -> Option<(String, &'t str)> {
    let Some(inside) = text.strip_prefix('{') else {
        let length = name_length(text);
        return match length {
            0 => Some(("$".to_owned(), text)),
            _ => Some((lookup.value(&text[..length])?, &text[length..])),
        };
    };
    let end = closing(inside)?;
    let (body, after) = (&inside[..end], &inside[end + 1..]);
    let (name, form) = body.split_at(name_length(body));
    if name.is_empty() {
        return None;
    }
    let value = lookup.value(name);
    let (colon, form) = match form.strip_prefix(':') {
        Some(form) => (true, form),
        None => (false, form),
    };
    let set = value.clone().filter(|value| !colon || !value.is_empty());
    let expand = |word: &str| expand_at(word, escape, lookup, depth + 1);
    let value = match form.chars().next() {
        None if !colon => value?,
        Some('-') => match set {
            Some(value) => value,
            None => expand(&form[1..])?,
        },
        Some('+') => match set {
            Some(_) => expand(&form[1..])?,
            None => String::new(),
        },
        Some('?') => set?,
        _ => return None,
    };
    Some((value, after))
}

/// The length of a variable's name at the beginning of a text.
fn name_length(text: &str) -> usize {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return 1;
    }
    text.find(|letter| !is_name(letter)).unwrap_or(text.len())
}

/// Where the brace that was opened is closed.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open == 0 => return Some(at),
            b'}' => open -= 1,
            _ => {}
        }
    }
    None
}
