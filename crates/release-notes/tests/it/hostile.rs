//! Texts that try to format, link, mention, close or break out, in every field.

use leadforge_release_notes::*;
use proptest::prelude::*;

use crate::data::{at_github, commit, picture, step};
use crate::read::read;

const TEXTS: &[&str] = &[
    "<script>alert(1)</script>",
    "</details></summary><img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png) [y](javascript:alert(1))",
    "https://evil.example www.evil.example evil@evil.example",
    "@octocat fixes #1 GH-1 closes octo/cat#1",
    "| a | b |\n| --- | --- |\n# head\n- [ ] task\n```\ncode",
    "*a* _b_ ~~c~~ `d` $e$ [^1] &lt; \\",
    "\u{202e}gnp.exe\u{200b}\u{1b}[31m\0",
    "> [!WARNING]\n> x",
    "",
    "--- \n===",
    "<!-- -->",
];

fn everywhere(text: &str) -> Release {
    let mut one = commit(1, text);
    one.author_name = text.into();
    one.author_email = text.into();
    one.body = format!("BREAKING CHANGE: {text}\n\nCo-authored-by: {text} <{text}>\n");
    let typed = commit(2, &format!("feat({text}): {text}"));
    let plain = commit(3, &format!("[{text}] fix: {text} (#1)"));
    let screen = |status| Screen {
        name: text.into(),
        folder: text.into(),
        status,
        pictures: vec![picture(text, text, "1"), picture("x", text, text)],
        steps: vec![step(0, 1, text), step(1, 0, ""), step(7, 9, text)],
        gone: vec![text.into()],
    };
    Release {
        version: text.into(),
        seconds: Some(i64::MAX),
        since: text.into(),
        off: Some(text.into()),
        incomplete: Some(text.into()),
        commits: vec![one, typed, plain],
        screens: vec![screen(Status::Known), screen(Status::New), screen(Status::Removed)],
        same: 1,
    }
}

fn harmless(text: &str) {
    let release = everywhere(text);
    for config in [Config::default(), at_github()] {
        let notes = match render_notes(&release, &config) {
            Ok(notes) => notes.text,
            Err(Error::NoRelease) => continue,
            Err(other) => panic!("{other}"),
        };
        let changelog =
            render_changelog(std::slice::from_ref(&release), &config).expect("a changelog");
        for document in [notes, changelog] {
            let found = read(&document);
            found.only_folds(text);
            for (url, alt) in &found.images {
                assert!(
                    !url.contains(':') || url.starts_with("https://github.com/octo/cat/"),
                    "{url}"
                );
                assert!(!alt.is_empty());
            }
            for url in &found.links {
                assert!(url.starts_with("https://github.com/octo/cat"), "{url}");
            }
            let own = ["Breaking", "Added", "Fixed", "🎨", "Other", "Contributors", "Visual"];
            let version =
                |head: &str| document.contains("# Visual changelog") && head != "Visual changelog";
            for head in &found.headings {
                let known = own.iter().any(|own| head.contains(own)) || version(head);
                assert!(known, "{head}");
            }
        }
    }
}

#[test]
fn no_text_acts() {
    for text in TEXTS {
        harmless(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_made_up_acts(parts in prop::collection::vec(prop::sample::select(TEXTS), 1..4), glue in "[ -~]{0,3}") {
        harmless(&parts.join(&glue));
    }
}
