//! The shell: its policy matches what it carries, its colours are readable, it asks for nothing.

use std::collections::BTreeMap;

use leadforge_markup::{Page, el};
use scraper::{Html, Selector};

fn page() -> String {
    Page {
        title: "Test".into(),
        header: el("h1").text("Test").into(),
        main: el("p").text("x").into(),
        footer: el("p").text("end").into(),
        style: ".x { color: var(--text) }",
        script: "console.log(1)",
        ..Page::default()
    }
    .render()
}

#[test]
fn the_document_is_whole_and_fetches_nothing() {
    let text = page();
    let parsed = Html::parse_document(&text);
    assert!(parsed.quirks_mode == Html::new_document().quirks_mode, "{:?}", parsed.quirks_mode);
    let all = |selector: &str| {
        parsed.select(&Selector::parse(selector).expect("a selector of this file")).count()
    };
    assert_eq!(all("html[lang=en] > head > title"), 1);
    assert_eq!(all("body > header ~ main#main ~ footer"), 1);
    assert_eq!(all("body > a.skip[href='#main']"), 1);
    assert_eq!(all("link, iframe, object, embed, img, [src]"), 0);
    for word in ["url(", "@import", "http://", "https://"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn without_a_script_none_may_run() {
    let text = Page::default().render();
    assert!(!text.contains("<script"));
    assert!(text.contains("script-src &#39;none&#39;"));
    assert!(!text.contains("unsafe-inline"));
}

/// The custom properties of one `:root` block.
fn tokens(css: &str, dark: bool) -> BTreeMap<String, [f64; 3]> {
    let light = css.find(":root {").expect("the light palette");
    let block = |start: usize| &css[start..start + css[start..].find('}').expect("its end")];
    let mut text = block(light).to_owned();
    if dark {
        let media = css.find("prefers-color-scheme: dark").expect("the dark palette");
        text.push_str(block(media + css[media..].find(":root {").expect("its block")));
    }
    let mut found = BTreeMap::new();
    for part in text.split("--").skip(1) {
        let Some((name, rest)) = part.split_once(':') else { continue };
        let Some(hex) = rest.trim().strip_prefix('#') else { continue };
        let byte = |at: usize| {
            f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("six digits")) / 255.0
        };
        found.insert(name.to_owned(), [byte(0), byte(2), byte(4)]);
    }
    found
}

/// WCAG 2.2, "contrast ratio" and "relative luminance".
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let luminance =
        |c: [f64; 3]| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_is_readable_in_light_and_dark() {
    let text = page();
    for dark in [false, true] {
        let colours = tokens(&text, dark);
        let ratio = |a: &str, b: &str| contrast(colours[a], colours[b]);
        for ground in ["bg", "surface", "sunken"] {
            for ink in ["text", "muted", "accent", "ok", "warn", "bad", "info"] {
                let found = ratio(ink, ground);
                assert!(found >= 4.5, "{ink} on {ground}, dark: {dark}: {found:.2}");
            }
            // Lines that carry meaning and the focus ring: 3:1.
            assert!(ratio("line-strong", ground) >= 3.0, "line-strong on {ground}, dark: {dark}");
        }
        for tint in ["ok", "warn", "bad", "info"] {
            let ground = format!("{tint}-bg");
            for ink in [tint, "text", "muted", "accent"] {
                let found = ratio(ink, &ground);
                assert!(found >= 4.5, "{ink} on {ground}, dark: {dark}: {found:.2}");
            }
        }
        assert!(ratio("text", "none-bg") >= 4.5 && ratio("muted", "none-bg") >= 4.5);
    }
}

#[test]
fn the_dark_palette_is_dark_and_the_light_one_light() {
    let text = page();
    let (light, dark) = (tokens(&text, false), tokens(&text, true));
    assert!(light["bg"].iter().all(|c| *c > 0.9) && dark["bg"].iter().all(|c| *c < 0.15));
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>());
}
