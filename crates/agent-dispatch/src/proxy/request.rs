//! The head of one `CONNECT` request and of its answer.
use std::io::{self, Read, Write};

/// Longest head that is read.
const LONGEST: usize = 8 << 10;

/// Reads a head, and not one byte of what follows it.
pub(crate) fn read(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= LONGEST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the head is too long"));
        }
        from.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(head)
}

/// The `host:port` of a `CONNECT` head; none for any other request.
pub(crate) fn target(head: &[u8]) -> Option<&str> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let mut parts = line.split(' ');
    let (method, target, version) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = method == "CONNECT" && matches!(version, "HTTP/1.1" | "HTTP/1.0");
    (fits && parts.next().is_none()).then_some(target)
}

/// Asks the proxy at the other end for `target`; an error unless it is connected.
pub(crate) fn ask(proxy: &mut (impl Read + Write), target: &str) -> io::Result<()> {
    proxy.write_all(format!("CONNECT {target} HTTP/1.1\r\n\r\n").as_bytes())?;
    let answer = read(proxy)?;
    if answer.starts_with(b"HTTP/1.1 200 ") {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::ConnectionRefused, target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_connect_has_a_target() {
        assert_eq!(target(b"CONNECT a:1 HTTP/1.1\r\nHost: b\r\n\r\n"), Some("a:1"));
        for no in [
            &b""[..],
            b"GET http://a/ HTTP/1.1\r\n\r\n",
            b"CONNECT a:1\r\n\r\n",
            b"CONNECT  a:1 HTTP/1.1\r\n\r\n",
            b"CONNECT a:1 HTTP/1.1 x\r\n\r\n",
            b"connect a:1 HTTP/1.1\r\n\r\n",
            b"CONNECT \xff HTTP/1.1\r\n\r\n",
        ] {
            assert_eq!(target(no), None, "{}", String::from_utf8_lossy(no));
        }
    }

    #[test]
    fn the_body_is_left_alone_and_an_endless_head_refused() {
        let mut input = &b"CONNECT a:1 HTTP/1.1\r\n\r\nbody"[..];
        read(&mut input).expect("a head");
        assert_eq!(input, b"body");
        assert!(read(&mut io::repeat(b'a')).is_err());
        assert!(read(&mut &b"CONNECT"[..]).is_err());
    }
}
