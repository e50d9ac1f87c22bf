//! What is around Chromium: no route, no listening socket, nothing of the user's to read.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use leadforge_visual_diff::capture::{App, Browser, Error, Fence, Session, Shot};

use super::{descendants, page, session, shoot, small, started};

/// The lines of a table of the kernel, as the process sees it.
fn table(pid: u32, name: &str) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/net/{name}")).ok()?;
    Some(text.lines().skip(1).map(str::to_owned).collect())
}

/// The same of several tables, one after the other.
fn tables(pid: u32, names: &[&str]) -> Option<Vec<String>> {
    names.iter().map(|name| table(pid, name)).collect::<Option<Vec<_>>>().map(|all| all.concat())
}

/// Sockets that wait for somebody: TCP in the state LISTEN, any UDP.
fn listening(pid: u32) -> Option<Vec<String>> {
    let mut all = tables(pid, &["tcp", "tcp6"])?;
    all.retain(|line| line.split_whitespace().nth(3) == Some("0A"));
    all.extend(tables(pid, &["udp", "udp6"])?);
    Some(all)
}

/// The network namespace of a process; none once it has ended.
fn namespace(pid: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/ns/net")).ok()
}

/// The processes of Chromium, which has some that start and end as they like.
fn chromiums(session: &Session) -> Vec<u32> {
    let chromium = |pid: &u32| {
        fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.starts_with("chrom"))
    };
    let all = descendants(session.id().expect("it runs")).into_iter();
    all.filter(|pid| chromium(pid) && namespace(*pid).is_some()).collect()
}

#[test]
fn nobody_listens_and_no_route_leads_out() {
    let mut session = session();
    shoot(
        &mut session,
        &small(),
        "<script>new RTCPeerConnection().createDataChannel('x')</script>",
    )
    .expect("taken");
    let ours = namespace(std::process::id());
    assert!(ours.is_some());
    let mut looked = 0;
    for pid in chromiums(&session) {
        let seen = (namespace(pid), listening(pid), table(pid, "route"), table(pid, "dev"));
        // One that ended meanwhile says nothing.
        let (Some(own), Some(listens), Some(routes), Some(devices)) = seen else { continue };
        assert_ne!(Some(own), ours, "{pid} shares our network");
        assert_eq!(listens, [""; 0], "{pid} listens");
        assert_eq!(routes, [""; 0], "{pid} has a route");
        let names = devices.iter().skip(1).filter_map(|line| line.split(':').next());
        let names: BTreeSet<&str> = names.map(str::trim).collect();
        assert_eq!(names, BTreeSet::from(["lo"]), "{pid} has a device");
        looked += 1;
    }
    assert!(looked >= 3, "browser, renderer, network: {looked}");
    // Neither do we: this process holds no socket of the internet family.
    let own: Vec<PathBuf> = fs::read_dir("/proc/self/fd")
        .expect("our files")
        .flatten()
        .filter_map(|file| fs::read_link(file.path()).ok())
        .collect();
    for line in tables(std::process::id(), &["tcp", "tcp6", "udp", "udp6"]).expect("our own") {
        let inode = line.split_whitespace().nth(9).unwrap_or_default().to_owned();
        let ours = own.iter().any(|link| link.as_os_str() == format!("socket:[{inode}]").as_str());
        assert!(!ours, "our own socket: {line}");
    }
}

#[test]
fn no_page_reaches_the_machine() {
    // A page of a file, a page of another host, a socket, an image of a file: none of them is there.
    let mut session = session();
    let picture = shoot(
        &mut session,
        &small(),
        r"<body style='background:#00ff00'><script>
        const bad = () => { document.body.style.background = '#ff0000' };
        fetch('http://1.1.1.1/').then(bad, () => 0);
        fetch('file:///etc/hostname').then(bad, () => 0);
        new WebSocket('ws://127.0.0.1:9').onopen = bad;
        const image = new Image(); image.onload = bad; image.src = 'file:///usr/share/pixmaps/debian-logo.png';
        </script>",
    )
    .expect("taken");
    assert_eq!(super::colour(&picture, 200, 150), [0, 255, 0]);
    assert_eq!(picture.blocked, ["GET http://1.1.1.1/"]);
}

#[test]
fn an_app_shares_its_loopback_with_chromium_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("index.html"), "<body style='background:#0000ff'>")
        .expect("written");
    let app = App {
        command: "python3 -m http.server --bind 127.0.0.1 8765".to_owned(),
        folder: folder.path().to_owned(),
        readable: Vec::new(),
        origin: "http://127.0.0.1:8765".to_owned(),
    };
    let mut session = started(Browser { app: Some(app), ..Browser::default() });
    let shot = Shot { url: "http://127.0.0.1:8765/".to_owned(), ..small() };
    let site = leadforge_visual_diff::capture::Site {
        origin: "http://127.0.0.1:8765".to_owned(),
        app: true,
        ..Default::default()
    };
    let picture = session.capture(&shot, &site).expect("taken");
    assert_eq!(super::colour(&picture, 200, 150), [0, 0, 255]);
    let pid = *chromiums(&session).first().expect("one");
    assert_eq!(listening(pid).expect("it runs").len(), 1, "the app, inside");
    let outside = table(std::process::id(), "tcp").expect("our own");
    assert!(!outside.iter().any(|line| line.contains(":223D ")), "the app, outside");
    // Another port of the same machine is not the app.
    let other = Shot { url: "http://127.0.0.1:87650/".to_owned(), ..small() };
    assert!(matches!(
        session.capture(&other, &site),
        Err(Error::Page { .. } | Error::Refused { .. })
    ));
}

#[test]
fn without_a_fence_nothing_is_run() {
    let browser = Browser { bubblewrap: Some("/nonexistent/bwrap".into()), ..Browser::default() };
    let error = Session::start(browser).expect_err("refused");
    assert!(matches!(&error, Error::Fence { .. }), "{error}");
    // A fence that cannot be raised is the same: here one that only complains.
    let folder = tempfile::tempdir().expect("a folder");
    let bwrap = folder.path().join("bwrap");
    fs::write(
        &bwrap,
        "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2; exit 1\n",
    )
    .expect("written");
    let all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&bwrap, all).expect("its mode");
    let browser = Browser { bubblewrap: Some(bwrap), ..Browser::default() };
    let error = Session::start(browser).expect_err("refused");
    assert!(
        matches!(&error, Error::Fence { reason } if reason.contains("No permissions")),
        "{error}"
    );
}

#[test]
fn without_a_fence_that_was_asked_for_it_still_ends_with_us() {
    let profile = tempfile::tempdir().expect("a folder");
    let fence = Fence::None { profile: profile.path().to_owned() };
    let mut session = started(Browser { fence, ..Browser::default() });
    session.capture(&small(), &page("<h1>x</h1>")).expect("taken");
    let all = descendants(session.id().expect("it runs"));
    drop(session);
    super::ending::gone(&all);
}
