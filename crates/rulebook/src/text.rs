//! Bytes of a file as text with line feeds, and back without a byte changed.

use serde::{Deserialize, Serialize};

use crate::Error;

/// No rule file is larger; what is gets refused before it is read.
pub(crate) const LARGEST: usize = 1 << 20;

const BOM: &str = "\u{feff}";

/// How a file is written apart from its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Whether it begins with a byte order mark.
    pub bom: bool,
    /// Whether every line ends with a carriage return and a line feed.
    pub crlf: bool,
}

impl Shape {
    /// Reads bytes; the text has line feeds alone unless its line ends are mixed, which stay as they are.
    pub(crate) fn read(path: &str, bytes: &[u8]) -> Result<(Self, String), Error> {
        if bytes.len() > LARGEST {
            let why = format!("{} bytes; no tool reads rules of more than {LARGEST}", bytes.len());
            return Err(Error::file(path, 1, why));
        }
        let text = str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count();
            let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            let why = if wide { "UTF-16; save it as UTF-8" } else { "not text in UTF-8" };
            Error::file(path, line, why)
        })?;
        let (bom, text) = text.strip_prefix(BOM).map_or((false, text), |text| (true, text));
        let feeds = text.bytes().filter(|&byte| byte == b'\n').count();
        let crlf = feeds > 0 && text.matches("\r\n").count() == feeds;
        let text = if crlf { text.replace("\r\n", "\n") } else { text.to_owned() };
        Ok((Self { bom, crlf }, text))
    }

    /// The bytes that the text came from.
    pub(crate) fn write(self, text: &str) -> Vec<u8> {
        let mut out = String::with_capacity(text.len() + 3);
        if self.bom {
            out.push_str(BOM);
        }
        if self.crlf {
            out.push_str(&text.replace('\n', "\r\n"));
        } else {
            out.push_str(text);
        }
        out.into_bytes()
    }
}
