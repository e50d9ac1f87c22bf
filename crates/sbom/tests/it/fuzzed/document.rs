//! A document in JSON or XML: what is read is written so that it is read again as the same, and nothing panics.

use leadforge_sbom::cyclonedx::{Document, Profile, grade};

pub(crate) fn run(data: &[u8]) {
    let Ok(document) = Document::read(data) else {
        return;
    };
    let mut bytes = Vec::new();
    document.write(&mut bytes).expect("memory");
    let again = Document::read(&bytes).expect("what is written is read");
    let mut second = Vec::new();
    again.write(&mut second).expect("memory");
    assert_eq!(bytes, second, "other bytes the second time");
    let inventory = document.inventory();
    assert_eq!(inventory, again.inventory());
    let ends = inventory.components.len();
    assert!(inventory.edges.iter().all(|edge| edge.from < ends && edge.to < ends));
    for profile in [Profile::Ntia, Profile::Bsi] {
        assert!(grade(&document, profile).percent() <= 100);
    }
    assert!(document.check().len() <= 1000);
    if let Ok(xml) = document.to_xml() {
        let mut bytes = Vec::new();
        xml.write(&mut bytes).expect("memory");
        Document::read(&bytes).expect("the XML that is written is read");
    }
}
