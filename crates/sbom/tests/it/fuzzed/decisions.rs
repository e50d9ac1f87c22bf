//! VEX, a file of osv-scanner and SPDX documents: read or refused, and nothing panics.

use leadforge_sbom::spdx;
use leadforge_sbom::vulns::{Statement, osv_scanner};

pub(crate) fn run(data: &[u8]) {
    if let Ok(statements) = Statement::read("vex.json", data) {
        assert!(statements.iter().all(|one| one.day.chars().count() <= 10));
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(entries) = osv_scanner(text)
    {
        // An entry about nothing would ignore everything.
        assert!(entries.iter().all(|one| !one.id.is_empty() || !one.package.is_empty()));
    }
    if let Ok(found) = spdx::read(data) {
        let ends = found.components.len();
        assert!(found.edges.iter().all(|edge| edge.from < ends && edge.to < ends));
        assert!(found.root.is_none_or(|root| root < ends));
    }
}
