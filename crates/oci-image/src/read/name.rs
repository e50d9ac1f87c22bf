//! Names of archives, made relative to the root of the image and never leading out of it.

use crate::error::{Error, shown};

/// A name without empty parts and dots: `./usr//bin/` and `/usr/bin` are `usr/bin`.
///
/// An image has one root: a name that begins with a slash begins there, as some builders write it.
pub(crate) fn clean(name: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(name.len());
    for part in name.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                return Err(Error::invalid(shown(name), "is a name that leads upwards with .."));
            }
            part => {
                if !out.is_empty() {
                    out.push(b'/');
                }
                out.extend_from_slice(part);
            }
        }
    }
    Ok(out)
}
