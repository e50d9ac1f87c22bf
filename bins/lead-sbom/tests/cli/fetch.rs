//! `lead-sbom db fetch` against servers that do well and badly: the index is a new one or the old one.

use std::io::Write as _;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::server::{Server, say};
use crate::{Answer, Folder};

const LOCK: &str = "version = 4\n[[package]]\nname = \"h2\"\nversion = \"0.4.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";

fn record(id: &str) -> String {
    format!(
        r#"{{"id": "{id}", "modified": "2026-02-01T00:00:00Z", "summary": "s",
  "affected": [{{"package": {{"ecosystem": "crates.io", "name": "h2"}}, "ranges": [{{"type": "SEMVER", "events": [{{"introduced": "0.0.0-0"}}]}}]}}]}}"#
    )
}

fn zip(names: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for name in names {
        zip.start_file(format!("{name}.json"), stored).expect("begun");
        zip.write_all(record(name).as_bytes()).expect("written");
    }
    zip.finish().expect("written").into_inner()
}

/// Calls the command with a state folder of its own and no proxy.
fn call(folder: &Folder, args: &[&str]) -> Answer {
    let state = folder.path().join("state").display().to_string();
    let none = "";
    let set = [
        ("XDG_STATE_HOME", state.as_str()),
        ("HTTP_PROXY", none),
        ("http_proxy", none),
        ("ALL_PROXY", none),
    ];
    folder.call_with(args, &set)
}

fn fetch(folder: &Folder, server: &Server, more: &[&str]) -> Answer {
    let from = server.url();
    call(folder, &[&["db", "fetch", "crates.io", "--from", &from][..], more].concat())
}

/// The identifiers that the user's index has of the lock file.
fn known(folder: &Folder) -> Vec<String> {
    let answer = call(folder, &["vulns", "p", "--format", "json"]);
    let findings = answer.json()["data"]["findings"].clone();
    let findings = findings.as_array().expect("the index is usable").clone();
    findings.iter().map(|one| one["id"].as_str().expect("a text").to_owned()).collect()
}

/// A folder whose index holds the record `OLD`.
fn folder() -> Folder {
    let folder = Folder::new(&[("p/Cargo.lock", LOCK)]);
    let server =
        Server::new(|_, _, stream| say(stream, "200 OK", "etag: \"one\"\r\n", &zip(&["OLD"])));
    let answer = fetch(&folder, &server, &[]);
    assert_eq!((answer.code, answer.err.as_str()), (0, "     asked crates.io\n"));
    assert_eq!(known(&folder), ["OLD"]);
    folder
}

/// Everything in the state folder, by name and bytes.
fn state(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for place in ["state/leadforge", "state/leadforge/advisories"] {
        for entry in std::fs::read_dir(folder.path().join(place)).expect("it is there") {
            let path = entry.expect("it is there").path();
            if path.is_file() {
                found.push((path.display().to_string(), std::fs::read(&path).expect("read")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_the_server_still_has_is_not_fetched_again_and_what_is_newer_is() {
    let folder = folder();
    let same = Server::new(|_, _, stream| say(stream, "304 Not Modified", "", b""));
    // The same bytes from elsewhere are another thing: nothing is known of that address.
    let elsewhere = fetch(&folder, &same, &[]);
    assert_eq!(elsewhere.code, 3, "{}", elsewhere.err);
    let server = Server::new(|number, head, stream| match number {
        0 => say(stream, "200 OK", "etag: \"two\"\r\n", &zip(&["OLD", "NEW"])),
        _ if head.contains("if-none-match: \"two\"") => say(stream, "304 Not Modified", "", b""),
        _ => say(stream, "400 Bad Request", "", b""),
    });
    let first = fetch(&folder, &server, &[]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.starts_with("crates.io: new, 2 records in "), "{}", first.out);
    assert!(first.out.contains(", etag \"two\"\n"), "{}", first.out);
    let index = folder.path().join("state/leadforge/advisories.lfdb");
    let bytes = std::fs::read(&index).expect("written");
    let again = fetch(&folder, &server, &["--format", "json"]);
    assert_eq!(again.code, 0, "{}", again.err);
    let fetched = &again.json()["data"]["fetched"][0];
    assert_eq!(
        (fetched["changed"].as_bool(), fetched["etag"].as_str()),
        (Some(false), Some("\"two\""))
    );
    assert_eq!(std::fs::read(&index).expect("written"), bytes);
    // What is damaged here is asked for as if it were not here.
    folder.write("state/leadforge/advisories/crates.io.archive", "damaged");
    assert_eq!(fetch(&folder, &server, &[]).code, 3);
    assert!(!server.heads()[2].contains("if-none-match"));
    assert_eq!(known(&folder), ["NEW", "OLD"]);
}

#[test]
fn whatever_a_server_does_badly_leaves_the_index_and_the_archive_as_they_were() {
    type Does = fn(usize, &str, &mut TcpStream);
    let cases: [(&str, &str, Does); 14] = [
        ("the server has no such thing (404)", "", |_, _, s| say(s, "404 Not Found", "", b"no")),
        ("the server answers 403", "", |_, _, s| say(s, "403 Forbidden", "", b"no")),
        ("the server answers 500", "", |_, _, s| say(s, "500 Oh", "", b"no")),
        ("and the time for another try (3600 s) is over", "", |_, _, s| {
            say(s, "429 Slow Down", "retry-after: 3600\r\n", b"");
        }),
        ("what came is no archive of advisories", "", |_, _, s| {
            say(s, "200 OK", "", b"<html>sign in</html>");
        }),
        ("what came is no archive of advisories", "", |_, _, s| {
            say(s, "200 OK", "", b"PK\x03\x04 and no more");
        }),
        ("what came holds no OSV record", "", |_, _, s| say(s, "200 OK", "", &zip(&[]))),
        ("it has more than the 1048576 bytes", "", |_, _, s| {
            say(s, "200 OK", "", &vec![0; 1 << 21]);
        }),
        ("it has more than the 1048576 bytes", "", |_, _, s| {
            // Nothing is said of its length, and it does not end.
            let _ = s.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            while s.write_all(&[0; 1 << 16]).is_ok() {}
        }),
        ("the server broke off", "", |_, _, s| {
            let body = zip(&["NEW"]);
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            let _ =
                s.write_all(head.as_bytes()).and_then(|()| s.write_all(&body[..body.len() / 2]));
        }),
        ("the server took too long", "1", |_, _, s| {
            let _ = s.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n");
            for _ in 0..30 {
                if s.write_all(b"x").is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        }),
        ("anybody on the way could change it", "", |_, _, s| {
            say(s, "302 Found", "location: http://mirror.example/all.zip\r\n", b"");
        }),
        ("sends on more than 5 times", "", |_, _, s| {
            say(s, "302 Found", "location: /again\r\n", b"");
        }),
        ("the server sends on, and does not say where", "", |_, _, s| say(s, "301 Moved", "", b"")),
    ];
    let folder = folder();
    let before = state(&folder);
    for (says, timeout, does) in cases {
        let server = Server::new(does);
        let timeout = if timeout.is_empty() { "20" } else { timeout };
        let answer = fetch(&folder, &server, &["--max-size", "1", "--timeout", timeout]);
        let refused = says.contains("on the way") || says.contains("say where");
        assert_eq!(answer.code, if refused { 4 } else { 3 }, "{says}: {}", answer.err);
        assert!(answer.err.contains(says), "{says}: {}", answer.err);
        assert!(state(&folder) == before, "{says}: something else is in the state folder");
    }
    assert_eq!(known(&folder), ["OLD"]);
    // Nobody listens, and nobody is asked.
    let gone = Server::new(|_, _, _| ()).url();
    assert_eq!(call(&folder, &["db", "fetch", "crates.io", "--from", &gone]).code, 3);
    assert_eq!(call(&folder, &["db", "fetch"]).code, 2);
    for wrong in
        ["http://mirror.example", "https://me:secret@mirror.example", "ftp://127.0.0.1", "x"]
    {
        let answer = call(&folder, &["db", "fetch", "crates.io", "--from", wrong]);
        assert_eq!(answer.code, 2, "{wrong}: {}", answer.err);
        assert!(!answer.err.contains("secret"), "{}", answer.err);
    }
    for wrong in ["../x", "a/b", ".", "", "a\nb"] {
        assert_eq!(
            call(&folder, &["db", "fetch", "--from", &gone, "--", wrong]).code,
            2,
            "{wrong}"
        );
    }
    assert!(state(&folder) == before);
}

#[test]
fn offline_asks_nobody() {
    let folder = folder();
    let server = Server::new(|_, _, stream| say(stream, "200 OK", "", &zip(&["NEW"])));
    let answer = fetch(&folder, &server, &["--offline"]);
    assert_eq!(answer.code, 4, "{}", answer.err);
    assert!(answer.err.contains("--offline forbids"), "{}", answer.err);
    assert_eq!((server.heads().len(), known(&folder)), (0, vec!["OLD".to_owned()]));
}

#[test]
fn a_server_that_asks_to_come_back_is_asked_again_and_what_broke_off_goes_on() {
    let folder = folder();
    let busy = Server::new(|number, _, stream| match number {
        0 => say(stream, "429 Too Many Requests", "retry-after: 1\r\n", b""),
        1 => say(stream, "503 Busy", "", b""),
        _ => say(stream, "200 OK", "", &zip(&["LATER"])),
    });
    let answer = fetch(&folder, &busy, &[]);
    assert_eq!((answer.code, busy.heads().len()), (0, 3), "{}", answer.err);
    assert_eq!(known(&folder), ["LATER"]);
    // The first half, then the rest by a range, when the server can say that it is still the same.
    for (etag, ranges) in [("etag: \"v\"\r\n", true), ("etag: W/\"v\"\r\n", false), ("", false)] {
        let server = Server::new(move |number, head, stream| {
            let body = zip(&["WHOLE"]);
            let half = body.len() / 2;
            if number == 0 {
                let head =
                    format!("HTTP/1.1 200 OK\r\n{etag}content-length: {}\r\n\r\n", body.len());
                let _ = stream
                    .write_all(head.as_bytes())
                    .and_then(|()| stream.write_all(&body[..half]));
            } else if head.contains(&format!("range: bytes={half}-"))
                && head.contains("if-range: \"v\"")
            {
                let range = format!(
                    "{etag}content-range: bytes {half}-{}/{}\r\n",
                    body.len() - 1,
                    body.len()
                );
                say(stream, "206 Partial Content", &range, &body[half..]);
            } else {
                say(stream, "200 OK", etag, &body);
            }
        });
        let answer = fetch(&folder, &server, &[]);
        assert_eq!(answer.code, 0, "{etag}: {}", answer.err);
        assert_eq!(server.heads()[1].contains("\r\nrange: "), ranges, "{etag}");
        assert_eq!(known(&folder), ["WHOLE"]);
    }
    // A rest of something else is not put behind it.
    let wrong = Server::new(|number, _, stream| {
        let body = zip(&["OTHER"]);
        match number {
            0 => {
                let _ = stream.write_all(
                    format!(
                        "HTTP/1.1 200 OK\r\netag: \"v\"\r\ncontent-length: {}\r\n\r\nhalf",
                        body.len()
                    )
                    .as_bytes(),
                );
            }
            1 => say(stream, "206 Partial Content", "content-range: bytes 0-3/9\r\n", b"full"),
            _ => say(stream, "200 OK", "", &body),
        }
    });
    assert_eq!(fetch(&folder, &wrong, &[]).code, 0);
    assert_eq!((wrong.heads().len(), known(&folder)), (3, vec!["OTHER".to_owned()]));
}

#[test]
fn one_that_fails_keeps_the_others_and_the_index_as_it_was() {
    let folder = folder();
    let server = Server::new(|_, head, stream| {
        if head.starts_with("GET /PyPI/") {
            say(stream, "404 Not Found", "", b"");
        } else {
            say(stream, "200 OK", "etag: \"n\"\r\n", &zip(&["NEW"]));
        }
    });
    let answer = fetch(&folder, &server, &["PyPI"]);
    assert_eq!(answer.code, 3, "{}", answer.err);
    assert_eq!(known(&folder), ["OLD"]);
    // What came is kept, and enters the index with the next one that succeeds; redirects are followed.
    let other = Server::new(move |_, head, stream| {
        if head.starts_with("GET /a/here?key=1 ") {
            say(stream, "200 OK", "", &zip(&["OWN"]));
        } else {
            say(stream, "307 Over There", "location: here?key=1\r\n", b"");
        }
    });
    let url = format!("{}/a/records.zip", other.url());
    let answer = call(&folder, &["db", "fetch", "--url", &url]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!(known(&folder), ["NEW", "OWN"]);
    let asked = call(&folder, &["db", "fetch", "--for", "p", "--from", &server.url()]);
    assert_eq!(asked.code, 0, "{}", asked.err);
    assert!(server.heads().last().expect("asked").starts_with("GET /crates.io/all.zip "));
}

/// A server of `openssl`, until it is dropped.
struct Tls(Child);

impl Drop for Tls {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn tls_is_believed_when_an_authority_that_the_machine_trusts_vouches_for_it() {
    let folder = folder();
    std::fs::create_dir_all(folder.path().join("www/crates.io")).expect("created");
    std::fs::write(folder.path().join("www/crates.io/all.zip"), zip(&["TLS"])).expect("written");
    let openssl = |args: &str| {
        let args = args.split(' ');
        let done =
            Command::new("openssl").args(args).current_dir(folder.path().join("www")).output();
        let done = done.expect("openssl starts: cargo xtask setup test installs it");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2";
    for name in ["ca", "other"] {
        openssl(&format!("req -x509 {key} -keyout {name}.key -out {name}.pem -subj /CN={name}"));
    }
    openssl(&format!(
        "req -x509 {key} -CA ca.pem -CAkey ca.key -keyout own.key -out own.pem -subj /CN=own -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE"
    ));
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = port.local_addr().expect("it has one");
    drop(port);
    let accept = address.to_string();
    let server = Command::new("openssl")
        .args([
            "s_server", "-WWW", "-quiet", "-accept", &accept, "-cert", "own.pem", "-key", "own.key",
        ])
        .current_dir(folder.path().join("www"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let _server = Tls(server);
    let listens = |_: &i32| {
        std::thread::sleep(Duration::from_millis(20));
        TcpStream::connect(address).is_ok()
    };
    assert!((0..500).any(|number| listens(&number)), "openssl s_server does not listen");
    let from = format!("https://{address}");
    let ask = |authority: &str| {
        let state = folder.path().join("state").display().to_string();
        let authority = folder.path().join("www").join(authority).display().to_string();
        let set = [("XDG_STATE_HOME", state.as_str()), ("SSL_CERT_FILE", &authority)];
        folder.call_with(&["db", "fetch", "crates.io", "--from", &from, "--timeout", "20"], &set)
    };
    let stranger = ask("other.pem");
    assert_eq!(stranger.code, 3, "{}", stranger.err);
    assert!(stranger.err.contains("certificate"), "{}", stranger.err);
    assert_eq!(known(&folder), ["OLD"]);
    assert_eq!(ask("own.key").code, 3);
    let trusted = ask("ca.pem");
    assert_eq!(trusted.code, 0, "{}", trusted.err);
    assert_eq!(known(&folder), ["TLS"]);
}
