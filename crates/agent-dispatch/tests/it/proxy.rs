//! Listed hosts through the proxy, and nothing else.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

use leadforge_agent_dispatch::agent::PRESETS;
use leadforge_agent_dispatch::sandbox::Kind;

use crate::hostile::world::{User, World};
use crate::sandbox::executable;

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
try: socket.create_connection(('127.0.0.1', {other}), 2); return True
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

/// A web server of the user's own machine; its answers name the connection, how many requests came
/// on it, the first line of this one, and the length of its body. Gives its port.
fn web(at: &str) -> u16 {
    let listener = TcpListener::bind(at).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for (number, client) in listener.incoming().flatten().enumerate() {
            std::thread::spawn(move || {
                let mut client = BufReader::new(client);
                for count in 1.. {
                    let (mut first, mut length) = (String::new(), 0);
                    loop {
                        let mut line = String::new();
                        if client.read_line(&mut line).unwrap_or(0) == 0 {
                            return;
                        }
                        let line = line.trim_end().to_ascii_lowercase();
                        if line.is_empty() {
                            break;
                        }
                        if let Some(text) = line.strip_prefix("content-length: ") {
                            length = text.parse().unwrap();
                        }
                        if first.is_empty() {
                            first = line;
                        }
                    }
                    let mut body = vec![0; length];
                    client.read_exact(&mut body).unwrap();
                    let text = format!("{number}.{count} {first} {length}");
                    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", text.len());
                    client.get_mut().write_all((head + &text).as_bytes()).unwrap();
                }
            });
        }
    });
    port
}

#[test]
fn a_listed_service_of_the_own_machine_is_where_programs_look_for_it() {
    let (four, named, six) = (web("127.0.0.1:0"), web("127.0.0.1:0"), web("[::1]:0"));
    let other = web("127.0.0.1:0");
    let script = format!(
        "
import http.client, urllib.request
def get(url): return urllib.request.urlopen(url, timeout=10).read().decode()
kept = http.client.HTTPConnection('127.0.0.1', {four}, timeout=10)
for body in (b'', bytes(1 << 20), b'x'):
    kept.request('POST', '/api', body); print(kept.getresponse().read().decode())
print(get('http://127.0.0.1:{four}/'))
print(get('http://localhost:{named}/'))
# Some clients never take `[::1]` off a proxy, whatever NO_PROXY says; what dials it arrives.
straight = http.client.HTTPConnection('::1', {six}, timeout=10)
straight.request('GET', '/'); print(straight.getresponse().read().decode())
def refused(host, port):
    try: socket.create_connection((host, port), 5); return 'open'
    except ConnectionRefusedError: return 'refused'
print(refused('127.0.0.1', {other}), refused('::1', {four}), refused('127.0.0.1', {six}))
return refused('127.0.0.1', {other}) == 'open'"
    );
    for (turn, user) in User::all().into_iter().enumerate() {
        let mut world = World::new(user);
        let mut spec = world.spec(Kind::Bubblewrap, &script);
        let listed =
            [format!("127.0.0.1:{four}"), format!("[::1]:{six}"), format!("localhost:{named}")];
        spec.hosts = listed.to_vec();
        let outcome = world.run(&spec).unwrap();
        let log = std::fs::read_to_string(&spec.log).unwrap();
        let (kept, next) = (2 * turn, 2 * turn + 1);
        assert_eq!(
            log,
            format!(
                "{kept}.1 post /api http/1.1 0\n{kept}.2 post /api http/1.1 1048576\n\
                 {kept}.3 post /api http/1.1 1\n{next}.1 get / http/1.1 0\n\
                 {turn}.1 get / http/1.1 0\n{turn}.1 get / http/1.1 0\n\
                 refused refused refused\nnothing\n"
            ),
            "{user:?}"
        );
        assert_eq!(world.escapes(&spec, &log), [""; 0]);
        assert_eq!(outcome.reached_hosts, listed);
        assert_eq!(outcome.refused_hosts, [""; 0]);
    }
}

#[test]
fn a_service_that_is_not_there_closes_the_connection() {
    // Bound and let go: nobody listens there now.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let script = format!(
        "
s = socket.create_connection(('127.0.0.1', {port}), 5); s.settimeout(10); s.sendall(b'GET / HTTP/1.1\\r\\n\\r\\n')
try: print(s.recv(1))
except ConnectionResetError: print(b'')"
    );
    let mut world = World::new(User::Plain);
    let mut spec = world.spec(Kind::Bubblewrap, &script);
    spec.hosts = vec![format!("127.0.0.1:{port}")];
    world.run(&spec).unwrap();
    assert_eq!(std::fs::read_to_string(&spec.log).unwrap(), "b''\nnothing\n");
}

#[test]
fn the_proxy_makes_room_for_a_service_on_its_port() {
    let mut world = World::new(User::Plain);
    let script = "
print(E['HTTPS_PROXY'], E['http_proxy'])
s = socket.create_connection(('127.0.0.1', 3129), 5); s.sendall(b'GET / HTTP/1.1\r\n\r\n')
print(s.recv(12))";
    let mut spec = world.spec(Kind::Bubblewrap, &script.replace("\r\n", "\\r\\n"));
    spec.hosts = vec!["localhost:3128".into()];
    world.run(&spec).unwrap();
    assert_eq!(
        std::fs::read_to_string(&spec.log).unwrap(),
        "http://127.0.0.1:3129 http://127.0.0.1:3129\nb'HTTP/1.1 405'\nnothing\n"
    );
    spec.hosts = vec!["127.0.0.1:80".into()];
    let error = world.run(&spec).unwrap_err();
    assert!(error.contains("127.0.0.1:80: a service of this machine is reached at"), "{error}");
}

/// Asks the model server that its arguments name for the list of models, as the real one does.
const AIDER: &str = r#"#!/usr/bin/python3 -I
import sys, urllib.request
base = next(a.split('=', 2)[2] for a in sys.argv if a.startswith('--set-env=OLLAMA_API_BASE='))
print(urllib.request.urlopen(base + '/api/tags', timeout=10).read().decode())
"#;

#[test]
fn the_preset_for_a_local_model_reaches_it() {
    let preset = PRESETS.iter().find(|p| p.name == "aider-ollama").unwrap();
    // The model's own port may be taken by a real one.
    let port = web("127.0.0.1:0").to_string();
    let ours = |text: &&str| text.replace("11434", &port);
    let mut world = World::new(User::Plain);
    executable(&world.at("tool/aider"), AIDER);
    let mut spec = world.spec(Kind::Bubblewrap, "pass");
    spec.command = preset.command.iter().map(|part| ours(part).into()).collect();
    spec.hosts = preset.hosts.iter().map(ours).collect();
    spec.env.insert("PATH".into(), format!("{}:/usr/bin:/bin", world.at("tool").display()).into());
    let outcome = world.run(&spec).unwrap();
    let log = std::fs::read_to_string(&spec.log).unwrap();
    assert_eq!(
        (outcome.exit, log.as_str()),
        (
            Some(0),
            "0.1 get /api/tags http/1.1 0
"
        )
    );
}
