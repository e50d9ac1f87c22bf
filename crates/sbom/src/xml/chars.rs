//! Which signs XML lets stand where, and what its references mean.

/// Whether a document may hold it.
pub(super) const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether it is white space.
pub(super) const fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Whether a name may begin with it.
pub(super) const fn begins_name(c: char) -> bool {
    matches!(c, ':' | '_' | 'A'..='Z' | 'a'..='z'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// Whether a name may hold it.
pub(super) const fn in_name(c: char) -> bool {
    begins_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}'
            | '\u{203f}'..='\u{2040}')
}

/// What stands between `&` and `;`.
pub(super) fn reference(name: &str) -> Result<char, String> {
    Ok(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#').and_then(|digits| {
                let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |d| (d, 16));
                // A sign is none of the digits, though the standard library takes it for one.
                let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
                plain.then(|| u32::from_str_radix(digits, radix).ok()).flatten()
            });
            let sign = number.and_then(char::from_u32).filter(|c| allowed(*c));
            let shown: String = name.chars().take(40).collect();
            return sign.ok_or_else(|| format!("has the reference {shown:?}, which means nothing"));
        }
    })
}
