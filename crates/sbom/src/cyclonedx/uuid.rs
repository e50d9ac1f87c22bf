//! A UUID made of content.

use sha2::{Digest as _, Sha256};

/// The UUID of what no content has, as long as any other.
pub(super) const NIL: &str = "urn:uuid:00000000-0000-0000-0000-000000000000";

/// The UUID of these bytes, of version 8 (RFC 9562, section 5.8): the first 122 bits of SHA-256.
pub(crate) fn of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut hex = String::with_capacity(32);
    for (at, byte) in digest.iter().take(16).enumerate() {
        let byte = match at {
            6 => 0x80 | byte & 0x0f,
            8 => 0x80 | byte & 0x3f,
            _ => *byte,
        };
        hex.push_str(&format!("{byte:02x}"));
    }
    let part = |from: usize, to: usize| &hex[from..to];
    let parts = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)];
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uuid_has_its_version_and_its_variant() {
        assert_eq!(of(b""), "urn:uuid:e3b0c442-98fc-8c14-9afb-f4c8996fb924");
        assert_eq!(of(b"").len(), NIL.len());
    }
}
