//! Listed hosts through the proxy, and nothing else.
use std::io::{Read, Write};
use std::net::TcpListener;

use leadforge_agent_dispatch::sandbox::Kind;

use crate::hostile::world::{User, World};

/// A server of one word; gives its port.
fn server(word: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let mut asked = [0; 4];
            if client.read_exact(&mut asked).is_ok() {
                let _ = client.write_all(word.as_bytes());
            }
        }
    });
    port
}

#[test]
fn only_listed_hosts_are_reached() {
    let (listed, other) = (server("listed"), server("other"));
    let script = format!(
        "
def ask(target):
    s = socket.create_connection(('127.0.0.1', 3128), 5)
    s.sendall(b'CONNECT %s HTTP/1.1\\r\\n\\r\\n' % target)
    head = b''
    while not head.endswith(b'\\r\\n\\r\\n'): head += s.recv(1) or sys.exit('closed')
    if b' 200 ' not in head: return head.split(b' ')[1]
    s.sendall(b'ping'); return s.recv(64)
print(E['HTTPS_PROXY'], ask(b'127.0.0.1:{listed}'), ask(b'localhost:{listed}'))
print(ask(b'127.0.0.1:{other}'), ask(b'[::1]:{listed}'), ask(b'example.com:443'))
big = socket.create_connection(('127.0.0.1', 3128), 5); big.sendall(b'GET / HTTP/1.1\\r\\n\\r\\n')
print(big.recv(12))
found = []
for family in range(64):
    for kind in (1, 2, 3, 5):
        try: socket.socket(family, kind).close(); found.append(family)
        except (OSError, OverflowError): pass
print(sorted(set(found)))
for port in ({listed}, {other}):
    try: socket.create_connection(('127.0.0.1', port), 2); return True
    except OSError: pass"
    );
    for user in User::all() {
        let mut world = World::new(user);
        let mut spec = world.spec(Kind::Bubblewrap, &script);
        spec.hosts = vec![format!("127.0.0.1:{listed}"), format!("localhost:{listed}")];
        let outcome = world.run(&spec).unwrap();
        let log = std::fs::read_to_string(&spec.log).unwrap();
        assert_eq!(
            log,
            "http://127.0.0.1:3128 b'listed' b'listed'\nb'403' b'403' b'403'\nb'HTTP/1.1 405'\n\
             [2, 10]\nnothing\n",
            "{user:?}"
        );
        assert_eq!(world.escapes(&spec, &log), [""; 0]);
        let asked = format!("127.0.0.1:{listed}, localhost:{listed}");
        assert_eq!(outcome.reached_hosts.join(", "), asked);
        let refused = format!("127.0.0.1:{other}, [::1]:{listed}, example.com:443");
        assert_eq!(outcome.refused_hosts.join(", "), refused);
    }
}

#[test]
fn what_is_no_host_is_refused() {
    let mut world = World::new(User::Plain);
    let mut spec = world.spec(Kind::Bubblewrap, "return True");
    spec.hosts = vec!["example.com".into()];
    let error = world.run(&spec).unwrap_err();
    assert!(error.contains("`example.com` is not host:port"), "{error}");
}
