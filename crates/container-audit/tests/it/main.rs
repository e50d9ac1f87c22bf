//! Rules on Dockerfiles.

use leadforge_container_audit::dockerfile::Severity;

#[test]
fn severities_are_ordered() {
    assert!(Severity::Error < Severity::Warning && Severity::Style < Severity::Ignore);
}

mod image;
