//! Where a result is: a path below the repository that cannot leave it, or what the log says instead.

use super::raw::{self, ArtifactLocation};
use leadforge_durable_fs::RelPath;

/// Where a result is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file below the root; nothing when it lies elsewhere, is no file, or would leave the root.
    pub path: Option<String>,
    /// The address as the log has it, decoded and joined to the bases that it names; for people.
    pub address: String,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// The last line.
    pub end_line: Option<u32>,
    /// The column, counted from 1.
    pub column: Option<u32>,
    /// What the place says of itself.
    pub message: String,
    /// Names of what is there, such as a function or a package.
    pub names: Vec<String>,
}

/// A chain of bases longer than this is a circle.
const BASES: usize = 16;

impl Place {
    pub(super) fn of(location: &raw::Location, run: &raw::Run<'_>, root: &str) -> Self {
        let physical = &location.physical_location;
        let mut artifact = &physical.artifact_location;
        if let Some(known) = artifact.index.and_then(|index| run.artifacts.get(index))
            && artifact.uri.is_empty()
        {
            artifact = &known.location;
        }
        let (path, address) = resolve(artifact, run, root);
        let number = |value: Option<u32>| value.filter(|value| *value > 0);
        let names = location.logical_locations.iter().map(|one| {
            if one.fully_qualified_name.is_empty() { &one.name } else { &one.fully_qualified_name }
        });
        Self {
            path,
            address,
            line: number(physical.region.start_line),
            end_line: number(physical.region.end_line),
            column: number(physical.region.start_column),
            message: location.message.text.clone(),
            names: names.filter(|name| !name.is_empty()).cloned().collect(),
        }
    }
}

/// The path below the root, and the whole address.
fn resolve(
    artifact: &ArtifactLocation,
    run: &raw::Run<'_>,
    root: &str,
) -> (Option<String>, String) {
    if artifact.uri.is_empty() {
        return (None, String::new());
    }
    // An encoded slash or percent sign is a part of a name: what is decoded is decoded once.
    let (mut text, mut base) = (artifact.uri.clone(), artifact.uri_base_id.as_str());
    let mut below = text.clone();
    for _ in 0..BASES {
        if absolute(&text) {
            break;
        }
        let Some(known) = run.original_uri_base_ids.get(base) else {
            break;
        };
        // Of a base that is relative itself, the file below it lies below the root; of an absolute one, the tool
        // calls that the root, and where the root lay for the tool is no matter.
        if !absolute(&known.uri) {
            below = join(&known.uri, &below);
        }
        text = join(&known.uri, &text);
        base = &known.uri_base_id;
    }
    let address = local(&text).unwrap_or_else(|| text.clone());
    let inside = |address: &str| {
        let rest = address.strip_prefix(root.trim_end_matches('/'))?.strip_prefix('/')?;
        Some(rest.to_owned())
    };
    let path = match local(&text).filter(|_| absolute(&text) && !root.is_empty()) {
        Some(address) if inside(&address).is_some() => inside(&address),
        _ if absolute(&below) => None,
        _ => decode(&below),
    };
    let plain = path.map(|path| path.replace('\\', "/"));
    let plain = plain.map(|path| path.strip_prefix("./").unwrap_or(&path).to_owned());
    (plain.filter(|path| RelPath::parse(path).is_ok()), address)
}

/// Whether an address has a scheme, a host, or begins at the root of a disk.
fn absolute(uri: &str) -> bool {
    let scheme = uri.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    });
    scheme || uri.starts_with(['/', '\\'])
}

fn join(base: &str, rest: &str) -> String {
    let slash = if base.is_empty() || base.ends_with('/') { "" } else { "/" };
    format!("{base}{slash}{rest}")
}

/// The path of an address on this machine's disk, or of a relative one.
fn local(uri: &str) -> Option<String> {
    let path = match uri.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("file:") => {
            let rest = &uri[5..];
            match rest.strip_prefix("//") {
                // file://host/path: only this machine's own names are a path here.
                Some(rest) => rest.strip_prefix("localhost").unwrap_or(rest),
                None => rest,
            }
        }
        _ => uri,
    };
    decode(path)
}

/// The text with `%41` as `A`; nothing when that is no UTF-8 text.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let code = behind.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        match code.and_then(hex).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
