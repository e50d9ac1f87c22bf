//! What may be said of a secret: how long it is and what it is made of.

/// Shorter secrets are passwords: even their length would help to guess them.
const SHORT: usize = 16;

/// A shape such as `[A-Za-z0-9_]{40}`; no character of the secret that says more than its kind is in it.
pub(crate) fn shape(secret: &[u8]) -> String {
    if secret.len() < SHORT {
        return format!("fewer than {SHORT} bytes");
    }
    let has = |is: fn(&u8) -> bool| secret.iter().any(is);
    let mut kinds = String::new();
    let lower = has(u8::is_ascii_lowercase);
    let upper = has(u8::is_ascii_uppercase);
    let digit = has(u8::is_ascii_digit);
    if (lower ^ upper) && digit && secret.iter().all(u8::is_ascii_hexdigit) {
        kinds.push_str(if lower { "0-9a-f" } else { "0-9A-F" });
    } else {
        for (there, kind) in [(upper, "A-Z"), (lower, "a-z"), (digit, "0-9")] {
            kinds.push_str(if there { kind } else { "" });
        }
        for sign in [b'_', b'.', b'/', b'+', b'=', b'-'] {
            if secret.contains(&sign) {
                kinds.push(char::from(sign));
            }
        }
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_./+=-".contains(byte);
        if !secret.iter().all(plain) {
            kinds.push('…');
        }
    }
    format!("[{kinds}]{{{}}}", secret.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_says_length_and_kinds() {
        assert_eq!(shape(b"hunter2"), "fewer than 16 bytes");
        assert_eq!(shape(&b"0a1b".repeat(8)), "[0-9a-f]{32}");
        assert_eq!(shape(b"Zf3D0_LXCM3/EIMb"), "[A-Za-z0-9_/]{16}");
        assert_eq!(shape("pässwörter sind lang".as_bytes()), "[a-z…]{22}");
    }
}
