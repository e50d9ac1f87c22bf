//! Rules as data: the format of gitleaks' rule file, and the two files that are built in.

mod dialect;
mod outline;
mod read;

pub(crate) use dialect::translated;
pub(crate) use outline::{Assigned, Outline, is_token};
pub(crate) use read::{AllowSpec, Condition, RuleFile, RuleSpec, Target};

/// gitleaks' rules, unchanged; `data/gitleaks.LICENSE` is their licence.
pub(crate) const GITLEAKS: &str = include_str!("../../data/gitleaks.toml");
/// The SHA-256 of the file of rules, so that nobody edits what others wrote.
pub const GITLEAKS_SHA256: &str =
    "e163e53b9e7e8a8511e77271e2b323ed057759542a6d988258afe3a1fa329caf";
/// Rules of ours, in the same format.
pub(crate) const OURS: &str = include_str!("../../data/ours.toml");

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    #[test]
    fn nobody_edited_what_others_wrote() {
        let sum: String =
            Sha256::digest(GITLEAKS).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, GITLEAKS_SHA256);
    }
}
