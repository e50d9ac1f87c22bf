//! Paths and arguments in JSON, byte for byte: a task may use names that are not UTF-8.
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text where the bytes are UTF-8, else the list of bytes.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Wire {
    Text(String),
    Bytes(Vec<u8>),
}

fn out(value: &OsStr) -> Wire {
    value
        .to_str()
        .map_or_else(|| Wire::Bytes(value.as_bytes().to_vec()), |text| Wire::Text(text.to_owned()))
}

fn back(wire: Wire) -> OsString {
    match wire {
        Wire::Text(text) => text.into(),
        Wire::Bytes(bytes) => OsString::from_vec(bytes),
    }
}

macro_rules! form {
    ($name:ident, $type:ty, $to:expr, $from:expr, $wire:ty) => {
        pub(crate) mod $name {
            use super::*;
            pub(crate) fn serialize<S: Serializer>(v: &$type, s: S) -> Result<S::Ok, S::Error> {
                let to: fn(&$type) -> $wire = $to;
                to(v).serialize(s)
            }
            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<$type, D::Error> {
                let from: fn($wire) -> Result<$type, &'static str> = $from;
                from(<$wire>::deserialize(d)?).map_err(D::Error::custom)
            }
        }
    };
}

use std::collections::BTreeMap;
use std::path::PathBuf;

form!(path, PathBuf, |p| out(p.as_os_str()), |w| Ok(back(w).into()), Wire);
form!(
    option_path,
    Option<PathBuf>,
    |p| p.as_ref().map(|p| out(p.as_os_str())),
    |w| Ok(w.map(|w| back(w).into())),
    Option<Wire>
);
form!(
    paths,
    Vec<PathBuf>,
    |list| list.iter().map(|p| out(p.as_os_str())).collect(),
    |list| Ok(list.into_iter().map(|w| back(w).into()).collect()),
    Vec<Wire>
);
form!(
    list,
    Vec<OsString>,
    |list| list.iter().map(|v| out(v)).collect(),
    |list| Ok(list.into_iter().map(back).collect()),
    Vec<Wire>
);
form!(
    map,
    BTreeMap<OsString, OsString>,
    |map| map.iter().map(|(k, v)| (out(k), out(v))).collect(),
    |list| Ok(list.into_iter().map(|(k, v)| (back(k), back(v))).collect()),
    Vec<(Wire, Wire)>
);
