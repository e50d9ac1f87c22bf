//! The ports of the sandbox's own network, and where each of them leads.
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::allow::{Allow, Refusal};

/// The proxy's port, unless the list has a service of the user's own machine there.
const PORT: u16 = 3128;

/// Below it the kernel asks for a right that nothing inside has.
const LOWEST: u16 = 1024;

/// What the forwarder listens on: the proxy's port, and every listed service of the user's own
/// machine at its own address, since that is where programs look for it.
///
/// Few clients ask a proxy for `127.0.0.1`, and those that do ask in the plain form that ours
/// refuses, so that the proxy's port alone would leave a local model out of reach.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ways {
    pub(crate) proxy: u16,
    /// Address inside, and the `host:port` that the proxy is asked for.
    pub(crate) own: BTreeMap<SocketAddr, String>,
}

impl Ways {
    /// The file beside the proxy's socket that tells them to the forwarder.
    pub(crate) const FILE: &str = "ways";

    /// What the list asks for.
    pub(crate) fn of(allow: &Allow) -> Result<Self, Refusal> {
        let own = allow.own();
        if let Some(target) = own.iter().find(|(at, _)| at.port() < LOWEST).map(|(_, name)| name) {
            return Err(Refusal::Low(target.clone()));
        }
        let free = |port: &u16| own.keys().all(|at| at.port() != *port);
        let proxy = (PORT..=u16::MAX).find(free).ok_or(Refusal::Full)?;
        Ok(Self { proxy, own })
    }

    /// Reads them back, beside `socket`.
    pub(crate) fn beside(socket: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&fs::read(socket.with_file_name(Self::FILE))?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[&str]) -> Result<Vec<String>, Refusal> {
        let ways = Ways::of(&Allow::parse(list).expect("a list"))?;
        let own = ways.own.iter().map(|(at, target)| format!("{at} {target}"));
        Ok(std::iter::once(ways.proxy.to_string()).chain(own).collect())
    }

    #[test]
    fn only_the_own_machine_has_ports_of_its_own() {
        let list = ["a.b:8080", "private:c.d:81", "10.0.0.1:8080", "[2001:db8::1]:8080"];
        assert_eq!(of(&list), Ok(vec!["3128".into()]));
        let list = ["127.0.0.1:1024", "[::1]:11434", "private:127.0.0.9:2000"];
        let ways = ["3128", "127.0.0.1:1024 127.0.0.1:1024", "127.0.0.9:2000 127.0.0.9:2000"];
        let six = "[::1]:11434 [::1]:11434";
        assert_eq!(of(&list), Ok(ways.into_iter().chain([six]).map(String::from).collect()));
    }

    #[test]
    fn the_name_has_both_addresses_and_a_listed_address_goes_before() {
        let both = ["3128", "127.0.0.1:5000 localhost:5000", "[::1]:5000 localhost:5000"];
        assert_eq!(of(&["localhost:5000"]), Ok(both.map(String::from).into()));
        let mixed = ["3128", "127.0.0.1:5000 127.0.0.1:5000", "[::1]:5000 localhost:5000"];
        assert_eq!(of(&["localhost:5000", "127.0.0.1:5000"]), Ok(mixed.map(String::from).into()));
    }

    #[test]
    fn the_proxy_gives_way_and_low_ports_are_refused() {
        let list = ["127.0.0.1:3128", "localhost:3129"];
        assert_eq!(of(&list).map(|ways| ways[0].clone()), Ok("3130".into()));
        assert_eq!(of(&["[::1]:1023"]), Err(Refusal::Low("[::1]:1023".into())));
    }
}
