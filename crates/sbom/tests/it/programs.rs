//! Programs: what their sections say of crates and modules, and what is damaged.

use std::io::Write as _;

use leadforge_sbom::{Config, Error, Inventory, Program, Tree, TreeError, inventory};

/// A tree of one program.
pub(crate) struct OneProgram(pub(crate) Vec<u8>);

impl Tree for OneProgram {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        Ok(Vec::new())
    }

    fn read(&self, _path: &str, _limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        Ok(None)
    }

    fn programs(&self) -> Result<Vec<(String, Program)>, TreeError> {
        Ok(Program::of(&self.0)
            .map(|program| ("bin/app".to_owned(), program))
            .into_iter()
            .collect())
    }
}

/// An ELF file of one section.
fn elf(name: &str, data: &[u8]) -> Vec<u8> {
    let names = [b"\0.shstrtab\0", name.as_bytes(), b"\0"].concat();
    let (data_at, names_at) = (64, 64 + data.len());
    let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    file.extend([3_u16, 62].map(u16::to_le_bytes).concat());
    file.extend(1_u32.to_le_bytes());
    file.extend([0_u64, 0, (names_at + names.len()) as u64].map(u64::to_le_bytes).concat());
    file.extend(0_u32.to_le_bytes());
    file.extend([64_u16, 0, 0, 64, 3, 1].map(u16::to_le_bytes).concat());
    file.extend(data);
    file.extend(&names);
    let mut head = |name: u32, kind: u32, at: usize, size: usize| {
        file.extend([name, kind].map(u32::to_le_bytes).concat());
        file.extend([0, 0, at as u64, size as u64].map(u64::to_le_bytes).concat());
        file.extend([0_u32; 2].map(u32::to_le_bytes).concat());
        file.extend([1_u64, 0].map(u64::to_le_bytes).concat());
    };
    head(0, 0, 0, 0);
    head(1, 3, names_at, names.len());
    head(11, 1, data_at, data.len());
    file
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(text).expect("memory");
    writer.finish().expect("memory")
}

fn go(modules: &str) -> Vec<u8> {
    let mut data = b"\xff Go buildinf:\x08\x02".to_vec();
    data.resize(32, 0);
    let marked = format!("{0}{modules}{0}", "0123456789abcdef");
    for text in ["go1.22", &marked] {
        let length = text.len();
        data.extend([(length & 0x7f) as u8 | 0x80, (length >> 7) as u8]);
        data.extend(text.as_bytes());
    }
    data
}

fn read(bytes: Vec<u8>) -> Result<Inventory, Error> {
    inventory(&OneProgram(bytes), &Config::default())
}

fn purls(found: &Inventory) -> Vec<&str> {
    found.components.iter().map(|component| component.purl.as_str()).collect()
}

#[test]
fn crates_of_a_program_have_their_edges() {
    let list = br#"{"packages":[
        {"name":"adler","version":"1.0.2","source":"crates.io"},
        {"name":"app","version":"0.1.0","source":"local","dependencies":[0,2],"root":true},
        {"name":"cc","version":"1.0.0","source":"registry","kind":"build"}]}"#;
    let found = read(elf(".dep-v0", &zlib(list))).expect("read");
    let scopes: Vec<String> = found.edges.iter().map(|edge| format!("{:?}", edge.scope)).collect();
    assert_eq!(scopes, ["Runtime", "Dev(\"build\")"]);
    assert_eq!(purls(&found)[..2], ["pkg:cargo/adler@1.0.2", "pkg:cargo/app@0.1.0"]);
    assert_eq!(found.sources[0].extractor, "auditable");
    assert_eq!(found.components[0].occurrences[0].path, "bin/app");
}

#[test]
fn modules_of_a_program_are_those_that_stand_in() {
    let modules = "path\texample.org/app\nmod\texample.org/app\t(devel)\t\ndep\ta.org/a\tv1.0.0\th1:x=\n\
        dep\tb.org/b\tv2.0.0\n=>\tc.org/c\tv2.1.0\th1:y=\nbuild\t-compiler=gc\n";
    let found = read(elf(".go.buildinfo", &go(modules))).expect("read");
    assert_eq!(
        purls(&found),
        ["pkg:golang/a.org/a@v1.0.0", "pkg:golang/c.org/c@v2.1.0", "pkg:golang/example.org/app"]
    );
    let mut old = go(modules);
    old[15] = 0;
    assert_eq!(read(elf(".go.buildinfo", &old)).expect("read").unread[0].path, "bin/app");
}

#[test]
fn what_is_no_program_is_passed_over_and_what_is_damaged_is_said() {
    for other in [&b"#!/bin/sh\n"[..], b"\x7fELF", b"\x7fELF\x02\x01", &elf(".text", b"x")] {
        assert!(read(other.to_vec()).expect("no program of ours").components.is_empty());
    }
    let bomb = zlib(&vec![b' '; 9 << 20]);
    let dangling =
        zlib(br#"{"packages":[{"name":"a","version":"1","source":"local","dependencies":[7]}]}"#);
    let mut short = go("mod\ta\tv1\n");
    short.truncate(40);
    let cases = [
        elf(".dep-v0", b"not packed"),
        elf(".dep-v0", &zlib(b"[]")),
        elf(".dep-v0", &bomb),
        elf(".dep-v0", &dangling),
        elf(".go.buildinfo", &short),
    ];
    let said = cases.map(|bytes| read(bytes).expect_err("damaged").to_string());
    insta::assert_snapshot!(said.join("\n"), @r"
    bin/app: has a list of crates that cannot be unpacked: corrupt deflate stream
    bin/app: has a list of crates that is none: invalid length 0, expected struct Auditable with 1 element at line 1 column 2
    bin/app: has a list of crates that has more than 8388608 bytes
    bin/app: has a list of crates that has no package 7
    bin/app: has build information of Go that ends too early
    ");
}
