//! The dossier's inventory, advisories and review in a real Chromium: nothing is cut off, covered or too wide, on a phone
//! and on a desk, light and dark. A test that finds no Chromium fails.

use leadforge_visual_diff::Size;
use leadforge_visual_diff::capture::{Answer, Asked, Browser, Scheme, Session, Shot};

use super::Repo;
use super::inventory::{BEFORE, index, lock};
use super::pictures::{committed, dossier};
use super::review::RULES;

/// What is wrong with the layout is thrown, which the capture tells.
const MEASURE: &str = r#"<script>
const wrong = [];
const wide = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > wide) wrong.push(`the page is ${document.documentElement.scrollWidth} wide, of ${wide}`);
const heads = [...document.querySelectorAll('h2')].map((h) => h.textContent);
for (const head of ['Inventory', 'Review']) if (!heads.includes(head)) wrong.push(`no heading ${head}`);
for (const section of document.querySelectorAll('section[aria-labelledby^="tool-"]')) {
  for (const part of section.querySelectorAll('h2, p, dd, dt, li, code, .badge, .what, .title')) {
    const box = part.getBoundingClientRect();
    if (part.closest('details:not([open])') || part.closest('.frame')) continue;
    const said = part.textContent.slice(0, 30);
    if (box.width === 0 || box.height === 0) wrong.push(`nothing is seen of: ${said}`);
    if (box.left < 0 || box.right > wide + 0.5) wrong.push(`${Math.round(box.right)} of ${wide}: ${said}`);
    const style = getComputedStyle(part);
    if (parseFloat(style.fontSize) < 11) wrong.push(`too small: ${said}`);
    if (part.scrollWidth > part.clientWidth + 1 && style.overflowX === 'hidden') wrong.push(`cut off: ${said}`);
  }
}
if (wrong.length) throw new Error(wrong.slice(0, 8).join(' | '));
</script>"#;

/// A page whose lists are long, whose names are longer than a line, and whose texts are hostile.
fn page() -> String {
    let repo = Repo::new();
    repo.write("docs/review/RULES.md", RULES);
    repo.write("uv.lock", &lock(&[&[("old", "1.0")], BEFORE].concat()));
    index(&repo, "PyPI");
    let after = [("anyio", "4.9.0"), ("httpx", "0.28.2"), ("<b>left-pad", "1.0"), ("old", "1.0")];
    repo.write("stock/lock", &lock(&after));
    repo.write("stock/core.py", "import app.page\nprint('<script>alert(1)</script>')\nx = '''\n");
    let long = format!("app/{}/{}.py", "folder_of_a_long_name_".repeat(4), "module_".repeat(20));
    let run = format!(
        "run = \"cp stock/lock uv.lock; mkdir -p $(dirname {long}); cp stock/core.py {long}; cp stock/core.py app_core.py\"\nverify = [\"true\"]"
    );
    committed(&repo, &[("lf-all", &run)]);
    let (html, json, _) = dossier(&repo);
    assert_eq!(json["sections"].as_array().map(Vec::len), Some(2), "{json:#}");
    html
}

/// The page with the measuring script, which its own policy would not let run.
fn measured(html: &str) -> String {
    let policy = html.find("<meta http-equiv=\"Content-Security-Policy\"");
    let policy = policy.expect("a page lets no script run");
    let end = html[policy..].find('>').expect("it ends") + policy + 1;
    format!("{}{}{MEASURE}", &html[..policy], &html[end..])
}

fn thrown(session: &mut Session, html: &str, width: u32, scheme: Scheme) -> Vec<String> {
    let page = |asked: &Asked<'_>| match asked.url {
        "http://localhost/" => Answer::Body {
            status: 200,
            kind: "text/html; charset=utf-8".to_owned(),
            bytes: html.as_bytes().to_vec(),
        },
        _ => Answer::Block,
    };
    let viewport = Size { width, height: 800 };
    let shot = Shot { viewport, scheme, full_page: true, ..Shot::default() };
    let picture = session.capture(&shot, &page).expect("a picture");
    assert!(picture.blocked.is_empty(), "the page asks for nothing: {:?}", picture.blocked);
    let mut wrong = picture.exceptions;
    if picture.size.width != width {
        wrong.push(format!("the picture is {} wide", picture.size.width));
    }
    wrong
}

#[test]
fn the_inventory_and_the_review_are_seen_whole() {
    let html = measured(&page());
    let mut session = Session::start(Browser::default()).unwrap_or_else(|error| {
        panic!("{error}; `cargo xtask setup` installs Chromium, fonts and bubblewrap")
    });
    for width in [390, 768, 1280] {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let wrong = thrown(&mut session, &html, width, scheme);
            assert!(wrong.is_empty(), "{width} {scheme:?}: {wrong:?}");
        }
    }
    // What measures can fail: a page without its style for long words is too wide for a phone.
    let broken = html.replace("overflow-wrap", "x-overflow-wrap");
    let wrong = thrown(&mut session, &broken, 390, Scheme::Light);
    assert!(!wrong.is_empty(), "long names were expected to be too wide");
}
