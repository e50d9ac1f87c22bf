//! Flags and arguments of a command, as most programs read them.

use leadforge_dockerfile_syntax::shell::{Simple, Token};

/// Whether a command has one of these flags: one letter, or a long name.
pub(super) fn has_flag(command: &Simple, flags: &[&str]) -> bool {
    count_flag(command, flags) > 0
}

/// How often a command has one of these flags; letters in one word count each.
pub(super) fn count_flag(command: &Simple, flags: &[&str]) -> usize {
    let count = |word: &Token| match word.value.strip_prefix("--") {
        Some(long) => usize::from(flags.contains(&long.split('=').next().unwrap_or_default())),
        None => match word.value.strip_prefix('-') {
            Some(short) => short
                .chars()
                .filter(|letter| flags.contains(&&*letter.encode_utf8(&mut [0; 4])))
                .count(),
            None => 0,
        },
    };
    command.args().iter().map(count).sum()
}

/// The arguments that are no flags.
pub(super) fn plain(command: &Simple) -> Vec<&Token> {
    command.args().iter().filter(|word| !word.value.starts_with('-')).collect()
}

/// The arguments that are no flags and no values of these flags.
pub(super) fn plain_without<'c>(command: &'c Simple, valued: &[&str]) -> Vec<&'c Token> {
    let mut words = command.args().iter();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        if valued.contains(&word.value.as_str()) {
            words.next();
        } else if !word.value.starts_with('-') {
            found.push(word);
        }
    }
    found
}

/// Whether a command has this name, and one of these words among its arguments.
pub(super) fn calls(command: &Simple, names: &[&str], verbs: &[&str]) -> bool {
    command.name().is_some_and(|name| names.contains(&name))
        && command.args().iter().any(|word| verbs.contains(&word.value.as_str()))
}

/// The word that is the verb.
pub(super) fn verb<'c>(command: &'c Simple, verbs: &[&str]) -> Option<&'c Token> {
    command.args().iter().find(|word| verbs.contains(&word.value.as_str()))
}

/// What is installed: the arguments behind the verb's name that are no flags, values or verbs.
pub(super) fn packages<'c>(command: &'c Simple, verbs: &[&str], valued: &[&str]) -> Vec<&'c Token> {
    let mut words = plain_without(command, valued);
    if let Some(at) = words.iter().position(|word| verbs.contains(&word.value.as_str())) {
        words.remove(at);
    }
    words
}
