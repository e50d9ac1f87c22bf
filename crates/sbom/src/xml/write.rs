//! Writes XML so that reading it gives the same.

use std::io::{self, Write};

use super::{Element, Node, Xml};

impl Xml {
    /// Writes the document; white space is where it was read.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        for node in &self.before {
            node.write(out)?;
            out.write_all(b"\n")?;
        }
        self.root.write(out)?;
        out.write_all(b"\n")?;
        for node in &self.after {
            node.write(out)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

impl Element {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<{}", self.name)?;
        for attribute in &self.attributes {
            write!(out, " {}=\"", attribute.name)?;
            escaped(&attribute.value, true, out)?;
            out.write_all(b"\"")?;
        }
        if self.nodes.is_empty() {
            return out.write_all(b"/>");
        }
        out.write_all(b">")?;
        self.nodes.iter().try_for_each(|node| node.write(out))?;
        write!(out, "</{}>", self.name)
    }
}

impl Node {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Element(element) => element.write(out),
            Self::Text(text) => escaped(text, false, out),
            Self::Verbatim(text) => write!(out, "<![CDATA[{text}]]>"),
            Self::Comment(text) => write!(out, "<!--{text}-->"),
            Self::Instruction(target, text) if text.is_empty() => write!(out, "<?{target}?>"),
            Self::Instruction(target, text) => write!(out, "<?{target} {text}?>"),
        }
    }
}

fn escaped(text: &str, attribute: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let with: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'\r' => b"&#13;",
            b'"' if attribute => b"&quot;",
            b'\t' if attribute => b"&#9;",
            b'\n' if attribute => b"&#10;",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[from..at])?;
        out.write_all(with)?;
        from = at + 1;
    }
    out.write_all(&text.as_bytes()[from..])
}
