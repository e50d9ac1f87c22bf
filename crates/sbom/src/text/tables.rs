//! TOML with places: tables, their texts and their lists.

use toml::de::{DeTable, DeValue};

use crate::text::lines::Lines;

/// A table.
pub(crate) type Table<'a> = DeTable<'a>;

/// A document, or the line and what is wrong with it.
pub(crate) fn read<'a>(
    text: &'a str,
    lines: &Lines<'_>,
) -> Result<toml::Spanned<Table<'a>>, (Option<u32>, String)> {
    DeTable::parse(text).map_err(|error| {
        let line = error.span().map(|span| lines.at(span.start));
        (line, error.message().to_owned())
    })
}

/// The text of a key.
pub(crate) fn text<'t>(table: &'t Table<'_>, key: &str) -> Option<&'t str> {
    table.get(key).and_then(|value| value.get_ref().as_str())
}

/// Whether a key is true.
pub(crate) fn is_true(table: &Table<'_>, key: &str) -> bool {
    table.get(key).and_then(|value| value.get_ref().as_bool()).unwrap_or(false)
}

/// The table of a key.
pub(crate) fn table<'t, 'a>(table: &'t Table<'a>, key: &str) -> Option<&'t Table<'a>> {
    table.get(key).and_then(|value| value.get_ref().as_table())
}

/// The tables of a list, with the byte at which each begins.
pub(crate) fn tables<'t, 'a>(
    table: &'t Table<'a>,
    key: &str,
) -> impl Iterator<Item = (usize, &'t Table<'a>)> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    let one = |value: &'t toml::Spanned<DeValue<'a>>| {
        Some((value.span().start, value.get_ref().as_table()?))
    };
    list.into_iter().flatten().filter_map(one)
}

/// The entries of a table of a key.
pub(crate) fn entries<'t, 'a>(
    parent: &'t Table<'a>,
    key: &str,
) -> impl Iterator<Item = (&'t str, &'t DeValue<'a>)> {
    let found = table(parent, key);
    found
        .into_iter()
        .flat_map(|t| t.iter().map(|(name, value)| (&**name.get_ref(), value.get_ref())))
}

/// The texts of a list of a key.
pub(crate) fn texts<'t>(table: &'t Table<'_>, key: &str) -> impl Iterator<Item = &'t str> {
    table.get(key).into_iter().flat_map(|value| strings(value.get_ref()))
}

/// The texts of a list.
pub(crate) fn strings<'t>(list: &'t DeValue<'_>) -> impl Iterator<Item = &'t str> {
    list.as_array().into_iter().flatten().filter_map(|value| value.get_ref().as_str())
}
