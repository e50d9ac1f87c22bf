//! The proxy's outer half, in the launcher.
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::allow::{Allow, Refusal, public};
use super::request;

/// The name of the socket in its folder.
const SOCKET: &str = "socket";

/// Connections at one moment; one more is closed at once.
const MOST: usize = 256;

/// How long a head or a connection may take to come about.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which hosts were asked for.
#[derive(Debug, Default)]
struct Asked {
    reached: BTreeSet<String>,
    refused: BTreeSet<String>,
}

/// A running proxy; it ends with the process.
#[derive(Debug)]
pub(crate) struct Proxy {
    /// Its port inside.
    pub(crate) port: u16,
    asked: Arc<Mutex<Asked>>,
}

impl Proxy {
    /// Listens in `folder`; inside, the forwarder leads to it from `port`.
    pub(crate) fn start(folder: &Path, allow: Allow, port: u16) -> io::Result<Self> {
        // By the folder's descriptor: a socket's path has no room for a deep one.
        let dir = std::fs::File::open(folder)?;
        let path = format!("/proc/self/fd/{}/{SOCKET}", dir.as_raw_fd());
        let listener = UnixListener::bind(path)?;
        let asked = Arc::new(Mutex::new(Asked::default()));
        let shared = asked.clone();
        let open = Arc::new(AtomicUsize::new(0));
        let allow = Arc::new(allow);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if open.fetch_add(1, Ordering::Relaxed) >= MOST {
                    open.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                let (allow, asked, open) = (allow.clone(), shared.clone(), open.clone());
                std::thread::spawn(move || {
                    // A client that goes away is no event.
                    let _ = serve(client, &allow, &asked);
                    open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        Ok(Self { port, asked })
    }

    /// The hosts reached and those refused so far, sorted.
    pub(crate) fn asked(&self) -> (Vec<String>, Vec<String>) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        (asked.reached.iter().cloned().collect(), asked.refused.iter().cloned().collect())
    }
}

fn serve(mut client: UnixStream, allow: &Allow, asked: &Mutex<Asked>) -> io::Result<()> {
    /// More names than a run can mean; a loop over random ones must not fill memory.
    const NAMES: usize = 1000;
    client.set_read_timeout(Some(PATIENCE))?;
    client.set_write_timeout(Some(PATIENCE))?;
    let head = request::read(&mut client)?;
    let Some(target) = request::target(&head) else {
        return client.write_all(b"HTTP/1.1 405 Method Not Allowed\r\nAllow: CONNECT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    let note = |refused: bool, name: &str| {
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let set = if refused { &mut asked.refused } else { &mut asked.reached };
        if set.len() < NAMES {
            set.insert(name.chars().take(300).collect());
        }
    };
    match connect(allow, target) {
        Ok(server) => {
            note(false, target);
            client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            client.set_read_timeout(None)?;
            client.set_write_timeout(None)?;
            relay(client, server)
        }
        Err(Failure::Refused(refusal)) => {
            note(true, target);
            answer(&mut client, "403 Forbidden", &format!("leadforge: {refusal}\n"))
        }
        Err(Failure::Unreachable(error)) => {
            answer(&mut client, "502 Bad Gateway", &format!("leadforge: {error}\n"))
        }
    }
}

fn answer(client: &mut UnixStream, status: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    );
    client.write_all(text.as_bytes())
}

enum Failure {
    Refused(Refusal),
    Unreachable(io::Error),
}

fn connect(allow: &Allow, target: &str) -> Result<TcpStream, Failure> {
    let (host, port, private) = allow.find(target).map_err(Failure::Refused)?;
    let addresses = (host.as_str(), port).to_socket_addrs().map_err(Failure::Unreachable)?;
    let mut last = None;
    for address in addresses {
        // The address that is checked is the one connected to: no name is resolved twice.
        if !private && !public(address.ip()) {
            last.get_or_insert(Failure::Refused(Refusal::Private(format!("{host}:{port}"))));
            continue;
        }
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(Failure::Unreachable(error)),
        }
    }
    let none = || Failure::Unreachable(io::Error::other("the name has no address"));
    Err(last.unwrap_or_else(none))
}

fn relay(client: UnixStream, server: TcpStream) -> io::Result<()> {
    let (mut up_from, mut up_to) = (client.try_clone()?, server.try_clone()?);
    let up = std::thread::spawn(move || {
        pump(&mut up_from, &mut up_to);
        let _ = up_to.shutdown(Shutdown::Write);
    });
    let (mut down_from, mut down_to) = (server, client);
    pump(&mut down_from, &mut down_to);
    let _ = down_to.shutdown(Shutdown::Write);
    let _ = up.join();
    Ok(())
}

/// Copies until an end or an error; either closes only this direction.
pub(crate) fn pump(from: &mut impl Read, to: &mut impl Write) {
    let _ = io::copy(from, to);
}
