//! Where a request may go: to a host by TLS, or to this machine.

use ureq::http::Uri;

/// An address that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) uri: Uri,
    /// Whether it is this machine, by a name or number that can mean no other.
    pub(super) here: bool,
}

impl Target {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|error| format!("it is no address: {error}"))?;
        let authority = uri.authority().ok_or("it names no host")?;
        if authority.as_str().contains('@') {
            return Err("it holds a user's name or a password, which would be shown".to_owned());
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err("it names no host".to_owned());
        }
        let number = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
        let here = number || host.eq_ignore_ascii_case("localhost");
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if here => {}
            Some("http") => return Err("without TLS anybody on the way could change it".to_owned()),
            _ => return Err("it is neither https nor http".to_owned()),
        }
        Ok(Self { uri, here })
    }

    /// Where a server sends on to. It may name another host by TLS; this machine only when it is it itself: what
    /// listens here trusts its callers.
    pub(super) fn follow(&self, location: &str) -> Result<Self, String> {
        let next = if location.contains("://") {
            location.to_owned()
        } else {
            let scheme = self.uri.scheme_str().unwrap_or("https");
            let host = self.uri.authority().map_or("", |authority| authority.as_str());
            let folder = self.uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            match location {
                "" => return Err("does not say where".to_owned()),
                text if text.starts_with("//") => format!("{scheme}:{text}"),
                text if text.starts_with('/') => format!("{scheme}://{host}{text}"),
                text => format!("{scheme}://{host}{folder}/{text}"),
            }
        };
        let plain = next.split('#').next().unwrap_or_default();
        let target = Self::parse(plain).map_err(|why| format!("to {}: {why}", shown(plain)))?;
        if target.here && !self.here {
            return Err(format!("to {}: that is this machine", target.shown()));
        }
        Ok(target)
    }

    /// The address for people: what stands behind `?` may be a key.
    pub(super) fn shown(&self) -> String {
        shown(&self.uri.to_string())
    }
}

/// An address for people: without its query, which may be a key, and without who asks.
#[must_use]
pub fn shown(text: &str) -> String {
    let plain = text.split(['?', '#']).next().unwrap_or_default();
    match plain.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = host.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{host}/{path}")
        }
        None => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tls_and_this_machine_are_asked() {
        for right in
            ["https://a.example/x", "http://127.0.0.1:1/", "http://[::1]:1/x", "http://localhost/x"]
        {
            assert!(Target::parse(right).is_ok(), "{right}");
        }
        for wrong in [
            "http://a.example/x",
            "http://127.0.0.1.example/",
            "http://10.0.0.1/",
            "ftp://127.0.0.1/",
            "https://me:secret@a.example/",
            "file:///etc/passwd",
            "a.zip",
            "",
            "https:///x",
            "http://localhost.example/",
        ] {
            assert!(Target::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_redirect_leads_to_tls_and_never_to_this_machine_from_another() {
        let from = |text: &str, to: &str| {
            Target::parse(text).expect("an address").follow(to).map(|target| target.uri.to_string())
        };
        let world = "https://a.example/folder/file";
        for (to, right) in [
            ("https://b.example/x?key=1#part", "https://b.example/x?key=1"),
            ("//b.example/x", "https://b.example/x"),
            ("/x", "https://a.example/x"),
            ("x", "https://a.example/folder/x"),
        ] {
            assert_eq!(from(world, to).as_deref(), Ok(right));
        }
        for to in ["http://a.example/", "http://127.0.0.1/", "https://localhost/", "ftp://b/", ""] {
            assert!(from(world, to).is_err(), "{to}");
        }
        assert!(from("http://127.0.0.1:1/a", "http://127.0.0.1:2/b").is_ok());
        assert!(from("http://127.0.0.1:1/a", "http://a.example/b").is_err());
        assert_eq!(shown("https://me:secret@a.example/x?key=1"), "https://a.example/x");
    }
}
