//! Any bytes as the file of an image: they are read within the bounds, or refused with one short line.

use std::io::Write as _;

use leadforge_oci_image::{Config, Error, Image, LayerTree, Limits, Squashed, read_tar};

/// What is asked of every input.
pub(crate) fn run(data: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(data).expect("written");
    let limits = Limits { unpacked: 4 << 20, entries: 10_000, ..Limits::default() };
    let mut tree = LayerTree::new();
    let taken = read_tar(file.path(), &limits, &|_| true, &mut tree);
    taken.as_ref().err().into_iter().for_each(short);
    let config = Config { limits, ..Config::default() };
    let image = match Image::open(file.path(), &config) {
        Ok(image) => image,
        Err(error) => return short(&error),
    };
    let mut squashed = Squashed::new(image.id(), &config.limits);
    let read = image.read(|entry, content| {
        content.to_vec(1 << 16).map(drop).or(Ok::<_, Error>(()))?;
        squashed.apply(entry).map(drop)
    });
    read.as_ref().err().into_iter().for_each(short);
    assert!(squashed.visible_bytes() <= squashed.total_bytes());
}

fn short(error: &Error) {
    let text = error.to_string();
    assert!(text.len() < 4096 && !text.contains(['\n', '\u{1b}']), "{text:?}");
}
