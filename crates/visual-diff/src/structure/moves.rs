//! What went away here and came there is one thing that moved.

use super::regions::{Found, alike};
use super::sheet::Sheet;
use crate::region::Kind;

/// Joins each part that was removed with the one that was added and shows the same.
pub(super) fn join(before: &Sheet, after: &Sheet, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < found.len() {
        let partner =
            found[at].before.filter(|_| found[at].kind == Kind::Removed).and_then(|gone| {
                found.iter().position(|other| {
                    other.kind == Kind::Added
                        && other.after.is_some_and(|come| alike(before, &gone, after, &come))
                })
            });
        if let Some(partner) = partner {
            found[at].kind = Kind::Moved;
            found[at].after = found[partner].after;
            found.remove(partner);
            if partner < at {
                continue;
            }
        }
        at += 1;
    }
}
