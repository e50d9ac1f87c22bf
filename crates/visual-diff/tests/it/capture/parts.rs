//! Where a page's parts come from.

use std::fs;

use leadforge_visual_diff::capture::{Answer, Asked, Content as _, Folder, Site, Stub};

use super::{colour, session, small};

fn get(site: &Site<'_>, url: &str) -> Answer {
    site.answer(&Asked { method: "GET", url })
}

#[test]
fn folders_and_stubs_make_a_page_and_the_rest_is_named() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("a.css"), "body { background: #112233 }").expect("written");
    fs::write(
        place.path().join("index.html"),
        "<link rel=stylesheet href=/static/a.css><link rel=stylesheet href=/static/b.css>\
         <script>fetch('/api/colour?x=1').then((r) => r.json()).then((j) => \
         document.body.style.borderTop = '100px solid ' + j.colour)</script><img src=//other.example/i.png>",
    )
    .expect("written");
    let folder = Folder(place.path().to_owned());
    let stub = Stub {
        method: Some("GET".to_owned()),
        url: "/api/*".to_owned(),
        status: 200,
        kind: "application/json".to_owned(),
        bytes: br##"{"colour":"#445566"}"##.to_vec(),
    };
    let site = Site {
        origin: "http://localhost".to_owned(),
        stubs: vec![stub],
        folders: vec![("/static".to_owned(), &folder), ("/".to_owned(), &folder)],
        app: false,
    };
    let picture = session().capture(&small(), &site).expect("taken");
    assert_eq!(colour(&picture, 200, 250), [0x11, 0x22, 0x33]);
    assert_eq!(colour(&picture, 200, 50), [0x44, 0x55, 0x66]);
    assert_eq!(
        picture.blocked,
        ["GET http://localhost/static/b.css", "GET http://other.example/i.png"]
    );
}

#[test]
fn no_address_leads_out_of_a_folder() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret"), "x").expect("written");
    let place = tempfile::tempdir().expect("a folder");
    fs::create_dir(place.path().join(".git")).expect("made");
    fs::write(place.path().join(".git/config"), "x").expect("written");
    std::os::unix::fs::symlink(outside.path().join("secret"), place.path().join("file"))
        .expect("linked");
    std::os::unix::fs::symlink(outside.path(), place.path().join("folder")).expect("linked");
    let folder = Folder(place.path().to_owned());
    let site = Site {
        origin: "http://localhost".to_owned(),
        folders: vec![("/".to_owned(), &folder)],
        ..Site::default()
    };
    for path in [
        "/file",
        "/folder/secret",
        "/../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/a/%2E%2E/../x",
        "/.git/config",
        "/.GIT/config",
        "//etc/passwd",
        "/%00",
        "/a%5cb",
        "/%ff",
    ] {
        let given = get(&site, &format!("http://localhost{path}"));
        assert!(matches!(given, Answer::Refuse { .. }), "{path}: {given:?}");
    }
    assert_eq!(get(&site, "http://localhost/absent"), Answer::Block);
    assert_eq!(get(&site, "http://localhost.evil/file"), Answer::Block);
    assert_eq!(get(&site, "http://other/file"), Answer::Block);
}

#[test]
fn a_stub_is_chosen_by_method_and_address() {
    let stub = |method: Option<&str>, url: &str, text: &str| Stub {
        method: method.map(str::to_owned),
        url: url.to_owned(),
        status: 200,
        kind: String::new(),
        bytes: text.as_bytes().to_vec(),
    };
    let site = Site {
        origin: "http://localhost".to_owned(),
        stubs: vec![
            stub(None, "/a?page=2", "second"),
            stub(Some("POST"), "/a", "posted"),
            stub(None, "/a", "first"),
            stub(None, "http://localhost:9000/api/*", "other port"),
        ],
        ..Site::default()
    };
    let ask = |method: &str, url: &str| match site.answer(&Asked { method, url }) {
        Answer::Body { bytes, .. } => String::from_utf8(bytes).expect("text"),
        other => format!("{other:?}"),
    };
    assert_eq!(ask("GET", "http://localhost/a"), "first");
    assert_eq!(ask("GET", "http://localhost/a?page=3#x"), "first");
    assert_eq!(ask("GET", "http://localhost/a?page=2"), "second");
    assert_eq!(ask("POST", "http://localhost/a"), "posted");
    assert_eq!(ask("GET", "http://localhost:9000/api/x"), "other port");
    assert_eq!(ask("GET", "http://localhost:9000/a"), "Block");
}
