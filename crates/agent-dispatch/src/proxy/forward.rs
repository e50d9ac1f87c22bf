//! The proxy's inner half: ports of the sandbox's own network that lead to the socket.
use std::convert::Infallible;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use super::request;
use super::serve::pump;
use super::ways::Ways;

/// Starts the forwarder and returns once it listens; it is no child of what the caller becomes.
pub(crate) fn forward(socket: &Path) -> ExitCode {
    let child = Command::new("/proc/self/exe")
        .arg(crate::launch::VERB)
        .arg("forwarding")
        .arg(socket)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut ready = [0];
    let listens = child.is_ok_and(|child| {
        child.stdout.is_some_and(|mut output| output.read_exact(&mut ready).is_ok())
    });
    if listens { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Forwards every connection until the sandbox ends.
pub(crate) fn forwarding(socket: &Path) -> ExitCode {
    match listen(socket) {
        Ok(never) => match never {},
        Err(_) => ExitCode::FAILURE,
    }
}

fn listen(socket: &Path) -> io::Result<Infallible> {
    let ways = Ways::beside(socket)?;
    let proxy = TcpListener::bind((Ipv4Addr::LOCALHOST, ways.proxy))?;
    for (at, target) in ways.own {
        let listener = match TcpListener::bind(at) {
            Ok(listener) => listener,
            // A machine without IPv6 has nobody who dials there.
            Err(_) if at.is_ipv6() => continue,
            Err(error) => return Err(error),
        };
        let socket = socket.to_owned();
        std::thread::Builder::new().spawn(move || accept(&listener, &socket, Some(&target)))?;
    }
    io::stdout().write_all(b"+")?;
    io::stdout().flush()?;
    accept(&proxy, socket, None)
}

/// Leads every connection to the proxy, and with a target through it.
fn accept(listener: &TcpListener, socket: &Path, target: Option<&str>) -> ! {
    loop {
        let Ok((client, _)) = listener.accept() else { continue };
        let Ok(server) = UnixStream::connect(socket) else { continue };
        let target = target.map(str::to_owned);
        // Without a thread to be had the connection closes, and the client sees that.
        let started = std::thread::Builder::new().spawn(move || {
            let mut server = server;
            if target.is_none_or(|target| request::ask(&mut server, &target).is_ok()) {
                relay(client, server);
            }
        });
        drop(started);
    }
}

fn relay(mut client: TcpStream, mut server: UnixStream) {
    let (Ok(mut up_from), Ok(mut up_to)) = (client.try_clone(), server.try_clone()) else { return };
    let up = std::thread::Builder::new().spawn(move || {
        pump(&mut up_from, &mut up_to);
        let _ = up_to.shutdown(Shutdown::Write);
    });
    if let Ok(up) = up {
        pump(&mut server, &mut client);
        let _ = client.shutdown(Shutdown::Write);
        let _ = up.join();
    }
}
