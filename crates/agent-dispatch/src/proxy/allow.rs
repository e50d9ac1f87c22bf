//! Which hosts a sandboxed command may reach.
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A list of `host:port` pairs; a `private:` in front lets the name lead into a private network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// Host and port, and whether private addresses are meant.
    entries: BTreeMap<(String, u16), bool>,
}

/// Why a host is not reached, or an entry not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The entry is not `host:port`.
    #[error("`{0}` is not host:port")]
    Malformed(String),
    /// The pair is not on the list.
    #[error("{0} is not listed")]
    Unlisted(String),
    /// The name leads to an address of a private network.
    #[error("{0} leads to a private address; list it as private:{0} if that is meant")]
    Private(String),
    /// The user's own machine is listed with a port that nothing inside may listen on.
    #[error("{0}: a service of this machine is reached at port 1024 and above only")]
    Low(String),
    /// No port is left for the proxy.
    #[error("the list leaves no port for the proxy")]
    Full,
}

impl Allow {
    /// Reads the list.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] with the first entry that is none.
    pub fn parse<S: AsRef<str>>(list: &[S]) -> Result<Self, Refusal> {
        let mut entries = BTreeMap::new();
        for entry in list {
            let entry = entry.as_ref();
            let (private, pair) =
                entry.strip_prefix("private:").map_or((false, entry), |rest| (true, rest));
            let (host, port) = split(pair).ok_or_else(|| Refusal::Malformed(entry.to_owned()))?;
            // An address, and the machine's own name, say by themselves where they lead.
            let private = private || host == "localhost" || host.parse::<IpAddr>().is_ok();
            *entries.entry((host, port)).or_insert(false) |= private;
        }
        Ok(Self { entries })
    }

    /// Whether `target`, as a client wrote it, is listed: its host, port, and whether private
    /// addresses are meant.
    pub(crate) fn find(&self, target: &str) -> Result<(String, u16, bool), Refusal> {
        let pair = split(target).ok_or_else(|| Refusal::Malformed(target.to_owned()))?;
        match self.entries.get(&pair) {
            Some(private) => Ok((pair.0, pair.1, *private)),
            None => Err(Refusal::Unlisted(format!("{}:{}", pair.0, pair.1))),
        }
    }

    /// The listed services of the user's own machine: the address at which a program dials each,
    /// and its pair as [`Allow::find`] takes it. An address goes before the name `localhost`.
    pub(crate) fn own(&self) -> BTreeMap<SocketAddr, String> {
        let mut own = BTreeMap::new();
        for (host, port) in self.entries.keys() {
            if let Some(ip) = host.parse().ok().filter(IpAddr::is_loopback) {
                let at = SocketAddr::new(ip, *port);
                own.insert(at, at.to_string());
            }
        }
        for (host, port) in self.entries.keys().filter(|(host, _)| host == "localhost") {
            for ip in [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()] {
                own.entry(SocketAddr::new(ip, *port)).or_insert_with(|| format!("{host}:{port}"));
            }
        }
        own
    }
}

/// Host and port of one pair; a name is letters, digits, `-`, `_` and dots, or an address.
fn split(pair: &str) -> Option<(String, u16)> {
    let (host, port) = pair.rsplit_once(':')?;
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let port = port.parse().ok().filter(|port| *port != 0)?;
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address: Ipv6Addr = inner.parse().ok()?;
        return Some((address.to_string(), port));
    }
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let named = !host.is_empty() && host.len() <= 253 && host.chars().all(fits);
    // `1`, `0x7f.1` and `127.1` are addresses to some resolvers and names to others.
    let numeric = host.rsplit('.').next().is_some_and(|last| {
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x")
    });
    (named && (!numeric || host.parse::<Ipv4Addr>().is_ok())).then_some((host, port))
}

/// True for addresses that the whole internet shares.
pub(crate) fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_documentation()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(v6) => {
            if let Some(v4) = v6.to_ipv4_mapped() {
                return public(IpAddr::V4(v4));
            }
            let first = v6.segments()[0];
            // Global unicast is 2000::/3; inside it, 2001:db8::/32 is documentation, and 2002::/16
            // and 2001::/32 carry IPv4 addresses that are not looked at here.
            (0x2000..0x4000).contains(&first)
                && first != 0x2002
                && !(first == 0x2001 && matches!(v6.segments()[1], 0 | 0xdb8))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_pairs_only() {
        let allow = Allow::parse(&["API.example.com:443", "127.0.0.1:8080", "[::1]:9"]).unwrap();
        assert_eq!(allow.find("api.example.com.:443"), Ok(("api.example.com".into(), 443, false)));
        assert_eq!(allow.find("127.0.0.1:8080"), Ok(("127.0.0.1".into(), 8080, true)));
        assert_eq!(allow.find("[0::1]:9"), Ok(("::1".into(), 9, true)));
        for no in [
            "api.example.com:80",
            "evil.api.example.com:443",
            "api.example.com.evil.org:443",
            "127.0.0.2:8080",
            "[::ffff:127.0.0.1]:8080",
        ] {
            assert!(matches!(allow.find(no), Err(Refusal::Unlisted(_))), "{no}");
        }
        for no in [
            "",
            ":",
            "api.example.com",
            "api.example.com:",
            "api.example.com:+443",
            "api.example.com:0",
            "api.example.com:65536",
            "127.1:8080",
            "0x7f000001:8080",
            "2130706433:8080",
            "user@api.example.com:443",
            "api.example.com:443:443",
            "api.example.com\0.evil:443",
            "api.example.com/:443",
            "::1:9",
            "é.com:443",
        ] {
            assert!(matches!(allow.find(no), Err(Refusal::Malformed(_))), "{no}");
        }
    }

    #[test]
    fn private_networks_are_meant_only_when_said() {
        let allow = Allow::parse(&["a.b:1", "private:c.d:2", "localhost:3"]).unwrap();
        let private = |target| allow.find(target).map(|found| found.2);
        assert_eq!(private("a.b:1"), Ok(false));
        assert_eq!(private("c.d:2"), Ok(true));
        assert_eq!(private("localhost:3"), Ok(true));
        assert_eq!(Allow::parse(&["nonsense"]), Err(Refusal::Malformed("nonsense".into())));
    }

    #[test]
    fn addresses_of_no_public_network() {
        for no in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.192",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "::ffff:10.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::a00:1",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!public(no.parse().unwrap()), "{no}");
        }
        for yes in ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(public(yes.parse().unwrap()), "{yes}");
        }
    }
}
