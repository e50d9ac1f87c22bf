//! The index: a table of packages in order, so that a question reads what it is about and nothing else.
//!
//! `LFADV1` and a line feed, a zero; the length of the facts and the number of packages; the facts in JSON; for each
//! package, sorted by name, where its block begins, how long the name is and how long the advisories are; then the
//! blocks, each a name and a list of advisories in JSON. Numbers have 32 bits, the lowest first.

use serde::{Deserialize, Serialize};

use super::Covered;
use super::entry::Entry;

/// How an index begins.
pub(super) const MAGIC: &[u8; 8] = b"LFADV1\n\0";
const ROW: usize = 12;

/// What an index says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) covered: Vec<Covered>,
    pub(super) records: usize,
}

/// An index of advisories in memory.
pub struct Index<'a> {
    meta: Meta,
    table: &'a [u8],
    blob: &'a [u8],
}

/// Why bytes are no index.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no index of advisories: {0}")]
pub struct IndexError(pub String);

impl<'a> Index<'a> {
    /// Opens an index; what no question reads is not looked at.
    ///
    /// # Errors
    /// When the bytes do not begin as an index does.
    pub fn open(bytes: &'a [u8]) -> Result<Self, IndexError> {
        let short = || IndexError("it ends too early".to_owned());
        let rest = bytes.strip_prefix(MAGIC);
        let rest = rest.ok_or_else(|| IndexError("it begins with something else".to_owned()))?;
        let (facts, rest) = number(rest).ok_or_else(short)?;
        let (packages, rest) = number(rest).ok_or_else(short)?;
        let (meta, rest) = rest.split_at_checked(facts).ok_or_else(short)?;
        let rows = packages.checked_mul(ROW).ok_or_else(short)?;
        let (table, blob) = rest.split_at_checked(rows).ok_or_else(short)?;
        let meta = serde_json::from_slice(meta).map_err(|error| IndexError(error.to_string()))?;
        Ok(Self { meta, table, blob })
    }

    /// The ecosystems whose advisories it holds, sorted.
    #[must_use]
    pub fn covered(&self) -> &[Covered] {
        &self.meta.covered
    }

    /// The day of the newest advisory.
    #[must_use]
    pub fn date(&self) -> &str {
        self.meta.covered.iter().map(|covered| covered.newest.as_str()).max().unwrap_or_default()
    }

    /// How many records it was made of.
    #[must_use]
    pub const fn records(&self) -> usize {
        self.meta.records
    }

    /// The advisories about a package.
    pub(super) fn get(&self, key: &str) -> Result<Vec<Entry>, IndexError> {
        let (mut low, mut high) = (0, self.table.len() / ROW);
        while low < high {
            let middle = low.midpoint(high);
            let (name, body) = self.row(middle)?;
            match name.cmp(key.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return serde_json::from_slice(body)
                        .map_err(|error| IndexError(format!("{key}: {error}")));
                }
            }
        }
        Ok(Vec::new())
    }

    fn row(&self, at: usize) -> Result<(&'a [u8], &'a [u8]), IndexError> {
        let broken = || IndexError(format!("row {at} points outside of it"));
        let row = self.table.get(at * ROW..).ok_or_else(broken)?;
        let (from, row) = number(row).ok_or_else(broken)?;
        let (name, row) = number(row).ok_or_else(broken)?;
        let (body, _) = number(row).ok_or_else(broken)?;
        let block = self.blob.get(from..).ok_or_else(broken)?;
        let (name, block) = block.split_at_checked(name).ok_or_else(broken)?;
        Ok((name, block.get(..body).ok_or_else(broken)?))
    }
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_le_bytes(*number)).ok()?, rest))
}
