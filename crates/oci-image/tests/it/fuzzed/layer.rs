//! Any bytes as a layer of an image, plain or packed: what is counted adds up, and only the right digest ends well.

use std::io::Write as _;

use leadforge_oci_image::{Config, Digest, Error, Image, Limits, Squashed};

/// What is asked of every input.
pub(crate) fn run(data: &[u8]) {
    let id = Digest::sha256(data);
    let roots = format!("{{\"diff_ids\":[\"{id}\",\"{id}\"]}}");
    let config = format!("{{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{roots}}}");
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    for (name, bytes) in [
        ("l", data),
        ("c", config.as_bytes()),
        ("manifest.json", b"[{\"Config\":\"c\",\"Layers\":[\"l\",\"l\"]}]".as_slice()),
    ] {
        let mut block = [0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        block[148..156].fill(b' ');
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        file.write_all(&block).expect("written");
        file.write_all(bytes).expect("written");
        file.write_all(&vec![0; bytes.len().next_multiple_of(512) - bytes.len()]).expect("written");
    }
    file.write_all(&[0; 1024]).expect("written");
    let limits = Limits { unpacked: 4 << 20, ..Limits::default() };
    let config = Config { limits, ..Config::default() };
    let image = Image::open(file.path(), &config).expect("the archive around it is sound");
    let mut squashed = Squashed::new(image.id(), &config.limits);
    let read = image.read(|entry, content| {
        if entry.size.is_multiple_of(2) {
            content.to_vec(1 << 16).map(drop).or(Ok::<_, Error>(()))?;
        }
        squashed.apply(entry).map(drop)
    });
    let (total, visible) = (squashed.total_bytes(), squashed.visible_bytes());
    let hidden: u64 = (0..2).map(|layer| squashed.hidden_bytes(layer)).sum();
    assert_eq!(hidden, total - visible);
    let packed = matches!(
        data,
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]
    );
    assert!(read.is_err() || !packed, "the digest is that of the packed bytes");
    if let Err(error) = read {
        let text = error.to_string();
        assert!(text.len() < 4096 && !text.contains(['\n', '\u{1b}']), "{text:?}");
    }
}
