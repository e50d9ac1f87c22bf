//! Any text as a package URL: its canonical text is one, and is its own.

use leadforge_sbom::Purl;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let strict = Purl::parse(text);
    let Ok(purl) = Purl::lenient(text) else {
        assert!(strict.is_err(), "taken strictly and not leniently: {text:?}");
        return;
    };
    if let Ok(strict) = strict {
        assert_eq!(strict, purl);
    }
    let canonical = purl.to_string();
    let again = Purl::parse(&canonical).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(again, purl, "{text:?} as {canonical:?}");
    assert_eq!(again.to_string(), canonical);
    let built = Purl::build(purl.clone()).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(built, purl);
}
