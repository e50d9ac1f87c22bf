//! The proxy's inner half: a port of the sandbox's own network that leads to the socket.
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use super::serve::pump;

/// The port inside; the network namespace is new, so that nobody else can have it.
pub(crate) const PORT: u16 = 3128;

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
    let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)) else {
        return ExitCode::FAILURE;
    };
    if io::stdout().write_all(b"+").and_then(|()| io::stdout().flush()).is_err() {
        return ExitCode::FAILURE;
    }
    for client in listener.incoming().flatten() {
        let Ok(server) = UnixStream::connect(socket) else { continue };
        // Without a thread to be had the connection closes, and the client sees that.
        let started = std::thread::Builder::new().spawn(move || relay(client, server));
        drop(started);
    }
    ExitCode::SUCCESS
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
