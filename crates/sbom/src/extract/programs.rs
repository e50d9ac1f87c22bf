//! What programs say they were built of: cargo-auditable's list in Rust's, the build information in Go's.
//!
//! Formats: `.dep-v0` holds zlib-compressed JSON (github.com/rust-secure-code/cargo-auditable, PARSING.md); a Go program
//! holds `\xff Go buildinf:` and behind it, since Go 1.18, two texts with their lengths (`debug/buildinfo`).

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use object::{Object as _, ObjectSection as _};
use serde::Deserialize;

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Draft, Ecosystem, Id, Origin, Scope};

pub(super) const RUST: Extractor = Extractor {
    name: "auditable",
    files: &["programs built by cargo auditable"],
    versions: "ELF",
    gives: Gives { edges: true, scopes: false, hashes: false, licences: false },
    unless: &[],
    // Programs have no names that tell them: a tree lists them.
    reads: Reads::text(|_, _| Ok(())),
};

pub(super) const GO: Extractor = Extractor {
    name: "go-buildinfo",
    files: &["programs of Go 1.18 and later"],
    gives: Gives { edges: false, scopes: false, hashes: false, licences: false },
    ..RUST
};

/// The most bytes of a list of packages.
const LIST: u64 = 8 << 20;
const MAGIC: &[u8] = b"\xff Go buildinf:";

/// What a program says it was built of, cut out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    rust: Option<Vec<u8>>,
    go: Option<Vec<u8>>,
    unread: Option<&'static str>,
}

impl Program {
    /// How a program begins; nothing else is one.
    pub const BEGINS: &'static [u8] = b"\x7fELF";

    /// What a file says; nothing when it is no program, or none that says anything.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(Self::BEGINS) {
            return None;
        }
        // What is damaged or made by no compiler is no program of ours to judge.
        let file = object::File::parse(bytes).ok()?;
        let section = |name: &str| file.section_by_name(name)?.data().ok();
        let rust = section(".dep-v0").map(<[u8]>::to_vec);
        let go = section(".go.buildinfo").filter(|data| data.starts_with(MAGIC));
        let found = Self { rust, go: go.map(<[u8]>::to_vec), unread: None };
        if found.bytes() > LIST {
            return Some(Self::unread("a program whose list of packages is too long"));
        }
        (found.bytes() > 0).then_some(found)
    }

    /// How many bytes are kept of it.
    pub fn bytes(&self) -> u64 {
        self.rust.iter().chain(&self.go).map(|data| data.len() as u64).sum()
    }

    /// A program that the tree does not look into, and why, as it is told.
    pub fn unread(why: &'static str) -> Self {
        Self { unread: Some(why), ..Self::default() }
    }
}

/// Takes over what a program says.
pub(super) fn extract(
    found: &Found<'_>,
    draft: &mut Draft,
    program: &Program,
) -> Result<(), Error> {
    if let Some(why) = program.unread {
        draft.unread(found.path, why);
    }
    if let Some(data) = &program.rust {
        rust(found, draft, data)?;
        draft.read(found.path, "auditable");
    }
    if let Some(data) = &program.go {
        go(found, draft, data)?;
        draft.read(found.path, "go-buildinfo");
    }
    Ok(())
}

#[derive(Deserialize)]
struct Auditable {
    packages: Vec<Crate>,
}

#[derive(Deserialize)]
struct Crate {
    name: String,
    version: String,
    source: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    dependencies: Vec<usize>,
    #[serde(default)]
    root: bool,
}

fn rust(found: &Found<'_>, draft: &mut Draft, data: &[u8]) -> Result<(), Error> {
    let mut text = Vec::new();
    let wrong = |what: String| found.fault(None, format!("has a list of crates that {what}"));
    let mut reader = ZlibDecoder::new(data).take(LIST + 1);
    reader.read_to_end(&mut text).map_err(|error| wrong(format!("cannot be unpacked: {error}")))?;
    if text.len() as u64 > LIST {
        return Err(wrong(format!("has more than {LIST} bytes")));
    }
    let list: Auditable =
        serde_json::from_slice(&text).map_err(|error| wrong(format!("is none: {error}")))?;
    let mut ids: Vec<Id> = Vec::new();
    for package in &list.packages {
        let origin = match package.source.as_str() {
            "crates.io" => Origin::Registry,
            // The program itself is where it lies.
            _ if package.root => Origin::Local(found.path.to_owned()),
            "local" | "git" | "registry" => Origin::Url(package.source.clone()),
            other => Origin::OtherRegistry(other.to_owned()),
        };
        let facts =
            Facts { version: Some(package.version.clone()), origin, line: 1, ..Facts::default() };
        ids.push(draft.add(found.component(Ecosystem::Cargo, &package.name, facts), false));
    }
    for (package, from) in list.packages.iter().zip(&ids) {
        for index in &package.dependencies {
            let Some((to, target)) = ids.get(*index).zip(list.packages.get(*index)) else {
                return Err(wrong(format!("has no package {index}")));
            };
            // What only built it is not in it.
            let scope = match target.kind.as_str() {
                "build" => Scope::Dev("build".to_owned()),
                _ => Scope::Runtime,
            };
            draft.depend(*from, *to, scope);
        }
    }
    Ok(())
}

fn go(found: &Found<'_>, draft: &mut Draft, data: &[u8]) -> Result<(), Error> {
    // Before Go 1.18 there are addresses instead of texts.
    if data.get(15).is_none_or(|flags| flags & 2 == 0) {
        draft.unread(found.path, "a program of a Go before 1.18");
        return Ok(());
    }
    let wrong = || found.fault(None, "has build information of Go that ends too early");
    let rest = data.get(32..).ok_or_else(wrong)?;
    let (_compiler, rest) = text(rest).ok_or_else(wrong)?;
    let (modules, _) = text(rest).ok_or_else(wrong)?;
    // Sixteen bytes before and behind it mark the text for who looks for it in memory.
    let inner = modules.get(16..modules.len().saturating_sub(16)).unwrap_or_default();
    let inner = String::from_utf8_lossy(inner);
    let mut lines = inner.lines().peekable();
    while let Some(line) = lines.next() {
        let words: Vec<&str> = line.split('\t').collect();
        let [kind @ ("mod" | "dep"), path, version, ..] = words[..] else { continue };
        let (mut path, mut version) = (path, version);
        // The next line may say what stands in for it.
        if let Some(new) = lines.peek().and_then(|next| next.strip_prefix("=>\t")) {
            let new: Vec<&str> = new.split('\t').collect();
            if let [new_path, new_version, ..] = new[..]
                && !new_version.is_empty()
            {
                (path, version) = (new_path, new_version);
            }
        }
        let known = Some(version.to_owned()).filter(|v| !v.is_empty() && v != "(devel)");
        let origin = match kind {
            "mod" => Origin::Local(found.path.to_owned()),
            _ => Origin::Registry,
        };
        let facts = Facts { version: known, origin, line: 1, ..Facts::default() };
        // Which of them asks for which is not said; all of them are in the program.
        draft.add(found.component(Ecosystem::Golang, path, facts), false);
    }
    Ok(())
}

/// A text with its length before it.
fn text(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (mut length, mut shift) = (0_u64, 0);
    for (index, byte) in data.iter().enumerate().take(10) {
        length |= u64::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            let rest = &data[index + 1..];
            let length = usize::try_from(length).ok()?;
            return (length <= rest.len()).then(|| rest.split_at(length));
        }
    }
    None
}
